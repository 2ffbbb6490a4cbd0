"""An element's lines are its paragraphs as published, whatever mark-up they were saved in."""

from __future__ import annotations

import time

import pytest

from pipelines.page.markup.lines import MOST_LINES
from pipelines.page.markup.parsing import parse
from pipelines.page.markup.text import read_lines

PARAGRAPHS = [
    "苏　禾委员：",
    "您提出的提案收悉，2024年成活率91%。",
    "一、工作情况",
    "云岭市林业局",
    "2024年9月26日",
]


def lines(markup: str) -> list[str]:
    return [line.text for line in read_lines(parse(markup)) if not line.aside]


SAVED = {
    "p": "".join(f"<p>{text}</p>" for text in PARAGRAPHS),
    "div": "".join(f"<div>\n    　　{text}\n  </div>\n" for text in PARAGRAPHS),
    "br": "<div>" + "<br>\n".join(f"&nbsp;&nbsp;　　{text} " for text in PARAGRAPHS) + "</div>",
    "unclosed p": "<div>"
    + "".join(f"<p class=MsoNormal style='text-indent:2em'>{text}" for text in PARAGRAPHS),
    "blank paragraphs": "<p>&nbsp;</p>".join(
        f"<p>{text}</p><p>　　</p><p><br></p>" for text in PARAGRAPHS
    ),
    "split spans": "".join(
        "<p>"
        + "".join(f"<span lang=EN-US><font>{char}</font></span>" for char in text)
        + "<o:p></o:p></p>"
        for text in PARAGRAPHS
    ),
    "wrapped source": "".join(
        f"<p>{text[:4]}\n        {text[4:]}</p>" for text in PARAGRAPHS if len(text) > 9
    )
    and "".join(f"<p>\r\n{text}\r\n</p>" for text in PARAGRAPHS),
    "table of layout": "<table>"
    + "".join(f"<tr><td><p>{text}</p></td></tr>" for text in PARAGRAPHS)
    + "</table>",
    "list": "<ul>" + "".join(f"<li><p>{text}</p></li>" for text in PARAGRAPHS) + "</ul>",
    "block spans": "".join(f'<span style="display:block">{text}</span>' for text in PARAGRAPHS),
    "pre": "<pre>" + "\n".join(PARAGRAPHS) + "</pre>",
    "indented source": "<div>" + "\n　　".join(PARAGRAPHS) + "</div>",
    "invisible marks": "".join(
        f"<p>{text[:2]}&#8203;{text[2:]}&#65279;<!--EndFragment--></p>" for text in PARAGRAPHS
    ),
}


@pytest.mark.parametrize("markup", SAVED.values(), ids=SAVED.keys())
def test_a_letter_saved_again_with_other_markup_is_the_same(markup: str) -> None:
    assert lines(markup) == PARAGRAPHS


def test_a_source_line_that_ends_within_a_sentence_leaves_no_blank() -> None:
    assert lines("<p>推动产\n        业发展 GDP\n  growth</p>") == ["推动产业发展 GDP growth"]


def test_inline_tags_add_no_blank_and_full_width_stays() -> None:
    assert lines("<p>投入<b>１．２</b><sup>②</sup>亿元，<a href=x>《办法》</a>　见附件</p>") == [
        "投入１．２②亿元，《办法》　见附件"
    ]


def test_text_beside_paragraphs_is_kept_in_order() -> None:
    assert lines("<div>前<p>中</p>后<div>末</div>尾</div>") == ["前", "中", "后", "末", "尾"]


def test_rows_of_data_tables_have_tabs_and_keep_empty_cells() -> None:
    rows = (
        "<th></th><th>2023</th>",
        "<td>柏<br>木</td><td></td>",
        "<td>青冈</td><td><p>7</p></td>",
    )
    assert lines("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>") == [
        "\t2023",
        "柏 木\t",
        "青冈\t7",
    ]


def test_a_cell_that_holds_paragraphs_is_layout() -> None:
    cell = "<td><p>南河现有排污口9处，已封堵6处。</p><p>其余3处年内完成。</p></td>"
    assert lines(
        f"<table><tr><td>答复</td>{cell}</tr><tr><td>结果</td><td>A</td></tr></table>"
    ) == [
        "答复",
        "南河现有排污口9处，已封堵6处。",
        "其余3处年内完成。",
        "结果\tA",
    ]


def test_a_data_table_in_a_layout_table_is_read_once() -> None:
    inner = "<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    assert lines(f"<table><tr><td>导航</td><td>{inner}</td></tr></table>") == [
        "导航",
        "甲\t1",
        "乙\t2",
    ]


def test_hidden_text_and_forms_stand_aside_by_name() -> None:
    markup = '<p>正<span style="DISPLAY: none">藏</span>文</p><select><option>选</option></select>'
    found = [(line.text, line.aside) for line in read_lines(parse(markup))]
    assert found == [("藏", "hidden"), ("正文", None), ("选", "form")]


def test_f33_nothing_below_depth_1000_is_lost() -> None:
    for depth in (300, 1000, 3000, 20_000):
        deep = "<div>" * depth + "<p>正文。</p>" + "</div>" * depth + "<p>云岭市林业局</p>"
        assert lines(deep) == ["正文。", "云岭市林业局"], depth


def test_f34_a_million_tags_are_bounded() -> None:
    for unit in ("<b>字", "<p>字</p>", "<table><tr><td>字", "<span>字</span>"):
        begun = time.process_time()
        found = read_lines(parse(unit * 250_000))
        assert 0 < len(found) <= MOST_LINES + 2
        assert time.process_time() - begun < 30


def test_old_editors_references_are_read_as_browsers_do() -> None:
    assert lines("<p>&#147;双减&#148;&#150;2023</p>") == ["“双减”–2023"]


def test_a_list_of_labels_reads_as_a_table_does() -> None:
    page = "<dl><dt>届次</dt><dd>市七届<b>四次</b></dd><dt>附议</dt><dd>王刚</dd>{}</dl>"
    rows = ["届次\t市七届四次", "附议\t王刚"]
    assert lines(page.format("<dt>答复</dt><dd>渡口已修。<p>桥也已修。</dd>")) == [
        *rows,
        "答复",
        "渡口已修。",
        "桥也已修。",
    ]
    assert lines(page.format("<dt>空</dt><dd></dd><dd>多</dd>")) == [*rows, "空", "多"]
    assert lines("<dl><dt>答复</dt><dd>渡口已修</dd></dl>") == ["答复", "渡口已修"]


def test_lists_within_lists_are_read_once_each() -> None:
    nested = "<dl><dt>届次</dt><dd>七届</dd><dt>类</dt><dd>甲</dd><dt>里</dt><dd>"
    assert lines(nested * 60) == ["届次\t七届", "类\t甲", "里"] * 60


def test_what_the_writer_removed_is_aside_and_its_line_goes_on() -> None:
    page = "<p>去年<del cite='mailto:w'>发生<b>事故3起</b></del><ins>未发生事故</ins>。</p>"
    found = read_lines(parse(page))
    assert [line.text for line in found if not line.aside] == ["去年未发生事故。"]
    assert [line.text for line in found if line.aside == "removed"] == ["发生事故3起"]


@pytest.mark.parametrize(
    "page",
    [
        "<p>去年<s>未</s>发生事故。</p>",
        "<p>去年<span style='text-decoration:line-through'>未</span>发生事故。</p>",
        "<del><p>去年未发生事故。</p></del>",
    ],
)
def test_what_a_browser_shows_struck_through_stays(page: str) -> None:
    assert [line.text for line in read_lines(parse(page)) if not line.aside] == ["去年未发生事故。"]
