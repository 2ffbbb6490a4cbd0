"""Whatever mark-up a page prints its metadata in, labels find their values, and none is guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.page.markup.lines import Line
from pipelines.page.markup.parsing import parse
from pipelines.page.markup.text import read_lines
from pipelines.page.markup.tree import Element
from pipelines.page.metadata import surroundings, telling_parts
from pipelines.page.metadata.labels import LabelTable, label_table
from pipelines.read import read_page
from storage.records import ReplyLetter

INDEX = "11990000MB0X123432/2024-00031"
BODY = """<div id="zoom"><p>程秋禾委员：</p>
<p>　　您提出的《关于修缮柳溪古桥的提案》（第0212号）收悉。经研究，现答复如下：</p>
<p>　　一、柳溪古桥建于清代，桥面石板风化明显，已列入今年的修缮计划，预计十月完工。</p>
<p>　　感谢您对文物保护工作的关心。</p><p>柳溪市文化局</p><p>2024年5月16日</p></div>"""
VALUES = {
    "索引号": INDEX,
    "发文字号": "柳文函〔2024〕12号",
    "体裁分类": "政协提案办理;人大建议办理",
    "主题分类": "",
    "发布机构": "柳溪市文化局",
    "成文日期": "2024-05-16",
    "发布日期": "2024-06-01",
}


def read(around: str, head: str = "") -> ReplyLetter:
    page = f"<html><head>{head}</head><body>{around}{BODY}</body></html>"
    return read_page(page.encode(), "http://wh.example.gov.cn/a/1.html").letter


def inside(metadata: str) -> ReplyLetter:
    """The same metadata printed at the head of the article's own container."""
    page = f"<html><body>{BODY.replace('<p>程', f'{metadata}<p>程', 1)}</body></html>"
    return read_page(page.encode(), "http://wh.example.gov.cn/a/1.html").letter


def each(form: str, around: str = "{}") -> str:
    pairs = (form.format(label=label, value=value) for label, value in VALUES.items())
    return around.format("".join(pairs))


FORMS = {
    "spans in a list item": each(
        "<li><span>{label}</span><span>{value}</span></li>", "<ul>{}</ul>"
    ),
    "a bold label": each("<li><b>{label}</b>{value}</li>", "<ul>{}</ul>"),
    "label and em": each("<li><label>{label}</label> <em>{value}</em></li>", "<ul>{}</ul>"),
    "strong in a div": each("<div><strong>{label}</strong>{value}</div>", "<div>{}</div>"),
    "a colon behind the label": each("<p><strong>{label}</strong>：{value}</p>"),
    "a linked value": each("<li><i>{label}</i><a href='/s'>{value}</a></li>", "<ul>{}</ul>"),
    "all in one line": each("<span>{label}</span><span>{value}</span>", "<div>{}</div>"),
    "blanks alone": each("{label}&emsp;{value}&emsp;&emsp;", "<p>{}</p>"),
    "label over value": each("<div class='k'>{label}</div><div class='v'>{value}</div>"),
    "a definition list": each("<dt>{label}</dt><dd>{value}</dd>", "<dl>{}</dl>"),
    "a definition list for each": each("<dl><dt>{label}：</dt><dd>{value}</dd></dl>"),
    "each list in its wrapper": each(
        "<div class='row'><div><dl><dt>{label}</dt><dd>{value}</dd></dl></div></div>"
    ),
    "head cells beside values": each(
        "<tr><th>{label}：</th><td>{value}</td></tr>", "<table>{}</table>"
    ),
    "a row of fourteen cells": each(
        "<th>{label}</th><td>{value}</td>", "<table><tr>{}</tr></table>"
    ),
    "spans in a cell": each(
        "<tr><td><span>{label}</span><span>{value}</span></td></tr>", "<table>{}</table>"
    ),
    "label and value in each cell": each("<td>{label}：{value}</td>", "<table><tr>{}</tr></table>"),
    "bold label and value in each cell": each(
        "<td><b>{label}</b>{value}</td>", "<table><tr>{}</tr></table>"
    ),
    "labels over values": (
        f"<table><tr>{each('<th>{label}</th>')}</tr><tr>{each('<td>{value}</td>')}</tr></table>"
    ),
    "line breaks": each("{label}：{value}<br>", "<div>{}</div>"),
    "brackets without a blank": each("<span>【{label}】</span>{value}", "<div>{}</div>"),
}


def is_read(letter: ReplyLetter) -> None:
    assert letter.index_number == INDEX
    assert letter.document_number == "柳文函〔2024〕12号"
    assert letter.genre_category == "政协提案办理;人大建议办理"
    assert letter.subject_category is None
    assert letter.issuing_agency == "柳溪市文化局"
    assert letter.date_written == date(2024, 5, 16)
    assert letter.date_published == date(2024, 6, 1)
    assert letter.warnings == ()
    assert letter.body.startswith("程秋禾委员：")
    assert letter.body.endswith("2024年5月16日")


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_labels_find_their_values_above_the_article(form: str) -> None:
    is_read(read(form))


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_labels_find_their_values_inside_its_container(form: str) -> None:
    is_read(inside(form))


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_labels_may_be_spaced_out(form: str) -> None:
    spaced = form.replace("索引号", "索&ensp;引　号").replace("发文字号", "文　　号")
    is_read(read(spaced))


def test_text_of_an_element_that_holds_the_article_too_is_read() -> None:
    labels = each("<b>{label}：</b>{value}<br>")
    page = f"<body><div class='main'><p>首页</p>{labels}{BODY}</div></body>"
    is_read(read_page(page.encode(), "http://wh.example.gov.cn/a/1.html").letter)


def test_weak_labels_need_metadata_beside_them() -> None:
    number = "<dl><dt>文件编号</dt><dd>柳文函〔2024〕12号</dd></dl>"
    assert read(number).document_number is None
    assert read(f"<dl><dt>索引号</dt><dd>{INDEX}</dd></dl>{number}").document_number is not None


def test_a_label_beside_a_menu_takes_nothing_from_it() -> None:
    menu = "<div><a href='/'>首页</a><a href='/b'>政务公开</a></div>"
    letter = read(f"{menu}<p><b>索引号</b>{INDEX}</p><p><b>发文字号</b></p>{menu}")
    assert letter.index_number == INDEX
    assert letter.document_number is None


def test_bullets_without_labels_are_known_by_their_shape_and_dates_not_at_all() -> None:
    bullets = (INDEX, "柳文函〔2024〕12号", "柳溪市文化局", "2024-05-16", "2024-06-01")
    letter = read(f"<ul>{''.join(f'<li>{bullet}</li>' for bullet in bullets)}</ul>")
    assert letter.index_number == INDEX
    assert letter.document_number == "柳文函〔2024〕12号"
    assert letter.date_written is None
    assert letter.date_published is None


def test_bullets_without_labels_stand_among_labelled_ones() -> None:
    letter = read(
        f"<ul><li>{INDEX}</li><li>柳文函〔2024〕12号</li><li>发布机构：柳溪市文化局</li>"
        "<li>成文日期：2024-05-16</li><li>发布日期：2024-06-01</li></ul>"
    )
    assert (letter.index_number, letter.document_number) == (INDEX, "柳文函〔2024〕12号")
    assert letter.date_written == date(2024, 5, 16)


def test_copies_for_two_devices_that_disagree_are_named_and_the_first_counts() -> None:
    mobile = f"<div style='display:none'><p>索引号：{INDEX}</p><p>发布日期：2024-06-02</p></div>"
    letter = read(each("<li><b>{label}</b>{value}</li>", "<ul>{}</ul>") + mobile)
    assert letter.date_published == date(2024, 6, 1)
    assert letter.warnings == ("date_published: the page prints 2 values: 2024-06-01, 2024-06-02",)


@pytest.mark.parametrize(
    "head",
    [
        '<meta content="2024-06-01 10:19:33" name="PubDate">',
        '<meta name="PubDate" content=""><meta name="pubdate" content="2024-06-01 10:19">',
    ],
)
def test_the_heads_date_may_stand_before_its_name_or_in_a_second_tag(head: str) -> None:
    assert read("", head).date_published == date(2024, 6, 1)


def test_an_empty_date_in_the_head_is_none() -> None:
    assert read("", '<meta name="PubDate" content="">').date_published is None


@pytest.mark.parametrize(
    "sentence",
    [
        "<p><b>发布机构</b>应当及时更新<b>索引号</b>的编制规则。</p>",
        "<p>索引号的编制办法另行公布</p>",
        "<p>发布日期 另行通知的事项</p>",
    ],
)
def test_a_sentence_about_labels_is_no_metadata(sentence: str) -> None:
    letter = inside(sentence)
    assert (letter.index_number, letter.date_published) == (None, None)
    assert letter.issuing_agency == "柳溪市文化局"


def test_the_work_on_a_page_of_nothing_but_labels_is_bounded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reads = 0

    def counted(element: Element) -> list[Line]:
        nonlocal reads
        reads += 1
        return read_lines(element)

    monkeypatch.setattr(surroundings, "read_lines", counted)
    page = parse("<body>" + "<div><b>索引号</b></div><hr>" * 20_000 + "</body>")
    surroundings.metadata_groups(page, (), None, label_table())
    assert 0 < reads <= 20 * 61  # places, each with those beside it


GLUED = {
    "spans without a blank": "<div>{}</div>".format(
        "".join(
            f"<span>{label}：{value}</span>"
            for label, value in (
                ("发布机构", "柳溪市文化局"),
                ("索引号", INDEX),
                ("栏目", "建议提案"),
                ("文号", "柳文函〔2024〕12号"),
                ("发布日期", "2024-06-01"),
            )
        )
    ),
    "a number and a label in one text": (
        f"<p>发布机构：柳溪市文化局 索引号：{INDEX}栏目：建议提案 "
        "文号：柳文函〔2024〕12号类别：公开 发布日期：2024-06-01</p>"
    ),
    "unknown labels first in a line": (
        "<p>承办单位：市文物所 栏目：建议提案 发布机构：柳溪市文化局 "
        f"索引号：{INDEX} 文号：柳文函〔2024〕12号 发布日期：2024-06-01</p>"
    ),
    "an unknown label first among cells": (
        f"<table><tr><td>办理单位：市文物所</td><td>索引号：{INDEX}</td>"
        "<td>文号：柳文函〔2024〕12号</td><td>制发机构：柳溪市文化局</td>"
        "<td>发布日期：2024-06-01</td></tr></table>"
    ),
    "an unknown label in a cell of its own": (
        f"<table><tr><td>栏目</td><td>建议提案</td><td>索引号</td><td>{INDEX}</td>"
        "<td>文号</td><td>柳文函〔2024〕12号</td><td>制发机构</td><td>柳溪市文化局</td>"
        "<td>发布日期</td><td>2024-06-01</td></tr></table>"
    ),
}


@pytest.mark.parametrize("around", GLUED.values(), ids=GLUED)
def test_unknown_labels_neither_enter_values_nor_hide_them(around: str) -> None:
    letter = read(around)
    assert letter.index_number == INDEX
    assert letter.document_number == "柳文函〔2024〕12号"
    assert letter.issuing_agency == "柳溪市文化局"
    assert letter.date_published == date(2024, 6, 1)


def test_an_empty_value_ends_before_an_unknown_label() -> None:
    letter = read("<p>索引号：  栏目：建议提案 发布日期：2024-06-01</p>")
    assert letter.index_number is None
    assert letter.date_published == date(2024, 6, 1)


@pytest.mark.parametrize(
    "around",
    [
        "<p>文号：柳文函〔2024〕12号</p>",
        "<dl><dt>文号</dt><dd>柳文函〔2024〕12号</dd></dl>",
        "<table><tr><td>文号</td><td>柳文函〔2024〕12号</td></tr></table>",
    ],
)
def test_a_document_number_may_be_the_only_label_above_a_letter(around: str) -> None:
    assert read(around).document_number == "柳文函〔2024〕12号"
    below = f"<html><body>{BODY}{around}</body></html>".encode()
    cited = read_page(below, "http://wh.example.gov.cn/a/1.html").letter
    assert cited.document_number is None  # another letter's, or a policy's


@pytest.mark.parametrize(
    "around",
    [
        "<dl><dt>{}：</dt><dd>2024-07-09</dd></dl>",
        "<dl><dt>{}：</dt><dd>2024-07-09</dd><dt>公开方式：</dt><dd>主动公开</dd></dl>",
        "<div><div>{}:</div><div>2024-07-09</div></div>",
        "<p>{}：2024-07-09</p>",
        "<dl><dt>{}</dt><dd>2024-07-09</dd><dt>发布日期</dt><dd></dd></dl>",
    ],
)
@pytest.mark.parametrize("label", ["成文日期", "失效日期", "生效日期", "终止日期", "更新时间"])
def test_a_date_beside_another_label_is_no_date_of_publication(label: str, around: str) -> None:
    assert read(around.format(label)).date_published is None
    assert inside(around.format(label)).date_published is None


@pytest.mark.parametrize(
    "around",
    [
        "<div>2024-06-01</div>",
        "<div>时间：2024-06-01</div>",
        "<div>发布时间：</div><div>2024-06-01</div>",
        "<div>更新时间：2024-07-09 发布时间：2024-06-01 10:19</div>",
        "<div>来源：柳溪日报 2024-06-01</div>",
    ],
)
def test_a_date_under_the_title_is_the_date_of_publication(around: str) -> None:
    title = "<h1>关于市政协五届一次会议第0212号提案的复函</h1>"
    assert read(title + around).date_published == date(2024, 6, 1)


def test_a_refused_page_keeps_the_title_that_stands_above_its_text() -> None:
    text = "<p>一、加大投入。各校应当配齐校医。</p><p>二、加强领导。请有关部门落实责任。</p>"
    page = (
        "<html><head><title>柳溪市人民政府</title></head><body><div>柳溪市人民政府</div>"
        "<div>首页 &gt; 建议提案</div><h4 class='bt'>关于配齐校医的建议</h4>"
        f"<div id='zoom'>{text}</div></body></html>"
    )
    letter = read_page(page.encode(), "http://wh.example.gov.cn/a/1.html").letter
    assert not letter.is_letter
    assert letter.title == "关于配齐校医的建议"


@pytest.mark.parametrize(
    "tool", ["<a href='/x'>返回</a>", "[ 返回 ]", "阅读 312 在看 4", "点赞 7 收藏 2"]
)
def test_tools_and_counters_behind_a_letter_are_no_contacts(tool: str) -> None:
    behind = BODY.replace("</div>", f"<hr><p>联系电话：12345678</p><p>{tool}</p></div>")
    page = f"<html><body>{behind}</body></html>"
    letter = read_page(page.encode(), "http://wh.example.gov.cn/a/1.html").letter
    assert letter.contacts == ("联系电话：12345678",)


PIECES = (
    *("<ul><li>", "</li><LI>", "</li></ul>", "<div>", "</div>", "<P>", "<b>", "</b>", "<br>"),
    *("<table><tr><td>", "<td>", "</table>", "<!-- 索引号： -->", "<script>var a='", "'</script>"),
    *("索引号", "索 引　号", "&#32034;引&#21495;", "文号", "文&nbsp; 号", "⽂号", "文", "号"),
    *("发布机构", "［发布日期］", "【体裁分类】", "公开 方式", "来源", "Ｄoc", "doc no"),
    *("：", ":", " ", "\n", "\t", "　", "&emsp;", "\u180e", "\x1c", "某局", "柳文函〔2024〕12号"),
    *("2024-05-01", "承办单位：某局 ", "程秋禾委员：", "正文" * 300, "a" * 3990),
)


def test_labels_in_a_part_that_was_taken_are_not_looked_for() -> None:
    page = parse("<div><p><b>索引号</b>：1</p><p><b>发布机构</b>：某局</p></div><p>索引号：2</p>")
    body = next(page.iter("body"))
    taken: set[Element] = set()
    found: list[str | None] = []
    for part in telling_parts.telling_parts(body, taken, set(), label_table()):
        for each in telling_parts.labelled_elements(part, taken, label_table()):
            found.append(each.text)
            taken.add(part.element)
    assert found == ["索引号", "索引号：2"]


@pytest.mark.parametrize("label", ["文号", "印发文号", "索 引　号", "⽂号", "发布日期"])
@pytest.mark.parametrize("before", ["", "政务公开" * 200])
def test_a_label_is_found_in_a_part_however_long(label: str, before: str) -> None:
    body = parse(f"<div>{before}<b>{label}</b></div><div>{before}公开目录</div>").find("body")
    assert body is not None
    parts = telling_parts.telling_parts(body, set(), set(), label_table())
    assert [part.element for part in parts] == [body[0]]


@pytest.mark.parametrize("letter", ["A", "Ａ"])
def test_a_label_of_a_portals_own_may_be_one_character(letter: str) -> None:
    body = parse(f"<div><b>{letter}</b>：某局</div><div>别的</div>").find("body")
    assert body is not None
    table = label_table((("A", "issuing_agency"),))
    parts = telling_parts.telling_parts(body, set(), set(), table)
    assert [part.element for part in parts if not part.is_around] == [body[0]]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=24))
def test_a_look_at_all_the_text_of_a_part_misses_no_label(pieces: list[str]) -> None:
    table = label_table((("Doc No", "document_number"),))
    body = next(parse("".join(pieces)).iter("body"), None)
    if body is None:
        return
    labelled = labels_in(body, table)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(telling_parts, "_holds_label", lambda text, table: True)
        assert labelled == labels_in(body, table)


def labels_in(body: Element, table: LabelTable) -> list[Element]:
    parts = telling_parts.telling_parts(body, set(), set(), table)
    return [each for part in parts for each in telling_parts.labelled_elements(part, set(), table)]
