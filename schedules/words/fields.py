"""What people call the fields of a letter and their values, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from schedules.words.language import Language, Words

# keys of `clean --json` in the order people read them; title, body and annex stand by themselves
FIELDS: Mapping[str, Words] = {
    "submission_kind": Words("类别", "kind"),
    "assembly": Words("届次", "assembly"),
    "submission_number": Words("编号", "submission number"),
    "submission_title": Words("案由", "submission title"),
    "addressees": Words("主送", "addressees"),
    "issuing_agency": Words("发布机构", "issuing agency"),
    "lead_agency": Words("主办单位", "lead agency"),
    "co_handling_agencies": Words("会办单位", "co-handling agencies"),
    "signatory": Words("审签人", "signatory"),
    "index_number": Words("索引号", "index number"),
    "document_number": Words("发文字号", "document number"),
    "subject_category": Words("主题分类", "subject"),
    "genre_category": Words("体裁分类", "genre"),
    "date_written": Words("成文日期", "written"),
    "date_published": Words("发布日期", "published"),
    "date_signed": Words("落款日期", "signed"),
    "outcome_class": Words("办理结果", "outcome"),
    "cited_documents": Words("引用文件", "cites"),
    "commitments": Words("承诺", "commitments"),
    "attachments": Words("附件", "attachments"),
    "contacts": Words("联系方式", "contacts"),
    "warnings": Words("提示", "warnings"),
}
VALUES: Mapping[str, Words] = {
    "suggestion": Words("建议", "suggestion"),
    "proposal": Words("提案", "proposal"),
}
_TEXTS: Mapping[str, Words] = {
    "title": Words("标题", "title"),
    "body": Words("正文", "body"),
    "annex": Words("页内附件", "annex"),
}


def field_label(field: str, language: Language) -> str:
    """A key of `fuhan clean` as people call it; an unknown key is its own name."""
    words = _TEXTS.get(field) or FIELDS.get(field)
    if words is None:
        return field
    return words.zh if language == "zh" else words.en
