"""Owns known sites' pages at the size real ones have: the letter, and all that stands around it."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.pages import BenchPage

# what a site prints on each of its pages: columns, districts, offices, links, styles, scripts
_COLUMNS = "".join(
    f'<li class="nav-item nav-{at % 9}"><a href="/zwgk/c{at}/" target="_blank" '
    f'title="政务栏目{at}">政务栏目{at}</a><div class="sub-nav">'
    f'<a href="/zwgk/c{at}/zc/">政策</a></div></li>'
    for at in range(60)
)
_OFFICES = "".join(
    f'<dd class="office o{at % 7}"><p>友情链接</p><a href="http://o{at}.example.gov.cn/">'
    f"某某部门{at}</a></dd>"
    for at in range(60)
)
_STYLES = "".join(
    f".block-{at} > .title{{color:#2b6cb0;margin:0 auto;font:14px/1.8 SimSun}}\n"
    for at in range(90)
)
_SCRIPTS = "".join(
    f"function show{at}(box){{var all=box.children;"
    f"for(var i=0;i<all.length;i++){{all[i].on={at}}}}}\n"
    for at in range(120)
)


def full_page(page: BenchPage) -> BenchPage:
    """The page with a whole site's frame around it: about 40 KB more."""
    return replace(page, body=framed(page.text).encode(page.encoding))


def framed(text: str) -> str:
    """A page's markup with that frame around its body."""
    begin = text.index(">", text.lower().index("<body")) + 1
    end = text.lower().rindex("</body")
    head = f"<style>{_STYLES}</style><script>{_SCRIPTS}</script>"
    return (
        f'{text[:begin]}{head}<div class="header"><ul class="nav">{_COLUMNS}</ul></div>'
        f'{text[begin:end]}<div class="footer"><dl>{_OFFICES}</dl></div>{text[end:]}'
    )
