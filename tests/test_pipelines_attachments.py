"""Names and absolute addresses of a letter's files, whatever way a page links to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.page.files import links
from pipelines.page.page import read_parts

URL = "https://letters.example/zwgk/tagk/202405/t20240516_9.html"
HERE = "https://letters.example/zwgk/tagk/202405/"
LETTER = (
    "<p>苏禾委员：</p><p>您提出的《关于补种乡土树种的提案》收悉，现答复如下：已补种1.2万亩。</p>"
    "{}<p>云岭市林业局</p><p>2024年5月16日</p>"
)


def files(within: str = "", beside: str = "", head: str = "") -> list[tuple[str, str]]:
    body = f"<div class=main><div class=TRS_Editor>{LETTER.format(within)}</div>{beside}</div>"
    page = f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return [(file.name, file.url) for file in read_parts(page.encode(), URL, None).attachments]


def lines(within: str) -> tuple[str, ...]:
    page = f"<meta charset=utf-8><div class=TRS_Editor>{LETTER.format(within)}</div>"
    return read_parts(page.encode(), URL, None).lines


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("P020240516.docx", HERE + "P020240516.docx"),
        ("./a.pdf", HERE + "a.pdf"),
        ("../../fj/a.pdf", "https://letters.example/zwgk/fj/a.pdf"),
        ("../../../../../a.pdf", "https://letters.example/a.pdf"),
        ("//files.example/a.ofd", "https://files.example/a.ofd"),
        ("HTTP://files.example/A.PDF", "http://files.example/A.PDF"),
        (" ./附件 1.xlsx\n", HERE + "附件%201.xlsx"),
        (r".\fj\a.wps", HERE + "fj/a.wps"),
        ("a.pdf#page=2", HERE + "a.pdf"),
        ("/download.jsp?id=1", "https://letters.example/download.jsp?id=1"),
        (
            "/module/download/downfile.jsp?classid=0&filename=0a1b2c.pdf",
            "https://letters.example/module/download/downfile.jsp?classid=0&filename=0a1b2c.pdf",
        ),
        (
            "/virtual_attach_file.vsb?afc=public&oid=12&tid=1050",
            "https://letters.example/virtual_attach_file.vsb?afc=public&oid=12&tid=1050",
        ),
        (
            "/system/_content/download.jsp?urltype=news.DownloadAttachUrl&wbfileid=7",
            "https://letters.example/system/_content/download.jsp"
            "?urltype=news.DownloadAttachUrl&wbfileid=7",
        ),
        ("javascript:window.open('/fj/a.pdf')", "https://letters.example/fj/a.pdf"),
    ],
)
def test_every_way_of_addressing_a_file_gives_an_absolute_link(href: str, address: str) -> None:
    assert files(f'<p>附件：<a href="{href}">补种清单</a></p>') == [("补种清单", address)]


@pytest.mark.parametrize(
    "opener",
    [
        '<a href="javascript:;" data-url="fj/a.docx">补种清单.docx</a>',
        '<a data-href="fj/a.docx">补种清单.docx</a>',
        "<span onclick=\"window.open('./fj/a.docx')\">补种清单.docx</span>",
        "补种清单.docx <button onclick=\"downloadFile('./fj/a.docx')\">下载</button>",
    ],
)
def test_files_a_script_opens_are_links_too(opener: str) -> None:
    expected = [("补种清单.docx", HERE + "fj/a.docx")]
    assert files(f"<p>{opener}</p>") == expected
    assert files(beside=f'<div class="fj">{opener}</div>') == expected


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/oss/8f3a">补种清单.docx</a>',
        '<a href="/oss/8f3a"><span>补种清单.docx</span></a>',
        '<a href="/oss/8f3a" download="补种清单.docx">点击下载</a>',
    ],
)
def test_link_called_a_file_is_one_whatever_its_address(link: str) -> None:
    assert files(f"<p>附件：{link}</p>") == [("补种清单.docx", "https://letters.example/oss/8f3a")]
    page = link.replace("/oss/8f3a", "/art/8.html")
    assert files(f"<p>附件：{page}</p>") == []


def test_file_in_a_table_is_named_by_the_cell_before() -> None:
    row = "<tr><td>1</td><td>补种清单</td><td>2024.5.16</td><td>{}</td></tr>"
    links = (
        '<a href="fj/a.docx">下载</a> <a href="/preview?file=/zwgk/tagk/202405/fj/a.docx">预览</a>'
    )
    table = f'<table class="fj">{row.format(links)}</table>'
    assert files(beside=table) == [("补种清单", HERE + "fj/a.docx")]


def test_the_pages_base_is_the_ground_of_its_links() -> None:
    assert files("<p><a href='a.pdf'>清单</a></p>", head="<base href='//cdn.example/x/'>") == [
        ("清单", "https://cdn.example/x/a.pdf")
    ]


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ("<a href=a.docx>补种清单.docx</a>", "补种清单.docx"),
        ("<a href=a.docx title='补种清单.docx'></a>", "补种清单.docx"),
        ("<a href=a.docx><img src=word.gif alt='补种清单'></a>", "补种清单"),
        ("<a href=a.docx download='补种清单.docx'>点击下载</a>", "补种清单.docx"),
        ("<span>补种清单.docx</span> <a href=a.docx>下载</a>", "补种清单.docx"),
        ("<a href=a.docx>[下载]</a>", "[下载]"),
        ("<a href=a.docx></a>", "a.docx"),
        ("<a href='%E6%B8%85%E5%8D%95.docx'></a>", "清单.docx"),
        ("<a href='/down?id=3&amp;fileName=%E6%B8%85%E5%8D%95.docx'></a>", "清单.docx"),
        ("<a href=a.docx>补种清单.docx（25.3KB）</a>", "补种清单.docx"),
        ("<a href=a.docx>补种清单.docx [1.2 MB]</a>", "补种清单.docx"),
        ("<a href=a.docx>补种清单（2024）</a>", "补种清单（2024）"),
        ("<a href=a.docx>附件1：补种清单</a>", "附件1：补种清单"),
        ("<a href=a.docx>../../../etc/x.docx</a>", "x.docx"),
        (r"<a href=a.docx>C:\Users\a\清单.docx</a>", "清单.docx"),
        ("<a href=a.docx>2023/2024年度清单.docx</a>", "2023/2024年度清单.docx"),
        ("<a href=a.docx>\u202excod.\x07清单.docx</a>", "xcod.清单.docx"),
        ("<a href=a.docx>" + "名" * 300 + ".docx</a>", "名" * 194 + "….docx"),
    ],
)
def test_a_file_is_named_by_what_the_page_prints_for_it(link: str, name: str) -> None:
    ((found, _),) = files(f"<p>{link}</p>")
    assert found == name


@pytest.mark.parametrize(
    "name", ["../../x", "..\\..\\x", "/etc/x", "x" * 300, "x\x00\x1b[2J", "\u202ex"]
)
def test_f43_a_hostile_name_is_contained(name: str) -> None:
    ((found, url),) = files(f"<p><a href='a.pdf'>{name}.pdf</a></p>")
    assert "/" not in found and "\\" not in found and found.isprintable()
    assert len(found) <= 200 and found.endswith(".pdf") and url == HERE + "a.pdf"


def test_a_file_linked_by_icon_and_by_name_is_one_under_its_name() -> None:
    links = "<p><a href=./a.docx><img src=i.gif></a><a href=a.docx>清单</a><a href=a.docx>下载</a>"
    assert files(links) == [("清单", HERE + "a.docx")]


def test_shown_files_count_and_a_viewer_gives_way_to_what_it_shows() -> None:
    shown = (
        "<iframe src='/pdfjs/web/viewer.html?file=%2Ffj%2Fa.pdf'></iframe><embed src=b.pdf>"
        "<object data=c.pdf type='application/pdf'><p>您的浏览器不支持</p></object>"
        "<iframe src='/map.html'></iframe>"
    )
    assert files(shown) == [
        ("a.pdf", "https://letters.example/fj/a.pdf"),
        ("b.pdf", HERE + "b.pdf"),
        ("c.pdf", HERE + "c.pdf"),
    ]


@pytest.mark.parametrize(
    "link",
    [
        "<a href='javascript:alert(\"a.doc\")'>a.doc</a>",
        "<a href='data:application/pdf;base64,AAAA.pdf'>a.pdf</a>",
        "<a href='file:///C:/Users/a/a.doc'>a.doc</a>",
        "<a href='ftp://letters.example/a.doc'>a.doc</a>",
        "<a href='mailto:a.pdf'>写信</a>",
        "<a href='http://['>a.doc</a>",
        "<a href='#a.doc'>a.doc</a>",
        "<a href='t20240101_1.html'>附件：另一件提案的复函</a>",
        "<a href='https://service.weibo.com/share/share.php?url=x/a.pdf'>微博</a>",
        "<a href='/share?u=/a.pdf'>分享</a>",
        "<a href='qr.png'><img src=qr.png alt='二维码'></a>",
        "<img src='a.pdf'>",
        "<a name='a.pdf'>锚</a>",
        "<a href='/down/app.apk'>客户端</a>",
    ],
)
def test_what_leads_to_no_file_is_no_attachment(link: str) -> None:
    assert files(f"<p>{link}</p>") == []


def test_a_scan_is_a_file_where_it_is_called_one() -> None:
    assert files("<p><a href='W0202.jpg'>附件：回执扫描件</a></p>") == [
        ("附件：回执扫描件", HERE + "W0202.jpg")
    ]


def test_lists_beside_the_article_count_and_other_downloads_do_not() -> None:
    beside = (
        "<ul class=xl-fj><li><a href=a.pdf>清单.pdf</a></li>"
        "<li><a href=/down.do?id=7>表</a></li></ul>"
    )
    elsewhere = "</div><div class=side><a href=/nb.pdf>年度报告</a>"
    assert files(beside=beside + elsewhere) == [("清单.pdf", HERE + "a.pdf")]


def test_lines_of_files_leave_the_letter_with_their_sizes_and_counters() -> None:
    listed = (
        "<p>相关附件：</p><p>1.<a href=a.docx>补种清单.docx</a>（25.3KB）"
        " <a href=a.docx>下载</a></p>"
        "<p>附件【<a href='/system/_content/download.jsp?wbfileid=7'>回执.doc</a>】已下载12次</p>"
    )
    assert lines(listed)[2:] == ("云岭市林业局", "2024年5月16日")
    sentence = "<p>详见<a href=a.pdf>《云岭市绿化办法》</a>附件第3条。</p>"
    assert lines(sentence)[2] == "详见《云岭市绿化办法》附件第3条。"


def test_a_page_made_of_links_is_bounded() -> None:
    assert len(files("<p>" + "".join(f"<a href={n}.pdf>{n}</a>" for n in range(900)))) == 200


@given(
    st.text(".pdfocxwszijtagniuleDOCPDFſKıİ/?1_é附", max_size=12),
    st.sampled_from(
        ("", ".PDF", ".docx", ".xlſx", ".7z", "Download", "ATTACH", "getFile", ".JPEG")
    ),
    st.sampled_from(("", "a", "_", "Z", "?")),
)
def test_an_address_is_a_files_in_whatever_case(before: str, kind: str, behind: str) -> None:
    href = before + kind + behind
    assert links._is_file_address(href) == bool(links._FILE_ADDRESS.search(href))


def test_file_on_the_editors_own_disk_is_told_as_lost() -> None:
    links = (
        "<p><a href='file:///C:/Users/a/%E6%B8%85%E5%8D%95.docx'>附件：补种清单.docx</a></p>"
        "<p><a href=' FILE://D:\\b\\树种.xlsx'><img src='x.gif'></a></p>"
        "<p><a href='/c.pdf'>图则</a></p>"
    )
    page = (
        "<meta charset='utf-8'><h1>关于市政协第7号提案的答复</h1><div class='TRS_Editor'>"
        "<p>周宁委员：</p><p>您提出的《关于补种行道树的提案》（第7号）收悉，现答复如下。</p>"
        f"<p>全市补种三千株，名单附后。</p><p>青澜市林业局</p><p>2023年6月2日</p>{links}</div>"
    )
    parts = read_parts(page.encode(), URL, None)
    assert [file.name for file in parts.attachments] == ["图则"]
    assert parts.warnings == (
        "attachments: 附件：补种清单.docx leads to no web address",
        "attachments: 树种.xlsx leads to no web address",
    )
