"""Salutation, submission title, assembly and co-handling offices of a letter's first sentences."""

from __future__ import annotations

import pytest

from pipelines.fold import fold
from pipelines.letter.addressees import parse_addressees
from pipelines.letter.agencies import agency_alone
from pipelines.letter.assemblies import find_assembly
from pipelines.letter.letter import parse_letter
from pipelines.letter.quoted import blank_quoted, quoted_names
from pipelines.letter.submission_titles import submission_title
from pipelines.parts import PageParts


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("陆明远委员", ("陆明远",)),
        ("尊敬的陈某某代表", ("陈某某",)),
        ("段红、李青等4位委员", ("段红", "李青")),
        ("汪志等3名代表", ("汪志",)),
        ("魏 岚 朱 立委员", ("魏岚", "朱立")),
        ("魏　岚、朱　立委员", ("魏岚", "朱立")),
        ("王 小 明委员", ("王小明",)),
        ("魏 岚 王小明代表", ("魏岚", "王小明")),
        ("王小明 李四代表", ("王小明", "李四")),
        ("赵丽代表、钱进代表", ("赵丽", "钱进")),
        ("何秀和汪志委员", ("何秀", "汪志")),
        ("何秀兰和汪志强委员", ("何秀兰", "汪志强")),
        ("尊敬的市政协委员王小川", ("王小川",)),
        ("市政协九三学社界别", ("市政协九三学社界别",)),
        ("民盟某县总支", ("民盟某县总支",)),
        ("市政协农业和农村委员会", ("市政协农业和农村委员会",)),
        ("阿依古丽·买买提代表", ("阿依古丽·买买提",)),
        ("陆明远（致公党）委员", ("陆明远",)),
        ("县第十七届人民代表大会第三次会议李强等5名代表", ("李强",)),
        ("各位委员", ()),
    ],
)
def test_addressees_are_names_alone(who: str, names: tuple[str, ...]) -> None:
    assert parse_addressees(who) == names


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("您提出的《关于甲的建议》(第1号)收悉", "关于甲的建议"),
        ("您提出的《关于落实《甲办法》的建议》(第1号)收悉", "关于落实《甲办法》的建议"),
        ("根据《甲办法》,您提出的《关于乙的提案》收悉", "关于乙的提案"),
        ("您提出的“关于甲的建议”(第1号)收悉", "关于甲的建议"),
        ("你提出的“关于发展“专精特新”企业的建议”(第1号)收悉", "关于发展“专精特新”企业的建议"),
        (
            "您提出的“关于发展‘夜经济’的建议”收悉。根据《甲法》规定,现答复如下",
            "关于发展‘夜经济’的建议",
        ),
        ("根据《甲办法》有关规定,现就“关于乙的建议”答复如下", "关于乙的建议"),
        ("你提出的“关于发展“专精特新企业的建议”(第1号)收悉", "关于发展“专精特新企业的建议"),
        ("你提出的关于发展“专精特新”企业的建议收悉", "关于发展“专精特新”企业的建议"),
        ("您提出的“发展低空经济”的建议收悉", "发展低空经济"),
        ("您提出的关于甲的提案(第1号)收悉", "关于甲的提案"),
        ("您提出的《关于甲的建议(第1号)收悉", "关于甲的建议"),
        ('您提出的"关于甲的建议"收悉', "关于甲的建议"),
        ("您的建议收悉", None),
        ("按照“放管服”要求办理", None),
    ],
)
def test_title_of_the_submission(text: str, title: str | None) -> None:
    found = submission_title(text, fold(text), 0, len(text))
    assert (found[0] if found else None) == title


@pytest.mark.parametrize(
    ("text", "assembly"),
    [
        ("关于市政协五届五次会议第0328号提案的复函", "市政协五届五次会议"),
        ("您在市五届人大第五次会议上提出的", "市五届人大第五次会议"),
        ("关于答复市四届人大四次会议第1号建议的函", "市四届人大四次会议"),
        ("对区第十八届人民代表大会第四次会议第8号", "区第十八届人民代表大会第四次会议"),
        ("政协第十四届全国委员会第一次会议第1号", "政协第十四届全国委员会第一次会议"),
        ("对第十六届第一次第8号建议", "第十六届第一次"),
        ("某市教育委员会关于县政协十届二次会议", "县政协十届二次会议"),
        ("市委六届二次全会以来", None),
        ("党的二十届三中全会", None),
        ("无", None),
    ],
)
def test_assembly_as_printed(text: str, assembly: str | None) -> None:
    span = find_assembly(text)
    assert (text[slice(*span)] if span else None) == assembly


def offices(sentence: str) -> tuple[tuple[str, ...], str | None]:
    lines = (
        "陆某某委员：",
        f"您提出的《关于甲的建议》（第1号）收悉。{sentence}现答复如下：",
        "已完成。",
    )
    letter = parse_letter(PageParts(lines=lines))
    return letter.co_handling_agencies, letter.lead_agency


@pytest.mark.parametrize(
    ("sentence", "co_handling"),
    [
        ("经与市教委、市科技局共同研究办理，", ("市教委", "市科技局")),
        (
            "经会同市人力社保局、市经济信息委、市科技局共同研究办理，",
            ("市人力社保局", "市经济信息委", "市科技局"),
        ),
        ("经商财政部、国家发展改革委，", ("财政部", "国家发展改革委")),
        ("会同县财政局和县公安局进行了研究，", ("县财政局", "县公安局")),
        ("经我局会同区公安分局、区城市管理局等单位研究，", ("区公安分局", "区城市管理局")),
        ("经我委与市发展改革委、市财政局等单位共同研究办理，", ("市发展改革委", "市财政局")),
        (
            "经我局商市文化和旅游委、市规划和自然资源局及市公安局，",
            ("市文化和旅游委", "市规划和自然资源局", "市公安局"),
        ),
        ("根据市教委、市财政局的会办意见，", ("市教委", "市财政局")),
        ("经市教委、市财政局共同研究，", ("市教委", "市财政局")),
        ("经商市商务委，", ("市商务委",)),
        ("经研究办理，", ()),
        ("经我局研究办理，", ()),
        ("经商有关部门，", ()),
        ("按照市残疾人联合会要求，经研究，", ()),
        ("根据市财政局文件精神，", ()),
    ],
)
def test_co_handling_offices(sentence: str, co_handling: tuple[str, ...]) -> None:
    assert offices(sentence) == (co_handling, None)


@pytest.mark.parametrize(
    ("sentence", "lead", "co_handling"),
    [
        ("由市教委牵头，会同市科技局研究，", "市教委", ("市科技局",)),
        (
            "该件由市市场监管局主办，市商务局、市公安局协办，",
            "市市场监管局",
            ("市商务局", "市公安局"),
        ),
        ("由我局主办、市交通局会办，", None, ("市交通局",)),
        ("责成市交通局牵头办理，市财政局、市水利局配合。", "市交通局", ("市财政局", "市水利局")),
    ],
)
def test_lead_office_where_printed(
    sentence: str, lead: str | None, co_handling: tuple[str, ...]
) -> None:
    assert offices(sentence) == (co_handling, lead)


@pytest.mark.parametrize(
    "name", ["重庆市教育委员会", "重 庆 市 水 利 局", "某县公安局(盖章)", "市委宣传部"]
)
def test_name_of_an_office_stands_alone(name: str) -> None:
    assert agency_alone(name)


@pytest.mark.parametrize(
    "text", ["感谢您对我局", "一、建设服务中心", "附件", "特此函复", "下一步工作的中心"]
)
def test_sentence_is_no_office(text: str) -> None:
    assert not agency_alone(text)


def test_unbalanced_mark_is_no_structure() -> None:
    text = "计划”89项,《甲《乙》和《丙》"
    assert [quoted.name(text) for quoted in quoted_names(text)] == ["乙", "丙"]
    assert len(blank_quoted(text)) == len(text)


OPENINGS: list[tuple[str, str | None, str | None, str | None, str | None]] = [
    # opening, the submission's title, number, assembly, kind
    (
        "您在市政协十四届三次会议上提出的《关于建设口袋公园的提案》（第0328号、第0411号）收悉，现答复如下：",
        "关于建设口袋公园的提案",
        "0328、0411",
        "市政协十四届三次会议",
        "proposal",
    ),
    (
        "您提出的《关于建设口袋公园的建议》（金18号）收悉，现答复如下：",
        "关于建设口袋公园的建议",
        "金18",
        None,
        None,
    ),
    (
        "您在政协第十四届白石市委员会第三次会议上提出的《关于建设口袋公园的提案》(14030123号)收悉。现答复如下：",
        "关于建设口袋公园的提案",
        "14030123",
        "政协第十四届白石市委员会第三次会议",
        "proposal",
    ),
    (
        "你们提出的“关于加快‘专精特新’企业发展的建议”（建议第56号）收悉，现答复如下：",
        "关于加快‘专精特新’企业发展的建议",
        "56",
        None,
        None,
    ),
    (
        "您提出的《关于落实〈民法典〉“居住权”制度的建议》（第56号）收悉，现答复如下：",
        "关于落实〈民法典〉“居住权”制度的建议",
        "56",
        None,
        None,
    ),
    (
        "您提出的《关于落实<民法典>的建议》（第56号）收悉，现答复如下：",
        "关于落实<民法典>的建议",
        "56",
        None,
        None,
    ),
    (
        "您提出的第123号建议《关于建桥的建议》收悉，现答复如下：",
        "关于建桥的建议",
        "123",
        None,
        None,
    ),
    ("您提出的第123号建议“关于建桥的建议”收悉，现答复如下：", "关于建桥的建议", "123", None, None),
    (
        "您在市十七届人大二次会议上提出的第45号建议《关于建桥的建议》收悉，现答复如下：",
        "关于建桥的建议",
        "45",
        "市十七届人大二次会议",
        "suggestion",
    ),
    (
        "贵委提出的《关于建桥的提案》（第45号提案）收悉，现答复如下：",
        "关于建桥的提案",
        "45",
        None,
        "proposal",
    ),
    (
        "您提出的关于加快轨道交通12号线建设的建议（第45号）收悉，现答复如下：",
        "关于加快轨道交通12号线建设的建议",
        "45",
        None,
        None,
    ),
    (
        "您提出的关于加快轨道交通12号线建设的建议收悉，现答复如下：",
        "关于加快轨道交通12号线建设的建议",
        None,
        None,
        None,
    ),
    (
        "您提出的《关于修复G12国道的建议》收悉。根据《道路交通安全法》（主席令第81号）有关规定，现答复如下：",
        "关于修复G12国道的建议",
        None,
        None,
        None,
    ),
    (
        "您提出的关于《将农村公路纳入养护》的建议收悉，现答复如下：",
        "将农村公路纳入养护",
        None,
        None,
        None,
    ),
    (
        "您好！您提出的《进一步加强农村公路养护》收悉，现答复如下：",
        "进一步加强农村公路养护",
        None,
        None,
        None,
    ),
    (
        "您提出的《关于建桥的建议》《关于修路的建议》收悉，现一并答复如下：",
        "关于建桥的建议",
        None,
        None,
        None,
    ),
    (
        "您提出的《关于建桥的建议》（第12号）和《关于修路的建议》（第13号）收悉，现一并答复如下：",
        "关于建桥的建议",
        "12",
        None,
        None,
    ),
    ("您提出的建议收悉，现答复如下：", None, None, None, None),
    ("您提出的提案（0123号）收悉，现答复如下：", None, "0123", None, "proposal"),
    (
        "感谢您对我市水利工作的关心和支持。您在市十七届人大三次会议期间提出的关于整治黑臭水体的建议（2023-056）收悉。现答复如下：",
        "关于整治黑臭水体的建议",
        "2023-056",
        "市十七届人大三次会议",
        "suggestion",
    ),
    (
        "收到您在政协白石市第十三届五次会议上提出的《关于建桥的建议》（第 123 号）后，现答复如下：",
        "关于建桥的建议",
        "123",
        "政协白石市第十三届五次会议",
        "proposal",
    ),
    (
        "您提交的《关于建桥的建议》（编号：20250118）已交由我局办理，现答复如下：",
        "关于建桥的建议",
        "20250118",
        None,
        None,
    ),
    (
        "《关于建桥的建议》（省政协十三届一次会议第20230456号提案）收悉。现答复如下：",
        "关于建桥的建议",
        "20230456",
        "省政协十三届一次会议",
        "proposal",
    ),
    (
        "在今年市“两会”上，您提出的《关于建桥的建议》（第12号）收悉。现答复如下：",
        "关于建桥的建议",
        "12",
        None,
        None,
    ),
    (
        "您在2024年区“两会”上提出的《关于建桥的建议》（第12号）收悉。现答复如下：",
        "关于建桥的建议",
        "12",
        "2024年区“两会”",
        None,
    ),
    ("关于您提出的“关于建桥的建议”，现答复如下：", "关于建桥的建议", None, None, None),
    ("您关于建桥的建议收悉，现答复如下：", "关于建桥的建议", None, None, None),
    ("您《关于建桥的建议》收悉，现答复如下：", "关于建桥的建议", None, None, None),
    ("您提出的‘关于建桥的建议’（第12号）收悉，现答复如下：", "关于建桥的建议", "12", None, None),
    ("您提出的「关于建桥的建议」（第12号）收悉，现答复如下：", "关于建桥的建议", "12", None, None),
    (
        "您提出的“关于”十四五“期间加快建桥的建议”（第12号）收悉，现答复如下：",
        "关于”十四五“期间加快建桥的建议",
        "12",
        None,
        None,
    ),
    ("您提出的《关于建桥的建议（第12号）收悉，现答复如下：", "关于建桥的建议", "12", None, None),
    ("您提出的关于建桥的建议》（第12号）收悉，现答复如下：", "关于建桥的建议", "12", None, None),
    (
        "您提出的《关于加快“一带一路建设的建议》（第12号）收悉，现答复如下：",
        "关于加快“一带一路建设的建议",
        "12",
        None,
        None,
    ),
    (
        "你代表团提出的《关于建桥的议案》（第3号）收悉，现答复如下：",
        "关于建桥的议案",
        "3",
        None,
        "suggestion",
    ),
    (
        "您提出的《关于推进提案办理公开的建议》（第12号建议）收悉，现答复如下：",
        "关于推进提案办理公开的建议",
        "12",
        None,
        None,
    ),
    (
        "您在市政协十四届二次会议期间提出的第140212号提案，关于加强非遗保护的建议收悉，现答复如下：",
        "关于加强非遗保护的建议",
        "140212",
        "市政协十四届二次会议",
        "proposal",
    ),
    (
        "您提出的《关于在5G基站建设中加强辐射监测的建议》（第〔2023〕45号）收悉，现答复如下：",
        "关于在5G基站建设中加强辐射监测的建议",
        "〔2023〕45",
        None,
        None,
    ),
    (
        "你提出的《加强乡镇卫生院建设》的建议（第农12号）收悉，现答复如下：",
        "加强乡镇卫生院建设",
        "农12",
        None,
        None,
    ),
    (
        "您提出的《关于加强文物保护的建议》(第1234号建议、第0567号提案)收悉，现答复如下：",
        "关于加强文物保护的建议",
        "1234、0567",
        None,
        "proposal",
    ),
]


@pytest.mark.parametrize("width", ["full", "half"])
@pytest.mark.parametrize(("opening", "title", "number", "assembly", "kind"), OPENINGS)
def test_opening_names_the_submission(
    opening: str,
    title: str | None,
    number: str | None,
    assembly: str | None,
    kind: str | None,
    width: str,
) -> None:
    half = width == "half"
    lines = ("王刚：", opening, "桥已建成，全线通车。", "白石市交通局", "2023年4月16日")
    letter = parse_letter(PageParts(lines=tuple(map(fold, lines)) if half else lines))
    wanted = (title, number, assembly, kind)
    assert (
        letter.submission_title,
        letter.submission_number,
        letter.assembly,
        letter.submission_kind,
    ) == (tuple(fold(value) if value else None for value in wanted) if half else wanted)
    assert letter.is_letter
