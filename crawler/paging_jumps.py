"""Where a paging script's jump leads: `gotoPage(2)`, `javascript:toPage('3')`, a form's number.

Only the common, simple bodies are understood; nothing is run:

    function gotoPage(n){ location.href = "index_" + (n-1) + ".html"; }
    function toPage(p){ document.pageForm.pageNo.value = p; document.pageForm.submit(); }
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from urllib.parse import urlencode, urljoin

from lxml import html

from crawler.list_pages import ListPage

_MOST_FUNCTIONS = 100
_BODY = 1_500  # characters of a function that are looked at
_FORM_FIELDS = 60

# javascript:gotoPage(2) · onclick="return toPage('3', 15);" · goPage(2)
_CALL = re.compile(r"(?<![\w.])([A-Za-z_$][\w$]{0,60})\s*\(\s*[\"']?(-?\d{1,6})[\"']?\s*[,)]")
# location.href='index_2.html' · window.open("?page=2")
_GOES_TO = re.compile(
    r"location(?:\.href)?\s*=\s*[\"']([^\"'<>]{1,300})[\"']"
    r"|location\.(?:assign|replace)\s*\(\s*[\"']([^\"'<>]{1,300})[\"']"
    r"|window\.open\s*\(\s*[\"']([^\"'<>]{1,300})[\"']",
    re.IGNORECASE,
)
# function gotoPage(n){ · gotoPage = function(n) {
_FUNCTION = re.compile(
    r"function\s{1,9}([\w$]{1,60})\s{0,9}\(\s{0,9}([\w$]{1,40})[^(){}]{0,200}\)\s{0,9}\{"
    r"|\b([\w$]{1,60})\s{0,9}[=:]\s{0,9}function\s{0,9}\(\s{0,9}([\w$]{1,40})[^(){}]{0,200}\)\s{0,9}\{"
)
# location.href = "list_" + n + ".shtml";
_JUMP = re.compile(
    r"location(?:\.href)?\s{0,9}=(?!=)\s{0,9}([^;\n{}]{1,300})"
    r"|location\.(?:assign|replace)\s{0,9}\(([^;\n{}]{1,300})\)"
    r"|window\.open\s{0,9}\(([^;\n{},]{1,300})",
    re.IGNORECASE,
)
# document.pageForm.pageNo.value = n · $("#pageNo").val(n) · getElementById('page').value=n
_FIELD = (
    r"(?:\.([\w$]{{1,60}})|[\"']#?([\w$-]{{1,60}})[\"']\s{{0,9}}[)\]])"
    r"\s{{0,9}}\.\s{{0,9}}(?:value\s{{0,9}}=\s{{0,9}}{name}\b|val\s{{0,9}}\(\s{{0,9}}{name}\s{{0,9}}\))"
)
_PIECE = re.compile(
    r"\s*(?:\"([^\"]*)\"|'([^']*)'"  # "index_"
    r"|\(?\s*(?:(?:parseInt|Number|eval|String)\s*\(\s*)?([\w$]+)\s*\)?\s*(?:([+-])\s*(\d{1,3})\s*\)?)?\s*\)?)"
    r"\s*(?=\+|$)\+?"
)
_VARIABLE = r"\b{name}\s{{0,9}}=\s{{0,9}}(?:\"([^\"\n]{{0,200}})\"|'([^'\n]{{0,200}})'|(\d{{1,9}}))"


@dataclass(frozen=True)
class Jumps:
    """The jumps of one page."""

    page: ListPage

    def address(self, code: str) -> str | None:
        """Where a piece of script leads; None where it can't be told."""
        if found := _GOES_TO.search(code):
            return next(group for group in found.groups() if group)
        if called := _CALL.search(code):
            return self.number(called[1], int(called[2]))
        return None

    def number(self, function: str, number: int) -> str | None:
        """Where a function leads for a page's number."""
        if number < 0 or function not in self._functions:
            return None
        name, body = self._functions[function]
        for jump in islice(_JUMP.finditer(body), 8):
            written = next(group for group in jump.groups() if group)
            if re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", written):
                return self._evaluate(written, name, number)
        return self._form_address(name, body, number)

    @cached_property
    def _functions(self) -> dict[str, tuple[str, str]]:
        """Each function with its first parameter and its body, as far as it is looked at."""
        found: dict[str, tuple[str, str]] = {}
        for function in islice(_FUNCTION.finditer(self.page.source), _MOST_FUNCTIONS):
            name = function[1] or function[3]
            body = self.page.source[function.end() : function.end() + _BODY]
            following = _FUNCTION.search(body)
            found[name] = (
                function[2] or function[4],
                body[: following.start()] if following else body,
            )
        return found

    def _evaluate(self, written: str, name: str, number: int) -> str | None:
        """A sum of strings, of the page's number and of variables the page gives a value."""
        text, position = "", 0
        written = (
            written.strip().rstrip(")")
            if written.count("(") < written.count(")")
            else written.strip()
        )
        while position < len(written):
            piece = _PIECE.match(written, position)
            if piece is None or piece.end() == position:
                return None
            value = self._piece(piece, name, number)
            if value is None:
                return None
            text += value
            position = piece.end()
        return text or None

    def _piece(self, piece: re.Match[str], name: str, number: int) -> str | None:
        if piece[3] is None:
            return piece[1] if piece[1] is not None else piece[2]
        if piece[3] == name:
            step = int(piece[5]) if piece[5] else 0
            return str(number - step if piece[4] == "-" else number + step)
        found = re.search(_VARIABLE.format(name=re.escape(piece[3])), self.page.source)
        return (
            next((group for group in found.groups() if group is not None), None) if found else None
        )

    def _form_address(self, name: str, body: str, number: int) -> str | None:
        """The address a form asks for by GET when its page number is set."""
        field = re.search(_FIELD.format(name=re.escape(name)), body)
        if field is None or "submit" not in body:
            return None
        key = field[1] or field[2]
        for form in islice(self.page.root.iter("form"), 20):
            inputs = list(islice(form.iter("input", "select"), _FORM_FIELDS))
            held = [one for one in inputs if key in (one.get("name"), one.get("id"))]
            if held and (form.get("method") or "get").lower() == "get":
                return _asked(form, inputs, held[0], number)
        return None


def _asked(
    form: html.HtmlElement,
    inputs: list[html.HtmlElement],
    held: html.HtmlElement,
    number: int,
) -> str:
    pairs = [
        (one.get("name"), str(number) if one is held else one.get("value") or "")
        for one in inputs
        if one.get("name")
        and (one is held or (one.get("type") or "text").lower() in ("text", "hidden"))
    ]
    return urljoin(form.get("action") or "", f"?{urlencode(pairs)}")
