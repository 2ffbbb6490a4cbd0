"""A reply letter as lines of text for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from schedules.reasons import refusal_reason
from schedules.words import REFUSED, UNTITLED, Words, language, say
from storage.json_forms import letter_fields
from storage.records import ReplyLetter

# keys of `clean --json` in the order people read them; title, body and refusal stand by themselves
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


def letter_lines(letter: ReplyLetter, *, contacts: bool = False) -> Iterator[str]:
    """The letter for people: title, one line a field that is there, then the body.

    Contacts, which are personal data, only where asked for.
    """
    yield letter.title or say(UNTITLED)
    if letter.refusal:
        yield say(REFUSED, reason=refusal_reason(letter.refusal, language()))
    yield ""
    for key, value in letter_fields(letter, contacts=contacts).items():
        if key in FIELDS and value:
            yield from _field_lines(say(FIELDS[key]), value)
    if letter.body:
        yield ""
        yield letter.body


def _field_lines(label: str, value: object) -> Iterator[str]:
    if not isinstance(value, list):
        text = str(value)
        yield f"{label}：{say(VALUES[text]) if text in VALUES else text}"
        return
    texts = [f"{item['name']} {item['url']}" if isinstance(item, dict) else item for item in value]
    if sum(map(len, texts)) <= 60:
        yield f"{label}：{'、'.join(texts)}"
        return
    yield f"{label}："
    yield from (f"  · {text}" for text in texts)
