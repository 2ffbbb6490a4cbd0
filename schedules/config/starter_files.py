"""The files `fuhan init` begins a new watch with."""

from __future__ import annotations

from pathlib import Path

from schedules.words.language import say
from schedules.words.messages import CANNOT_WRITE_FILE, EXISTS
from schedules.words.system_faults import system_fault
from storage.errors import FuhanError

CONFIG_NAME = "fuhan.toml"

CONFIG = """\
# fuhan 的配置。相对路径从本文件所在的目录算起；${NAME} 取自环境变量或旁边的 fuhan.env。
# Configuration of fuhan. Relative paths begin at this file; ${NAME} takes from the environment, or
# from fuhan.env beside this file (mode 600): NAME=value, a line each.

[archive]
path = "fuhan.db"                    # 档案 the archive
# keep_captures = "changed"          # 只存有变化的快照；"all" 全存 "all" keeps every capture

[crawl]
portals = "portals"                  # 自备门户文件的目录 your own portal files
# enabled = ["cq-*"]                 # 只看这些门户，默认全部 default: all
# contact = "mailto:you@example.org" # 写入 User-Agent，便于网站联系 stands in the User-Agent
# confirm_withdrawal = { visits = 2, hours = 20 }   # 隔多久、几次不见才算撤下

[[reports]]
name = "daily"
cron = "0 8 * * *"                   # 北京时间 Asia/Shanghai
to = ["file:reports/"]               # 每个目标只收到上次之后的变化 each gets what is new to it
# to = [
#   "file:reports/",                                        # 每次三个文件 .md .html .json
#   "mailtos://user:${MAIL_PASSWORD}@smtp.example.org/?to=a@example.org,b@example.org",
#   { url = "https://hooks.example.org/x", secret = "${HOOK_SECRET}" },  # Standard Webhooks
#   "wecombot://${WECOM_KEY}",                              # 企业微信 钉钉 飞书 …：Apprise
# ]
# on_empty = "silent"                # 没有变化时不发；"say" 也发 "say" sends an empty one too
# language = "zh"                    # 默认随系统 default: the locale's
# significance = ["substance", "metadata"]          # 另有 also: "typography"
# portals = ["*"]
# agencies = ["*科学技术局"]
# kinds = ["suggestion", "proposal"]
# words = ["新能源"]                 # 只报含这些词的复函 only letters with these words

# 每个变化的复函本身，按次序、不遗漏 the letter of every event, in order, none left out
# [[sinks]]
# name = "corpus"
# to = "file:letters.jsonl"          # 或 or "tree:letters/", "https://…", { exec = ["./index.py"] }
# format = "letter"                  # 或只要变化 or "event"
# begin = "start"                    # 从头；"now" 只要今后的 from the first; "now": from now on

# [feed]
# path = "feed.xml"                  # Atom
# title = "复函变化"
# entries = 100

# 档案的保养，cron 均为北京时间，"never" 不做 when the archive is looked after; "never" leaves it
[upkeep]
backup = "backups/"                  # 备份目录；不写则不备份 without it there are no backups
# backup_cron = "0 4 * * *"
# keep = 7                           # 留几份 how many are kept
# tidy = "40 3 * * *"                # 清理旧运行 old runs dropped, the file kept in shape
# quick_verify = "50 3 * * *"        # 重算记录簿 the journal recomputed
# verify = "10 4 * * 0"              # 连同每个快照 with every capture, on Sundays

# 抓取开始、成功、失败时告诉谁 who hears that crawls begin, go well or fail
# [daemon]
# ping = "https://hc.example.org/uuid"       # healthchecks.io 一类
# metrics = "127.0.0.1:9108"                 # Prometheus，常驻时 while the daemon runs
# metrics_file = "metrics/fuhan.prom"        # 同上，供 node_exporter the same for node_exporter
"""

EXAMPLE_NAME = "example.toml.sample"

EXAMPLE = """\
# 改名为 NAME.toml（与 name 相同）后生效。 Rename to NAME.toml, NAME being the name below.
name = "my-portal"
agency = "某某市科学技术局"
platform = "generic"                 # trs | hanweb | vsb | ucap | generic
lists = [
  { url = "https://www.example.org/zwgk/jytabl/", kind = "proposal" },
]
cron = "20 6 * * *"
delay = 2.0
"""


def write_starter_files(folder: Path) -> list[Path]:
    """Writes the commented configuration and `portals/` into `folder`; gives what it wrote.

    Makes folders as needed and overwrites nothing: raises FuhanError where a file is there.
    """
    files = {
        folder / CONFIG_NAME: CONFIG,
        folder / "portals" / EXAMPLE_NAME: EXAMPLE,
    }
    for path in files:
        if path.exists():
            raise FuhanError(say(EXISTS, path=path))
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise FuhanError(
            say(CANNOT_WRITE_FILE, path=error.filename, reason=system_fault(error))
        ) from error
    return list(files)
