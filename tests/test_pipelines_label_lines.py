"""Metadata is read in every shape portals print it, and a letter's own form is not metadata."""

from __future__ import annotations

import pytest

from pipelines.page.metadata.label_lines import parse_label_line
from pipelines.page.metadata.label_runs import find_groups
from pipelines.page.metadata.labels import label_table
from pipelines.page.metadata.values import MetadataValues

TABLE = label_table()
VALUES = {
    "index_number": ("11990000MB0X12345A/2024-00031",),
    "document_number": ("云林函〔2024〕66号",),
    "genre_category": ("政协提案办理;人大建议办理",),
    "issuing_agency": ("市林业局",),
    "date_published": ("2024-09-30",),
}
SHAPES = {
    "brackets": [
        "[ 索引号 ] 11990000MB0X12345A/2024-00031 [ 发文字号 ] 云林函〔2024〕66号",
        "[ 主题分类 ] [ 体裁分类 ] 政协提案办理;人大建议办理",
        "[ 发布机构 ] 市林业局",
        "[ 成文日期 ] [ 发布日期 ] 2024-09-30",
    ],
    "printed twice": [
        "【索引号】11990000MB0X12345A/2024-00031 【发文字号】云林函〔2024〕66号",
        "【体裁分类】政协提案办理;人大建议办理 【发布机构】市林业局",
        "【索引号】11990000MB0X12345A/2024-00031",
        "【发布日期】2024-09-30",
    ],
    "two labels at once": [
        "索引号：11990000MB0X12345A/2024-00031 备注/文号：云林函〔2024〕66号",
        "体裁分类：政协提案办理;人大建议办理 发布机构：市林业局 发布日期：2024-09-30",
    ],
    "rows": [
        "索 引 号：\t11990000MB0X12345A/2024-00031\t文　　号：\t云林函〔2024〕66号",
        "主题分类\t\t体裁分类\t政协提案办理;人大建议办理",
        "发文机关\t市林业局\t公开日期\t2024-09-30",
    ],
    "colons": [
        "·索引号：11990000MB0X12345A/2024-00031",
        "·文　号：云林函〔2024〕66号",
        "·体裁分类：政协提案办理;人大建议办理　发布单位：市林业局",
        "·公开日期：2024-09-30 来源：办公室",
    ],
    "label over value": [
        "索引号",
        "11990000MB0X12345A/2024-00031",
        "发文字号",
        "云林函〔2024〕66号",
        "主题分类",
        "体裁分类",
        "政协提案办理;人大建议办理",
        "发布机构",
        "市林业局",
        "发布日期",
        "2024-09-30",
    ],
}


def gathered(texts: list[str]) -> MetadataValues:
    values = MetadataValues(TABLE)
    for group in find_groups(texts, TABLE):
        assert group.strong
        values.add(group.pairs)
    return values


@pytest.mark.parametrize("texts", SHAPES.values(), ids=SHAPES.keys())
def test_every_shape_gives_the_same_values(texts: list[str]) -> None:
    values = gathered(texts)
    assert values.by_key() == VALUES
    assert values.conflicts() == ()


def test_an_empty_last_label_does_not_swallow_the_title() -> None:
    (group,) = find_groups(
        ["[ 索引号 ] LH07/2023-0412", "[ 发布日期 ]", "关于第3号提案的复函"], TABLE
    )
    assert group.pairs == (("索引号", "LH07/2023-0412"), ("发布日期", ""))


def test_copies_that_disagree_are_named() -> None:
    values = gathered(["[ 索引号 ] LH07/2023-0412", "[ 索引号 ] LH07/2023-0413"])
    assert values.by_key()["index_number"] == ("LH07/2023-0412", "LH07/2023-0413")
    assert values.conflicts() == (
        "index_number: the page prints 2 values: LH07/2023-0412, LH07/2023-0413",
    )


def test_a_date_with_its_time_does_not_disagree_with_the_date() -> None:
    values = gathered(["[ 发布日期 ] 2024-09-30", "[ 发布日期 ] 2024-09-30 10:21 办公室"])
    assert values.by_key() == {"date_published": ("2024-09-30",)}
    assert values.conflicts() == ()


def test_the_issuing_agency_is_not_the_responsible_section() -> None:
    values = gathered(["责任部门：办公室", "发布机构：市林业局"])
    assert values.by_key()["issuing_agency"] == ("市林业局", "办公室")


def test_placeholders_are_no_values() -> None:
    assert gathered(["索引号：无　发文字号：——　发布机构：市林业局"]).by_key() == {
        "issuing_agency": ("市林业局",)
    }


@pytest.mark.parametrize(
    "text",
    [
        "办理结果\tA",
        "我局发布机构：市林业局等名单",
        "市林业局索引号管理办法",
        "经查，该文发文字号为云林函〔2024〕66号。",
        "联系人：程某",
    ],
)
def test_a_letters_own_lines_are_no_label_lines(text: str) -> None:
    assert parse_label_line(text, TABLE) is None


def test_a_form_with_a_title_alone_is_weak() -> None:
    (group,) = find_groups(["标题\t关于延长开放时间的建议\t日期\t5月"], TABLE)
    assert not group.strong


def test_a_portals_own_labels_count_in_every_shape() -> None:
    table = label_table((("文 件 号", "document_number"), ("办件编号", "submission_number")))
    assert table.keys["文件号"] == "document_number"
    for text in ("办 件 编 号：0031", "[办件编号] 0031", "办件编号\t0031"):
        (group,) = find_groups([text], table)
        assert group.strong
        assert group.pairs == (("办件编号", "0031"),)
