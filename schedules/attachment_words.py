"""What is said of the files letters link to, in Chinese and English: observations, never claims."""

from __future__ import annotations

from collections.abc import Mapping

from schedules.words import Words

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
REASONS: Mapping[str, Words] = {  # what the crawl says of a file, as it stands in the archive
    "a page in place of the file": Words("得到的是网页", "a page in place of the file"),
    "a message in place of the file": Words("得到的是一段提示", "a message in place of the file"),
    "two answers in a row differ": Words("连续两次得到的不同", "two answers in a row differ"),
    "cut body": Words("内容不完整", "cut body"),
    "empty body": Words("内容为空", "empty body"),
    "time-out": Words("超时", "time-out"),
    "too large": Words("超过大小限制", "too large"),
    "too large when unpacked": Words("解压后超过大小限制", "too large when unpacked"),
    "forbidden by robots.txt": Words("robots.txt 不允许", "forbidden by robots.txt"),
    "connection refused": Words("连接被拒绝", "connection refused"),
    "connection lost": Words("连接中断", "connection lost"),
    "host name not found": Words("找不到主机", "host name not found"),
}
ELSEWHERE = Words("不是本门户的主机", "no host of this portal")
UNLINKED = Words("页面已不再链接", "the page links to it no more")
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

# --- dry run ---------------------------------------------------------------------------------

DRY_RUN_FILES = Words(
    "  这些页面所附文件 {count} 个，随页面一同核对（{most} 个为限，每件至多 {bytes} 字节）",
    "  {count} files these pages link to, asked for with them (at most {most} a letter, "
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
