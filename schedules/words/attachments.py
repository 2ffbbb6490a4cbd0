"""What is said of the files letters link to, in Chinese and English: observations, never claims."""

from __future__ import annotations

from collections.abc import Mapping

from schedules.words.language import Words

FILES = Words("附件文件", "Linked files")
NAMED = Words("{name}（{state}）", "{name} ({state})")
STATES: Mapping[str, Words] = {
    "unread": Words("尚未获取", "not fetched yet"),
    "kept": Words("已留存", "kept"),
    "gone": Words("上次访问时不在", "not there when last visited"),
    "blocked": Words("上次访问被拒绝", "refused when last visited"),
    "failed": Words("上次获取失败", "could not be fetched last time"),
    "no-file": Words("上次得到的不是文件", "something else than the file answered last time"),
    "too-large": Words("超过大小限制，未留存", "larger than the limit, not kept"),
    "unstable": Words("每次下载内容都不同，不作比较", "differs with every download, not compared"),
    "not-asked": Words("未访问", "not asked for"),
}
UNLINKED = Words("页面已不再链接", "the page links to it no more")
LINK_FORGOTTEN = Words(
    "名称和链接已应请求删去，不再访问",
    "its name and link were forgotten on request, and it is asked for no more",
)
WITH_REASON = Words("{state}：{reason}", "{state}: {reason}")
LAST_SEEN = Words("最近一次得到：{time}", "last answered: {time}")
FILE_VERSION = Words(
    "  第 {number} 份 · {time} · {size} 字节 · sha256 {digest}",
    "  content {number} · {time} · {size} bytes · sha256 {digest}",
)
FORGOTTEN = Words("内容已应请求删除", "its bytes were forgotten on request")
CHANGED_CONTENT = Words(
    "{name} 内容已变，sha256 {digest}…", "{name} has other content, sha256 {digest}…"
)
NOW = Words("{digest}…", "{digest}…")

WRITE_FILES = Words("写出附件：{command}", "to write the files: {command}")

# --- diff ------------------------------------------------------------------------------------

FILES_CHANGED = Words("附件文件的变化", "Linked files that changed")
ONE_PAGE_VERSION = Words(
    "复函 {id} 的页面只有一个版本；变了的是它的附件文件",
    "letter {id}'s page has one version only; what changed is a file it links to",
)
GET_FILES = Words(
    "  各份文件原样写出（连同页面快照）：{command}",
    "  to write these files as they came, with the page's captures: {command}",
)

# --- dry run ---------------------------------------------------------------------------------

DRY_RUN_FILES = Words(
    "  这些页面所附文件 {count} 个，随页面一同核对（{most} 个为限，每件至多 {bytes} 字节）",
    "  {count:file|files} these pages link to, asked for with them (at most {most} a letter, "
    "{bytes} bytes each)",
)

# --- dossier ---------------------------------------------------------------------------------

LINK = Words("链接", "link")
STATE = Words("状态", "state")
CONTENT = Words("内容", "content")
FILED = Words(
    "附件的每一份内容都按服务器所发的字节存放；核对方法同快照。",
    "Each content of a linked file is kept as the server sent it; it is verified as captures are.",
)
