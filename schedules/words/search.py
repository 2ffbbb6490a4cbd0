"""What `fuhan search` says, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from schedules.words.language import Words

NOTHING_ASKED = Words(
    "没有可检索的词：请写出至少一个字、字母或数字",
    "nothing to search for: give at least one character, letter or digit",
)
NOTHING_FOUND = Words("没有找到", "nothing found")
QUERY_CUT = Words(
    "检索词过长：只按前 {characters} 个字符、至多 {count} 个词检索",
    "the query is too long: searched by its first {characters} characters, {count} words at most",
)
MORE_FOUND = Words(
    "以上 {count} 件；还有更多：--all 或 --limit N", "{count} shown; for more: --all or --limit N"
)
STILL_INDEXING = Words(
    "检索索引尚未建完，结果可能不全；运行 fuhan upkeep 会接着建",
    "the search index is not complete yet, and letters may be missing; "
    "fuhan upkeep goes on with it",
)
BAD_DAY = Words(
    "{option} 应为日期，如 2024-05-16、2024-05 或 2024：{value}",
    "{option} takes a date, like 2024-05-16, 2024-05 or 2024: {value}",
)
YEAR_AND_DAYS = Words(
    "--year 与 --since、--until 不能同用", "--year goes without --since and --until"
)
UNKNOWN_OPTION = Words("没有选项 {name}{hint}", "no option {name}{hint}")
FIELD = Words("{field}：{text}", "{field}: {text}")

SEARCH_HELP: Mapping[str, Words] = {
    "search": Words(
        "在标题、正文和各字段中检索复函，新的在前。几个词须同时出现；“引号”内为一个整体。"
        "不写词则按条件列出。",
        "Search titles, bodies and fields, newest first. All words must occur; what is in "
        '"quotes" is one phrase. Without words, lists the letters that meet the conditions.',
    ),
    "search --agency": Words(
        "答复机关，写名称的一部分即可", "the answering agency, or part of its name"
    ),
    "search --kind": Words(
        "建议（suggestion）或提案（proposal）", "answers to suggestions or proposals"
    ),
    "search --year": Words("复函日期所在的年份", "letters of this year"),
    "search --since": Words("这一天及以后的复函", "letters of this day or later"),
    "search --until": Words("这一天及以前的复函", "letters of this day or earlier"),
    "search --status": Words("在网或已撤下", "still present, or withdrawn"),
    "search --portal": Words("只在这个门户公开的复函中", "letters published on this portal"),
    "search --rank": Words("最相关的在前，而不是最新的", "best first instead of newest first"),
    "search --limit": Words("至多多少件（默认 20）", "at most so many (default 20)"),
    "search --all": Words("全部列出", "all of them"),
    "search --contacts": Words(
        "也检索联系方式（个人信息）", "search contact data, too (personal data)"
    ),
    "search --json": Words("每行一个 JSON 对象", "one JSON object a line"),
}
