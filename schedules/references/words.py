"""What the command reference says beside each command's own help: groups, exit codes, variables."""

from __future__ import annotations

from collections.abc import Mapping

from schedules.words.language import Words

GROUPS: Mapping[Words, tuple[str, ...]] = {
    Words("开始", "Beginning"): ("demo", "init", "doctor", "portals"),
    Words("抓取与值守", "Crawling and staying"): ("crawl", "daemon", "service"),
    Words("查看", "Looking"): ("status", "changes", "letters", "show", "diff", "search"),
    Words("告知", "Telling"): ("report", "deliver"),
    Words("读网页、交给程序", "Reading a page, handing on"): ("clean", "export"),
    Words("作证与更正", "Evidence and corrections"): ("dossier", "verify", "reread", "replay"),
    Words("保管", "Keeping"): ("backup", "restore", "upkeep", "forget"),
}
"""Every command once; those of a group (`portals add`) follow it."""

EXITS: Mapping[int, Words] = {
    0: Words("完成", "done"),
    1: Words("失败：什么也没做成，或中途被打断", "failed: nothing could be done, or interrupted"),
    2: Words("用法或配置有误，或没有这个门户", "wrong usage or configuration, or no such portal"),
    3: Words(
        "完成，但有门户无法访问、被拒绝访问、存疑或文件有误，或有报告没有送达",
        "done, but a portal is failing, blocked or suspect, or its file is wrong, or a report was "
        "not delivered",
    ),
    4: Words("档案被占用、已满、损坏或缺失", "the archive is locked, full, damaged or missing"),
}

VARIABLES: Mapping[str, Words] = {
    "FUHAN_CONFIG": Words(
        "配置文件；`--config` 优先；fuhan 也把它设给 sink 的 `exec` 程序",
        "the configuration file; `--config` goes before it; set for a sink's `exec` program, too",
    ),
    "FUHAN_LANG": Words(
        "`zh` 或 `en`；不设则依 `LC_ALL`、`LC_MESSAGES`、`LANG`",
        "`zh` or `en`; else `LC_ALL`, `LC_MESSAGES`, `LANG` decide",
    ),
    "FUHAN_LOG": Words(
        "日志级别：`debug`、`info`、`warning`、`error`",
        "level of the log: `debug`, `info`, `warning`, `error`",
    ),
    "FUHAN_NOW": Words(
        "当作现在的 ISO 时间，用于测试和重演；记录时间和到期以它为准",
        "an ISO time taken for the present, for tests: what is recorded and what is due go by it",
    ),
    "NO_COLOR": Words("设了就不用颜色", "no colours where it is set"),
    "FUHAN_MESSAGE_ID": Words(
        "由 fuhan 设给 sink 的 `exec` 程序：消息编号",
        "set by fuhan for the `exec` program of a sink: the message's id",
    ),
}
"""What the program reads of its environment, or sets for programs it calls."""
