"""What a dossier says, in Chinese and English: observations, never claims."""

from __future__ import annotations

from collections.abc import Mapping

from schedules.words.language import Words

TITLE = Words("复函卷宗：{title}", "A reply letter's file: {title}")
WRITTEN = Words(
    "由 fuhan {version} 于 {time}（北京时间）写出", "written by fuhan {version}, {time} (UTC+8)"
)
FACTS = Words("复函", "The letter")
WHY = Words("各副本的依据", "Why each copy is of this letter")
TIMELINE = Words("经过（均为观察所得）", "What was observed")
CHANGES = Words("改动前后", "Before and after")
BODY = Words("正文（最近一版）", "Body (latest version)")
ANNEX = Words("页内附件（最近一版）", "Annex (latest version)")
CAPTURES = Words("快照", "Captures")
JOURNAL = Words("记录簿", "Journal")
HOW = Words("如何核验", "How to verify")

BETWEEN_VERSIONS = Words(
    "第 {before} 版（{was}）→ 第 {after} 版（{now}）",
    "version {before} ({was}) → version {after} ({now})",
)
READ = Words("读到第 {number} 版", "version {number} was read")
NO_CHANGES = Words("没有前后两版。", "There are no two versions to compare.")
SAME = Words("两版读出的内容相同。", "The two versions read alike.")
TIME = Words("时间（北京）", "time (UTC+8)")
WHAT = Words("观察", "observed")
WHERE = Words("地址", "address")
FILE = Words("文件", "file")
VERSION = Words("版本", "version")
STATUS = Words("状态码", "status")
HEADERS = Words("响应头", "headers")
SIZE = Words("{size} 字节", "{size} bytes")
AS_IT_CAME = Words("原样", "as it came")
DAMAGED = Words("已损坏，未能写出", "damaged, not written")
AS_EVIDENCE = Words("未读出复函时的答复", "an answer that gave no letter")
ENTRY_COLUMNS: tuple[Words, ...] = (
    Words("序号", "number"),
    Words("种类", "kind"),
    Words("记录时间", "recorded"),
    Words("内容与哈希", "content and hash"),
)
KINDS: Mapping[str, Words] = {
    "version": Words("版本", "version"),
    "reading": Words("重读", "later reading"),
    "capture": Words("快照", "capture"),
    "event": Words("变化", "event"),
    "decision": Words("人工决定", "decision"),
    "forget": Words("应请求删去", "forgotten on request"),
    "file": Words("附件内容", "file content"),
}
HEAD = Words("写出时记录簿末条：{seq}:{hash}", "journal head when this was written: {seq}:{hash}")
RAW = Words(
    "快照是服务器答复的原样字节，页面上的一切都在其中（包括联系方式）；"
    "存为 .txt，以免其中的脚本运行。",
    "Captures are the bytes as the server sent them, with all the page held, contact lines too; "
    "they are kept as .txt so that no script in them runs.",
)
RAW_BUT_CUT = Words(
    "注明“原样”的快照有内容已应请求删去，文件里是留下的；原来的字节只存摘要和大小。"
    "其余快照是服务器答复的原样字节。都存为 .txt，以免其中的脚本运行。",
    "Of captures with a line “as it came” something was forgotten on request: the file has what "
    "is left, and of the bytes as they came digest and size alone are kept. Other captures are "
    "the bytes as the server sent them. All are .txt so that no script in them runs.",
)
FORGOTTEN = Words(
    "本复函有内容应请求不再保存（{time}，记录簿第 {seq} 条）：以下不含这些内容。",
    "Something of this letter is no longer kept, on request (since {time}, journal entry {seq}): "
    "what follows is without it.",
)
SUMS = Words(
    "快照未被改动：在本目录运行 sha256sum -c SHA256SUMS",
    "That no capture was altered: run sha256sum -c SHA256SUMS in this directory",
)
ARCHIVE = Words(
    "档案未被改动：在存有档案的机器上运行 fuhan verify --head {seq}:{hash}",
    "That the archive was not altered: where it is kept, run fuhan verify --head {seq}:{hash}",
)
ENTRIES = Words(
    "记录簿各条（journal.jsonl）：hash 是 JSON 数组 [previous, kind, ref_id, observed_at, "
    "recorded_at, content] 的 SHA-256（UTF-8，无空格，不转义汉字）；previous 是前一条的 hash。",
    "The journal's entries (journal.jsonl): hash is the SHA-256 of the JSON array [previous, kind, "
    "ref_id, observed_at, recorded_at, content] (UTF-8, no spaces, no ASCII escapes); previous is "
    "the hash of the entry before.",
)
CONTACTS_LEFT_OUT = Words(
    "联系方式未列出（--contacts 可列出）", "contact lines left out (--contacts)"
)
