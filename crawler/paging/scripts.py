"""Counts the pages of a list from the call of its paging script: TRS's, UCAP's and their kin.

createPage(34, 0, "index","html")                       index_1.html is page 2      TRS
createPageHTML(0, 34, "index", "html")                  the same, the arguments turned
createPageHTML('page_div', 11, 1, 'list', 'shtml', 154) list_2.shtml is page 2      UCAP
Pager({size:34, current:0, prefix:'index', suffix:'html'})
var currentPage = 0; var countPage = 25; … "index_" + (currentPage+1) + ".html"
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import ceil
from urllib.parse import urljoin, urlsplit

from crawler.lists.pages import MOST_PAGES, ListPage
from crawler.paging.widgets import widget_pages

_MOST_CALLS = 50
_DEEPEST = 4  # variables that lead to variables
# createPage(34, 0, "index","html") · createPageHTML(20, 0, 'list', 'shtml') ·
# createPageHTML('page_div', 74, 1, 'index', 'html', 1478) · createPageHTML(countPage, 0, "index",…
# createPageHTML(Math.ceil(133/15), 0, "index", "html"); · createPageHTML2(4, 0, "index", "html")
# not: function createPageHTML(_nPage, …
_CALL_NAME = re.compile(r"(function\s{1,9})?\bcreatePage\w{0,12}\s{0,9}(?=\()")
_ARGUMENTS = re.compile(r"\(((?:[^(){}]|\((?:[^(){}]|\([^(){}]{0,100}\)){0,200}\)){1,300})\)")
# Pager({size:34, current:0, prefix:'index', suffix:'html'});
_PAGER = re.compile(r"\bPager\s*\(\s*\{([^{}]{1,500})\}")
_SETTING = re.compile(
    r"[\"']?(\w{1,30})[\"']?\s*:\s*(?:\"([^\"]{0,100})\"|'([^']{0,100})'|([\w.]+))"
)
# "index_" + (currentPage+1) + ".html"
_PIECES = re.compile(
    r"[\"'](?:\./)?([\w-]{1,80})_[\"']\s*\+[^;\n]{1,80}\+\s*[\"']\.(s?html?|jhtml|aspx?|jsp)[\"']"
)
# var countPage = 25//共多少页 · var nPageCount=20;
_COUNT_NAME = re.compile(r"\b(?:countPage|nPageCount|pageCount|totalPage)\b")
_CURRENT = re.compile(r"\b(?:currentPage|nCurrIndex|curPage)\s*=\s*(\d{1,6})")
_NUMBER = r"\b{name}\s*=\s*([^;,\n]{{1,120}})"
_NAME = re.compile(r"[\w-]{1,80}")
_ENDING = re.compile(r"\.?\w{2,6}")
# Math.ceil(133/15) · parseInt(20)
_FUNCTION = re.compile(r"(?:Math\.(ceil|floor)|parseInt|Number)\s*\((.+)\)")
# index_3.html, list_2.shtml: a page with its number
_NUMBERED = re.compile(r"_(\d{1,6})\.\w{2,6}$")


@dataclass(frozen=True, slots=True, order=True)
class _Script:
    count: int
    name: str
    ending: str
    first: int  # the number of the first page, which its address does not show


def script_pages(page: ListPage) -> tuple[str, ...]:
    """The pages a paging script counts, the second first; empty without such a script.

    They stand beside the page itself. Where two scripts differ (one for PC, one for mobile) the
    larger count holds.
    """
    scripts = [*_calls(page), *_pagers(page)] or list(_written_out(page))
    if not scripts:
        return widget_pages(page)
    script = max(scripts)
    numbers = range(script.first + 1, min(script.first + script.count, MOST_PAGES + 1))
    folder = urljoin(_folder(page.url), ".")
    return tuple(f"{folder}{script.name}_{n}.{script.ending}" for n in numbers)


def _calls(page: ListPage) -> Iterator[_Script]:
    for named in islice(_CALL_NAME.finditer(page.source), _MOST_CALLS):
        written = None if named[1] else _ARGUMENTS.match(page.source, named.end())
        if written and (script := _call(written[1], page)):
            yield script


def _call(arguments: str, page: ListPage) -> _Script | None:
    """What a call names; None for what is none.

    Where the element the links go into comes first (`'page_div'`), pages count from 1 and page 2
    is `list_2`; else from 0 and page 2 is `index_1`. A page without number in its address that
    gives itself the number 0 is TRS's all the same. Of count and current page, in whichever
    order, the larger is the count.
    """
    values = [value.strip() for value in re.split(r",(?![^(]*\))", arguments)]
    numbers = [n for value in values[:3] if (n := _value(value, page.source)) is not None]
    words = [value.strip("\"' ") for value in values if value[:1] in "\"'"]
    held = values[0][:1] in "\"'"
    if held:
        words = words[1:]
    if not numbers or len(words) < 2:
        return None
    name, ending = words[0], words[1].lstrip(".")
    if not _NAME.fullmatch(name) or not _ENDING.fullmatch(ending):
        return None
    first = int(held and not _calls_itself_zero(numbers, page.url))
    return _Script(max(numbers[:2]), name, ending, first)


def _calls_itself_zero(numbers: list[int], url: str) -> bool:
    return 0 in numbers[:2] and len(numbers) > 1 and not _NUMBERED.search(urlsplit(url).path)


def _pagers(page: ListPage) -> Iterator[_Script]:
    for call in islice(_PAGER.finditer(page.source), _MOST_CALLS):
        given = {s[1]: s[2] or s[3] or s[4] or "" for s in _SETTING.finditer(call[1])}
        count = _value(given.get("size", given.get("total", "")), page.source)
        name, ending = given.get("prefix", ""), given.get("suffix", "").lstrip(".")
        if count is None or not _NAME.fullmatch(name) or not _ENDING.fullmatch(ending):
            continue
        on_first = not _NUMBERED.search(urlsplit(page.url).path)
        yield _Script(count, name, ending, int(on_first and given.get("current") == "1"))


def _written_out(page: ListPage) -> Iterator[_Script]:
    """A script that counts in variables and writes its links itself (应急管理部)."""
    named = _COUNT_NAME.search(page.source)
    pieces = _PIECES.search(page.source)
    count = _value(named[0], page.source) if named else None
    if count is None or pieces is None:
        return
    current = _CURRENT.search(page.source)
    on_first = not _NUMBERED.search(urlsplit(page.url).path)
    first = int(bool(on_first and current and current[1] == "1"))
    yield _Script(count, pieces[1], pieces[2], first)


def _value(text: str, source: str, depth: int = 0) -> int | None:
    """A whole number: written, given to a variable, or a quotient rounded up."""
    text = text.strip().strip("\"'")
    if text.isascii() and text.isdigit():
        return int(text[:6])
    if depth > _DEEPEST or not text:
        return None
    if called := _FUNCTION.fullmatch(text):
        if called[1] and "/" in called[2]:
            parts = [_value(part.strip("() "), source, depth + 1) for part in called[2].split("/")]
            whole, by = parts[0], parts[1]
            return None if whole is None or not by else ceil(whole / by)
        return _value(called[2], source, depth + 1)
    if not text.isidentifier():
        return None
    found = re.search(_NUMBER.format(name=re.escape(text)), source)
    return _value(_without_comment(found[1]), source, depth + 1) if found else None


def _without_comment(text: str) -> str:
    """`25//共多少页` → `25`."""
    return text.partition("//")[0].partition("/*")[0].strip()


def _folder(url: str) -> str:
    """The folder of the page; `…/jytabl` without a slash and a dot is a folder too."""
    path = urlsplit(url).path
    last = path.rpartition("/")[2]
    return url if not last or "." in last else urljoin(url, f"{last}/")
