"""Owns the documents a letter cites: names in 《》 and document numbers."""

from __future__ import annotations

import re

from pipelines.fold import fold_key
from pipelines.letter.numbers import document_numbers
from pipelines.letter.quoted import Quoted, quoted_names

# 国务院令第743号 · 主席令第74号 · 省政府令第350号 · 公安部令第139号 · 市政府第350号令
_ORDER = re.compile(
    r"(?:中华人民共和国)?(?:国务院|主席|[省市]?(?:人民)?政府|(?:公安|交通运输|住房和?城乡建设"
    r"|生态环境|自然资源"
    r"|教育|民政|财政|商务|农业农村|水利|建设|国土资源|环境保护|人力资源和?社会保障|文化和?旅游)部)"
    r"(?:令 ?\(?(?:(?:19|20)\d\d ?年?)?\)? ?第 ?\d{1,4} ?号|第 ?\d{1,4} ?号令)"
)
# 令|第743号 · 第350|号令, what each of them has: quicker to look for
_HAS_ORDER = re.compile(r"令[ ()第\d]|号令")
# 您提出的第0124号《关于…的建议》 · 《关于…的提案》(第12号)收悉: a submission, not a document
# 《征询意见表》, a form to be sent back
_FORMS = ("意见表", "反馈表", "征询表", "评价表", "测评表", "回执")
_SUBMISSIONS = ("建议", "提案", "议案")
_SUBMITTED_BEFORE = re.compile(r"[您你]|委员|代表|提[出交]|[案议号] ?$")
_SUBMITTED_AFTER = re.compile(
    r" ?(?:\((?:第|提案|建议|编号|\d)|收悉|(?:的?(?:提案|建议|议案))|一[案并])"
)
_MARKS = re.compile("[《》〈〉“”‘’\"'「」『』]")


def cited_documents(
    body: str, folded: str, submission_title: str | None, document_number: str | None
) -> tuple[str, ...]:
    """Names without 《》 and document numbers as printed, in order, each once.

    The submission's own title and the letter's own number are no citations.
    """
    own = {_key(value) for value in (submission_title, document_number) if value}
    found = [
        (quoted.start, quoted.name(body))
        for quoted in quoted_names(folded)
        if not _is_submission(folded, quoted)
        and not folded.endswith(_FORMS, quoted.start, quoted.end - 1)
    ]
    if "令" in folded and _HAS_ORDER.search(folded):
        found += [(order.start(), order[0]) for order in _ORDER.finditer(folded)]
    found += [(left, body[left:right].strip()) for left, right in document_numbers(folded)]
    cited: dict[str, str] = {}
    for _, name in sorted(found):
        key = _key(name)
        if key and key not in own:
            cited.setdefault(key, name)
    return tuple(cited.values())


def _is_submission(folded: str, quoted: Quoted) -> bool:
    """Whether a quoted name is a submission's: the words around it say so."""
    if not folded.endswith(_SUBMISSIONS, quoted.start, quoted.end - 1):
        return False
    before = folded[max(0, quoted.start - 16) : quoted.start]
    return bool(_SUBMITTED_BEFORE.search(before) or _SUBMITTED_AFTER.match(folded, quoted.end))


def _key(name: str) -> str:
    return _MARKS.sub("", fold_key(name))
