"""Where a script's jump leads: `gotoPage(2)`, `javascript:toPage('3')`, a form's number.

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

from crawler.lists.pages import ListPage
from crawler.paging.posts import posted
from crawler.paging.sums import names, sum_of

_MOST_FUNCTIONS = 100
_BODY = 1_500  # characters of a function that are looked at
_FORM_FIELDS = 60

# javascript:gotoPage(2) · onclick="return toPage('3', 15);" · showInfo('8ae5c9d2-40f1')
_CALL = re.compile(
    r"(?<![\w.])([A-Za-z_$][\w$]{0,60})\s*\(\s*(?:(\d{1,18})|[\"']([\w-]{1,64})[\"'])\s*[,)]"
)
# location.href='index_2.html' · window.open("?page=2")
_GOES_TO = re.compile(
    r"location(?:\.href)?\s*=\s*[\"']([^\"'<>]{1,300})[\"']"
    r"|location\.(?:assign|replace)\s*\(\s*[\"']([^\"'<>]{1,300})[\"']"
    r"|window\.open\s*\(\s*[\"']([^\"'<>]{1,300})[\"']",
    re.IGNORECASE,
)
# function gotoPage(n){ · gotoPage = function(n) {
_FUNCTION = re.compile(
    r"function\s{0,9}([\w$]{0,60})\s{0,9}\(\s{0,9}([\w$]{1,40})[^(){}]{0,200}\)\s{0,9}\{"
)
# what stands before one without a name of its own: gotoPage =
_NAMED = re.compile(r"([\w$]{1,60})\s{0,9}[=:]\s{0,9}$")
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

# this.value · this.options[this.selectedIndex].value · $(this).val()
_OWN_VALUE = re.compile(
    r"\b(?:this|self)\.(?:options\[[^\[\]]{1,40}\]\.)?value|\$\(this\)\.val\(\)"
)


@dataclass(frozen=True)
class Jumps:
    """The jumps of one page."""

    page: ListPage

    def address(self, code: str) -> str | None:
        """Where a piece of script leads; None where it can't be told."""
        if found := _GOES_TO.search(code):
            return next(group for group in found.groups() if group)
        if called := _CALL.search(code):
            return self.called(called[1], called[2] or called[3])
        return None

    def called(self, function: str, value: str) -> str | None:
        """Where a function leads for a page's number, or for an entry's."""
        if function not in self._functions:
            return None
        name, body = self._functions[function]
        for jump in islice(_JUMP.finditer(body), 8):
            written = next(group for group in jump.groups() if group)
            if names(written, name):
                return sum_of(written, name, value, self.page.source)
        return self._form_address(name, body, value)

    def changed_to(self, code: str, value: str) -> str | None:
        """Where a select leads whose `onchange` uses its own value: `…?page='+this.value`."""
        for jump in islice(_JUMP.finditer(code), 3):
            written = next(group for group in jump.groups() if group)
            if own := _OWN_VALUE.search(written):
                return sum_of(written, own[0], value, self.page.source)
        return None

    @cached_property
    def _functions(self) -> dict[str, tuple[str, str]]:
        """Each function with its first parameter and its body, as far as it is looked at."""
        found: dict[str, tuple[str, str]] = {}
        source = self.page.source
        for function in islice(_FUNCTION.finditer(source), _MOST_FUNCTIONS):
            before = (
                None
                if function[1]
                else _NAMED.search(source[max(0, function.start() - 80) : function.start()])
            )
            name = function[1] or (before[1] if before else "")
            body = source[function.end() : function.end() + _BODY]
            following = _FUNCTION.search(body)
            found[name] = (function[2], body[: following.start()] if following else body)
        found.pop("", None)
        return found

    def _form_address(self, name: str, body: str, number: str) -> str | None:
        """The address a form asks for when its page number is set, marked where by POST."""
        field = re.search(_FIELD.format(name=re.escape(name)), body)
        if field is None or "submit" not in body:
            return None
        key = field[1] or field[2]
        for form in islice(self.page.root.iter("form"), 20):
            inputs = list(islice(form.iter("input", "select"), _FORM_FIELDS))
            held = [one for one in inputs if key in (one.get("name"), one.get("id"))]
            if held:
                url = _asked(form, inputs, held[0], number)
                return posted(url) if (form.get("method") or "").lower() == "post" else url
        return None


def _asked(
    form: html.HtmlElement,
    inputs: list[html.HtmlElement],
    held: html.HtmlElement,
    number: str,
) -> str:
    pairs = [
        (one.get("name"), number if one is held else one.get("value") or "")
        for one in inputs
        if one.get("name")
        and (one is held or (one.get("type") or "text").lower() in ("text", "hidden"))
    ]
    return urljoin(form.get("action") or "", f"?{urlencode(pairs)}")
