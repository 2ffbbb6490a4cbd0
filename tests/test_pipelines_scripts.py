"""What scripts say in plain strings is read as data: metadata, files, articles; nothing is run."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.page.markup.scripts import Assigned, read_script
from pipelines.page.page import read_parts
from pipelines.parts import PageParts

URL = "https://letters.example/zwgk/202405/t20240516_9.html"
HERE = "https://letters.example/zwgk/202405/"
LINES = (
    "苏禾委员：",
    "您提出的《关于补种乡土树种的提案》（第0157号）收悉，现答复如下：",
    "2023年以来，我局在城郊荒坡补种柏木1.2万亩，成活率91%。",
    "云岭市林业局",
    "2024年5月16日",
)
BODY = "".join(f"<p>{line}</p>" for line in LINES)


def parts(script: str, body: str = f"<div class=TRS_Editor>{BODY}</div>") -> PageParts:
    page = f"<meta charset=utf-8><div class=main>{body}<script>{script}</script></div>"
    return read_parts(page.encode(), URL, None)


def files(script: str, body: str = f"<div class=TRS_Editor>{BODY}</div>") -> list[tuple[str, str]]:
    return [(file.name, file.url) for file in parts(script, body).attachments]


def test_strings_are_read_with_their_names_sums_and_escapes() -> None:
    script = r"""
    // var no = "注释";
    /* var no = '注释'; */
    var a = "\u4e91\x41\/", b = 'x' + a + "y"; b += "z";
    var o = {"list": [{"name": "甲"}], n: 3, 'key': `乙`};
    if (a) document.write('<i>' + b + '</i>'); el.innerHTML = "<b>" + unknown() + "</b>";
    show("/a.pdf", "100%");
    """
    strings = read_script(script)
    assert strings.assigned == (
        Assigned("a", "云A/"),
        Assigned("b", "x云A/y"),
        Assigned("b", "x云A/yz"),
        Assigned("name", "甲", ("o", "list")),
        Assigned("key", "乙", ("o",)),
    )
    assert strings.written == "<i>x云A/yz</i><b>"
    assert strings.called == (("show", "/a.pdf"),)


def test_metadata_kept_under_known_names_fills_what_the_page_leaves_out() -> None:
    script = (
        'var syh = "11990000MB0X12345A/2024-00031"; var fwzh="云林函〔2024〕66号";'
        "var docreltime = '2024-05-20 10:21'; var CWRQ = '2024年5月18日';"
        'var publisher = "云岭市林业局"; var pubTime = "new Date()";'
    )
    assert parts(script).metadata == {
        "index_number": ("11990000MB0X12345A/2024-00031",),
        "document_number": ("云林函〔2024〕66号",),
        "date_published": ("2024-05-20 10:21",),
        "date_written": ("2024年5月18日",),
        "issuing_agency": ("云岭市林业局",),
    }
    printed = "<div>索引号：LY-2024-7</div>"
    body = f"{printed}<div class=TRS_Editor>{BODY}</div>"
    assert parts(script, body).metadata["index_number"] == ("LY-2024-7",)


def test_metadata_written_with_its_labels_is_read_as_if_printed() -> None:
    script = (
        "var idx='LY-2024-7';document.write('<td>[ 索引号 ]</td>');"
        "document.write('<td>' + idx + '</td><br>');"
        "document.write('发布机构：' + '云岭市林业局');"
    )
    found = parts(script).metadata
    assert found["index_number"] == ("LY-2024-7",)
    assert found["issuing_agency"] == ("云岭市林业局",)


@pytest.mark.parametrize(
    "script",
    [
        "var appendix = '<a href=\"./P02.docx\">补种清单.docx</a>';write('附件：'+appendix)",
        "document.write(\"<p>附件：<a href='./P02.docx'>补种清单.docx</a></p>\")",
        'byId("fj").innerHTML = "附件<a href=\\"P02.docx\\">补种清单.docx<\\/a>";',
        "var fileName='补种清单.docx'; var fileUrl='./P02.docx';",
        'var data = {"attachment":[{"name":"补种清单.docx","url":"/zwgk/202405/P02.docx"}]};',
        "var fjmc = '补种清单.docx;'; var fjdz = './P02.docx;';",
    ],
)
def test_a_list_of_files_written_by_script_is_the_letters(script: str) -> None:
    assert files(script) == [("补种清单.docx", HERE + "P02.docx")]


def test_several_files_pair_with_their_names_in_order() -> None:
    script = "var fileNames='清单.docx;回执.pdf';var filePaths='./P1.docx;./P2.pdf';"
    assert files(script) == [("清单.docx", HERE + "P1.docx"), ("回执.pdf", HERE + "P2.pdf")]


def test_a_file_shown_by_a_script_is_the_letters() -> None:
    shown = '<script>showVsbpdfIframe("/virtual_attach_file.vsb?oid=1&e=.pdf","100%");</script>'
    found = files("", f"<div id=vsb_content>{BODY}{shown}</div>")
    assert [url for _, url in found] == [
        "https://letters.example/virtual_attach_file.vsb?oid=1&e=.pdf"
    ]


@pytest.mark.parametrize(
    "script",
    [
        "var banner = '<a href=\"/report.pdf\">年度报告</a>'; var appName = '附近';",
        "var fileUrl = 'javascript:alert(1).pdf';",
        "var attachments = [];",
        "if (x == 'a.pdf') { upload('附件'); }",
    ],
)
def test_other_scripts_are_no_lists_of_files(script: str) -> None:
    page = f"<meta charset=utf-8><div class=TRS_Editor>{BODY}</div><script>{script}</script>"
    assert read_parts(page.encode(), URL, None).attachments == ()


DETAIL = {
    "title": "关于市政协三届四次会议第0157号提案的复函",
    "identifier": "007100000/2024-00031",
    "document_number": "云林函〔2024〕66号",
    "publisher": "云岭市林业局",
    "content": BODY,
}


@pytest.mark.parametrize("ascii_only", [True, False])
def test_an_article_kept_in_the_pages_json_is_read(ascii_only: bool) -> None:
    config = json.dumps({"SITE_ID": 7, "DETAIL": DETAIL}, ensure_ascii=ascii_only)
    config = config.replace("</", "<\\/")
    found = parts(f"window._CONFIG = {config};", "<div id=app></div>")
    assert found.lines == LINES
    assert found.metadata["index_number"] == ("007100000/2024-00031",)
    assert found.metadata["document_number"] == ("云林函〔2024〕66号",)
    assert found.container and found.container.startswith("script > ")


def test_an_article_in_the_markup_is_never_replaced_by_a_script() -> None:
    other = "".join(
        f"<p>另一件提案的第{n}段答复，内容较长，收悉，现答复如下。</p>" for n in range(9)
    )
    assert parts(f"var content = '{other}';").lines == LINES


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="var x='\"`\\/*+=:;{}[]()<a href.pdf附件\n", max_size=300))
def test_no_script_raises(script: str) -> None:
    read_script(script)
    read_parts(f"<script>附件 {script}</script><p>甲</p>".encode(), URL, None)


@pytest.mark.parametrize(
    "unit", ["/*", "//", "'", '"', "`", "\\", "a=", "a+=a;", "'x'+", "(", "[{", "a='x'+a;"]
)
def test_a_script_made_to_exhaust_a_reader_is_bounded(unit: str) -> None:
    begun = time.process_time()
    read_script("var a='附件';" + unit * 200_000)
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "unit",
    ["document.write('<a href=a.pdf>附件</a>');", "a+='附件';", "</script><script>var b='附件';"],
)
def test_f34_a_page_of_scripts_is_bounded(unit: str) -> None:
    begun = time.process_time()
    parts(unit * 20_000, "")
    assert time.process_time() - begun < 10
