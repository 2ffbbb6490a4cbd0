"""The help of every command and option, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

import click

from schedules.cli.usage_words import COMMAND_METAVAR, OPTIONS_METAVAR
from schedules.exports.words import EXPORTING_HELP
from schedules.replay.words import REPLAY_HELP
from schedules.upkeep.words import KEEPING_HELP
from schedules.words.delivery import DELIVERY_HELP
from schedules.words.language import Words, say
from schedules.words.running import RUNNING_HELP
from schedules.words.search import SEARCH_HELP

# "crawl" is a command, "crawl --due" its option, "portals list" a command of a group
HELP: Mapping[str, Words] = {
    "": Words(
        "留意政府网站公开的建议提案办理复函：收集、清洗、存档，并指出改动。",
        "Keeps a watch on the reply letters Chinese government portals publish: collects them, "
        "keeps every version, and tells what changed.",
    ),
    "--config": Words(
        "配置文件（也可用环境变量 FUHAN_CONFIG）", "configuration file (or FUHAN_CONFIG)"
    ),
    "--verbose": Words("多说一些；-vv 更多", "say more; -vv even more"),
    "--version": Words("显示版本", "show the version"),
    "--help": Words("显示帮助", "show this help"),
    "demo": Words(
        "演示全过程：在本机起两个小型政府网站，抓取，让它们修改、撤下、迁移复函，再抓取，并报告改动。",
        "The whole story on two small government portals in a box: crawl them, let them edit, "
        "withdraw and move letters, crawl again, and tell what changed.",
    ),
    "demo --directory": Words(
        "档案和报告放在哪里（默认 fuhan-demo）",
        "where archive and reports are left (default: fuhan-demo)",
    ),
    "init": Words(
        "在 DIR（默认当前目录）写一份带注释的 fuhan.toml 和 portals/。",
        "Write a commented fuhan.toml and portals/ into DIR (default: here).",
    ),
    "doctor": Words(
        "检查配置、档案、时钟、磁盘、版本、网络和投递，每个问题都给出办法。",
        "Check configuration, archive, clock, disk, versions, network and delivery, each with its "
        "remedy.",
    ),
    "doctor --offline": Words("不访问门户和投递目标", "ask neither portals nor targets"),
    "doctor --json": Words("输出一个 JSON 对象", "print one JSON object"),
    "crawl": Words(
        "立即运行一次；不写门户名则为全部启用的门户。",
        "One run now, of the named portals or of all that are enabled.",
    ),
    "crawl --due": Words("只抓取到了时间的门户", "only portals whose cron time has passed"),
    "crawl --full": Words(
        "走完每个列表，访问每个已知页面", "walk every list to its end and visit every known page"
    ),
    "crawl --dry-run": Words(
        "只说明将访问什么，不访问", "say what would be asked for; ask nothing"
    ),
    "clean": Words(
        "读一个页面：FILE（.html、.txt 或 - 即标准输入）或网址。",
        "Read one page: a FILE (.html, .txt, or - for stdin) or an address.",
    ),
    "clean --url": Words(
        "页面原来的网址，用来补全链接", "the page's own address, which completes links"
    ),
    "clean --portal": Words("按这个门户的规则来读", "read it as a page of this portal"),
    "clean --json": Words("输出一个 JSON 对象", "print one JSON object"),
    "clean --text": Words("只输出正文", "print the body alone"),
    "clean --explain": Words(
        "按网页次序逐块说明保留或略去的理由；可与 --json 同用",
        "print each block of the page, kept or dropped, and why; goes with --json, too",
    ),
    "letters": Words("列出档案中的全部复函。", "List every letter of the archive."),
    "letters --json": Words("每行一个 JSON 对象", "one JSON object a line"),
    "letters join": Words(
        "把几份复函合并为一份，保留较早的编号；记入记录簿，可用 split 撤销。",
        "Make several letters one; the older id stays. Recorded; split undoes it.",
    ),
    "letters join --note": Words("理由，存入档案", "why; kept in the archive"),
    "letters split": Words(
        "把一份复函的若干地址拆成另一份，得到新编号；记入记录簿，可用 join 撤销。",
        "Make some copies of a letter a letter of their own, with a new id. Recorded; join undoes "
        "it.",
    ),
    "letters split --note": Words("理由，存入档案", "why; kept in the archive"),
    "verify": Words(
        "核对档案：重算记录簿，逐个读取快照，指出被改动、缺失或错位之处（退出码 4）。",
        "Check the archive: recompute its journal, read every capture, name whatever was altered, "
        "is missing or out of order (exit code 4).",
    ),
    "verify --quick": Words("不读取快照", "read no captures"),
    "verify --head": Words(
        "报告所印的记录簿末条，用来发现被截去的末尾；可写多次",
        "a journal head as a report prints it, which shows a cut tail; may be repeated",
    ),
    "verify --json": Words("输出一个 JSON 对象", "print one JSON object"),
    "dossier": Words(
        "为一份复函写出可打印、可存档的卷宗：网页一份，快照原样附上。",
        "Write a letter's file for the record: a page to print, with its captures as they came.",
    ),
    "dossier -o": Words("写到哪个目录", "the directory to write"),
    "dossier --contacts": Words("也写出联系方式（个人信息）", "with contact lines (personal data)"),
    "reread": Words(
        "用现在的读法重读每个地址最后的快照，读法有别的补记；不算变化。",
        "Read the last capture of every copy again with the present reader and add what reads "
        "otherwise; no change of the record.",
    ),
    "show": Words(
        "显示一份复函；ID 可以是编号、索引号、发文字号或网址。",
        "Show one letter; ID is its id, index number, document number or address.",
    ),
    "show --json": Words("输出一个 JSON 对象", "print one JSON object"),
    **KEEPING_HELP,
    **REPLAY_HELP,
    "diff": Words(
        "逐字比较一份复函的两个版本（A、B 为版本号，默认最近两版），并列出变过的附件文件。",
        "Compare two versions of a letter by character (A and B are their numbers; the last two if "
        "not told), and list the files it links to that changed.",
    ),
    "diff --held": Words(
        "对照暂扣的改动与已公布的版本", "what is held back, against the version told last"
    ),
    "changes": Words(
        "列出全部变化，先发生的在前，各附对照的命令。",
        "List everything that changed, the oldest first, with the commands that compare it.",
    ),
    "changes --after": Words("只列这个序号之后的", "only those after this cursor"),
    "changes --held": Words(
        "列出暂扣、还没有发布的变化：先看，再用 portals accept 或 reject 决定",
        "what is held back and not told yet: to look at before portals accept or reject",
    ),
    "changes --portal": Words("只列这个门户的", "only those of this portal"),
    "changes --json": Words("每行一个 JSON 对象", "one JSON object a line"),
    "status": Words(
        "各门户的情况、上次运行、到期的页面。", "Portals, their last runs, what is due."
    ),
    "status --json": Words("输出一个 JSON 对象", "print one JSON object"),
    "report": Words(
        "变化报告；NAME 是配置中 [[reports]] 的名字，可不写。",
        "A change report; NAME is one of [[reports]] in the configuration, or none.",
    ),
    "report --since": Words(
        "从何时起：日期、时间，或 7d、36h", "from when on: a date, a time, or a span: 7d, 36h"
    ),
    "report --format": Words("格式（默认 text）", "the form (default: text)"),
    **DELIVERY_HELP,
    **EXPORTING_HELP,
    **SEARCH_HELP,
    **RUNNING_HELP,
    "portals": Words(
        "管理门户：列出、试读、添加；发布或丢弃暂扣的变化。",
        "Look after portals: list, try and add them; publish or drop what was held back.",
    ),
    "portals list": Words(
        "列出全部门户；有门户文件写错则指出，退出码 3。",
        "List every portal there is a file for; files that are wrong are named (exit code 3).",
    ),
    "portals check": Words(
        "试读一个门户：取列表首页和三份复函，显示读到什么，有什么问题、可以怎么改。",
        "Try a portal: fetch its lists and three letters, show what was read, what is wrong and "
        "what to try.",
    ),
    "portals check --json": Words("输出一个 JSON 对象", "print one JSON object"),
    "portals add": Words(
        "由栏目网址 URL 写出门户文件：认出网站系统、列表和分页，试读三份复函。",
        "Write a portal file from the address of a column: find its system, list and paging, and "
        "read three letters.",
    ),
    "portals add --name": Words(
        "门户名（默认取自网址）", "the portal's name (default: from the host)"
    ),
    "portals add --agency": Words(
        "机关全称（默认取自页面）", "the agency's full name (default: as the pages print it)"
    ),
    "portals add --delay": Words(
        "两次请求之间的秒数（默认 2）", "seconds between two requests (default: 2)"
    ),
    "portals add --force": Words(
        "已有同名门户或栏目也写", "write it even where a portal has that name or column"
    ),
    "portals add --dry-run": Words(
        "只输出文件内容，不写；说明在标准错误",
        "print the file and write nothing; the rest goes to stderr",
    ),
    "portals accept": Words(
        "发布这个门户暂扣的变化（上次运行存疑，核对后属实）；没有暂扣的，就收回以前的作废，"
        "下次运行重新比较。先看：fuhan changes --held。",
        "Publish what was held back of a portal: its run was suspect, and it did happen. Where "
        "nothing is held, earlier rejections are taken back, and the next run compares anew. To "
        "look first: fuhan changes --held.",
    ),
    "portals reject": Words(
        "作废这个门户暂扣的变化（页面读错了）：档案保留原来的文字，这些网页读出别的文字之前不再报；"
        "portals accept 可以收回。先看：fuhan changes --held。",
        "Drop what was held back of a portal: its pages were misread. The archive keeps the text "
        "it had, and nothing is told of these pages until they read otherwise; portals accept "
        "takes that back. To look first: fuhan changes --held.",
    ),
}


def translate(command: click.Command, path: str = "") -> None:
    """Puts the present language's help on a command, its options and its subcommands."""
    command.help = say(HELP[path])
    command.short_help = command.help.rstrip("。.")
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            parameter.help = say(HELP[option_key(path, parameter)])
    command.options_metavar = say(OPTIONS_METAVAR)
    command.add_help_option = True
    option = command.get_help_option(click.Context(command))
    if option is not None:
        option.help = say(HELP["--help"])
    if isinstance(command, click.Group):
        command.subcommand_metavar = say(COMMAND_METAVAR)
        for name, inner in command.commands.items():
            translate(inner, f"{path} {name}".strip())


def option_key(path: str, option: click.Option) -> str:
    """The option's key in `HELP`: `crawl --due`."""
    return f"{path} {option.opts[0]}".strip()
