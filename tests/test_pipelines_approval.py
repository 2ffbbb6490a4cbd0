"""The class an office gives its reply and who approved it, in all the places they are printed."""

from __future__ import annotations

import pytest

from pipelines.letter.account import tell_blocks_apart
from pipelines.letter.letter import parse_letter
from pipelines.parts import PageParts
from storage.records import Block, ReplyLetter

TITLE = "关于市政协五届二次会议第0123号提案的复函"
SIGNED = ("白石市水利局", "2024年5月16日")
CLASS_IN_THE_HEAD = [
    ("办复类别:B类", "B"),
    ("类别:C", "C"),
    ("办理结果:(C)", "C"),
    ("A类）", "A"),
    ("B1类", "B1"),
    ("A", "A"),
    ("（A类，同意公开）", "A"),
    ("（A类，可以公开）", "A"),
    ("类别标记：A", "A"),
    ("办理类型：A1", "A1"),
    ("办理结果：☑A □B □C", "A"),
    ("办理结果：A□ B☑ C□", "B"),
    ("办理结果：A（√） B（ ） C（ ）", "A"),
    ("办理结果：已解决（A）", "A"),
    ("A类-主动公开", "A"),
    ("【A类】", "A"),
    ("办理类别：Ａ类", "A"),
    ("类别：Ａ", "A"),
    ("公开属性：主动公开   类别：B", "B"),
    ("答复类别：“A”类", "A"),
    ("分类：A", "A"),
    ("办结类别（A、B、C、D）：B", "B"),
    ("办理结果：“B”", "B"),
    ("答复分类：A2", "A2"),
    ("B 类", "B"),
    ("（Ｂ）", "B"),
    ("[A]", "A"),
    ("【A】白水函〔2024〕5号", "A"),
    ("白水函〔2024〕5号【A】", "A"),
    ("是否公开：是  办理类别：A", "A"),
    ("解决程度：B", "B"),
    ("建议类别：A", "A"),
    ("办理结果分类:C类", "C"),
    ("承诺类别：B", "B"),
    ("（A）  白水函〔2024〕5号", "A"),
    ("白水函〔2024〕5号  A类", "A"),
    ("白水函〔2024〕5号（A）", "A"),
    ("A类件", "A"),
    ("办理情况：A类（已解决）", "A"),
    ("类别号标记：A", "A"),
    ("类 别：A", "A"),
    ("标记：A", "A"),
    ("办理结果：A类，公开", "A"),
    ("处理结果：B类", "B"),
    ("A级", None),
    ("5A级景区建设", None),
    ("公开类别：A", "A"),
    ("C类建议", "C"),
    ("办理结果：甲类", None),
    ("编号：A123", None),
    ("类别：AB", None),
    ("密级：A", None),
]
CLASS_IN_THE_TITLE = [
    ("（A类）", "A"),
    ("(B)", "B"),
    ("【A】", "A"),
    ("（A类，公开）", "A"),
    (" B类", "B"),
    ("", None),
]
NO_CLASS = [
    "全市共有三甲医院5家，A级景区12家。",
    "B类企业达到30家。",
    "A类：重点企业；B类：一般企业。",
    "企业分为A类、B类、C类三类管理。",
    "按照A、B、C三个类别实行分类管理。",
    "纳税信用等级为A级的企业达300家。",
    "学科评估结果：A类学科3个",
    "评估结果：A",
    "等级：A\t数量：3",
    "类别\tA\tB",
    "类别\tA类企业\tB类企业",
]
SIGNATORY_IN_THE_HEAD = [
    ("签发人：李  四    办理结果：A", "李四"),
    ("签发人：李四    办理结果：A", "李四"),
    ("办理结果：A          签发人：李　四", "李四"),
    ("白水函〔2024〕5号          签发人：李　四", "李四"),
    ("签发人：李四（局长）", "李四"),
    ("签发：李四", "李四"),
    ("领导签发：李四", "李四"),
    ("签发领导：李四", "李四"),
    ("审签领导：李四", "李四"),
    ("审签人：李四", "李四"),
    ("签发人\t李四\t联系人\t王五", "李四"),
    ("签发人\t李 四", "李四"),
    ("签发人：局长", None),
    ("签发人：主要领导", None),
    ("签发人：", None),
    ("签发人：    联系人：王五", None),
    ("签发人：上官云珠", "上官云珠"),
    ("签发人：李四某    2024年5月16日", "李四某"),
    ("签发人：迪丽努尔·买买提", "迪丽努尔·买买提"),
    ("签 发 人：  李  四", "李四"),
    ("签发人：李 四  联系电话：1234567", "李四"),
    ("签发人：李四 联系人：王五", "李四"),
    ("签发人：东方红局长", "东方红"),
    ("领导署名：林志强", "林志强"),
    ("负责人签字：李四", "李四"),
    ("主要负责人（签字）：李四", "李四"),
    ("签批人：李四", "李四"),
    ("批准人：李四", "李四"),
    ("审核人：李四", "李四"),
    ("拟稿人：王五　审核人：赵六　签发人：李四", "李四"),
    ("拟稿人：李四", None),
    ("校对：李四", None),
    ("承办人：李四", None),
    ("审核：李四　编辑：王五", None),
    ("编辑：王五　审核人：李四", None),
    ("二审：李四　三审：王五", None),
]
SIGNATORY_AT_THE_END = [
    ("此复函已经蓝庆华主任审签。对以上答复您有什么意见，请填写在回执上。", "蓝庆华"),
    ("此复函已经蓝庆华审签。", "蓝庆华"),
    ("本答复已经分管副局长张某审定，由局长黄某签发。", "黄某"),
    ("此答复函已经欧阳建国局长审签。", "欧阳建国"),
    ("此复函已经买买提·艾力局长审签。", "买买提·艾力"),
    ("此复函已经阿不都热合曼局长审签。", "阿不都热合曼"),
    ("此复函已经李  四局长审签。", "李四"),
    ("以上答复已报经李四副市长审定。", "李四"),
    ("此件已经市政府副市长李四同志审签。", "李四"),
    ("此答复意见已经李四同志审定同意。", "李四"),
    ("本复函经我局李四局长审定。", "李四"),
    ("此复函已经局党委书记、局长李四同志审签。", "李四"),
    ("该答复已经局长李四审核签发。", "李四"),
    ("此答复经局长李四签批。", "李四"),
    ("此复函由李四局长签发。", "李四"),
    ("（此答复已经李四局长审签）", "李四"),
    ("此复函已经局长办公会审定。", None),
    ("此复函已经局主要领导审签。", None),
    ("此复函已经我局领导审签。", None),
    ("工程变更须经总监理工程师审定签发。", None),
    ("许可证由市局局长签发。", None),
    ("此复函已经李四（局长）审签。", "李四"),
    ("此复函已经李四党组书记审签。", "李四"),
    ("此复函已经市委常委、常务副市长诸葛孔明审签。", "诸葛孔明"),
    ("此复函已经盟长李四审签。", "李四"),
    ("此复函已经李四行长审签。", "李四"),
    ("此复函已经县委副书记、县长李四审定，现予答复。", "李四"),
    ("此复函已由李四局长审签。", "李四"),
    ("此复函已经  李四  局长审签。", "李四"),
]


def reading(
    head: tuple[str, ...] = (),
    body: tuple[str, ...] = (),
    end: tuple[str, ...] = SIGNED,
    title: str = TITLE,
) -> ReplyLetter:
    opening = "您提出的《关于改善供暖条件的建议》（第0123号）收悉。现答复如下："
    lines = (title, *head, "陆明远委员：", opening, "我局已完成全部管网改造。", *body, *end)
    return parse_letter(PageParts(lines=lines))


@pytest.mark.parametrize(("line", "outcome"), CLASS_IN_THE_HEAD)
def test_class_of_a_line_in_the_head(line: str, outcome: str | None) -> None:
    assert reading(head=(line,)).outcome_class == outcome


@pytest.mark.parametrize(("mark", "outcome"), CLASS_IN_THE_TITLE)
def test_class_of_the_title(mark: str, outcome: str | None) -> None:
    assert reading(title=TITLE + mark).outcome_class == outcome


@pytest.mark.parametrize("sentence", NO_CLASS)
def test_classes_of_other_things_are_none_of_the_letters(sentence: str) -> None:
    assert reading(body=(sentence,)).outcome_class is None


@pytest.mark.parametrize(
    "line", ["A", "办理结果：A", "（办理类别：A类）", "类别：A", "办理结果标记：A"]
)
def test_class_behind_the_date_is_read_and_is_no_contact(line: str) -> None:
    letter = reading(end=(*SIGNED, line))
    assert (letter.outcome_class, letter.contacts) == ("A", ())


@pytest.mark.parametrize(
    "sentence",
    ["该提案办理结果为B类。", "根据办理情况，该建议列为B类。", "该件办理类别为B类（留作参考）。"],
)
def test_class_the_letter_states_in_words(sentence: str) -> None:
    assert reading(body=(sentence,)).outcome_class == "B"


def test_account_names_the_line_the_class_was_read_from() -> None:
    letter = reading(head=("办理结果：B",))
    blocks = [
        Block(text, True, "body") for text in (TITLE, "办理结果：B", *letter.body.split("\n"))
    ]
    told = {block.text: block.rule for block in tell_blocks_apart(blocks, letter)}
    assert told["办理结果：B"] == "outcome_class"
    assert told[TITLE] == "title"
    assert told["白石市水利局"] == "body"


@pytest.mark.parametrize(("line", "name"), SIGNATORY_IN_THE_HEAD)
def test_signatory_of_a_line_in_the_head(line: str, name: str | None) -> None:
    assert reading(head=(line,)).signatory == name


@pytest.mark.parametrize(("sentence", "name"), SIGNATORY_AT_THE_END)
def test_signatory_of_the_closing_words(sentence: str, name: str | None) -> None:
    assert reading(body=(sentence,)).signatory == name


@pytest.mark.parametrize(
    "line",
    ["签发人：李四", "审定：李四  联系人：王五", "(审签领导：李四，联系人：王五，电话：1234567)"],
)
def test_signatory_behind_the_date(line: str) -> None:
    assert reading(end=(*SIGNED, line)).signatory == "李四"
