"""What is said of captures, backups, upkeep and forgetting, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from schedules.words.language import Words

KEEPING_HELP: Mapping[str, Words] = {
    "show --capture": Words(
        "输出一个快照的原始字节：第 N 个（从最早起），或 latest（默认）",
        "the bytes of a capture as they came: the Nth from the oldest, or latest (the default)",
    ),
    "show --version": Words("第 N 版的快照", "the capture of version N"),
    "show -o": Words(
        "快照写入这个新文件，而不是标准输出", "write the capture to this new file, not to stdout"
    ),
    "show --headers": Words(
        "只显示快照的状态和响应头", "show the capture's status and headers instead"
    ),
    "backup": Words(
        "备份档案，抓取进行中也可；PATH 是文件，或放备份的目录（文件名带日期）。",
        "Back the archive up, also while a crawl is running; PATH is a file, or a directory whose "
        "backups are named by date.",
    ),
    "backup --keep": Words(
        "目录中只留最近 N 份本档案的备份", "keep only the newest N backups of it in the directory"
    ),
    "backup --json": Words("输出一个 JSON 对象", "print one JSON object"),
    "restore": Words(
        "检查备份 PATH，并放到配置的档案处；已有档案时须加 --force。",
        "Check the backup PATH and put it in the archive's place; where there is an archive, only "
        "with --force.",
    ),
    "restore --force": Words(
        "档案已存在也恢复；原档案改名保留",
        "restore over an archive; the old one is kept beside it under a dated name",
    ),
    "restore --json": Words("输出一个 JSON 对象", "print one JSON object"),
    "upkeep": Words(
        "保养档案：清理一年多以前没有变化的运行记录，整理索引，收回空页；不重写文件。",
        "Look after the archive: drop the rows of old runs that brought nothing, tidy the indexes, "
        "give free pages back; the file is never rewritten.",
    ),
    "upkeep --json": Words("输出一个 JSON 对象", "print one JSON object"),
    "forget": Words(
        "应请求删去一份复函中的联系方式、正文或某些词：读出内容、快照、索引、附件和指明的备份；记入记录簿。",
        "Remove a letter's contact data, its text or certain words on request: from readings, "
        "captures, index, attachments and the backups named. The journal tells that it was done.",
    ),
    "forget --contacts": Words("删去联系方式", "remove its contact data"),
    "forget --text": Words("删去全文，只留题名、文号等", "remove its text; title and numbers stay"),
    "forget --words": Words(
        "删去这些词（如姓名），代之以 ■■；可写多次",
        "remove these words, a name for instance, and leave a mark; may be repeated",
    ),
    "forget --guard": Words(
        "没有找到的词也记下，以后抓取的不存入",
        "words that are found nowhere, too: keep them out of what is crawled later",
    ),
    "forget --backup": Words(
        "也从这个备份（或目录中本档案的全部备份）中删去；可写多次",
        "also from this backup, or all of this archive's in a directory; may be repeated",
    ),
    "forget --note": Words("理由，存入档案", "why; kept in the archive"),
    "forget --dry-run": Words("只说明将删去什么", "say what would be removed; remove nothing"),
    "forget --yes": Words("不再询问", "do not ask"),
    "forget --json": Words("输出一个 JSON 对象", "print one JSON object"),
}

# --- captures --------------------------------------------------------------------------------

NO_CAPTURES = Words("复函 {id} 没有快照", "letter {id} has no captures")
NO_SUCH_CAPTURE = Words(
    "复函 {id} 没有快照 {number}（共 {count} 个；可写 1 至 {count}，或 latest）",
    "letter {id} has no capture {number} (it has {count}: 1 to {count}, or latest)",
)
CAPTURE_OR_VERSION = Words(
    "--capture N 与 --version N 只写一个",
    "give either --capture N or --version N, not both",
)
CAPTURE_ON_TERMINAL = Words(
    "快照是原始字节，不在终端显示；请写 -o FILE，或转给别的程序",
    "a capture is raw bytes, which are not shown on a terminal; use -o FILE, or a pipe",
)
CAPTURE_EXISTS = Words(
    "{path} 已存在，不覆盖；请换一个：-o FILE",
    "{path} is there already and is not overwritten; name another: -o FILE",
)
CAPTURE_WRITTEN = Words(
    "已写入 {path}（{size} 字节，SHA-256 {digest}）",
    "wrote {path} ({size} bytes, SHA-256 {digest})",
)
CAPTURE_CUT = Words(
    "这个快照有内容应请求删去；原来的 SHA-256 是 {digest}",
    "something of this capture was forgotten on request; as it came, its SHA-256 was {digest}",
)

# --- backup, restore, upkeep -----------------------------------------------------------------

BACKING_UP = Words("备份（页）", "backup (pages)")
RESTORING = Words("恢复（页）", "restore (pages)")
KEEP_NEEDS_FOLDER = Words(
    "--keep 只用于目录：{path} 不是目录（尚无目录可写 {path}/）",
    "--keep is for a directory, which {path} is not ({path}/ makes one)",
)
BACKUP_MADE = Words(
    "已备份到 {path}（{size}），并已核对", "backed up to {path} ({size}), and checked"
)
ROWS = Words(
    "复函 {letters}、副本 {copies}、版本 {versions}、读出内容 {readings}、快照 {captures}、"
    "变化 {events}、记录簿 {journal} 条",
    "letters {letters}, copies {copies}, versions {versions}, readings {readings}, "
    "captures {captures}, events {events}, journal entries {journal}",
)
BACKUP_REMOVED = Words("已删除旧备份 {path}", "removed the old backup {path}")
OTHER_ARCHIVE = Words(
    "注意：这里有 {count} 份同名的备份属于另一个档案，都没有动（最近的：{path}）；"
    "如果现在的档案不该是新的，请恢复它：{command}",
    "note: backups of another archive lie here under the same name and stay ({count}, the newest: "
    "{path}); if the archive should not be a new one: {command}",
)
LOST_ARCHIVE = Words(
    "注意：{path} 不见了，而 {trace} 还在：这次抓取另起了一个新档案，以前的变化不在其中；"
    "原来的档案如有备份，请恢复：{command}",
    "note: {path} was gone, though {trace} is there: this crawl began a new archive, without what "
    "was told before; where there is a backup of the old one: {command}",
)
RESTORED = Words("备份完好，已恢复到 {path}", "the backup is whole; restored to {path}")
RESTORED_ASIDE = Words(
    "原来的档案保留在 {path}；确认无误后可自行删除",
    "the archive that was there is kept at {path}; delete it when all is well",
)
UPKEEP_DONE = Words(
    "已保养：清理旧运行 {runs} 次、失败的旧访问 {visits} 次；{before} → {after}",
    "done: {runs:old run|old runs} and {visits:failed old visit|failed old visits} dropped; "
    "{before} → {after}",
)
UPKEEP_READ = Words(
    "另一程序正在读档案，-wal 文件这次没有清空",
    "another program is reading the archive: its -wal file was not emptied this time",
)

# --- forget ----------------------------------------------------------------------------------

WHAT_TO_FORGET = Words(
    "请写明要删去什么：--contacts、--text 或 --words 词",
    "say what to forget: --contacts, --text or --words WORD",
)
SHORT_WORD = Words(
    "--words {word}：太短，至少 {count} 个字",
    "--words {word}: too short, {count} characters at least",
)
NO_BACKUPS = Words("{path} 中没有本档案的备份", "{path} holds no backup of this archive")
NOT_NAMED_SO = Words(
    "{path} 不是按日期命名的备份，没有动它；如也要删，请加 --backup {path}",
    "{path} is not named like a dated backup and stays as it is; to cut it too: --backup {path}",
)
NOT_AN_ARCHIVE = Words("{path} 不是 fuhan 的备份", "{path} is no backup of fuhan's")
FORGET_LETTER = Words("复函 {id}：{title}", "letter {id}: {title}")
FORGET_KINDS: Mapping[str, Words] = {
    "contacts": Words("  联系方式：", "  contact data:"),
    "text": Words(
        "  全文（题名、文号、索引号、机关、日期保留）",
        "  the text (title, numbers, agencies and dates stay)",
    ),
    "words": Words("  词（代之以 ■■）：", "  words (■■ in their place):"),
}
FORGET_CONTACT = Words("{word}", "{word}")
FORGET_WORD = Words("“{word}”", "“{word}”")
FORGET_COUNTS = Words(
    "涉及读出内容 {readings} 份、变化 {events} 项、快照 {captures} 个、附件 {files} 个",
    "in {readings:reading|readings}, {events:event|events}, {captures:capture|captures} and "
    "{files:linked file|linked files}",
)
FORGET_NOTHING = Words("档案中没有", "the archive holds nothing of it")
FORGET_NOWHERE = Words("没有找到：“{word}”", "found nowhere: “{word}”")
FORGET_KNOWN = Words("早已删去：“{word}”", "forgotten before: “{word}”")
NOTHING_FORGOTTEN = Words(
    "没有找到 {missing}，什么也没有删去，也没有记入记录簿；请核对字词。"
    "要让以后抓取的也不存入：--guard",
    "{missing} was found nowhere: nothing was removed and nothing journaled. See that it is spelt "
    "as on the page; to keep it out of what is crawled later: --guard",
)
GUARDED = Words(
    "复函 {id} 里没有要删去的；已记入记录簿，以后抓取也不存入",
    "letter {id} held nothing to remove; journaled, and later crawls will not store it",
)
FORGET_NOTE_CUT = Words(
    "理由（--note）里的这些词也不存入，代之以 ■■",
    "the note (--note) says some of it, too, and is kept with ■■ in its place",
)
FORGOT_BEFORE = Words(
    "以前删去的不再留在档案文件里：文件已重写",
    "nothing of what was removed before is left in the archive's file: it was written anew",
)
FORGET_FILES_LEFT = Words(
    "注意：{count} 个附件不能只删去一部分，或也属于别的复函，仍保留",
    "note: {count:linked file stays|linked files stay}: words cannot be cut out there, or another "
    "letter links there, too",
)
FORGET_ELSEWHERE = Words(
    "“{word}”也在另外 {count} 份复函里，那些不动：{letters}",
    "“{word}” also stands, and stays, in {count:other letter|other letters}: {letters}",
)
FORGET_BACKUP = Words("  备份 {path} 同样处理", "  the backup {path} alike")
BACKUP_NOT_CUT = Words(
    "备份 {path} 没有删成，内容还在其中", "the backup {path} could not be cut and still has it all"
)
ASK_FORGET = Words("删去后不能恢复。继续吗？", "This cannot be undone. Go on?")
FORGET_UNASKED = Words(
    "不在终端上，无从询问；请加 --yes，或先看 --dry-run",
    "there is no terminal to ask on; use --yes, or look first: --dry-run",
)
ABORTED = Words("未作改动", "nothing was changed")
FORGOT = Words(
    "已从复函 {id} 删去，并记入记录簿；以后抓取也不再存入",
    "removed from letter {id}, and journaled; later crawls will not store it either",
)
FORGET_LATER = Words(
    "未指明的备份、已发出的报告、已导出的文件和磁盘快照不在其内。",
    "Backups not named, reports already sent, files already exported and snapshots of the disk "
    "are not covered.",
)
FORGOTTEN_COUNT = Words(
    "其中应请求删去过内容：{count} 次（记录簿中的 forget 条目）",
    "on request something was forgotten {count:time|times} (entries `forget` of the journal)",
)
