"""The article is found where it stands, whatever stands around, beside and inside it."""

from __future__ import annotations

import pytest

from pipelines.page.page import read_parts
from pipelines.parts import PageParts
from storage.records import PlatformName, Portal, Select

LETTER = (
    "<p>苏禾委员：</p><p>　　您提出的《关于补种乡土树种的提案》收悉，现答复如下：</p>"
    "<p>　　2023年以来，我局在城郊荒坡补种柏木、青冈等乡土树种，成活率91%。</p>"
    "<p>云岭市林业局</p><p>2024年9月26日</p>"
)
LINES = (
    "苏禾委员：",
    "您提出的《关于补种乡土树种的提案》收悉，现答复如下：",
    "2023年以来，我局在城郊荒坡补种柏木、青冈等乡土树种，成活率91%。",
    "云岭市林业局",
    "2024年9月26日",
)
NAV = "".join(f'<li><a href="/{n}">栏目名称{n}</a></li>' for n in range(12))
TITLE = "关于市政协三届四次会议第0157号提案的复函"
FOOT = "<p>主办单位：云岭市林业局　网站标识码：9900000001</p><p>滇ICP备00000000号</p>"


def page(article: str, *, head: str = "", before: str = "", after: str = "") -> bytes:
    return (
        f"<html><head><meta charset=utf-8><title>{TITLE}_云岭市林业局</title>{head}</head><body>"
        f"<div class=top><ul>{NAV}</ul></div>"
        f"<div class=main><h1>{TITLE}</h1>{before}{article}{after}</div>"
        f"<div class=foot>{FOOT}</div></body></html>"
    ).encode()


def read(body: bytes, platform: PlatformName = "generic", **options: object) -> PageParts:
    portal = Portal(name="x", agency="云岭市林业局", platform=platform, **options)  # type: ignore[arg-type]
    return read_parts(body, "https://letters.example/a/1.html", portal)


CONTAINERS: dict[str, tuple[PlatformName, str]] = {
    "trs in Chongqing": ("trs", '<div class="trs_editor_view TRS_UEDITOR">{}</div>'),
    "trs paper": ("trs", '<div class="view TRS_UEDITOR trs_paper_default trs_web">{}</div>'),
    "trs elsewhere": ("trs", '<div class="TRS_Editor">{}</div>'),
    "trs in itself": ("trs", '<div class="TRS_Editor"><div class="TRS_Editor">{}</div></div>'),
    "trs wrapper": ("trs", '<div class="zwxl-article">{}</div>'),
    "hanweb": ("hanweb", '<div id="zoom">{}</div>'),
    "hanweb text": ("hanweb", '<div class="main-txt">{}</div>'),
    "ucap tag": ("ucap", "<UCAPCONTENT>{}</UCAPCONTENT>"),
    "ucap id": ("ucap", '<td id="UCAP-CONTENT">{}</td>'),
    "vsb": ("vsb", '<div id="vsb_content_501"><div class="v_news_content">{}</div></div>'),
    "vsb alone": ("vsb", '<div id="vsb_content">{}</div>'),
    "no mark at all": ("generic", "<section>{}</section>"),
    "table of layout": ("generic", "<table><tr><td>{}</td></tr></table>"),
}


@pytest.mark.parametrize(("platform", "container"), CONTAINERS.values(), ids=CONTAINERS.keys())
def test_the_letter_comes_out_of_every_container(platform: PlatformName, container: str) -> None:
    parts = read(page(container.format(LETTER)), platform)
    assert parts.lines == LINES
    assert parts.titles == (TITLE,)
    assert parts.method == ("general" if "generic" in platform else "platform")


@pytest.mark.parametrize(("platform", "container"), CONTAINERS.values(), ids=CONTAINERS.keys())
def test_a_page_without_portal_is_read_as_well(platform: PlatformName, container: str) -> None:
    parts = read_parts(page(container.format(LETTER)), "https://letters.example/a/1.html", None)
    assert parts.lines == LINES


INSIDE = {
    "qr code": "<div><img src=qr.png><p>扫一扫在手机打开当前页</p></div>",
    "share": "<div class=bdshare>分享到：<a href=#>微信</a><a href=#>QQ空间</a></div>",
    "tools": "<div>【字体：<a href=#>大</a> <a href=#>小</a>】<a href=#>打印</a></div>",
    "scripts": "<script>var p='<p>脚本。</p>';</script><style>p{}</style><!--EndFragment-->",
    "speech": "<div>语音播报</div>",
    "form": "<form><input value=x><button>提交</button><select><option>选</select></form>",
    "hidden spam": '<div style="display:none"><p>博彩平台，点击进入，欢迎注册。</p></div>',
    "print link": '<p><a href="javascript:window.print()">【打印本页】</a> 【关闭窗口】</p>',
    "neighbours": "<p>上一篇：<a href=1>关于第0156号提案的复函</a></p><p>下一篇：没有了</p>",
    "split neighbours": "<div>下一篇：</div><div><a href=1>关于第0158号提案的复函</a></div>",
    "related": "<h3>相关阅读</h3><ul><li><a href=1>关于提案的复函</a><li><a href=2>答复</a></ul>",
    "views": "<p>浏览次数：<span>1024</span>次</p>",
    "sources": "<p>（责任编辑：黄某）</p>",
    "clues": '<p>"六稳""六保"</p><p>线索征集</p>',
    "footer": FOOT,
}


@pytest.mark.parametrize("furniture", INSIDE.values(), ids=INSIDE.keys())
def test_furniture_inside_the_wrapper_is_stripped(furniture: str) -> None:
    wrapper = f'<div class="TRS_Editor">{LETTER}{furniture}</div>'
    assert read(page(wrapper), "trs").lines == LINES
    assert read(page(f"<div>{LETTER}{furniture}</div>")).lines == LINES


def test_metadata_and_title_inside_the_wrapper_are_no_text() -> None:
    table = (
        "<table><tr><td>索引号</td><td>LH07/2023-0412</td><td>发文字号</td><td></td></tr>"
        "<tr><td>发布机构</td><td>市林业局</td><td>成文日期</td><td>2024-09-28</td></tr></table>"
    )
    head = f"{table}<p>云岭市林业局</p><p>{TITLE}</p><p>日期：2024-09-30</p>"
    parts = read(page(f'<div class="zwxl-article">{head}{LETTER}</div>'), "trs")
    assert parts.lines == LINES
    assert parts.metadata == {
        "index_number": ("LH07/2023-0412",),
        "issuing_agency": ("市林业局",),
        "date_written": ("2024-09-28",),
        "date_published": ("2024-09-30",),
    }


def test_a_footer_of_the_same_class_is_not_the_article() -> None:
    for text in (
        FOOT,
        "云岭市林业局主办，云岭市电子政务中心承办，欢迎您访问本网站，谢谢您的支持。" * 3,
    ):
        foot = f'<div class="foot"><div class="TRS_Editor"><p>{text}</p></div></div>'
        assert (
            read(page(f'<div class="TRS_Editor">{LETTER}</div>', after=foot), "trs").lines == LINES
        )


@pytest.mark.parametrize("hidden", ["", ' style="display:none"'])
def test_a_body_printed_twice_is_read_once(hidden: str) -> None:
    copy = f'<div class="TRS_Editor">{LETTER}</div>'
    beside = f"<div{hidden}>{copy}</div><div>{copy}</div>"
    assert read(page(beside), "trs").lines == LINES
    within = f'<div class="TRS_Editor"><div>{LETTER}</div><div{hidden}>{LETTER}</div></div>'
    assert read(page(within), "trs").lines == LINES
    assert (
        read(page(f"<div class=pc>{LETTER}</div><div class=wap{hidden}>{LETTER}</div>")).lines
        == LINES
    )


def test_a_body_that_only_a_script_uncovers_is_read() -> None:
    for style in ("display:none", "visibility: hidden"):
        assert read(page(f'<div style="{style}">{LETTER}</div>')).lines == LINES
        assert (
            read(page(f'<div class="TRS_Editor" style="{style}">{LETTER}</div>'), "trs").lines
            == LINES
        )
        inner = f'<div class="TRS_Editor"><div style="{style}">{LETTER}</div></div>'
        assert read(page(inner), "trs").lines == LINES


def test_an_empty_mark_gives_way_to_the_page() -> None:
    for mark in (
        '<div class="TRS_Editor"></div>',
        '<div class="TRS_Editor"><p>分享到：微信</p></div>',
    ):
        parts = read(page(f"{mark}<div>{LETTER}</div>"), "trs")
        assert parts.lines == LINES
        assert parts.method == "general"


def test_a_mark_on_something_else_gives_way_to_the_letter() -> None:
    caption = '<div id="zoom"><p>云岭市林业局图片新闻</p></div>'
    assert read(page(f"{caption}<div>{LETTER}</div>"), "hanweb").lines == LINES


def test_a_signature_behind_a_container_closed_too_early_belongs_to_it() -> None:
    body, sign = LETTER.split("<p>云岭市林业局")
    article = f'<div class="TRS_Editor">{body}</div></div><p>云岭市林业局{sign}<p>分享到：微信</p>'
    assert read(page(article), "trs").lines == LINES
    bare = f'<div class="TRS_Editor">{body}</div>云岭市林业局<br>2024年9月26日<div>打印</div>'
    assert read(page(bare), "trs").lines == LINES


def test_selectors_of_the_portal_overrule() -> None:
    other = '<div class="TRS_Editor"><p>别的文章，别的文章。</p></div><b class=t>真标题</b>'
    article = f"{other}<div id=here>{LETTER}</div>"
    parts = read(page(article), "trs", select=Select(body="#here", title="b.t"))
    assert (parts.lines, parts.method, parts.titles[0]) == (LINES, "select", "真标题")


def test_selected_metadata_is_taken_with_weak_labels_alone() -> None:
    box = "<div class=box><p>文号：云林函〔2024〕66号</p></div>"
    parts = read(page(f"<div>{LETTER}</div>", before=box), select=Select(metadata=".box"))
    assert parts.metadata["document_number"] == ("云林函〔2024〕66号",)


def test_a_selector_that_finds_nothing_is_named_and_passed_over() -> None:
    for css in ("#gone", "div >", "::before"):
        parts = read(
            page(f'<div class="TRS_Editor">{LETTER}</div>'), "trs", select=Select(body=css)
        )
        assert parts.lines == LINES
        assert parts.warnings == (f"select.body: nothing readable under {css}",)


def test_short_letters_are_found_without_any_mark() -> None:
    for text in (
        "您的建议已经办结。",
        "您的提案已采纳，特此回复。",
        "张委员：路灯已修复，感谢您的关心。",
    ):
        assert read(page(f"<div class=nr>{text}</div>")).lines == (text,)


def test_a_letter_as_a_table_keeps_its_rows() -> None:
    rows = "<tr><td>建议编号</td><td>第31号</td></tr><tr><td>办理结果</td><td>A</td></tr>"
    for platform, mark in (("trs", "TRS_Editor"), ("generic", "x")):
        parts = read(page(f'<div class="{mark}"><table>{rows}</table></div>'), platform)  # type: ignore[arg-type]
        assert parts.lines == ("建议编号\t第31号", "办理结果\tA")
        assert not parts.metadata


def test_sidebars_and_related_lists_are_left_outside() -> None:
    side = "<div class=side><h3>通知公告</h3><ul>" + NAV + "</ul></div>"
    parts = read(page(f"<div class=c>{LETTER}</div>", before=side, after=side))
    assert parts.lines == LINES
