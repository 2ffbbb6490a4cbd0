"""A page's text as a corpus kept it gives the same parts as the page would."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.page.plain import plain_parts
from pipelines.read import read_text

SEEDS = Path(__file__).parent.parent.parent / "shared" / "seeds"

KEPT = """中国政府网 云岭市人民政府网

您当前的位置: 首页>政务公开>建议提案办理复函

[ 索引号 ] 11990000MB0X12345A/2024-00031 [ 发文字号 ]
[ 主题分类 ] 农业、林业 [ 体裁分类 ] 政协提案办理
[ 成文日期 ] 2024-09-28 [ 发布日期 ] 2024-09-30
[ 索引号 ] 11990000MB0X12345A/2024-00031
[ 发布机构 ] 市林业局

云岭市林业局
关于市政协三届四次会议第0157号提案答复的函

日期:2024-09-30

苏 禾委员:

你们提出的《关于补种乡土树种的提案》(第0157号)收悉。微信群每日打卡,现答复如下:

一、工作情况

已补种1.2万亩。

云岭市林业局

2024年9月26日

扫一扫在手机打开当前页

微信

"六稳""六保"
线索征集"""


def test_furniture_title_and_metadata_leave_the_letter() -> None:
    parts = plain_parts(KEPT)
    assert parts.lines == (
        "苏 禾委员:",
        "你们提出的《关于补种乡土树种的提案》(第0157号)收悉。微信群每日打卡,现答复如下:",
        "一、工作情况",
        "已补种1.2万亩。",
        "云岭市林业局",
        "2024年9月26日",
    )
    assert parts.titles == ("云岭市林业局关于市政协三届四次会议第0157号提案答复的函",)
    assert parts.metadata == {
        "index_number": ("11990000MB0X12345A/2024-00031",),
        "subject_category": ("农业、林业",),
        "genre_category": ("政协提案办理",),
        "issuing_agency": ("市林业局",),
        "date_written": ("2024-09-28",),
        "date_published": ("2024-09-30",),
    }
    assert parts.refusal is None


def test_a_letter_on_one_line_keeps_its_blanks() -> None:
    title = "关于市六届人大三次会议第0619号建议的复函"
    line = "杨 帆代表:   您提出的建议收悉。    特此答复。   某局    2017年4月20日   邮 编:000000"
    parts = plain_parts(
        f"关于市六届人大三次会议第0619号建议的复函\n\n09.07.2017  20:49\n  {line}　 \n"
    )
    assert parts.lines == (line,)
    assert parts.titles == (title,)
    assert [block.rule for block in parts.blocks] == ["title", "time-stamp", "body"]
    assert not parts.metadata


def test_a_text_without_title_has_none() -> None:
    assert plain_parts("陈某代表:\n你提出的建议收悉。\n某局\n2023年3月17日").titles == ()


def test_nothing_but_furniture_is_unreadable() -> None:
    assert plain_parts("微信\n微博\n").refusal == "unreadable: no article text found"
    assert plain_parts("").refusal == "unreadable: no article text found"


HEAD_OF_SITE = """国家龙门渡口委员会

今天是2024年3月5日 星期二

首页

机构概况

您的位置：首页 > 政务公开 > 建议提案

"""
TITLE = "关于县政协十一届三次会议第036号提案的答复"
LETTER = """

来源：某某委员会发布时间：2023-06-01 09:00访问量：312

赵文博委员：

您提出的《关于修缮渡口的提案》收悉。现答复如下：已完成。

国家龙门渡口委员会

2023年5月18日"""


def test_a_sites_name_is_neither_salutation_nor_title() -> None:
    letter = read_text(HEAD_OF_SITE + TITLE + LETTER, "https://a.example/1").letter
    assert (letter.title, letter.addressees) == (TITLE, ("赵文博",))
    assert letter.body.startswith("赵文博委员：")


def test_labels_on_lines_of_their_own_are_metadata_known_or_not() -> None:
    labels = (
        "索 引 号\n11340000002986061N/202306-00123\n版别：\n甲版\n概 述：\n标题\n"
        f"{TITLE}\n文号\n清水函〔2023〕5号\n发布日期\n2023-06-01\n关键词\n"
    )
    letter = read_text(HEAD_OF_SITE + labels + TITLE + LETTER, "https://a.example/1").letter
    assert letter.index_number == "11340000002986061N/202306-00123"
    assert letter.document_number == "清水函〔2023〕5号"
    assert str(letter.date_published) == "2023-06-01"
    assert (letter.title, letter.addressees) == (TITLE, ("赵文博",))


def test_a_value_ends_before_the_next_label_known_or_not() -> None:
    labels = "索引号: 007241890/2023-00311 版别: 甲版\n发布机构: 清河县水利局 归口: 乙\n"
    parts = plain_parts(labels + TITLE + LETTER)
    assert parts.metadata["index_number"] == ("007241890/2023-00311",)
    assert parts.metadata["issuing_agency"] == ("清河县水利局",)


def test_titles_below_a_related_heading_are_no_text() -> None:
    tail = "\n相关链接：\n关于县政协十一届三次会议第037号提案的答复\n关于我们 | 网站地图"
    lines = plain_parts(TITLE + LETTER + tail).lines
    assert lines[-1] == "2023年5月18日"


def test_the_line_above_the_date_is_the_title_of_what_is_no_letter() -> None:
    text = f"{HEAD_OF_SITE}全县水利工作会议召开\n\n发布时间：2023-06-01\n\n会议总结了工作。"
    assert read_text(text, "https://a.example/1").letter.title == "全县水利工作会议召开"


@given(st.text(alphabet=st.characters(), max_size=400))
def test_any_text_is_accounted_for_without_an_error(text: str) -> None:
    parts = plain_parts(text)
    kept = [block.text for block in parts.blocks if block.rule == "body"]
    assert kept == list(parts.lines)
    assert all(line and line == line.strip() and "\n" not in line for line in parts.lines)


def seeds() -> list[str]:
    return sorted(json.loads((SEEDS / "gold.json").read_text("utf-8"))) if SEEDS.is_dir() else []


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the letters of ../shared/seeds are not here")
@pytest.mark.parametrize("name", seeds())
def test_the_real_letters_come_out_clean(name: str) -> None:
    gold = json.loads((SEEDS / "gold.json").read_text("utf-8"))[name]
    parts = plain_parts((SEEDS / name).read_text("utf-8"))
    text = "\n".join(parts.lines)
    assert parts.titles[:1] == ((gold["title"],) if gold["title"] else ())
    assert text.startswith(gold["body_starts"])
    body = text[: text.index(gold["body_ends"]) + len(gold["body_ends"])]
    assert not [word for word in gold["not_in_body"] if word in body]
    for key in ("index_number", "document_number", "subject_category", "genre_category"):
        assert parts.metadata.get(key, (None,)) == (gold[key],)
