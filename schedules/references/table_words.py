"""What the archive's tables worth reading and their columns hold, in Chinese and English.

Columns that are fields of a letter or keys of `fuhan changes` are told of where those are
(`schedules/exports/column_words.py`, `schedules/exports/event_words.py`).
"""

from __future__ import annotations

from collections.abc import Mapping

from schedules.exports.column_words import LETTER
from schedules.exports.event_words import CHANGE
from schedules.words.language import Words

TABLES: Mapping[str, Words] = {
    "letters_now": Words("视图：各复函现在的样子", "view: letters as they now stand"),
    "recent_changes": Words("视图：变化，最近的在前", "view: what changed, the latest first"),
    "letters": Words("复函：一件一行，不含文字", "letters, a row each; their texts are readings"),
    "copies": Words("副本：复函所在的网址", "copies: the addresses letters stand at"),
    "versions": Words(
        "版本：一处网址每出现一种内容为一版", "versions: each content an address has shown"
    ),
    "readings": Words(
        "读法：各版本读出的文字；重读只添不改",
        "readings: what was read from a version; a better reader adds one and alters none",
    ),
    "captures": Words("快照：当时的原始网页", "captures: pages as they came"),
    "events": Words(
        "事件：有序号的已发布；reread、joined、split 等只供导出",
        "events; those with a cursor were told; reread, joined, split only to exports",
    ),
    "attachment_files": Words(
        "附件：副本所链接的文件", "files the copies link to, a row a copy and link"
    ),
    "attachment_versions": Words(
        "附件版本：各链接出现过的内容", "each content a linked file was seen with"
    ),
    "attachment_contents": Words(
        "附件内容：文件的字节，相同的只存一次", "the bytes of linked files, the same ones once"
    ),
    "journal": Words(
        "记录簿：只增不改，环环相扣", "journal: append-only, each entry hashes the one before"
    ),
}

_INSTANT = "（UTC）"
_ID = Words("主键", "primary key")
_RUN = Words("运行（runs）", "run")
_COPY = Words("副本（copies）", "copy")
_PORTAL = Words("门户（portals）", "portal")

_OF_TABLES: Mapping[str, Mapping[str, Words]] = {
    "letters_now": {
        "id": Words("复函编号", "the letter's id"),
        "date": Words(
            "复函的日期；没有则为首次见到之日", "its own date, else when it was first seen"
        ),
        "agency": Words(
            "答复机关，便于统计的名称", "the answering office, by the name to count by"
        ),
        "kind": Words("suggestion 建议，proposal 提案", "suggestion or proposal"),
        "status": Words("present 在网，withdrawn 已撤下", "present or withdrawn"),
        "year": Words("日期的年份", "year of the date"),
        "portals": Words("发布的门户（JSON）", "portals it was published on, JSON"),
        "url": Words("主要网址", "the principal address"),
        "slot": Words("排序：日期越新越大", "order by date: the newest is the largest"),
    },
    "recent_changes": {
        "title": LETTER["title"],
        "letter_id": Words("复函编号", "the letter's id"),
    },
    "letters": {
        "id": Words("复函编号，不重用", "the letter's id, never used again"),
        "status": Words("present 在网，withdrawn 已撤下", "present or withdrawn"),
        "published_at": Words("首次发布其变化的时间" + _INSTANT, "when it was first told of, UTC"),
        "joined_into": Words("编号已并入哪一份", "the letter this id was joined into"),
        "split_from": Words("人工从哪一份拆出", "the letter a hand split it off"),
    },
    "copies": {
        "id": _ID,
        "portal_id": _PORTAL,
        "key": Words("比较用的网址", "the address in the form it is compared by"),
        "url": Words("网址，如网页所印", "the address as it was printed"),
        "letter_id": Words("复函（letters）", "letter"),
        "status": Words(
            "unread 未读，present 在网，withdrawn 已撤下，moved 已移址",
            "unread, present, withdrawn, moved",
        ),
        "first_seen": Words("首次见到" + _INSTANT, "when it was first seen, UTC"),
        "first_run": Words("首次见到它的运行", "run that saw it first"),
        "column_id": Words("所在栏目（list_columns）", "column that lists it"),
        "column_read_at": Words(
            "首次列出时，该栏目上次读完的时间" + _INSTANT,
            "the column's last full reading when this was first listed, UTC",
        ),
        "listed_title": Words("列表所印标题", "title as the list prints it"),
        "listed_date": Words("列表所印日期", "date as the list prints it"),
        "listed_run": Words("最近一次列出它的运行", "the last run whose lists showed it"),
        "delisted_at": Words("移出列表的时间" + _INSTANT, "when it had left its column, UTC"),
        "outcome": Words("最近读到的内容是什么", "outcome of the last body that was read"),
        "reader": Words("最近一次由哪个读法读出", "reader of the last reading"),
        "body_digest": Words("最近内容的 SHA-256", "SHA-256 of the last body that was read"),
        "etag": Words("服务器给的 ETag", "the server's ETag"),
        "last_modified": Words("服务器给的 Last-Modified", "the server's Last-Modified"),
        "visits": Words("访问次数", "how often it was visited"),
        "visited_run": Words("最近访问它的运行", "the last run that visited it"),
        "success_run": Words("最近读到它的运行", "the last run that read it"),
        "last_visited": Words("最近访问" + _INSTANT, "last visit, UTC"),
        "last_success": Words("最近读到" + _INSTANT, "when it last answered with the letter, UTC"),
        "quiet_since": Words(
            "从何时起没有变化" + _INSTANT,
            "first seen, changed or returned, whichever is latest, UTC",
        ),
        "letter_date": Words("复函或列表所印最新日期", "newest date the letter or its list prints"),
        "own_portal": Words("1：发布机构自己的门户", "1: on the issuing agency's own portal"),
        "gone_visits": Words("连续几次访问都不在", "visits in a row that found it gone"),
        "gone_since": Words("从何时起不在" + _INSTANT, "gone since, UTC"),
        "due_at": Words("下次应访问" + _INSTANT, "when it is to be visited next, UTC"),
    },
    "versions": {
        "id": _ID,
        "copy_id": _COPY,
        "number": Words("该网址的第几版，从 1 起", "counts per copy from 1"),
        "run_id": _RUN,
        "capture_id": Words("快照（captures）", "capture it was read from"),
        "observed_at": Words("看到的时间" + _INSTANT, "when it was seen, UTC"),
        "recorded_at": Words("存档的时间" + _INSTANT, "when it was recorded, UTC"),
        "digest": Words("首次读出的各字段的摘要", "digest of the first reading's fields"),
        "status": Words(
            "pending 待发布，published 已发布，held 暂扣，dropped 已丢弃",
            "pending, published, held, dropped",
        ),
        "echo": Words(
            "1：副本的第一版，与已知内容相同",
            "1: a copy's first version, saying what the letter was known to say",
        ),
        "replayed": Words("1：来自外来快照", "1: from captures made elsewhere"),
        "place": Words("在该网址各版本中的先后", "its place among the copy's versions"),
    },
    "readings": {
        "id": _ID,
        "version_id": Words("版本（versions）", "version"),
        "reader": Words(
            "读法：程序、门户规则与网站特征的合称", "the reader: code, portal file and site profile"
        ),
        "read_at": Words("读出的时间" + _INSTANT, "when it was read, UTC"),
    },
    "captures": {
        "id": _ID,
        "copy_id": _COPY,
        "url": Words("请求的网址", "the address asked for"),
        "fetched_at": Words("取得的时间" + _INSTANT, "when it was fetched, UTC"),
        "status": Words("HTTP 状态码", "HTTP status"),
        "headers": Words("响应头（JSON）", "headers of the answer, JSON"),
        "digest": Words("原始内容的 SHA-256", "SHA-256 of the body as it came"),
        "size": Words("原始内容的字节数", "the body's size in bytes"),
        "codec": Words(
            "压缩方式：zstd；zstd-prefix 以 prefix_id 为前缀",
            "zstd, or zstd-prefix: compressed against the capture `prefix_id`",
        ),
        "prefix_id": Words("作为前缀的快照", "the capture it is compressed against"),
        "body": Words(
            "压缩后的内容；fuhan show --capture 还原", "compressed; `fuhan show --capture`"
        ),
        "source": Words("外来快照出自哪个文件", "file and record a replayed capture came from"),
        "kept_digest": Words(
            "删去个人信息后所存内容的 SHA-256",
            "SHA-256 of what is kept, where something was forgotten on request",
        ),
    },
    "events": {
        "id": _ID,
        "status": Words(
            "pending 待发布，published 已发布，held 暂扣，rejected 已作废，dropped 已丢弃",
            "pending, published, held, rejected by hand, dropped",
        ),
        "run_id": _RUN,
        "portal_id": _PORTAL,
        "copy_id": _COPY,
        "letter_id": Words("当时所属的复函", "the letter it was of when it was told"),
        "version_id": Words("版本（versions）", "version"),
        "reading_before": Words("之前的读法（readings）", "reading before"),
        "reading_after": Words("之后的读法（readings）", "reading after"),
        "recorded_at": Words("存档的时间" + _INSTANT, "when it was recorded, UTC"),
        "cursor": Words("序号：发布时给出", "place in the event log, given when it was told"),
        "fields": Words(
            "有改动的字段（JSON）；正文的前后见 readings",
            "the fields that differ, JSON; the body's texts stand in the readings",
        ),
        "replayed": Words(
            "来自外来快照：past 是过去，present 是当时最新",
            "from captures made elsewhere: past, or present where it was the newest",
        ),
    },
    "attachment_files": {
        "id": _ID,
        "portal_id": _PORTAL,
        "copy_id": _COPY,
        "key": Words("比较用的网址", "the address in the form it is compared by"),
        "url": Words("文件网址", "the file's address"),
        "name": Words("名称", "the name its page gives it"),
        "place": Words("在附件中的次序，从 0 起", "its place among the attachments, from 0"),
        "linked": Words("1：页面仍有此链接", "1: its page still links to it"),
        "first_seen": Words("首次见到链接" + _INSTANT, "when the link was first seen, UTC"),
        "last_seen": Words("最近一次取得文件" + _INSTANT, "the file's last good answer, UTC"),
        "state": Words(
            "unread 未取，kept 已存，gone、blocked、failed、no-file、too-large 等",
            "unread, kept, gone, blocked, failed, no-file, too-large, …",
        ),
        "reason": Words("没有取得的缘由", "why it was not kept"),
        "status": Words("最近一次回答的状态码", "status of the last answer"),
        "content_type": Words("内容类型", "content type"),
        "content_id": Words("最近的内容（attachment_contents）", "the content seen last"),
        "etag": Words("服务器给的 ETag", "the server's ETag"),
        "last_modified": Words("服务器给的 Last-Modified", "the server's Last-Modified"),
        "visits": Words("取过几次", "how often it was asked for"),
        "visited_run": _RUN,
        "last_visited": Words("最近一次访问" + _INSTANT, "when it was asked for last, UTC"),
        "not_before": Words("此前不再访问" + _INSTANT, "it is left alone until then, UTC"),
        "due_since": Words("何时起待取" + _INSTANT, "since when it is due, UTC"),
    },
    "attachment_versions": {
        "id": _ID,
        "file_id": Words("附件（attachment_files）", "file"),
        "number": Words("第几个，从 1 起", "counts per file from 1"),
        "content_id": Words("内容（attachment_contents）", "content"),
        "run_id": _RUN,
        "event_id": Words("说明它的事件；首个没有", "the event that tells it; none for the first"),
        "url": Words("所访问的网址", "the address that was asked for"),
        "status": Words("状态码", "status"),
        "headers": Words("响应头（JSON）", "headers of the answer, JSON"),
        "observed_at": Words("看到的时间" + _INSTANT, "when it was seen, UTC"),
        "recorded_at": Words("存档的时间" + _INSTANT, "when it was recorded, UTC"),
        "fate": Words(
            "taken back 后来不再如此，rejected 判为误读，past 由外来快照补记；空：同其事件",
            "taken back, rejected, or past: kept by a replay; none: that of its event",
        ),
    },
    "attachment_contents": {
        "id": _ID,
        "digest": Words("字节的 SHA-256", "SHA-256 of the bytes"),
        "stable_digest": Words(
            "去掉每次下载都变的部分之后的 SHA-256",
            "the same without what a program writes anew for every download",
        ),
        "size": Words("字节数", "bytes"),
        "codec": Words("zstd；forgotten 已应请求删除", "zstd, or forgotten on request"),
        "body": Words("压缩的字节", "the bytes, compressed"),
    },
    "journal": {
        "seq": Words("第几条", "number of the entry"),
        "kind": Words("记的是什么：version、reading、event、decision 等", "what it is about"),
        "ref_id": Words("该行的主键", "the row's primary key"),
        "observed_at": Words("看到的时间" + _INSTANT, "when it was seen, UTC"),
        "recorded_at": Words("存档的时间" + _INSTANT, "when it was recorded, UTC"),
        "content": Words("内容：编号与摘要（JSON）", "ids and digests, JSON"),
        "previous": Words("上一条的摘要", "hash of the entry before"),
        "hash": Words("本条的摘要", "hash of this entry"),
    },
}


def column_words(table: str, column: str) -> Words | None:
    """What a column of one of `TABLES` holds; None where nothing says so."""
    own = _OF_TABLES[table].get(column)
    if own is None and table in ("letters_now", "readings"):
        return LETTER.get(column)
    if own is None and table in ("recent_changes", "events"):
        return CHANGE.get(column)
    return own
