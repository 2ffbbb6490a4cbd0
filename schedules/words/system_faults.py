"""What the operating system refuses to do with a file, in the language of the reader."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping

from schedules.words.language import Words, language, say

_PATH_AND_REASON = Words("{path}：{reason}", "{path}: {reason}")
_CHINESE: Mapping[int, str] = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "不允许这样做",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已有同名的文件",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出磁盘配额",
    errno.EFBIG: "文件太大",
    errno.EROFS: "文件系统只读",
    errno.ENAMETOOLONG: "名字太长",
    errno.ELOOP: "符号链接绕圈",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.EIO: "读写设备出错",
    errno.EBUSY: "正被占用",
    errno.ETXTBSY: "正被执行",
    errno.EINVAL: "参数无效",
    errno.ENOMEM: "内存不足",
    errno.EADDRINUSE: "地址已被占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
    errno.ECONNREFUSED: "连接被拒绝",
    errno.ECONNRESET: "连接中断",
    errno.EPIPE: "连接中断",
    errno.ETIMEDOUT: "超时",
    errno.ENETUNREACH: "网络不通",
    errno.EHOSTUNREACH: "网络不通",
}
SYSTEM_WORDS: Mapping[str, str] = {
    **{os.strerror(number).lower(): words for number, words in _CHINESE.items()},
    # getaddrinfo's, gai_strerror(3)
    "name or service not known": "没有这个主机名",
    "temporary failure in name resolution": "暂时查不到主机名（DNS）",
    "no address associated with hostname": "这个主机名没有地址",
    # SQLite's, https://www.sqlite.org/rescode.html
    "unable to open database file": "打不开数据库文件",
    "attempt to write a readonly database": "数据库只读",
    "disk i/o error": "读写磁盘出错",
    "database disk image is malformed": "数据库内容已损坏",
    "file is not a database": "不是数据库文件",
    "database or disk is full": "磁盘已满",
}
"""The system's and SQLite's words for a fault, in lower case, with their Chinese."""


def system_words(text: str) -> str:
    """The system's words for a fault, or SQLite's, in Chinese; others as they are."""
    return SYSTEM_WORDS.get(text.lower(), text)


def system_fault(error: OSError | ValueError) -> str:
    """Why a file could not be read or written, without its path; English as the system has it.

    ValueError is what Python raises for a NUL in a name.
    """
    if isinstance(error, OSError):
        if language() == "zh" and (words := _CHINESE.get(error.errno or 0)):
            return words
        if error.strerror:
            return error.strerror
    return str(error)


def placed_fault(error: OSError) -> str:
    """The same with its path, where the error names one."""
    if error.filename is None:
        return system_fault(error)
    return say(_PATH_AND_REASON, path=os.fsdecode(error.filename), reason=system_fault(error))
