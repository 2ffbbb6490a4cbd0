"""One letter in every odd shape a page can have: its lines come out the same, or it is refused."""

from __future__ import annotations

import json
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.page.page import read_parts
from pipelines.read import explain_page, read_page

URL = "https://letters.example/zwgk/202405/t20240516_9.html"
TITLE = "关于市政协三届四次会议第0157号提案的复函"
LINES = (
    "王晓禾委员：",
    "您提出的《关于在城郊补种乡土树种的提案》（第0157号）收悉。经研究办理，现答复如下：",
    "一、工作情况。2023年以来，我局在城郊荒坡补种柏木1.2万亩，成活率91%。",
    "感谢您对林业工作的关心和支持。",
    "云岭市林业局",
    "2024年5月16日",
)


def each(form: str = "<p>{}</p>") -> str:
    return "".join(form.format(line) for line in LINES)


def page(body: str) -> str:
    head = f"<head><meta charset=utf-8><title>{TITLE}</title></head>"
    return f"<!DOCTYPE html><html>{head}<body><h1>{TITLE}</h1>{body}</body></html>"


def editor(body: str) -> str:
    return page(f"<div class=TRS_Editor>{body}</div>")


ESCAPED = each().replace("<", "&lt;").replace(">", "&gt;")
WORD = (
    "<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->"
    "<?xml:namespace prefix = o ns = 'urn:schemas-microsoft-com:office:office' />"
    "<xml><w:LatentStyles>Normal 0 false 7.8 磅</w:LatentStyles></xml><style>p.a{}</style>"
)
WORD_LINE = (
    "<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span><st1:chsdate w:st='on'"
    " Year='2024'>{}</st1:chsdate><v:shape id=a><v:imagedata src=a.png/></v:shape><o:p></o:p></p>"
)
NESTED = (
    "<table><tr><td><table><tr><td><a href=/>首页</a></td><td><a href=/a>政务公开</a></td></tr>"
    "</table></td></tr><tr><td><table><tr><td align=center><b>{title}</b></td></tr>"
    "<tr><td>发布时间：2024-05-20 来源：办公室</td></tr><tr><td>{lines}</td></tr>"
    "<tr><td align=right>【打印】【关闭】</td></tr></table></td></tr></table>"
)
SHAPES: dict[str, str] = {
    "pre": page("<pre>" + "\n".join("    " + line for line in LINES) + "</pre>"),
    "breaks": page("<td>" + "<br><br>".join("　　" + line for line in LINES)),
    "a text box": page(f"<textarea style='display:none'>{each()}</textarea>"),
    "a text box of escaped markup": page(f"<textarea>{ESCAPED}</textarea>"),
    "xmp": page(f"<xmp>{each()}</xmp>"),
    "noscript": page(f"<noscript>{each()}</noscript>"),
    "template": page(f"<template>{each()}</template>"),
    "a script's template": page(f"<script type='text/html'>{each()}</script>"),
    "a script's string": page(f"<script>show({json.dumps({'content': each()})})</script>"),
    "markup escaped once too often": editor(ESCAPED),
    "entities escaped once too often": editor(each("<p>&amp;nbsp;&amp;nbsp;{}</p>")),
    "no html around": each(),
    "pages of one article": editor("<p>#PAGE_BREAK#</p>".join(f"<p>{line}</p>" for line in LINES)),
    "ucapcontent": page(f"<UCAPCONTENT>{each()}</UCAPCONTENT>"),
    "Word's markup": editor(WORD + each(WORD_LINE) + "<!--EndFragment-->"),
    "a CDATA section": editor(f"<![CDATA[{each()}]]>"),
    "1,000 levels": page("<div>" * 1000 + each() + "</div>" * 1000),
    "inline tags 800 deep": page(each("<span><font>" * 400 + "{}</font></span><br>")),
    "zero-width characters": editor("".join(map("<p>{}</p>".format, map("\u200b".join, LINES)))),
    "marks in the midst": editor(each("<p>\ufeff{}\xad\u200e</p>")),
    "nothing shown": page(f"<div style='display:none' id=zoom>{each()}</div>"),
    "a whole form": page(f"<form id=aspnetForm><div class=con>{each()}</div></form>"),
    "tables in tables": page(NESTED.format(title=TITLE, lines="<br>".join(LINES))),
    "behind the end of html": page(f"</div></body></html><div class=TRS_Editor>{each()}</div>"),
    "twin bodies": page(
        f"<div class=TRS_Editor>{each()}</div><div class=TRS_Editor>{each()}</div>"
    ),
    "a footer of its class": page(
        f"<div class=TRS_Editor>{each()}</div><div><div class=TRS_Editor><p>主办单位：云岭市林业局"
        "</p><p>滇ICP备00000000号</p></div></div>"
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_letter_in_any_shape_has_the_same_lines(shape: str) -> None:
    parts = read_parts(SHAPES[shape].encode(), URL, None)
    assert parts.lines == LINES


PLAIN = editor(each())
BYTES = {
    "gb18030 declared utf-8": PLAIN.encode("gb18030"),
    "gb18030 declared gb2312": PLAIN.replace("utf-8", "gb2312").encode("gb18030"),
    "utf-8 declared gb2312": PLAIN.replace("utf-8", "gb2312").encode(),
    "utf-16 with its mark": ("\ufeff" + PLAIN).encode("utf-16-le"),
    "utf-16 without": PLAIN.encode("utf-16-be"),
    "NUL and controls": editor("\0\x01\x7f".join(each())).encode(),
    "a footer in another encoding": PLAIN.encode() + "<p>版权所有：林业局</p>".encode("gb18030"),
    "a mark in the midst": b"\xef\xbb\xbf" + editor("\ufeff" + each()).encode(),
}


@pytest.mark.parametrize("shape", BYTES)
def test_f30_f31_f32_a_letter_in_any_bytes_has_the_same_lines(shape: str) -> None:
    assert read_parts(BYTES[shape], URL, None).lines == LINES


@pytest.mark.parametrize(
    "shell",
    [
        "<frameset cols='1,2'><frame src=a.html><noframes>请使用支持框架的浏览器</noframes>",
        "<html><head><meta http-equiv=refresh content='0;url=/a.html'></head><body>正在跳转</body>",
        "<div id=app></div><script src=app.js></script><noscript>We're sorry but this site doesn't"
        " work properly without JavaScript enabled. Please enable it to continue.</noscript>",
        "<script>location.href='/waf?u='+encodeURIComponent('您访问的页面，需要验证');</script>",
        "<body><div class=TRS_Editor></div><div class=footer>版权所有：云岭市林业局</div></body>",
    ],
)
def test_a_page_whose_text_is_not_there_is_refused(shell: str) -> None:
    reading = read_page(f"<meta charset=utf-8>{shell}".encode(), URL)
    assert reading.letter.refusal == "unreadable: no article text found"
    assert reading.letter.body == ""


def mutated(source: bytes, seed: int) -> bytes:
    """The page with a few pieces cut, repeated, moved, or overwritten with noise."""
    chance = random.Random(seed)
    body = bytearray(source)
    for _ in range(chance.randint(1, 8)):
        begin = chance.randrange(len(body))
        end = min(len(body), begin + chance.choice((1, 3, 40, 400)))
        noise = chance.choice(
            (b"", b"<", b"\0", b"&#", b"<!--", b"</div>", b"<table>", b"\xff\xfe", b"<script>")
        )
        piece = chance.choice((noise, bytes(body[begin:end]) * 3, chance.randbytes(end - begin)))
        body[begin:end] = piece or noise
        body = body or bytearray(b"<")
    return bytes(body)


SOURCES = [shape.encode() for shape in SHAPES.values() if len(shape) < 5000] + list(BYTES.values())


def fuzz(seconds: float) -> int:
    """Reads mutations of the odd pages for so many seconds of CPU time; how many there were."""
    begun = time.process_time()
    count = 0
    while time.process_time() - begun < seconds:
        body = mutated(SOURCES[count % len(SOURCES)], count)
        read_page(body, URL, None, ("text/html; charset=gbk", None)[count % 2])
        count += 1
    return count


def test_mutations_of_odd_pages_never_raise() -> None:
    assert fuzz(8.0) > 100


@pytest.mark.soak
def test_mutations_of_odd_pages_never_raise_for_ten_minutes() -> None:
    assert fuzz(600.0) > 10_000


TAGS = ("p", "div", "td", "table", "tr", "br", "span", "a href=x.pdf", "pre", "script", "textarea")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(TAGS), st.sampled_from((*LINES, "", "附件：", "&nbsp;", "<")))
    )
)
def test_no_order_of_tags_raises(pieces: list[tuple[str, str]]) -> None:
    body = "".join(f"<{tag}>{text}" for tag, text in pieces).encode()
    reading = explain_page(body, URL)
    assert reading.letter.is_letter or reading.letter.refusal
