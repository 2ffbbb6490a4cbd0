"""What is said of the daemon, upkeep that is due, pings and service files, zh and en."""

from __future__ import annotations

from collections.abc import Mapping

from schedules.words.language import Words

METRICS_ADDRESS = Words(
    '应为地址和端口，如 "127.0.0.1:9108"', 'an address and a port, like "127.0.0.1:9108"'
)
METRICS_FILE = Words(
    "文件名须以 .prom 结尾：node_exporter 只读这样的文件",
    "the file's name must end in .prom: node_exporter reads no other",
)
CRON_OR_NEVER = Words(
    '应为 cron 表达式，或 "never"（从不）：{reason}', 'a cron expression, or "never": {reason}'
)

TASKS: Mapping[str, Words] = {
    "tidy": Words("整理", "tidied"),
    "quick_verify": Words("快速核对", "checked quickly"),
    "verify": Words("全面核对", "checked in full"),
    "backup": Words("备份", "backed up"),
}
TASK_DONE = Words("{task}：完成", "{task}: done")
TASK_FAILED = Words("{task}：未成：{reason}", "not {task}: {reason}")
UNSOUND_ARCHIVE = Words(
    "发现 {count} 处问题；详情见：fuhan verify",
    "{count:fault|faults} found; for details: fuhan verify",
)
DUE_OR_JSON = Words("--due 与 --json 不能同用", "--due and --json do not go together")
NO_UPKEEP_DUE = Words("没有到时间的保养", "no upkeep is due")
ROUNDS: Mapping[str, Words] = {
    "crawl": Words("抓取", "crawl"),
    "upkeep": Words("保养", "upkeep"),
    "deliver": Words("投递", "delivery"),
}
ROUND_DONE = Words(
    "到时间的已做：{steps}（退出码 {code}）", "done, being due: {steps} (exit code {code})"
)
WATCHED = Words("{count} 个门户", "{count:portal|portals}")
NOTHING_WAS_DUE = Words("没有到时间的事", "nothing is due")
METRICS_UNWRITTEN = Words("指标文件未写成：{reason}", "the metrics file was not written: {reason}")

SERVICE_PATH = Words(
    "{path}：路径中有换行或控制字符，无法写进 {form} 文件",
    "{path}: a path with a line break or control character cannot stand in a {form} file",
)
COMPOSE_NEEDS_CONFIG = Words(
    "compose 需要配置文件：请先运行 fuhan init，再加 --config 文件",
    "compose needs a configuration file: run fuhan init, then name it with --config",
)
ONLY_SYSTEMD = Words("{option} 只用于 systemd", "{option} is for systemd only")
SERVICE_WROTE = Words("已写 {path}", "wrote {path}")

RUNNING_HELP: Mapping[str, Words] = {
    "daemon": Words(
        "常驻运行：按时抓取、保养档案、发报告；SIGHUP 重读配置。",
        "Stay, and crawl, look after the archive and send reports on schedule; SIGHUP reloads "
        "the configuration.",
    ),
    "daemon --once": Words(
        "做完到了时间的事就结束：供 cron 和 systemd 定时器使用",
        "do what is due, then end: for cron and systemd timers",
    ),
    "service": Words("让系统替你运行 fuhan 的文件。", "Files that have the system run fuhan."),
    "service print": Words(
        "按现在的程序、配置和用户写出 systemd、cron 或 docker compose 的文件。",
        "Print the files of systemd, cron or docker compose for this program, configuration and "
        "user.",
    ),
    "service print --user": Words(
        "用户自己的 systemd，不需要 root", "for the user's own systemd: no root is needed"
    ),
    "service print --timer": Words(
        "用定时器代替常驻程序", "a timer in place of a program that stays"
    ),
    "service print -o": Words("写成目录中的文件", "write them as files of this directory"),
    "upkeep --due": Words(
        "做 [upkeep] 中到了时间的事：整理、核对、备份",
        "what [upkeep] has due: tidying, checking, backing up",
    ),
}
