"""What a value in a TOML file should be, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from schedules.words.language import Words

TABLE = Words("应写成表，如 {example}", "a table is expected, like {example}")
LIST = Words("应写成方括号里的列表，如 {example}", "a list in brackets is expected, like {example}")
_TEXT = Words('应写成引号里的文字，如 "…"', 'text in quotes is expected: "…"')
CHOICE = Words("应为其中之一：{choices}{hint}", "one of {choices} is expected{hint}")
OTHER = Words("这里不能写这个值", "this value cannot stand here")

# by pydantic's error type; `{ge}` and the like come with the error
FAULTS: Mapping[str, Words] = {
    "string_type": _TEXT,
    "path_type": _TEXT,
    "string_too_short": Words("不能为空", "must not be empty"),
    "string_too_long": Words(
        "太长，最多 {max_length} 个字符", "too long, at most {max_length} characters"
    ),
    "too_short": Words("至少要写一项", "at least one entry is expected"),
    "int_type": Words(
        "应为整数，不加引号，如 20", "a whole number is expected, without quotes, like 20"
    ),
    "float_type": Words(
        "应为数字，不加引号，如 2.5", "a number is expected, without quotes, like 2.5"
    ),
    "finite_number": Words("应为有限的数字，如 2.5", "a finite number is expected, like 2.5"),
    "bool_type": Words("应为 true 或 false，不加引号", "true or false is expected, without quotes"),
    "greater_than_equal": Words("不能小于 {ge:g}", "must be {ge:g} or more"),
    "less_than_equal": Words("不能大于 {le:g}", "must be {le:g} or less"),
}

# --- texts of the validators of our own ----------------------------------------------------------

TARGET = Words(
    "目标应为 file:路径，或 mailtos://…、https://… 这样的地址",
    "a target is file:PATH or an address like mailtos://… or https://…",
)
MAIL_ADDRESS = Words(
    "邮件地址应如 mailtos://用户:密码@smtp.example.org/?to=a@example.org；密码中的 @ / ? # % "
    "要写成 %40 %2F %3F %23 %25，或者写作 ${{NAME}}，在环境变量或 fuhan.env 里照原样写",
    "a mail address is mailtos://user:password@smtp.example.org/?to=a@example.org; in a password "
    "write @ / ? # % as %40 %2F %3F %23 %25, or take it from ${{NAME}}, where it stands as it is",
)
HEADER_TEXT = Words(
    "只能用可打印的 ASCII 字符：它写在 User-Agent 里",
    "printable ASCII only: it stands in the User-Agent header",
)
HTTP = Words(
    "应为 http:// 或 https:// 开头的地址", "an address that begins with http:// or https://"
)
REPORT_NAME = Words(
    '名字只能用字母、汉字、数字、点、“-”和“_”，不以点或“-”开头，如 "daily"',
    'letters, digits, ".", "-" and "_" only, a letter or digit first, like "daily"',
)
SAME_REPORTS = Words("有两个报告都叫 {name}", "two reports named {name}")

ADDRESS = Words("应为 http 或 https 网址：{url}", "an http or https address expected: {url}")
CSS = Words("不是 CSS 选择器：{selector}（{reason}）", "no CSS selector: {selector} ({reason})")
METADATA_KEY = Words("没有元数据键 {key}{hint}", "unknown metadata key {key}{hint}")
PORTAL_NAME = Words(
    '只能用英文字母、数字、“-”和“_”，以字母或数字开头，如 "cq-kjj"',
    'letters a-z, digits, "-" and "_" only, a letter or digit first, like "cq-kjj"',
)
REGION = Words('应为六位行政区划代码，加引号，如 "500000"', 'six digits in quotes, like "500000"')
LISTS_OR_PAGES = Words("lists 和 pages 至少要写一个", "lists or pages is required")
NO_DELAY = Words(
    "delay = 0 只能与 private_network = true 同用", "delay = 0 is for private_network = true only"
)
SAME_LISTS = Words("lists：同一网址写了两次", "lists: one address stands there twice")

CRON_FIELDS = Words(
    "应有五项（分 时 日 月 星期）：{expression}",
    "five fields expected (minute hour day month weekday): {expression}",
)
CRON_RANGE = Words(
    "{field}：{part} 不在 {low}-{high} 之内", "{field}: {part} is not within {low}-{high}"
)
CRON_NUMBER = Words("{field}：{text} 不是数字", "{field}: {text} is no number")
CRON_NAME = Words("{field}：{text} 不是数字或名称", "{field}: {text} is no number or name")
CRON_NEVER = Words("永远不会到的日子：{expression}", "a day that never comes: {expression}")
CRON_FIELD: Mapping[str, Words] = {
    "minute": Words("分", "minute"),
    "hour": Words("时", "hour"),
    "day of month": Words("日", "day of month"),
    "month": Words("月", "month"),
    "weekday": Words("星期", "weekday"),
}
