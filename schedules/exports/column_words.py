"""What each column of a letter holds, in Chinese and English: the one place that says so.

The JSON schemas, the data dictionary, Parquet's columns and the dataset card are told from here.
"""

from __future__ import annotations

from collections.abc import Mapping

from schedules.words.language import Words

LETTER: Mapping[str, Words] = {
    "title": Words("标题", "the letter's title"),
    "submission_kind": Words(
        "类别：建议（suggestion）或提案（proposal）", "suggestion (建议) or proposal (提案)"
    ),
    "submission_title": Words("所答复的建议或提案的标题", "title of the submission answered"),
    "submission_number": Words(
        "编号，“第”与“号”之间的文字：0959、DH0271、161-430；合并答复的以“、”分隔",
        "what stands between 第 and 号: 0959, DH0271, 161-430; several are parted by 、",
    ),
    "assembly": Words("届次，如“市政协五届五次会议”", "term and session: 市政协五届五次会议"),
    "addressees": Words(
        "主送：代表、委员姓名或团体，不带称谓", "names of deputies or groups, without their titles"
    ),
    "issuing_agency": Words(
        "发布机构：页面所印，没有则依次取落款、表单所列答复单位",
        "the label's value as printed, else the signature's, else the one a form says answers",
    ),
    "co_handling_agencies": Words(
        "会办单位", "agencies that handled the submission too (会办单位)"
    ),
    "signatory": Words("审签人姓名", "name of whoever approved the letter (审签人)"),
    "index_number": Words("索引号", "number in the open-government index (索引号)"),
    "document_number": Words("发文字号", "number of the document (发文字号)"),
    "subject_category": Words("主题分类", "category of subject as printed (主题分类)"),
    "genre_category": Words("体裁分类", "category of genre as printed (体裁分类)"),
    "date_written": Words("成文日期", "date written as the page prints it (成文日期)"),
    "date_published": Words("发布日期", "date published as the page prints it (发布日期)"),
    "date_signed": Words(
        "落款日期；没有则取表单所列答复日期",
        "the date under the signature (落款日期), else a form's day of the answer (答复日期)",
    ),
    "outcome_class": Words("办理结果类别：A、B1", "class of the outcome (办理结果): A, B1"),
    "attachments": Words("附件：名称和网址", "files linked from the letter: name and address"),
    "cited_documents": Words("引用的文件", "documents the letter cites"),
    "commitments": Words("承诺：写明将要做的事的句子", "sentences that promise something"),
    "contacts": Words(
        "联系方式、抄送等行（个人信息，导出时须用 --contacts）",
        "contact lines, copies and receipts; personal data, exported only with --contacts",
    ),
    "lead_agency": Words("主办单位", "the agency in charge of the answer (主办单位)"),
    "warnings": Words(
        "缺损或存疑之处，各注明字段", "what was damaged or doubtful, each naming its key"
    ),
    "body": Words(
        "正文：段落以换行分隔，表格各行以制表符分隔",
        "paragraphs joined by newlines, tables as tab-separated rows",
    ),
    "annex": Words(
        "页内附件：落款日期之后印在页面上的附件和更正说明，逐行，表格各行以制表符分隔",
        "what the page prints behind the date as annex (附件), or says it corrected: lines, "
        "tables as tab-separated rows",
    ),
    "is_letter": Words("是否复函", "whether the page is a reply letter"),
    "refusal": Words(
        "不是复函或无法读出的原因；复函为空",
        "why it is no letter or could not be read; null for a letter",
    ),
}
"""The fields of `fuhan clean --json`."""

RECORD: Mapping[str, Words] = {
    "v": Words("输出格式的版本", "version of the output's form"),
    "id": Words("复函编号，一经给出不再改变，也不重用", "the letter's id, never given to another"),
    "status": Words("present 在网，withdrawn 已撤下", "present, or withdrawn from its portals"),
    "urls": Words("网址，主要地址在前", "absolute, the principal address first"),
    "versions": Words(
        "各地址共有几个版本；另一地址的第一版若与已知的相同，不计",
        "how many versions its addresses have shown; one more address that begins with what was "
        "known adds none",
    ),
    "first_seen": Words("首次见到（UTC）", "when it was first seen, UTC"),
    "last_seen": Words("最近一次见到（UTC）", "when it was last seen, UTC"),
}
"""What the archive knows of a letter."""

HANDED_ON: Mapping[str, Words] = {
    "cursor": Words(
        "序号：最后一行的序号即下次 --after 的值",
        "place in the event log; the last line's is what the next --after takes",
    ),
    "reason": Words(
        "为何给出：new 新、changed 有变、reread 重读、joined 合并、withdrawn 撤下、restored 恢复",
        "why it is handed on; new in an export of everything",
    ),
    "deleted": Words(
        "删除标记：复函已撤下，或编号已并入另一份",
        "a tombstone: the letter is gone from its portals, or its id was joined into another",
    ),
    "joined_into": Words(
        "编号已并入哪一份（仅用于合并的删除标记）",
        "of a tombstone with the reason `joined`: the letter this id now stands for",
    ),
    "split_from": Words(
        "人工从哪一份拆出",
        "the letter a hand split this one off; it is told there as `changed`, here as `new`",
    ),
}
"""What an export adds."""

COLUMNS: Mapping[str, Words] = {**HANDED_ON, **RECORD, **LETTER}
