"""What each key of `fuhan.toml` and of a portal's file means, zh and en."""

from __future__ import annotations

from collections.abc import Mapping

from schedules.words.language import Words

_SELECTION: Mapping[str, Words] = {
    "significance": Words(
        "改动的轻重：`substance` 内容、`metadata` 页面信息、`typography` 全半角或空白",
        "which changes: `substance`, `metadata`, `typography`",
    ),
    "portals": Words("哪些门户，可用 `*`", "which portals; `*` stands for anything"),
    "agencies": Words(
        "哪些发布机构，可用 `*`；空为全部", "which issuing agencies, `*` allowed; none: all"
    ),
    "kinds": Words(
        "`suggestion` 建议、`proposal` 提案；空为全部", "`suggestion`, `proposal`; none: all"
    ),
    "words": Words("只要含有其中一词的复函", "only letters with one of these words"),
}

_TELLING: Mapping[str, Mapping[str, Words]] = {
    "reports": {
        "name": Words("报告的名字，命令中用它", "its name, which commands take"),
        "cron": Words("何时发送，北京时间", "when it is sent, Asia/Shanghai"),
        "to": Words(
            "目标，可多个：网址，或带下列键的表；见[报告与投递](reports.md)",
            "its targets: addresses, or tables of these keys; see [reports](reports.md)",
        ),
        "to[].url": Words(
            "`file:`、邮件、webhook 或 Apprise 的网址",
            "`file:`, mail, a webhook, or any address of Apprise",
        ),
        "to[].name": Words(
            "它的名字；几个目标的网址遮住密钥后相同时，写了名字才能调换次序",
            "what it goes by; targets that look alike without their keys may change places only "
            "where they have names",
        ),
        "to[].secret": Words("webhook 的签名密钥", "what a webhook is signed with"),
        "to[].format": Words(
            "webhook 的内容：`json`、`text`、`md`、`html`",
            "what a webhook is sent: `json`, `text`, `md`, `html`",
        ),
        "on_empty": Words(
            "没有变化时：`silent` 不发，`say` 也发",
            "where nothing happened: `silent`, or `say` so",
        ),
        "language": Words("`zh` 或 `en`，默认随系统", "`zh` or `en`; else the locale's"),
        **_SELECTION,
    },
    "sinks": {
        "name": Words("名字", "its name"),
        "to": Words(
            "目标：`file:`、`tree:`、网址，或带下列键的表",
            "its target: `file:`, `tree:`, an address, or a table of these keys",
        ),
        "to.url": Words("同上", "as above"),
        "to.secret": Words("webhook 的签名密钥", "what a webhook is signed with"),
        "to.exec": Words("要运行的程序及其参数", "a program to run, and its arguments"),
        "to.seconds": Words("程序最多运行几秒", "how long it may take"),
        "format": Words(
            "`letter` 复函连同变化，`event` 只要变化", "`letter`, or the `event` alone"
        ),
        "begin": Words(
            "`start` 从档案的第一项变化起，`now` 从现在起",
            "`start`: from the archive's first event; `now`: from now on",
        ),
        **_SELECTION,
    },
    "feed": {
        "path": Words("Atom 文件", "the Atom file"),
        "title": Words("标题", "its title"),
        "entries": Words("保留多少条", "how many entries it has"),
        "language": Words("`zh` 或 `en`，默认随系统", "`zh` or `en`; else the locale's"),
        **_SELECTION,
    },
}

SETTINGS: Mapping[str, Mapping[str, Words]] = {
    "archive": {
        "path": Words("档案文件", "the archive's file"),
        "keep_captures": Words(
            "`changed` 只存有变化的网页，`all` 每次访问的都存",
            "`changed`: pages that read otherwise; `all`: the page of each visit",
        ),
    },
    "crawl": {
        "portals": Words(
            "自备门户文件的目录；默认是配置文件旁的 `portals`",
            "directory of your own portal files; `portals` beside the file if it is there",
        ),
        "enabled": Words("启用哪些门户，可用 `*`", "which portals; `*` stands for anything"),
        "contact": Words(
            "写入 User-Agent 的联系方式，限 ASCII", "stands in the User-Agent, ASCII only"
        ),
        "confirm_withdrawal.visits": Words(
            "几次不见才算撤下", "visits that must find a letter gone before it is withdrawn"
        ),
        "confirm_withdrawal.hours": Words(
            "各次至少相隔几小时", "hours between these visits, at least"
        ),
    },
    **_TELLING,
    "upkeep": {
        "tidy": Words(
            '何时整理；这几个时间写 `"never"` 就不做',
            'when the archive is tidied; `"never"` for not at all, here and below',
        ),
        "verify": Words("何时全面核对，连同每个快照", "when it is verified, with every capture"),
        "quick_verify": Words("何时只重算记录簿", "when only its journal is recomputed"),
        "backup": Words("备份目录；不写则不备份", "directory of backups; without it none are made"),
        "backup_cron": Words("何时备份", "when a backup is made"),
        "keep": Words("留几份备份", "how many backups are kept"),
    },
    "daemon": {
        "ping": Words(
            "抓取开始、成功、失败时访问的网址（healthchecks.io 一类）",
            "asked when crawls begin, go well and fail, in the manner of healthchecks.io",
        ),
        "metrics": Words(
            '常驻时供 Prometheus 读取的地址和端口，如 `"127.0.0.1:9108"`',
            'where the daemon serves metrics for Prometheus: `"127.0.0.1:9108"`',
        ),
        "metrics_file": Words(
            "写给 node_exporter 的指标文件，`.prom` 结尾",
            "a file of metrics for node_exporter, ending in `.prom`",
        ),
    },
}
"""The keys of `fuhan.toml`, by section."""

PORTAL: Mapping[str, Words] = {
    "name": Words("门户名，与文件名相同", "its name, which is the file's"),
    "agency": Words("机关全称", "the agency's full name"),
    "platform": Words(
        "网站系统：`trs`、`hanweb`、`vsb`、`ucap`，其他写 `generic`",
        "the site's system: `trs`, `hanweb`, `vsb`, `ucap`, or `generic` for any other",
    ),
    "lists": Words("栏目；与 `pages` 至少有一样", "the columns; these or `pages` are required"),
    "lists[].url": Words("列表第一页的网址", "address of a list's first page"),
    "lists[].kind": Words(
        "`suggestion` 或 `proposal`，栏目只有一类时写",
        "`suggestion` or `proposal`, where a column has but one",
    ),
    "pages": Words("没有列表的已知复函网址", "known addresses of letters without a list"),
    "region": Words("行政区划代码，六位", "six digits of GB/T 2260"),
    "aliases": Words("机关的其他名称、简称", "other names of the agency"),
    "cron": Words("何时抓取，北京时间", "when it is crawled, Asia/Shanghai"),
    "delay": Words("两次请求相隔几秒", "seconds between two requests"),
    "min_letters": Words(
        "完整走完列表少于此数，运行存疑", "fewer listed by a full walk: the run is suspect"
    ),
    "budget": Words(
        "一次运行至多多少请求；默认按已知复函的比例",
        "requests of one run; else a share of the letters known",
    ),
    "private_network": Words(
        "主机可以在内网；此时 `delay` 可为 0",
        "the host may be on a private network; `delay` may then be 0",
    ),
    "verify_tls": Words("核对证书", "certificates are verified"),
    "attachments.most": Words(
        "每份复函至多下载几个附件；`attachments = false` 不下载",
        "files fetched of one letter; `attachments = false`: none",
    ),
    "attachments.most_bytes": Words("单个附件的上限，字节", "largest file, in bytes"),
    "select.body": Words("正文的 CSS 选择器", "CSS of the body"),
    "select.title": Words("标题的 CSS 选择器", "CSS of the title"),
    "select.metadata": Words("信息表的 CSS 选择器", "CSS of the metadata"),
    "select.list_item": Words(
        "列表中一个链接外面的元素", "CSS of the element around one link of a list"
    ),
    "labels": Words(
        '信息表的其他标签，如 `"文 号" = "document_number"`',
        'further labels of the metadata: `"文 号" = "document_number"`',
    ),
}
"""The keys of a portal's file."""
