"""Offices of every kind: as helpers in each wording of the opening, and as the one that signs."""

from __future__ import annotations

import pytest

from pipelines.letter.letter import parse_letter
from pipelines.parts import PageParts
from storage.records import ReplyLetter

_KINDS = """
高新区管委会 市供销合作社联合社 市城市建设投资集团有限公司 市城投集团 国网白石供电公司 黄委会
国家金融监督管理总局白石监管分局 白石银保监分局 白石海关 市中级人民法院 市人民检察院 团市委
共青团白石市委员会 市残联 市妇联 市总工会 白石军分区 县人武部 南山街道办事处 南山街道
翠屏镇人民政府 白云乡 市消防救援支队 武警白石支队 国家税务总局白石市税务局 市通信发展办公室
中国铁塔白石分公司 人民银行白石市分行 市农商行 市委统战部 市委编办 市委党校 市人大法工委
市公共资源交易中心 市广播电视台 市侨联 市台联 市工商联 市贸促会 市红十字会 市慈善总会 市体育总会
市律师协会 市第一人民医院 白石大学 市第一中学 长江水利委员会 国家统计局白石调查队 共青团中央
全国妇联 中国残联 中央军委后勤保障部 国务院国资委 国铁集团 兵团教育局 第八师水利局 盟行署
"""
KINDS = _KINDS.split()
WORDINGS = [
    "经商市财政局、{}、市教育局，现答复如下：",
    "现商市财政局、{}、市教育局答复如下：",
    "我局会同市财政局、{}、市教育局进行了研究，现答复如下：",
    "由我局主办，市财政局、{}、市教育局协助办理，现答复如下：",
    "结合市财政局、{}、市教育局会办意见，现答复如下：",
    "经与市财政局、{}、市教育局等单位共同研究，现答复如下：",
    "我局商市财政局、{}、市教育局研究，现答复如下：",
    "经研究，并会市财政局、{}、市教育局，现答复如下：",
    "我局会同会办单位市财政局、{}、市教育局认真研究，现答复如下：",
    "按照市财政局、{}、市教育局会办意见，现答复如下：",
]
HELPERS = [
    ("经我局商市财政局并报市政府同意，", ["市财政局"]),
    ("经与市教育局、各县（市、区）人民政府会商，", ["市教育局", "各县（市、区）人民政府"]),
    ("经商经开区、市财政局，", ["经开区", "市财政局"]),
    ("我局组织专题会，邀请市财政局、市住建局参加，", ["市财政局", "市住建局"]),
    ("我局专门与市财政局、市住建局进行了对接，", ["市财政局", "市住建局"]),
    ("参考市财政局、市住建局反馈意见，", ["市财政局", "市住建局"]),
    ("根据会办单位意见和市财政局意见，", []),
    ("结合各会办单位意见，", []),
    ("我局商务科认真研究，", []),
]


def letter_of(
    opening: str = "现答复如下：", end: tuple[str, ...] = ("白石市水利局", "2024年5月16日")
) -> ReplyLetter:
    lines = (
        "关于市政协五届二次会议第0123号提案的复函",
        "陆明远委员：",
        f"您提出的《关于改善供暖条件的提案》收悉。{opening}",
        "我局已完成全部管网改造。",
        *end,
    )
    return parse_letter(PageParts(lines=lines))


@pytest.mark.parametrize("office", KINDS)
def test_office_of_any_kind_helps_in_any_wording(office: str) -> None:
    for wording in WORDINGS:
        letter = letter_of(wording.format(office))
        assert letter.is_letter, wording
        assert letter.co_handling_agencies == ("市财政局", office, "市教育局"), wording


@pytest.mark.parametrize("office", KINDS)
def test_office_of_any_kind_signs(office: str) -> None:
    letter = letter_of(end=(office, "2024年5月16日"))
    assert letter.issuing_agency == office
    assert letter.body.endswith(f"{office}\n2024年5月16日")


@pytest.mark.parametrize(("words", "helpers"), HELPERS)
def test_helpers_in_other_words(words: str, helpers: list[str]) -> None:
    assert list(letter_of(f"{words}现答复如下：").co_handling_agencies) == helpers


@pytest.mark.parametrize(
    ("lines", "agency"),
    [
        (("白石市市场监督管理局", "（白石市知识产权局）"), "白石市市场监督管理局"),
        (("白石市住房和城乡建设局", "白石市财政局"), "白石市住房和城乡建设局 白石市财政局"),
        (("白石市水利局。",), "白石市水利局"),
        (("白石市水利局：",), "白石市水利局"),
        (("中国移动白石",), "中国移动白石"),
        (("特此函复",), None),
        (("祝您工作顺利",), None),
        (("全市建成健身中心。",), None),
        (("欧阳建国",), None),
    ],
)
def test_what_stands_over_the_date(lines: tuple[str, ...], agency: str | None) -> None:
    letter = letter_of(end=(*lines, "2024年5月16日"))
    assert letter.issuing_agency == agency
    assert str(letter.date_signed) == "2024-05-16"
    assert letter.body.endswith("\n".join((*lines, "2024年5月16日")))
