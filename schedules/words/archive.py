"""Errors as people are told them: what is wrong with an archive, in Chinese, too."""

from __future__ import annotations

from collections.abc import Mapping

from schedules.words.language import language
from schedules.words.system_faults import placed_fault, system_words
from storage.errors import ArchiveError, FuhanError

# by `ArchiveError.what`; `{path}` and the error's own values are put in
CHINESE: Mapping[str, str] = {
    "none": "{path}：还没有档案；请先运行：fuhan crawl",
    "older": "{path}：这个档案由较早的 fuhan 写成；抓取一次或保养一次即可更新：fuhan upkeep",
    "newer": (
        "{path}：由较新的 fuhan 写成（结构 {version}，本程序只到 {known}）；"
        "请升级 fuhan；未作任何改动"
    ),
    "foreign": "{path}：这是 SQLite 文件，但不是 fuhan 的档案；请在 [archive] path 中写别的文件",
    "empty": (
        "{path}：只有 {size} 字节的文件不是档案，也不在其中另起新档案；"
        "请恢复备份：fuhan restore 备份 --force；如这里从未有过档案，请删去这个文件"
    ),
    "gone": (
        "{path}：档案不见了，但旁边的 {left} 里还有最后写入的内容，因此不另起新档案；请把档案放回，"
        "或恢复备份：fuhan restore 备份；要从头开始，请先移走 {left}"
    ),
    "directory": "{path}：这是目录；请写其中的档案文件",
    "unopened": "{path}：打不开（{detail}）；请检查路径和权限",
    "locked": "{path}：另一进程已写了 {seconds} 秒；请查看谁在使用这个文件，然后重试",
    "full": "{path}：磁盘已满；请腾出空间，然后重试",
    "damaged": "{path}：文件已损坏，或不是 SQLite 文件（{detail}）；请保留它，并把备份恢复到别处",
    "broken": "{path}：文件已损坏（{detail}）；请保留它，并运行：fuhan verify",
    "capture": "{path}：{url} 的快照 {id} 已损坏；请保留这个文件，并与备份比对",
    "file": "{path}：附件内容 {id}（{digest}…）已损坏；请保留这个文件，并与备份比对",
    "spool": "重演用的临时文件写不了（{detail}）；请腾出空间，或用 TMPDIR 指到更大的地方",
    "forbidden": "{path}：无法打开或写入（{detail}）；请检查其属主和权限",
    "other": "{path}：{detail}",
    "crawling": (
        "{path}：抓取或对档案的其他操作正在进行（进程 {holder}）；请等它结束或停止它，然后重试"
    ),
    "daemon": "{path}：另一个常驻程序正在看管这个档案（进程 {holder}）；一个就够，或先停止它",
    "lock-full": "{path}：无法写入锁文件：磁盘已满；请腾出空间，然后重试",
    "read-only": (
        "{path}：文件系统只读，那里只能查看备份；请以可写方式挂载，或在 [archive] path 中写别的文件"
    ),
    "lock-unwritten": "{path}：无法写入锁文件（{detail}）；请检查目录的属主和权限",
    "beyond": (
        "{path}：序号 {cursor} 超出了最后一项变化（{last}）：档案是另一份，或恢复过备份；请从头再取"
    ),
    "same-file": "{path}：这就是档案本身；请写别的文件",
    "other-file": "{path}：这里已有文件，但不是备份，不覆盖；请写别的文件",
    "no-backup": "{path}：没有这个备份；请写 fuhan backup 所写的文件",
    "exists": "{path}：已有档案；加 --force 则改名保留后恢复",
    "aside-exists": "{path}：已有这个文件；请先移走，然后重试",
    "being-read": (
        "{path}：已经删去，但另一程序正在读，旧内容还留在 {path}-wal 中；请关掉它，再运行同一命令"
    ),
}


def spoken(error: FuhanError | OSError) -> str:
    """An error as people are told it, in the present language; one not known here as it is."""
    if isinstance(error, OSError):
        return placed_fault(error)
    if language() == "zh" and isinstance(error, ArchiveError) and error.what in CHINESE:
        values = {"path": error.path, "url": error.url, **error.values}
        if "detail" in values:
            values["detail"] = system_words(str(values["detail"]))
        return CHINESE[error.what].format(**values)
    return str(error)
