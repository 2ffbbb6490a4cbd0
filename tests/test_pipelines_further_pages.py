"""An article over several pages: a warning tells that the rest stands elsewhere."""

from __future__ import annotations

import pytest

from pipelines.page.page import read_parts

URL = "https://letters.example/zwgk/t20240516_88.html"
WARNING = "body: it goes on at further pages, which are not read"
LETTER = (
    "<h1>关于市政协九届四次会议第31号提案的答复</h1><div class='article'><p>王刚委员：</p>"
    "<p>您提出的《关于建桥的提案》（第31号）收悉，现答复如下：</p><p>全县建成桥梁214座。</p>{}</div>{}"
)


def warnings(within: str, behind: str = "", url: str = URL) -> tuple[str, ...]:
    page = f"<html><meta charset=utf-8><body>{LETTER.format(within, behind)}</body></html>"
    return read_parts(page.encode(), url, None).warnings


@pytest.mark.parametrize(
    "pager",
    [
        "<div class='page'><b>1</b> <a href='t20240516_88_1.html'>2</a>"
        " <a href='./t20240516_88_1.html'>下一页</a></div>",
        "<a href='/zwgk/t20240516_88_2.html'><span>下一页</span> &gt;</a>",
        "<a href='t20240516_88-2.html'>[下一页]</a>",
        "<script>createPageHTML(3, 0, 't20240516_88', 'html')</script>",
    ],
)
def test_a_pager_named_after_the_page_is_told(pager: str) -> None:
    assert warnings(pager) == (WARNING,)
    assert warnings("", pager) == (WARNING,)


@pytest.mark.parametrize(
    "pager",
    [
        "<a href='t20240517_89.html'>下一页</a>",  # the neighbouring letter
        "<a href='index_1.html'>下一页</a>",  # a list's
        "<a href='t20240516_88.html#'>下一页</a>",
        "<a href='t20240516_88_1.html'>扫描件</a>",
        "<a href='http://['>下一页</a>",
        "<script>createPageHTML(5, 0, 'index', 'html')</script>",
        "<script>createPageHTML(1, 0, 't20240516_88', 'html')</script>",
        "<p>市民可在下一页填写。</p>",
    ],
)
def test_any_other_pager_is_not(pager: str) -> None:
    assert warnings(pager) == ()
    assert warnings("", pager) == ()


def test_without_an_address_nothing_is_said() -> None:
    assert warnings("<a href='t20240516_88_1.html'>下一页</a>", url="") == ()
