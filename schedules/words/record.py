"""What is said of identity, of the archive's soundness, and of letters read again, in Chinese and
English."""

from __future__ import annotations

from collections.abc import Mapping

from schedules.words.fields import FIELDS
from schedules.words.language import Words

# --- joining and splitting -------------------------------------------------------------------

NAME_TWO = Words("请写至少两份复函", "name two letters at least")
ONE_LETTER_ONLY = Words(
    "{names} 是同一份复函（编号 {id}），不需合并",
    "{names} are one letter already (id {id})",
)
JOINED = Words("已合并为复函 {id}；{gone} 今后指向它", "joined into letter {id}; {gone} lead to it")
JOIN_UNDO = Words(
    "如要撤销：fuhan letters split {id} {urls}", "to undo: fuhan letters split {id} {urls}"
)
NO_SUCH_COPY = Words(
    "复函 {id} 没有地址 {url}；它的地址：{urls}",
    "letter {id} has no copy at {url}; its copies: {urls}",
)
ONLY_COPY = Words(
    "复函 {id} 只有一处地址，无从拆分", "letter {id} has one copy only: nothing to split"
)
ALL_COPIES = Words(
    "不能把复函 {id} 的全部地址都拆出；至少留下一处",
    "these are all copies of letter {id}; leave at least one",
)
SPLIT = Words("已从复函 {id} 拆出复函 {new}：{urls}", "letter {new} split off letter {id}: {urls}")
SPLIT_UNDO = Words(
    "如要撤销：fuhan letters join {id} {new}", "to undo: fuhan letters join {id} {new}"
)

# --- why copies are one letter ---------------------------------------------------------------

EVIDENCE = Words("各副本的依据", "Why each copy is of this letter")
EVIDENCE_LINE = Words("{url}（{status}）：{tie}", "{url} ({status}): {tie}")
COPY_STATUS: Mapping[str, Words] = {
    "present": Words("在网", "present"),
    "withdrawn": Words("已撤下", "withdrawn"),
    "moved": Words("已移址", "moved"),
    "unread": Words("未读", "unread"),
}
TIES: Mapping[str, Words] = {
    "first": Words("这份复函最初见于此处", "the letter was first met here"),
    "index number": Words("索引号相同", "same index number"),
    "document number": Words("发文字号相同", "same document number"),
    "submission number": Words("届次与编号相同", "same assembly and submission number"),
    "text": Words("正文相近", "texts alike"),
    "joined": Words("人工合并，原为复函 {letter}", "joined by hand; it was letter {letter}"),
    "split": Words("人工拆分，原属复函 {letter}", "split by hand from letter {letter}"),
    "not recorded": Words("当时未记录依据", "the evidence was not recorded then"),
}
COMPARED_WITH = Words("与 {url} 比较", "compared with {url}")
SAME_MARKS = Words("相同：{marks}", "same: {marks}")
OTHER_MARKS = Words("不同：{marks}", "different: {marks}")
ALIKE = Words("正文相同 {share}", "bodies alike by {share}")
NOTE = Words("附注：{note}", "note: {note}")
MARKS: Mapping[str, Words] = {
    **FIELDS,
    "session": FIELDS["assembly"],
    "title": Words("标题", "title"),
    "signer": Words("落款单位", "signing office"),
    "agency": Words("机关", "agency"),
}

# --- verify ----------------------------------------------------------------------------------

SOUND = Words(
    "档案完好：{entries} 条记录逐条核对，{versions} 个版本、{readings} 次重读、{captures} 个快照、"
    "{files} 份附件、{events} 项变化、{decisions} 个人工决定与记录簿一致",
    "sound: {entries:journal entry|journal entries} recomputed; {versions:version|versions}, "
    "{readings:later reading|later readings}, {captures:capture|captures}, "
    "{files:linked file|linked files}, {events:event|events} and {decisions:decision|decisions} "
    "as recorded",
)
SOUND_QUICK = Words(
    "档案完好：{entries} 条记录逐条核对，{versions} 个版本、{readings} 次重读、{events} 项变化、"
    "{decisions} 个人工决定与记录簿一致；未读取快照和附件（--quick）",
    "sound: {entries:journal entry|journal entries} recomputed; {versions:version|versions}, "
    "{readings:later reading|later readings}, {events:event|events} and "
    "{decisions:decision|decisions} as recorded; captures and files were not read (--quick)",
)
HEAD = Words(
    "记录簿末条：{seq}:{hash}；请抄存于档案之外，日后核对：fuhan verify --head {seq}:{hash}",
    "journal head: {seq}:{hash}; note it down elsewhere, and hold the archive against it later: "
    "fuhan verify --head {seq}:{hash}",
)
UNSOUND = Words("发现 {count} 处与记录不符：", "{count:row is|rows are} not as recorded:")
WHAT_TO_DO = Words(
    "不要改动这个文件；另存一份，与备份逐项比对，或恢复备份到别处。",
    "Do not write to this file. Keep a copy, and compare it with a backup restored beside it.",
)
BAD_HEAD = Words(
    "--head 应为报告所印的“序号:哈希”，如 1520:9f3a…（64 位十六进制）：{value}",
    "--head takes NUMBER:HASH as reports print it, like 1520:9f3a… (64 hexadecimal digits): "
    "{value}",
)
FAULTS: Mapping[str, Words] = {
    "file": Words("数据库文件损坏：{detail}", "the database file is damaged: {detail}"),
    "unread": Words("没有核对到底：{detail}", "not checked to the end: {detail}"),
    "reference": Words(
        "引用了不存在的行（{detail}）", "refers to a row that is not there ({detail})"
    ),
    "journal": Words("记录簿不可信：{detail}", "the journal cannot be relied on: {detail}"),
    "cut": Words(
        "记录簿在此之前中断（只到第 {detail} 条）：末尾被截去，或这是更早的一份",
        "the journal ends before this entry (at {detail}): its tail was cut, or this is an "
        "earlier copy",
    ),
    "rewritten": Words(
        "此条的哈希与抄存的不同（今为 {detail}）：记录簿被重写",
        "its hash is not the one noted down (now {detail}): the journal was rewritten",
    ),
    "missing": Words("已记录，但不见了", "was recorded and is missing"),
    "altered": Words("记录之后被改动：{columns}", "altered after it was recorded: {columns}"),
    "unrecorded": Words("记录簿中没有：事后加入", "not in the journal: put in later"),
    "capture": Words("所存内容损坏（{detail}）", "the bytes kept are damaged ({detail})"),
    "contradiction": Words(
        "与记录的变化和决定不符：{columns}",
        "contradicts the recorded events and decisions: {columns}",
    ),
}
TABLES: Mapping[str, Words] = {
    "versions": Words("版本", "version"),
    "readings": Words("读出内容", "reading"),
    "captures": Words("快照", "capture"),
    "events": Words("变化", "event"),
    "decisions": Words("人工决定", "decision"),
    "identifications": Words("副本依据", "identification"),
    "attachment_versions": Words("附件内容", "content of a linked file"),
    "attachment_contents": Words("附件文件", "linked file"),
    "copies": Words("副本", "copy"),
    "letters": Words("复函", "letter"),
    "forgotten": Words("删去记录", "request to forget"),
    "journal": Words("记录簿", "journal"),
}
PLACED = Words("{place}（{about}）", "{place} ({about})")
FAULT_OF_LETTER = Words("复函 {letter}", "letter {letter}")
FAULT_VERSION = Words("第 {number} 版", "version {number}")
FAULT_CURSOR = Words("变化序号 {cursor}", "cursor {cursor}")
FAULT_ENTRY = Words("记录簿第 {seq} 条", "journal entry {seq}")
VERIFYING = Words("核对快照", "captures")

# --- dossier ---------------------------------------------------------------------------------

DOSSIER_EXISTS = Words(
    "{path} 不是空目录，不覆盖；请换一个：-o DIR",
    "{path} is not empty and is not overwritten; name another: -o DIR",
)
DOSSIER_WRITTEN = Words(
    "已写入 {path}（快照 {captures} 个，附件内容 {files} 份）",
    "wrote {path} ({captures:capture|captures}, {files:content|contents} of linked files)",
)
DOSSIER_DAMAGED = Words(
    "{count} 个快照或附件损坏，未能写出；见：fuhan verify",
    "{count:capture or file is|captures or files are} damaged and left out; see: fuhan verify",
)

# --- reread ----------------------------------------------------------------------------------

REREAD_LINE = Words(
    "{portal}：重读 {read} 件，{changed} 件读法有变{fields}",
    "{portal}: {read} read again, {changed} read otherwise{fields}",
)
REREAD_FIELDS = Words("（{fields}）", " ({fields})")
REREAD_COUNT = Words("{field} {count}", "{field} {count}")
REREAD_LOST = Words(
    "    {count} 件今读不出复函，保留原读法",
    "    {count:gives|give} no letter now; the earlier reading stays",
)
REREAD_DAMAGED = Words(
    "    {count} 件的快照损坏；见：fuhan verify",
    "    {count:capture is|captures are} damaged; see: fuhan verify",
)
REREAD_NOTHING = Words(
    "{portal}：都已按现在的读法读过", "{portal}: all were read by the present reader"
)
