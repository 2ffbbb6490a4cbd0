"""What delivery says to people: targets, what was sent, what was not, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from schedules.words.language import Words

# --- configuration ---------------------------------------------------------------------------

SECRET = Words(
    "应为 Standard Webhooks 的密钥：whsec_ 加 24–64 个随机字节的 base64，"
    "可写作 ${{HOOK_SECRET}} 由环境变量给出",
    "a Standard Webhooks secret is expected: whsec_ and 24-64 random bytes in base64; "
    "${{HOOK_SECRET}} takes it from the environment",
)
MAIL_SECRET = Words("secret 只用于 http(s) 目标", "secret is for http(s) targets only")
TARGET_FORM = Words("format 只用于 http(s) 目标", "format is for http(s) targets only")
SINK_TARGET = Words(
    '应为 file:文件.jsonl、tree:目录/、https://…，或 {{ exec = ["程序", "参数"] }}',
    'file:NAME.jsonl, tree:FOLDER/, https://… or {{ exec = ["program", "argument"] }} is expected',
)
EXEC_OR_URL = Words("url 和 exec 写其中一个", "either url or exec is expected")
TREE_OF_LETTERS = Words(
    'tree: 目标只写复函（format = "letter"）', 'a tree: target takes letters (format = "letter")'
)
SAME_TARGETS = Words("有两个目标都叫 {name}", "two targets named {name}")
SAME_SINKS = Words("有两个 sink 都叫 {name}", "two sinks named {name}")
BAD_MAIL = Words(
    "{target}：不是邮件地址，应如 mailtos://用户:密码@smtp.example.org/?to=a@example.org",
    "{target}: no mail address; expected is "
    "mailtos://user:password@smtp.example.org/?to=a@example.org",
)
NO_RECIPIENT = Words("{target}：没有有效的收件人（to=）", "{target}: no valid recipient (to=)")
UNKNOWN_SERVICE = Words(
    "{target}：Apprise 不认识这个地址；写法见 https://appriseit.com/services/",
    "{target}: no address Apprise knows; how to write it: https://appriseit.com/services/",
)
UNKNOWN_TARGET = Words(
    "报告 {name} 没有目标 {target}；有：{targets}",
    "report {name} has no target {target}; it has: {targets}",
)
NO_ADDRESS = Words(
    "--to {target} 不是网址：应如 file:latest.html、file:reports/、mailtos://…、https://…",
    "--to {target} is no address such as file:latest.html, file:reports/, mailtos://…, https://…",
)
TO_NEEDS_SEND = Words("--to 须与 --send 或 --test 同用", "--to goes with --send or --test")
TEST_OR_SEND = Words("--test 不与 --send 同用", "--test does not go with --send")
REPORT_NEEDS_NAME = Words("请写报告名", "name a report")
NO_REPORTS = Words(
    "；配置里还没有报告（[[reports]]，见 docs/reports.md）",
    "; none is configured yet ([[reports]], see docs/reports.md)",
)
TRY_ANYWHERE = Words(
    "；要先看样本：fuhan report --test --to file:latest.html",
    "; to see a sample first: fuhan report --test --to file:latest.html",
)
UNKNOWN_TO_DELIVER = Words("没有叫 {name} 的报告或 sink", "no report or sink named {name}")

# --- what was done -----------------------------------------------------------------------------

SENT_TO = Words("{name} → {target}：已送达 {count} 条", "{name} → {target}: {count} delivered")
SENT_TITLE = Words("{name} → {target}：{title}", "{name} → {target}: {title}")
NOT_MADE = Words("{name}：{reason}", "{name}: {reason}")
NOT_SENT = Words(
    "{name} → {target}：未送达（{reason}）；{next}",
    "{name} → {target}: not delivered ({reason}); {next}",
)
NEXT_TRY = Words("{time} 之后再试", "tried again after {time}")
GIVEN_UP = Words("不再自动重试", "given up")
NOTHING_NEW = Words(
    "{name} → {target}：上次之后没有新变化", "{name} → {target}: nothing new since the last one"
)
BEGINS_NOW = Words(
    "{name} → {target}：从现在起报告；已有的变化可用 --since 补发，如 --since 7d",
    "{name} → {target}: begins now; --since 7d, say, sends what happened before",
)
ANOTHER_DELIVERS = Words(
    "另一个进程正在发送，本次不发", "another process is delivering; nothing was sent by this one"
)
TEST_FAILED = Words(
    "{name} → {target}：测试未送达（{reason}）", "{name} → {target}: the test failed ({reason})"
)
TEST_BESIDE = Words(
    "测试已写到 {path}，{target} 未动",
    "the test was written to {path}; {target} is as it was",
)
TEST_SENT = Words("测试已发到 {target}", "the test was sent to {target}")
NOTHING_TO_DELIVER = Words("没有要送的", "nothing to deliver")
FEED_WRITTEN = Words("已写入 {path}", "wrote {path}")
FEED_FAILED = Words("feed 未写成：{reason}", "the feed was not written: {reason}")

# --- status -------------------------------------------------------------------------------------

UNDELIVERED_HEAD = Words("未送达：", "Not delivered:")
UNDELIVERED = Words(
    "  {name} → {target}：{waiting} 条等待，自 {since} 起；试过 {attempts} 次，{error}；{next}",
    "  {name} → {target}: {waiting} waiting since {since}; tried {attempts:time|times}, {error}; "
    "{next}",
)
UNDELIVERED_DEAD = Words(
    "  {name} → {target}：{dead} 条已放弃（{error}）；修好后：fuhan deliver {name}",
    "  {name} → {target}: {dead} given up ({error}); once it is mended: fuhan deliver {name}",
)
DUE_NOW = Words("下次发送时再试", "tried again with the next delivery")

# --- what is sent ------------------------------------------------------------------------------

TEST_MARK = Words("【测试】", "[TEST] ")
TEST_NOTE = Words(
    "这是 fuhan 的测试，内容是虚构的。", "A test by fuhan; what it tells is invented."
)
SUBJECT = Words("复函变化：{name}，{counts}", "Reply letters, {name}: {counts}")
CHAT_CUT = Words("……其余略去；全部内容：{command}", "… the rest is left out; all of it: {command}")
FEED_TITLE = Words("复函变化", "Reply letters, what changed")
PARTS = Words("（{part}/{parts}）", "({part}/{parts})")

# --- help --------------------------------------------------------------------------------------

DELIVERY_HELP: Mapping[str, Words] = {
    "report --send": Words(
        "发到配置的目标（to），只发上次之后的变化；以前未送达的一并重试",
        "send it to its targets (to): what is new since the last one, and what failed before",
    ),
    "report --to": Words(
        "只发到这个目标：地址、显示的名称、第几个，或协议名",
        "to this target alone: its address, as it is shown, its number, or its scheme",
    ),
    "report --test": Words(
        "发一份虚构的样本试试目标；--to 可写任何地址",
        "send an invented sample; --to takes any address",
    ),
    "deliver": Words(
        "发送到时间的报告，告知各 sink，重试未送达的；写出 NAME 则立即重试它的。",
        "Send reports that are due, tell sinks, try again what failed; with NAME its messages now.",
    ),
}
