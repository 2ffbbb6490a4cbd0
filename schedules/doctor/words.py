"""What `fuhan doctor` says, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from schedules.words.language import Words

CHECKS: Mapping[str, Words] = {
    "configuration": Words("配置", "configuration"),
    "versions": Words("版本", "versions"),
    "archive": Words("档案", "archive"),
    "disk": Words("磁盘", "disk"),
    "clock": Words("时钟", "clock"),
    "lock": Words("运行锁", "lock"),
    "portals": Words("门户", "portals"),
    "network": Words("网络", "network"),
    "delivery": Words("投递", "delivery"),
}
VERDICTS: Mapping[str, Words] = {
    "ok": Words("好", "ok"),
    "warning": Words("注意", "warning"),
    "fault": Words("有误", "fault"),
}
REMEDY = Words("    办法：{text}", "    try: {text}")
ALL_WELL = Words("{count} 项检查，全部正常。", "{count:check|checks}, all well.")
NOT_WELL = Words(
    "{count} 项检查：{faults} 项有误，{warnings} 项要注意。",
    "{count:check|checks}: {faults:fault|faults}, {warnings:warning|warnings}.",
)

# --- configuration ---------------------------------------------------------------------------

CONFIG_READ = Words(
    "{path}：启用 {portals} 个门户，{reports} 份报告，{sinks} 个 sink",
    "{path}: {portals:portal|portals} enabled, {reports:report|reports}, {sinks:sink|sinks}",
)
CONFIG_DEFAULTS = Words(
    "没有配置文件，用默认值：启用 {portals} 个门户",
    "no configuration file, defaults serve: {portals:portal|portals} enabled",
)
CONFIG_DEFAULTS_REMEDY = Words(
    "fuhan init DIR 写一份，再用 --config 或 FUHAN_CONFIG 指明",
    "fuhan init DIR writes one; name it with --config or FUHAN_CONFIG",
)
CONFIG_REMEDY = Words("改正后再运行 fuhan doctor", "correct it, then run fuhan doctor again")
PORTAL_FILE_REMEDY = Words(
    "改正后试读：fuhan portals check {name}；常驻程序还须重读配置（SIGHUP）",
    "correct it, then try it: fuhan portals check {name}; a daemon takes it on SIGHUP",
)
NO_CONTACT = Words(
    "没有写联系方式（[crawl] contact），网站有事找不到人",
    "no contact is given ([crawl] contact): a site has nobody to turn to",
)
NO_CONTACT_REMEDY = Words(
    '在 [crawl] 中写 contact = "mailto:you@example.org"',
    'write contact = "mailto:you@example.org" under [crawl]',
)
OPEN_SECRETS = Words(
    "配置里有密码，而别的用户也能读这个文件",
    "the configuration holds secrets, and other users can read the file",
)
OPEN_SECRETS_REMEDY = Words(
    "chmod 600 {path}，或改用 ${{NAME}} 从环境变量取", "chmod 600 {path}, or use ${{NAME}}"
)
OPEN_VARIABLES = Words(
    "别的用户也能读 {path}，里面是密码", "other users can read {path}, which holds secrets"
)
OPEN_VARIABLES_REMEDY = Words("chmod 600 {path}", "chmod 600 {path}")
VARIABLES_REMEDY = Words(
    "一行一个 NAME=值，UTF-8；注释以 # 开头",
    "NAME=value, one a line, as UTF-8; comments begin with #",
)
FILTER_MATCHES_NONE = Words(
    '{section}：portals 中的 "{pattern}" 不是任何门户的名字{hint}',
    '{section}: "{pattern}" in portals names no portal{hint}',
)
FILTER_MATCHES_NONE_REMEDY = Words(
    "门户的名字见 fuhan portals list；写错了就永远“没有变化”",
    "names are in fuhan portals list; a misspelt one hears of no change, ever",
)
REPORT_GOES_NOWHERE = Words("报告 {name} 没有目标（to）", "report {name} has no target (to)")
REPORT_GOES_NOWHERE_REMEDY = Words(
    '写 to = ["file:reports/"] 一类，或删去这份报告',
    'write to = ["file:reports/"] or the like, or take the report out',
)
HASTY_WITHDRAWAL = Words(
    "confirm_withdrawal：只凭一次访问，或同一时刻的几次，就算撤下；网站故障会被当成撤下",
    "confirm_withdrawal: one visit, or several at one moment, make a withdrawal; a site's fault "
    "will be told as one",
)
HASTY_WITHDRAWAL_REMEDY = Words(
    "用默认值 {{ visits = 2, hours = 20 }}", "use the default {{ visits = 2, hours = 20 }}"
)

# --- versions --------------------------------------------------------------------------------

VERSIONS = Words(
    "fuhan {fuhan}，Python {python}，SQLite {sqlite}",
    "fuhan {fuhan}, Python {python}, SQLite {sqlite}",
)
OLD_LIBRARY = Words(
    "{name} {version} 有已知漏洞，应为 {least} 或更新",
    "{name} {version} has known holes; {least} or newer is safe",
)
OLD_LIBRARY_REMEDY = Words(
    "按锁定文件重装：pip install --require-hashes -r requirements.lock",
    "install from the lock file: pip install --require-hashes -r requirements.lock",
)

# --- archive, disk, clock, lock --------------------------------------------------------------

NO_ARCHIVE = Words("{path}：还没有档案", "{path}: there is no archive yet")
NO_ARCHIVE_REMEDY = Words("运行 fuhan crawl", "run: fuhan crawl")
ARCHIVE_WELL = Words(
    "{path}：{letters} 份复函，{size} MB，结构完好",
    "{path}: {letters:letter|letters}, {size} MB, sound in structure",
)
ARCHIVE_NOT_CHECKED = Words(
    "{path}：{letters} 份复函，{size} MB（较大，未查结构）",
    "{path}: {letters:letter|letters}, {size} MB (large: its structure was not looked at)",
)
ARCHIVE_VERIFY_REMEDY = Words("要查全部内容：fuhan verify", "to look at all of it: fuhan verify")
ARCHIVE_REMEDY = Words(
    "留着这个文件，用 fuhan restore 恢复备份", "keep the file; fuhan restore brings a backup back"
)
ARCHIVE_NOT_WRITABLE = Words("{path}：当前用户不能写", "{path}: the present user cannot write it")
ARCHIVE_NOT_WRITABLE_REMEDY = Words(
    "改文件和文件夹的属主或权限，或换用户运行",
    "change the owner or mode of file and folder, or run as another user",
)
NETWORK_DRIVE = Words(
    "档案在网络盘（{kind}）上，SQLite 在那里可能损坏",
    "the archive lies on a network drive ({kind}), where SQLite files can be damaged",
)
NETWORK_DRIVE_REMEDY = Words(
    "把档案移到本机磁盘，备份可放网络盘", "move it to a local disk; backups may go to the drive"
)
DISK_FREE = Words("剩余 {free} MB", "{free} MB free")
DISK_LOW = Words("只剩 {free} MB", "only {free} MB free")
DISK_REMEDY = Words("腾出空间，或把档案移到大些的磁盘", "free some room, or move the archive")
CLOCK_WELL = Words("现在是 {now}（北京时间）", "it is {now} in China")
CLOCK_BACK = Words(
    "现在是 {now}，档案里最近一次运行却在 {last}：时钟被拨回过",
    "it is {now}, yet the archive's last run began at {last}: the clock was set back",
)
CLOCK_WRONG = Words(
    "与 {host} 的时钟相差 {minutes} 分钟", "{minutes:minute|minutes} away from the clock of {host}"
)
CLOCK_FIXED = Words("时钟被 FUHAN_NOW 固定在 {now}", "FUHAN_NOW keeps the clock at {now}")
CLOCK_FIXED_REMEDY = Words("平时不要设 FUHAN_NOW", "unset FUHAN_NOW for everyday use")
CLOCK_REMEDY = Words(
    "校准系统时间（如 timedatectl set-ntp true）", "set the clock: timedatectl set-ntp true"
)
LOCK_FREE = Words("没有抓取在运行", "no crawl is running")
LOCK_HELD = Words("正在抓取（进程 {holder}）", "a crawl is running (process {holder})")

# --- portals, network, delivery --------------------------------------------------------------

PORTALS_WELL = Words("{count} 个门户都正常", "{count:portal is|portals are} ok")
PORTAL_STATE = Words("{state}：{reason}", "{state}: {reason}")
PORTAL_REMEDY = Words(
    "看看读到什么：fuhan portals check {name}", "see what is read: fuhan portals check {name}"
)
PORTAL_HELD_REMEDY = Words(
    "先看 fuhan changes --held --portal {name}，再 fuhan portals accept 或 reject {name}",
    "look with fuhan changes --held --portal {name}, then fuhan portals accept or reject {name}",
)
PORTAL_OVERDUE = Words(
    "应在 {due} 抓取，最近一次却在 {last}", "was due at {due}, last crawled at {last}"
)
PORTAL_NEVER = Words("还没有抓取过", "never crawled yet")
OVERDUE_REMEDY = Words(
    "看守护进程或 cron 是否在运行：fuhan service print",
    "see that the daemon or cron runs: fuhan service print",
)
HOST_WELL = Words("{count} 个主机都答复了", "{count:host answers|hosts answer}")
HOST_FAULT = Words("{host} 没有答复：{reason}", "{host} does not answer: {reason}")
HOST_REMEDY = Words(
    "用浏览器打开看看；若只有这里不通，查 DNS、代理和防火墙",
    "open it in a browser; if only this machine fails, see DNS, proxy and firewall",
)
NO_HOST = Words("{count} 个主机一个也没有答复：{reason}", "none of {count} hosts answers: {reason}")
NO_HOST_REMEDY = Words(
    "看本机是否联网，再查 DNS、代理和防火墙",
    "see that this machine is online, then DNS, proxy, firewall",
)
HOSTS_LEFT_OUT = Words("另有 {count} 个主机没有试", "{count:host was|hosts were} not tried")
TARGETS_WELL = Words("{count} 个投递目标都能到达", "{count:target|targets} can be reached")
NO_TARGETS = Words("没有配置投递目标", "no targets are configured")
TARGET_REMEDY = Words(
    "改正后试发：fuhan report {name} --to TARGET --test",
    "correct it, then send a sample: fuhan report {name} --to TARGET --test",
)
SINK_REMEDY = Words(
    "改正后重试：fuhan deliver {name}", "correct it, then try again: fuhan deliver {name}"
)
UNDELIVERED = Words("{count} 份还没有送到", "{count} not delivered yet")
UNDELIVERED_REMEDY = Words(
    "看 fuhan status；现在就重试：fuhan deliver {name}",
    "see fuhan status; to try again now: fuhan deliver {name}",
)
