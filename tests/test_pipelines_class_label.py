"""The outcome class among a page's metadata, outside the letter's own text."""

from __future__ import annotations

import pytest

from pipelines.page.metadata.class_label import printed_class
from pipelines.read import read_page

LETTER = (
    "<h1>关于市政协六届三次会议第112号提案的答复</h1><div class='TRS_Editor'><p>周宁委员：</p>"
    "<p>您提出的《关于修缮老码头的提案》收悉，现答复如下。</p>"
    "<p>老码头已列入今年修缮名单，现场测绘已完成，图纸正在审查，审查通过后即行招标。</p>"
    "<p>青澜市文化和旅游局</p><p>2023年6月2日</p></div>"
)


@pytest.mark.parametrize(
    ("around", "expected"),
    [
        ("<table><tr><td><b>办理结果</b></td><td align='left'>B类</td></tr></table>", "B"),
        ("<p>来源：局办公室&nbsp;&nbsp;办理类别：A&nbsp;&nbsp;点击：77</p>", "A"),
        ("<td>办理结果</td><!-- 1 --><td>B</td>", "B"),
        ("<dl><dt>办复类别</dt><dd> B1 </dd></dl>", "B1"),
        ("<table><tr><td>办理结果</td><td>解决或基本解决</td></tr></table>", None),
        ("<p>办理类别：A B C D（请勾选）</p>", None),
        ("<p>办理结果：ABC公司</p>", None),
    ],
)
def test_the_class_stands_beside_its_label(around: str, expected: str | None) -> None:
    page = f"<html><body>{around}{LETTER}</body></html>".encode()
    assert read_page(page, "https://www.example.gov.cn/a.html").letter.outcome_class == expected


def test_several_classes_are_other_letters() -> None:
    assert printed_class("<td>办理类别：A </td><td>办理类别：B </td>") == {}
    assert printed_class("<td>办理类别：A </td><td>办理类别：A </td>") == {"outcome_class": "A"}


def test_a_page_in_character_references_has_its_class_too() -> None:
    label = "<p>&#21150;&#29702;&#x7C7B;&#x522B;&#65306;C</p>"
    page = "<html><body>" + label + LETTER.encode("ascii", "xmlcharrefreplace").decode()
    assert read_page(page.encode(), "https://www.example.gov.cn/a.html").letter.outcome_class == "C"


def test_a_class_label_without_end_is_quick() -> None:
    assert printed_class("办理结果" + "<b>" * 200_000) == {}
    assert printed_class("办理结果：" * 100_000) == {}
