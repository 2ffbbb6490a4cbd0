"""What is said of changes that are held back or rejected, and of letters long unread."""

from __future__ import annotations

from schedules.words.language import Words

HELD_HEAD = Words("{portal}：暂扣 {count} 项变化，未发布", "{portal}: held back, not told: {count}")
HELD_REASON = Words("原因：{reason}", "reason: {reason}")
HELD_NONE = Words("没有暂扣的变化", "nothing is held back")
HELD_ALIKE = Words(
    "同样的改动另有 {count} 件：{letters}", "changed alike, too ({count}): {letters}"
)
HELD_ALIKE_MORE = Words("{letters}等", "{letters} …")
HELD_DECIDE = Words(
    "属实则公布：{accept}；是读错了：{reject}（此后不再报，直到页面又变）",
    "if it did change: {accept}; if it was misread: {reject} (not told again until the pages "
    "read otherwise)",
)
HELD_VERSION = Words("暂扣，{time}，{url}", "held back, {time}, {url}")
HELD_COMPARE = Words("全文对照：{command}", "the whole text: {command}")
NONE_HELD_OF = Words("复函 {id} 没有暂扣的改动", "no change of letter {id} is held back")
HELD_OR_NUMBERS = Words("--held 与版本号不能同用", "--held and version numbers do not go together")
HELD_ALONE = Words(
    "--held 只能与 --portal、--json 同用：暂扣的变化还没有序号",
    "--held goes with --portal and --json only: what is held back has no cursor yet",
)
HELD_OF_PORTAL = Words(
    "另有 {count} 项变化暂扣，未发布；查看：{command}",
    "changes of it held back: {count}; to look at them: {command}",
)
HELD_STATUS = Words(
    "暂扣 {count} 项变化，未发布；查看：{command}",
    "changes held back: {count}; to look at them: {command}",
)

HELD_ACCEPTED = Words(
    "{portal}：发布了 {count} 项暂扣的变化", "{portal}: held changes published: {count}"
)
NONE_HELD = Words("{portal}：没有暂扣的变化", "{portal}: nothing is held back")
HELD_REJECTED = Words(
    "{portal}：{count} 项暂扣的变化作废，记为读错。档案保留原来的文字；"
    "这些网页只要仍是这样，就不再报，读出别的文字时再比较。收回：{command}",
    "{portal}: held changes dropped as misread: {count}. The archive keeps the text it had; "
    "nothing is told of these pages as long as they read so. To take it back: {command}",
)
RECONSIDERED = Words(
    "{portal}：收回了 {count} 项作废，网页将重新比较，属实的再报出或暂扣：{command}",
    "{portal}: rejections taken back: {count}; the pages are compared anew, and what is found is "
    "told or held back again: {command}",
)
READ_AS_REJECTED = Words(
    "{count} 页仍是已作废的读法，沿用原来的文字；收回：{command}",
    "pages that still read as was rejected: {count}; their earlier text stands; to take it back: "
    "{command}",
)

UNREAD_NOTE = Words(
    "{count} 份复函久未读到（最久 {days} 天），不判断撤下",
    "letters not readable for long: {count} ({days} days at most), not taken for withdrawn",
)
UNREAD = Words(
    "{since} 起 {visits} 次访问都读不到（已 {days} 天），最后一次读到：{last}；不判断撤下",
    "not readable on {visits} visits since {since} ({days} days), last read on {last}; not taken "
    "for withdrawn",
)
UNREAD_LETTER = Words("《{title}》{url}：{observed}", "{title} {url}: {observed}")
UNREAD_UNTITLED = Words("{url}：{observed}", "{url}: {observed}")
UNREAD_MORE = Words(
    "另有 {count} 份复函久未读到，不判断撤下",
    "more letters not readable for long: {count}; not taken for withdrawn",
)
UNREAD_REMEDY = Words(
    "用浏览器打开看看；若显示正常：fuhan clean {url} --explain",
    "open it in a browser; if it is well there: fuhan clean {url} --explain",
)
