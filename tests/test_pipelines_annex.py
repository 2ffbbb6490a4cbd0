"""The annex printed behind a letter's date: which lines are it, and what stays where it was."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.compare import compare_letters
from pipelines.letter.account import tell_blocks_apart
from pipelines.letter.letter import parse_letter
from pipelines.parts import PageParts
from pipelines.read import explain_page
from storage.records import Attachment, Block, FigureChange, ReplyLetter, Significance

LETTER = (
    "陆明远委员：",
    "您提出的《关于增加养老床位的建议》（第0123号）收悉。现答复如下：",
    "我局已编制养老服务设施规划，任务见附件。",
    "白石市民政局",
    "2024年5月16日",
)
TABLE = (
    "任务\t目标\t完成时限",
    "新建养老床位\t5000张\t2025年12月",
    "改造社区食堂\t120个\t2025年10月",
)
CONTACT = "联系人：王某，电话：1234567"


def behind(*lines: str, files: tuple[str, ...] = ()) -> ReplyLetter:
    attachments = tuple(Attachment(name, f"https://x.example/{name}") for name in files)
    letter = parse_letter(PageParts(lines=(*LETTER, *lines), attachments=attachments))
    assert letter.body == "\n".join(LETTER)
    return letter


@pytest.mark.parametrize(
    "annex",
    [
        ("附件", "2025年重点任务清单", *TABLE),
        ("附件1", "2025年重点任务清单", *TABLE, "附件2", "责任分工", "市民政局负责统筹。"),
        ("附件1：", "2025年重点任务清单", *TABLE),
        ("附件：2025年重点任务清单", *TABLE),
        ("附件1：2025年重点任务清单", "（单位：张、个）", *TABLE),
        ("附表：任务分解", *TABLE),
        ("附件1 重点任务清单", *TABLE),
        ("附件2   重点任务清单", *TABLE),
        ("（附件一）", "重点任务清单", *TABLE),
        ("附件1-2", "重点任务清单", *TABLE),
        ("附 件 1", "重点任务清单", *TABLE),
        ("附件1", "印发实施方案", "主动公开办理结果。", "满意度达到95%以上"),
        ("附件：工作要求", "加强领导。", "落实责任。"),
        ("附件：重点任务清单", "1.新建养老床位5000张", "2.改造社区食堂120个"),
        ("附件1：重点任务清单", "一、新建养老床位5000张；", "二、改造社区食堂120个。"),
        ("附件：重点任务说明", "2025年底前，全市新建养老床位5000张。", "其中城区3000张。"),
        ("附件", "总体要求", "加强领导。", "牵头单位：市民政局；配合单位：市财政局。"),
        ("附件", "任务表", *TABLE, "白石市民政局", "2024年5月10日"),
        ("附件：委员提案原文", "关于增加养老床位的建议", "我市养老床位不足。建议增加。"),
        ("附件", "机构名单", "联系人\t电话\t地址", "城东站\t1234567\t东街1号"),
        ("附录", "名词解释", "嵌入式养老：指在社区内就近养老。"),
    ],
)
def test_what_is_printed_under_an_annex_s_heading_is_the_annex(annex: tuple[str, ...]) -> None:
    letter = behind(*annex)
    assert letter.annex == annex
    assert (letter.contacts, letter.warnings) == ((), ())


@pytest.mark.parametrize(
    "contacts",
    [
        ("附件：1.改造清单", "2.任务表"),
        ("附件：", "1.改造清单", "2.任务表"),
        ("附件1：改造清单", "附件2：任务表"),
        ("附件：改造清单",),
        ("附件：征询意见表", "对办理态度\t满意□ 不满意□"),
        ("提案办理情况征询意见表", "委员姓名\t陆明远", "满意□ 不满意□"),
        ("回  执", "您对本答复的意见：满意□ 基本满意□ 不满意□"),
        ("信息公开形式：主动公开",),
        ("抄送：市政府办公厅，市政协提案委。",),
    ],
)
def test_lists_of_files_receipts_and_notes_stay_contacts(contacts: tuple[str, ...]) -> None:
    letter = behind(*contacts)
    assert letter.contacts == contacts
    assert letter.annex == ()


@pytest.mark.parametrize(
    "notes",
    [
        (CONTACT,),
        ("（此件公开发布）",),
        ("公开形式：主动公开", CONTACT),
        ("抄送：市政府办公厅，市政协提案委。", "白石市民政局办公室 2024年5月17日印发"),
        ("回  执", "您对本答复的意见：满意□ 基本满意□ 不满意□"),
        ("提案办理征询意见表", "对办理态度\t满意□\t不满意□"),
    ],
)
def test_notes_and_receipts_behind_an_annex_are_no_part_of_it(notes: tuple[str, ...]) -> None:
    letter = behind("附件1", "重点任务清单", *TABLE, *notes)
    assert letter.annex == ("附件1", "重点任务清单", *TABLE)
    assert letter.contacts == notes


@pytest.mark.parametrize(
    "furniture",
    [
        ("扫一扫在手机打开当前页", "某某发布"),
        ("— END —", "长按二维码关注", "知道了"),
        ("分享到：微信 微博",),
        ("阅读 1024", "在看 3"),
        ("相关阅读：", "关于市政协第11号提案的复函", "2024-07-02"),
        ("【打印】【关闭】",),
        ("关于市政协第0124号提案的复函", "关于市政协第0125号提案的复函"),
    ],
)
def test_what_a_page_prints_behind_an_annex_is_no_part_of_it(furniture: tuple[str, ...]) -> None:
    letter = behind("附件1", "重点任务清单", *TABLE, *furniture)
    assert letter.annex == ("附件1", "重点任务清单", *TABLE)
    assert letter.contacts == ()


@pytest.mark.parametrize(
    ("lines", "files"),
    [
        (("附件",), ()),
        (("附件1", "附件2"), ()),
        (("附件", "任务清单.docx"), ("任务清单.docx",)),
        (
            ("附件：任务清单.docx", "某某发布微信公众号每天向您介绍本市新闻。" * 4),
            ("任务清单.docx",),
        ),
        (("附件1",), ("附件1",)),
    ],
)
def test_a_heading_of_linked_files_alone_is_no_annex(
    lines: tuple[str, ...], files: tuple[str, ...]
) -> None:
    assert behind(*lines, files=files).annex == ()


def test_a_receipt_under_the_heading_is_no_annex() -> None:
    receipt = ("提案办理情况征询意见表", "委员姓名\t陆明远", "满意□ 不满意□")
    letter = behind("附件1", *receipt)
    assert (letter.annex, letter.contacts) == ((), receipt)


def test_a_link_and_a_heading_may_have_the_same_name() -> None:
    assert behind("附件", *TABLE, files=("附件",)).annex == ("附件", *TABLE)


def test_an_annex_before_the_date_stays_in_the_body() -> None:
    lines = (*LETTER[:3], "附件", *TABLE, *LETTER[3:])
    letter = parse_letter(PageParts(lines=lines))
    assert letter.body == "\n".join(lines)
    assert letter.annex == ()


def test_the_list_before_the_annexes_stays_a_list() -> None:
    letter = behind("附件：1.任务清单", "2.责任分工", "附件1", "任务清单", *TABLE)
    assert letter.contacts == ("附件：1.任务清单", "2.责任分工")
    assert letter.annex == ("附件1", "任务清单", *TABLE)


def test_account_names_the_annex() -> None:
    annex = ("附件1", "重点任务清单", *TABLE)
    letter = behind(*annex, CONTACT)
    blocks = [Block(text, True, "body") for text in (*LETTER, *annex, CONTACT)]
    told = list(tell_blocks_apart(blocks, letter))
    assert [b.rule for b in told] == [*["body"] * 5, *["annex"] * 5, "contacts"]
    assert all(block.kept for block in told)


def test_a_page_s_table_behind_the_date_gives_its_rows() -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in LETTER)
    rows = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split(chr(9)))}</tr>" for row in TABLE
    )
    page = (
        f"<html><head><title>关于市政协第0123号提案的复函</title></head><body>"
        f"<h1>关于市政协第0123号提案的复函</h1><div class='TRS_Editor'>{paragraphs}"
        f"<p>附件</p><table>{rows}</table></div></body></html>"
    )
    reading = explain_page(page.encode(), "https://mzj.example.gov.cn/t20240516_1.html")
    assert reading.letter.annex == ("附件", *TABLE)
    assert [b.text for b in reading.blocks if b.rule == "annex"] == ["附件", *TABLE]


def test_an_edit_of_an_annex_is_substance_and_its_figures_are_told() -> None:
    edited = [line.replace("5000张", "500张").replace("2025年12月", "2027年12月") for line in TABLE]
    change = compare_letters(behind("附件", *TABLE), behind("附件", *edited))
    assert change is not None
    assert change.significance is Significance.SUBSTANCE
    assert [field.field for field in change.fields] == ["annex"]
    assert change.fields[0].before == ["附件", *TABLE]
    assert change.figures == (
        FigureChange("5000张", "500张"),
        FigureChange("2025年12月", "2027年12月"),
    )
    assert [text for sign, text in change.diff if sign != "="] == ["0", "5", "7"]


def test_an_annex_set_otherwise_is_typography() -> None:
    before = behind("附件", "说明", "市民政局（牵头）负责统筹。")
    after = behind("附件", "说明", "市民政局(牵头)负责统筹。")
    change = compare_letters(before, after)
    assert change is not None and change.significance is Significance.TYPOGRAPHY


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *("附件", "附件1：", "附件1：清单", "附件：1.清单", "附表", "1.任务", "改造清单"),
                *(
                    "一\t二",
                    "抄送：某局",
                    "联系人：王某",
                    "回执",
                    "关于第2号提案的复函",
                    "甲" * 400,
                ),
                *("（此件公开发布）", "相关阅读：", "— END —", "2024年5月1日", "白石市民政局"),
            ]
        ),
        max_size=12,
    )
)
def test_every_line_behind_the_date_is_in_one_place_at_most(lines: list[str]) -> None:
    letter = parse_letter(PageParts(lines=(*LETTER, *lines)))
    told = Counter([*letter.body.split("\n"), *letter.contacts, *letter.annex])
    assert told <= Counter([*LETTER, *lines])
