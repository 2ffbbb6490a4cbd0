"""What the program says to people in general, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from schedules.words.language import Words

# --- errors ----------------------------------------------------------------------------------

ERROR = Words("错误：{message}", "error: {message}")
USAGE_ERROR = Words("用法错误：{message}", "usage error: {message}")
SEE_HELP = Words("用法见：{command} --help", "see: {command} --help")
UNEXPECTED = Words(
    "程序自身出错（{kind}：{message}）；加 --verbose 可看详情",
    "a fault of the program itself ({kind}: {message}); --verbose shows more",
)
INTERRUPTED = Words("已中断", "interrupted")
DID_YOU_MEAN = Words("；是否指 {name}？", "; did you mean {name}?")
THERE_ARE = Words("；有：{names}", "; there are: {names}")
THERE_ARE_MORE = Words(
    "；有：{names}等 {count} 个，全部见：{command}",
    "; there are {count}, such as {names}; all: {command}",
)
UNKNOWN_COMMAND = Words("没有命令 {name}", "no command {name}")
NO_COMMAND = Words("缺少命令", "a command is missing")
UNKNOWN_PORTAL = Words("没有名为 {name} 的门户", "no portal named {name}")
NO_PORTAL_ENABLED = Words(
    "没有启用任何门户（[crawl] enabled）", "no portal is enabled ([crawl] enabled)"
)
PORTAL_LEFT_OUT = Words("跳过一个门户：{reason}", "a portal is left out: {reason}")
FILE_WRONG = Words("门户文件有误", "its file is wrong")
PORTAL_FILE_WRONG = Words("门户文件有误：{reason}", "a portal file is wrong: {reason}")
UNKNOWN_REPORT = Words("没有名为 {name} 的报告", "no report named {name}")
UNKNOWN_LETTER = Words(
    "档案中没有复函 {name}（可写编号、索引号、发文字号或网址）",
    "the archive has no letter {name} (an id, index number, document number or address)",
)
SEVERAL_LETTERS = Words(
    "{name} 对应多份复函，请用编号指明：{ids}",
    "{name} stands for several letters; name one by its id: {ids}",
)
NO_SUCH_VERSION = Words(
    "复函 {id} 没有第 {number} 版（共 {count} 版）",
    "letter {id} has no version {number} (it has {count})",
)
ONE_VERSION_ONLY = Words(
    "复函 {id} 只有一个版本，附件也没有变过，无从比较",
    "letter {id} has one version only, and no file it links to changed: nothing to compare",
)
CANNOT_READ_FILE = Words("无法读取 {path}：{reason}", "cannot read {path}: {reason}")
NO_PROGRAM = Words("没有这个程序", "not found")
CANNOT_WRITE_FILE = Words("无法写入 {path}：{reason}", "cannot write {path}: {reason}")
BAD_INSTANT = Words(
    "{name} 不是 ISO 时间：{value}（例如 2026-05-04T06:20:00+08:00）",
    "{name} is no ISO time: {value} (like 2026-05-04T06:20:00+08:00)",
)
BAD_CURSOR = Words(
    "--after 应为变化的序号，即不小于 0 的整数，如 120：{value}",
    "--after takes a cursor, a whole number from 0 on, like 120: {value}",
)
CURSOR_BEYOND = Words(
    "序号 {after} 超出了这个档案的最后一项变化（{last}）：档案是另一份，或恢复过备份；"
    "请从头再取（不写 --after）",
    "cursor {after} lies beyond this archive's last event ({last}): it is another archive, or a "
    "backup was restored; begin anew, without --after",
)
CURSOR_FILE_BEYOND = Words(
    "{path} 所记的序号 {after} 超出了这个档案的最后一项变化（{last}）：档案是另一份，或恢复过备份；"
    "删去 {path} 即重新导出全部",
    "cursor {after} in {path} lies beyond this archive's last event ({last}): it is another "
    "archive, or a backup was restored; remove {path} to export everything anew",
)
BAD_SINCE = Words(
    "--since 应为日期、时间，或天数、小时数，如 2026-05-04、2026-05-04T08:00、7d、36h：{value}",
    "--since takes a date, a time, or a span, like 2026-05-04, 2026-05-04T08:00, 7d, 36h: {value}",
)

# --- configuration -----------------------------------------------------------------------------

CONFIG_NOT_USED = Words(
    "提示：这里有 {name}，但没有用它；要用请写 fuhan --config {name}，或设 FUHAN_CONFIG={name}",
    "note: there is a {name} here that is not used; to use it say: fuhan --config {name}, or set "
    "FUHAN_CONFIG={name}",
)
NO_ARCHIVE_HERE = Words(
    "{path}：这里还没有档案；已有配置请用 --config 或 FUHAN_CONFIG 指明；头一次用：fuhan init，"
    "再 fuhan crawl（没有配置就抓取全部内置门户）",
    "{path}: there is no archive here — name your configuration with --config or FUHAN_CONFIG; to "
    "begin: fuhan init, then fuhan crawl, which without a configuration asks all built-in portals",
)
NO_CONFIG_FILE = Words("找不到配置文件 {path}", "no configuration file {path}")
UNKNOWN_KEY = Words("{path}：未知的键 {key}{hint}", "{path}: unknown key {key}{hint}")
MISSING_KEY = Words("{path}：缺少 {key}", "{path}: {key} is missing")
BAD_VALUE = Words("{path}：{key}：{reason}", "{path}: {key}: {reason}")
BAD_TOML = Words("{path}：TOML 语法错误：{reason}", "{path}: TOML syntax: {reason}")
UNSET_VARIABLE = Words(
    "{path}：{key}：环境变量和配置旁的 .env 文件里都没有 {name}",
    "{path}: {key}: ${{{name}}} is set neither in the environment nor in the .env file beside the "
    "configuration",
)
LINE_EXPORTS = Words(
    "{path} 第 {number} 行：这里不写 export（这不是 shell 脚本），请写：{name}=值",
    "{path}, line {number}: no shell reads this file, so it has no export; write {name}=value",
)
LINE_LEFT_OUT = Words(
    "{path} 第 {number} 行不是 NAME=值，不起作用",
    "{path}, line {number} is no NAME=value and has no effect",
)
WRONG_FILE_NAME = Words(
    "{path}：name = {name} 与文件名不一致（应为 {stem}）",
    "{path}: name = {name} does not equal the file's name ({stem})",
)
NO_SUCH_DIRECTORY = Words(
    "{path}：{key}：没有目录 {directory}", "{path}: {key}: no directory {directory}"
)

# --- words for states and events -----------------------------------------------------------

STATE: Mapping[str, Words] = {
    "ok": Words("正常", "ok"),
    "failing": Words("无法访问", "failing"),
    "blocked": Words("被拒绝访问", "blocked"),
    "suspect": Words("存疑", "suspect"),
}
KIND: Mapping[str, Words] = {
    "new": Words("新发布", "new"),
    "changed": Words("改动", "changed"),
    "withdrawn": Words("撤下", "withdrawn"),
    "restored": Words("恢复", "restored"),
    "moved": Words("移址", "moved"),
    "copy-found": Words("另见一处", "copy found"),
    "delisted": Words("移出列表", "delisted"),
}
LETTER_STATUS: Mapping[str, Words] = {
    "present": Words("在网", "present"),
    "withdrawn": Words("已撤下", "withdrawn"),
}

# --- looking things up -----------------------------------------------------------------------

NO_LETTERS = Words(
    "档案中还没有复函；先运行：fuhan crawl", "no letters in the archive yet; first: fuhan crawl"
)
LETTER_NUMBER = Words("复函 {id}", "letter {id}")
COMPARE = Words("对照：{command}", "compare: {command}")
MARKED = Words("{kind}（{marks}）", "{kind} ({marks})")
BASELINE_MARK = Words("首次收录", "first reading")
BACKDATED_MARK = Words("所印日期较早", "backdated")
UNTITLED = Words("（无标题）", "(untitled)")
NO_CHANGES_SINCE = Words("没有新的变化", "no new changes")
STATUS_NEVER = Words("从未", "never")
STATE_NEVER = Words("未运行", "never run")
STATE_UNFINISHED = Words("未完成", "unfinished")
RUN_INTERRUPTED = Words(
    "上次运行（{time} 开始）中断，下次运行接着做",
    "the run of {time} was interrupted; the next one goes on from there",
)
RUN_NOT_ENDED = Words("{time} 开始的运行还没有结束", "the run of {time} has not ended yet")
NO_RUN_YET = Words(
    "{path} 还没有档案；第一次运行：fuhan crawl",
    "{path}: no archive yet; for the first run: fuhan crawl",
)
STATUS_COLUMNS: tuple[Words, ...] = (
    Words("门户", "portal"),
    Words("状态", "state"),
    Words("上次运行", "last run"),
    Words("复函", "letters"),
    Words("到期", "due"),
    Words("暂扣", "held"),
    Words("说明", "note"),
)
PORTAL_COLUMNS: tuple[Words, ...] = (
    Words("门户", "portal"),
    Words("机关", "agency"),
    Words("系统", "platform"),
    Words("时间", "cron"),
    Words("启用", "enabled"),
    Words("来源", "file"),
)
BUILT_IN = Words("内置", "built in")
YES = Words("是", "yes")
NO = Words("否", "no")
NO_DIFFERENCE = Words("两版没有差别", "the two versions do not differ")
CHECK_LIST = Words("列表 {url}：{count} 个复函链接", "list {url}: {count:link|links} to letters")
CHECK_ROBOTS = Words("robots.txt 不允许访问 {url}", "robots.txt does not allow {url}")
CHECK_DONE = Words(
    "读出 {good} 份复函（试读 {tried} 份）", "{good:letter|letters} read of {tried} tried"
)

# --- clean -----------------------------------------------------------------------------------

NOT_FETCHED = Words("无法取得 {url}：{reason}", "cannot fetch {url}: {reason}")
TOO_LARGE = Words("{url} 超过 {limit} MiB", "{url} is over {limit} MiB")
FORBIDDEN = Words("不访问 {url}：{reason}", "will not ask for {url}: {reason}")
PRIVATE_ADDRESS = Words(
    "{address} 是内部网络地址（门户文件中 private_network = true 可放行）",
    "{address} is a private address (a portal with private_network = true may)",
)
NOT_HTTP = Words("只支持 http 和 https", "only http and https")
REFUSED = Words("不是可读的复函：{reason}", "no letter read: {reason}")

# --- files written -----------------------------------------------------------------------------

WROTE = Words("已写入 {path}", "wrote {path}")
EXISTS = Words("{path} 已存在，不覆盖", "{path} exists and is not overwritten")
INIT_NEXT = Words(
    "下一步：fuhan --config {path} portals list", "next: fuhan --config {path} portals list"
)
REPORT_WITHOUT_TARGET = Words(
    "报告 {name} 没有目标（to = […]）", "report {name} has no target (to = […])"
)
