"""What `fuhan crawl` says of its runs, and of what one would ask for, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from schedules.words.language import Words

CRAWL_LINE = Words(
    "{portal}：{state} · 列表 {listed} 件 · {outcomes} · {events}",
    "{portal}: {state} · {listed} listed · {outcomes} · {events}",
)
CRAWL_REASON = Words("    原因：{reason}", "    reason: {reason}")
CRAWL_HELD = Words(
    "    {held} 项变化暂扣，未发布；先看：{look}，再 {accept}（或 reject）",
    "    {held:change|changes} held back; look: {look}, then: {accept} (or reject)",
)
CRAWL_REJECTED = Words(
    "    {rejected} 页仍是作废了的读法，沿用原来的文字；收回：{accept}",
    "    pages that still read as was rejected: {rejected}; their earlier text stands; to take it "
    "back: {accept}",
)
CRAWL_DISALLOWED = Words(
    "    robots.txt 不允许访问 {count} 个地址",
    "    {count:address|addresses} robots.txt does not allow",
)
CRAWL_TOTAL = Words(
    "共 {portals} 个门户，访问 {visited} 页，{events}",
    "{portals:portal|portals}, {visited:page|pages} visited, {events}",
)
CRAWL_INTERRUPTED = Words(
    "已中断：{portals} 未完成，下次运行接着做",
    "interrupted: {portals} not finished; the next run goes on from there",
)
NOTHING_DUE = Words("没有到期的门户", "no portal is due")
NO_PAGES = Words("未访问页面", "no pages visited")
NO_EVENTS = Words("没有变化", "no changes")
BASELINE = Words("首次收录 {count} 件", "{count} in the first reading")
BASELINE_AMONG = Words("（其中首次收录 {count} 件）", " ({count} of them in the first reading)")
DRY_RUN_HEAD = Words(
    "{portal}：将按 {delay} 秒间隔访问", "{portal}: would ask, {delay} s between requests, for"
)
DRY_RUN_LIST = Words("  列表首页 {url}", "  list page {url}")
DRY_RUN_FULL_LIST = Words("  列表 {url} 及其后各页", "  list {url} and all its further pages")
DRY_RUN_PAGE = Words("  门户文件所列页面 {url}", "  page of the portal file {url}")
DRY_RUN_COUNT = Words(
    "  已知页面 {asked} 个（到期 {due} 个；已知复函 {letters} 件）：",
    "  {asked:known page|known pages} ({due} due; {letters:letter|letters} known):",
)
DRY_RUN_WHY: Mapping[str, Words] = {
    "new": Words("    {url}  尚未读过", "    {url}  never read"),
    "gone": Words("    {url}  上次不见，待确认", "    {url}  was gone, to be confirmed"),
    "due": Words(
        "    {url}  {since} 到期，上次访问 {visited}",
        "    {url}  due since {since}, last visited {visited}",
    ),
}
DRY_RUN_POSTPONED = Words(
    "  超出本次额度，顺延 {count} 个（budget）", "  {count} more wait for a later run (budget)"
)

OUTCOME: Mapping[str, Words] = {
    "new": Words("新增 {n}", "{n} new"),
    "changed": Words("有改动 {n}", "{n} changed"),
    "unchanged": Words("未变 {n}", "{n} unchanged"),
    "files": Words("仅附件有变 {n}", "{n} changed in a file alone"),
    "gone": Words("已不在 {n}", "{n} gone"),
    "unconfirmed": Words("不在 {n}（待确认）", "{n} gone (to be confirmed)"),
    "known gone": Words("仍不在 {n}（以前已报）", "{n} still gone (told before)"),
    "blocked": Words("被拒 {n}", "{n} blocked"),
    "unreadable": Words("无法读出 {n}", "{n} unreadable"),
    "not-a-letter": Words("非复函 {n}", "{n:not a letter|not letters}"),
    "failed": Words("失败 {n}", "{n} failed"),
}
EVENT: Mapping[str, Words] = {
    "new": Words("新发布 {n}", "{n} new"),
    "changed": Words("改动 {n}", "{n} changed"),
    "withdrawn": Words("撤下 {n}", "{n} withdrawn"),
    "restored": Words("恢复 {n}", "{n} restored"),
    "moved": Words("移址 {n}", "{n} moved"),
    "copy-found": Words("另见一处 {n}", "{n:copy|copies} found"),
    "delisted": Words("移出列表 {n}", "{n} delisted"),
}
