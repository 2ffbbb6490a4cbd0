"""Owns the outcome class a page prints among its metadata: 办理类别 and the letter beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

_LABEL = r"办(?:理|复|结)(?:结果|类别|类型)"
# <b>办理结果</b></td><td align="left">B类</td> · 办理类别：A&nbsp; · <th>办复类别</th><td>B</td>;
# never A B C D, the classes a form offers
_LABELLED = re.compile(
    _LABEL + r"(?:[:：\s\u3000]|&nbsp;|</?[A-Za-z][^<>]{0,200}>|<!--[^<>]{0,200}-->){1,20}"
    r"(?P<it>[A-D][1-9]?)(?:类)?(?=[\s\u3000<&])(?!\s*[、/]?\s*[A-D])"
)
_WITHIN = re.compile(_LABEL)


def printed_class(source: str, lines: Iterable[str] = ()) -> dict[str, str]:
    """The class beside its label, by its key; nothing where a page prints several.

    Nothing either where one of the article's `lines` has the label: then the letter itself, or
    its form, tells the class. Pages that list other letters print theirs, too.
    """
    found: set[str] = set()
    at = source.find("办")  # a tenth of the time in which a pattern looks for it
    if at < 0 and "&#" in source:  # &#21150;&#29702;: a page all in character references
        source = unescape(source)
        at = source.find("办")
    while at >= 0:
        if match := _LABELLED.match(source, at):
            found.add(match["it"])
        at = source.find("办", at + 1)
    if len(found) != 1 or any(map(_WITHIN.search, lines)):
        return {}
    return {"outcome_class": found.pop()}
