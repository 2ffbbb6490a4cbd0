"""What is said of `fuhan replay` and of WARC exports, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from schedules.words.language import Words

REPLAY_HELP: Mapping[str, Words] = {
    "replay": Words(
        "把别处的快照（WARC、ARC、WACZ 文件，或含有它们的文件夹）按各自的时间收入档案，成为历史；"
        "不算新闻，不报告，不改动已有记录。",
        "Take captures from elsewhere (WARC, ARC or WACZ files, or folders of them) into the "
        "archive under their own dates: history, no news; what is recorded stays as it is.",
    ),
    "replay --portal": Words(
        "全部按这个门户来读，不论网站主机名（网站换过域名时用）",
        "read everything as this portal's, whatever its host (for sites that changed their name)",
    ),
    "replay --dry-run": Words(
        "只说明文件里有什么，不写入", "say what the files hold; write nothing"
    ),
    "export --portal": Words(
        "warc：只要这个门户的快照；可写多次", "warc: only this portal's captures; may be repeated"
    ),
    "export --letter": Words(
        "warc：只要这份复函的快照；可写多次", "warc: only this letter's captures; may be repeated"
    ),
    "changes --replayed": Words(
        "也列出由别处快照补记的历史（fuhan replay）",
        "with the history that captures from elsewhere told (fuhan replay)",
    ),
    "replay --json": Words("输出一个 JSON 对象", "print one JSON object"),
}

REPLAY_FILES = Words(
    "文件 {files} 个，记录 {records} 条：快照 {captures} 个，附记 {notes} 条",
    "{files:file|files}, {records:record|records}: {captures:capture|captures}, {notes:note|notes}",
)
REPLAY_FOUND = Words(
    "{portal}：快照 {captures} 个，网址 {addresses} 个，{first} 至 {last}",
    "{portal}: {captures:capture|captures} of {addresses:address|addresses}, {first} to {last}",
)
REPLAY_DONE = Words(
    "    新增版本 {versions}，印证已知版本 {sightings}，页面已不在 {gone}，档案里已有 {known}",
    "    {versions:version|versions} added, {sightings:confirms|confirm} a known one, "
    "{gone:says|say} gone, {known:was|were} known",
)
REPLAY_LINKED = Words(
    "    新增附件版本 {count}", "    {count:version|versions} of linked files added"
)
REPLAY_EVIDENCE = Words(
    "    留作凭据、不计入历史：{count}", "    kept as evidence, told nowhere: {count}"
)
REPLAY_NOTES = Words("    采用附记 {taken} 条", "    {taken:note|notes} taken")
REPLAY_REFUSED = Words(
    "    不予采信的附记 {refused} 条：多于快照所证，或本档案自有记录",
    "    {refused:note|notes} not taken, for saying more than the captures show, or something of "
    "what this archive knows itself",
)
REPLAY_FORGOTTEN = Words(
    "导出它们的档案应请求忘却过下列复函的内容，这里尚未忘却；下次抓取前请决定：",
    "of these letters something was forgotten on request where the file comes from, and is not "
    "yet here; decide before the next crawl:",
)
REPLAY_FORGET = Words("  fuhan forget {letter} {options}", "  fuhan forget {letter} {options}")
REPLAY_FORGET_LATER = Words(
    "  fuhan forget {letter} {options}（复函不在此；一旦抓取到，即须忘却）",
    "  fuhan forget {letter} {options} (the letter is not here: as soon as a crawl has brought it)",
)
REPLAY_FORGET_WORDS = Words("--words 字词 --guard", "--words WORD --guard")
REPLAY_EVENTS = Words(
    "    记入历史：{events}（见 fuhan changes --replayed）",
    "    told as history: {events} (see: fuhan changes --replayed)",
)
REPLAY_COUNT = Words("{what} {count}", "{what} {count}")
REPLAY_OTHER = Words("    无可收入：{kinds}", "    of no use: {kinds}")
REPLAY_SKIPPED = Words("略过的记录：{kinds}", "records passed over: {kinds}")
REPLAY_STRANGERS = Words(
    "不属任何门户的主机：{hosts}；如确是某门户的页面：fuhan replay … --portal 门户名",
    "hosts of no portal: {hosts}; if they are a portal's pages: fuhan replay … --portal NAME",
)
REPLAY_UNREADABLE = Words("{path}：无法读取（{reason}）", "{path}: cannot be read ({reason})")
REPLAY_NO_FILES = Words(
    "没有可读的文件；文件夹里只取 {suffixes}",
    "no file to read; of a folder these are taken: {suffixes}",
)
REPLAY_NO_RECORDS = Words(
    "这些文件里没有一条可读的 WARC 或 ARC 记录",
    "not one readable WARC or ARC record is in these files",
)
REPLAY_NOTHING = Words(
    "没有门户的页面，档案未改动", "no portal's page is among them; the archive is as it was"
)
REPLAY_WATCH = Words("读取快照", "captures")

SKIPPED: Mapping[str, Words] = {
    "other records": Words("其他类型", "of other types"),
    "no portal": Words("不属任何门户", "of no portal"),
    "no address": Words("没有网址", "without an address"),
    "bad date": Words("日期缺失或不合理", "without a sound date"),
    "same instant": Words("与另一条网址和时刻都相同", "of the address and instant of another"),
    "rewritten": Words(
        "网页存档改写过的页面（请取 id_ 原件）",
        "pages a web archive rewrote (ask it for the id_ form)",
    ),
    "not told": Words("原档案暂扣或驳回的附件", "files held back or rejected where they come from"),
    "wrong digest": Words("摘要不符", "whose digest is wrong"),
    "damaged": Words("损坏", "damaged"),
    "truncated": Words("截断", "cut short"),
    "too large": Words("过大", "too large"),
    "bomb": Words("压缩炸弹", "compression bombs"),
    "bad note": Words("附记不合格式", "notes that are not of the form"),
    "no page": Words("不是网页", "no pages"),
    "refused or failed": Words("被拦截或出错的应答", "refused or failed answers"),
    "revisit without capture": Words("找不到所指快照的重访", "revisits whose capture is not there"),
    "file of no letter": Words("没有复函链接的文件", "files no letter links to"),
    "gone, never seen": Words("页面不在，此前也未见过", "gone, and never seen before"),
    "not a letter": Words("不是复函", "no reply letters"),
    "unreadable": Words("读不出", "unreadable"),
}
"""Why a record or capture adds nothing."""

WARC_WRITTEN = Words(
    "已写出 {letters} 件复函的快照 {captures} 个"
    "（原件 {response}，重访 {revisit}，无原件 {visit}）、附记 {notes} 条，"
    "共 {records} 条记录：{path}；下次接着导出：--after {cursor}",
    "{captures:capture|captures} of {letters:letter|letters} written ({response} in full, "
    "{revisit:revisit|revisits}, {visit} without bytes) and {notes:note|notes}, "
    "{records:record|records} in all: {path}; to go on from here: --after {cursor}",
)
WARC_FORGOTTEN = Words(
    "有 {count} 个网址的复函曾应请求忘却内容：文件里没有这些内容，也不带忘却的规则；"
    "由此另建档案时，replay 会列出它们",
    "of the letters at {count:address|addresses} something was forgotten on request: the file "
    "has none of it, nor the rule to forget it again; an archive made from it is told so by replay",
)
WARC_DAMAGED = Words(
    "{count} 个快照损坏，未写出；见：fuhan verify",
    "{count:capture is|captures are} damaged and left out; see: fuhan verify",
)
ONLY_WARC = Words(
    "--portal 和 --letter 只用于 --format warc",
    "--portal and --letter go with --format warc only",
)
REPLAYED_MARK = Words("补记", "replayed")
