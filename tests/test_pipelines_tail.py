"""What stands behind a letter's date: contacts kept apart, other letters and links left out."""

from __future__ import annotations

import pytest

from pipelines.letter.account import tell_blocks_apart
from pipelines.letter.letter import parse_letter
from pipelines.parts import PageParts
from storage.records import Attachment, Block, ReplyLetter

LETTER = (
    "陆明远委员：",
    "您提出的《关于改善供暖条件的建议》（第0123号）收悉。现答复如下：",
    "我局已完成全部管网改造。",
    "白石市水利局",
    "2024年5月16日",
)
OTHERS = "body: {} paragraphs behind the date are no part of the letter"


def behind(*lines: str, files: tuple[str, ...] = ()) -> ReplyLetter:
    attachments = tuple(Attachment(name, f"https://x.example/{name}") for name in files)
    letter = parse_letter(PageParts(lines=(*LETTER, *lines), attachments=attachments))
    assert letter.body == "\n".join(LETTER)
    return letter


@pytest.mark.parametrize(
    "lines",
    [
        ("（联系科室：水政科，电话：1234567）", "主动公开"),
        ("（此件公开发布）",),
        ("抄送：", "市政府办公厅", "市政协提案委"),
        ("抄送：市政府办公厅，市政协提案委。", "白石市水利局办公室 2024年5月17日印发"),
        ("联系单位：白石市水利局", "手机：13800000000", "E-mail：a@example.org", "传真：0000"),
        ("附注：此件公开", "（共印8份）"),
        ("附件：1.改造清单", "2.任务表"),
        ("附件：", "1.改造清单", "2.任务表"),
        ("回  执", "您对本答复的意见：满意□ 基本满意□ 不满意□"),
        ("代表对办理工作的意见", "满意（  ） 不满意（  ）", "代表签名：", "年  月  日"),
    ],
)
def test_contacts_copies_lists_and_receipts_are_kept(lines: tuple[str, ...]) -> None:
    letter = behind(*lines)
    assert letter.contacts == lines
    assert letter.warnings == ()


@pytest.mark.parametrize(
    "lines",
    [
        ("扫一扫在手机打开当前页",),
        ("打印", "关闭"),
        ("智能问答机器人小文：您好，请问有什么可以帮您？",),
        ("我是在线客服，有什么可以为您服务的吗",),
        ("【打印】【关闭】",),
        ("责任编辑：王某",),
        ("来源：白石市水利局", "分享到：微信 微博"),
        ("相关文章：", "关于市政协第11号提案的复函", "2024-07-02"),
        ("上一篇：关于第11号提案的复函", "下一篇：没有了"),
        ("附件：",),
        ("相关附件：",),
    ],
)
def test_furniture_that_clings_to_the_date_is_neither_body_nor_contact(
    lines: tuple[str, ...],
) -> None:
    assert behind(*lines).contacts == ()
    assert behind(*lines).warnings == ()


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        (("关于改善供暖条件的建议", "我市管网老化严重。建议尽快改造。"), 2),
        (("关于市政协第0124号提案的复函", "刘洋委员：", "您提出的提案收悉。"), 3),
        (("序号\t项目\t时间", "1\t城东管网\t2024年10月1日"), 2),
    ],
)
def test_submission_second_letter_and_what_nothing_heads_are_left_out_with_a_warning(
    lines: tuple[str, ...], paragraphs: int
) -> None:
    letter = behind(*lines)
    assert (letter.contacts, letter.annex) == ((), ())
    assert letter.warnings == (OTHERS.format(paragraphs),)


@pytest.mark.parametrize(
    "note",
    ["（原文数据有误，特此更正）", "勘误：第一段“3个”应为“5个”。", "更正说明：表内数据已订正"],
)
def test_what_a_page_says_it_corrected_is_no_contact(note: str) -> None:
    letter = behind("附件1", note, "联系人：王某，电话：1234567")
    assert (letter.annex, letter.warnings) == (("附件1", note), ())
    alone = behind(note, "（此件公开发布）")
    assert (alone.annex, alone.contacts, alone.warnings) == ((note,), ("（此件公开发布）",), ())


@pytest.mark.parametrize("line", ["如原文内容有误，请与我局联系", "附件：不动产更正登记流程"])
def test_what_only_speaks_of_errors_is_no_correction(line: str) -> None:
    assert behind(line).annex == ()


def test_contacts_behind_an_annex_are_found() -> None:
    letter = behind("附件1", "改造计划表", "联系人：王某，电话：1234567")
    assert letter.contacts == ("联系人：王某，电话：1234567",)


def test_rows_of_a_form_keep_label_and_value_together() -> None:
    assert behind("联系人\t钱某\t联系电话\t0000000").contacts == (
        "联系人\t钱某\t联系电话\t0000000",
    )


def test_names_of_attached_files_are_no_contacts_under_any_numbering() -> None:
    files = ("改造清单.pdf", "任务表.docx")
    assert behind("附件：1.改造清单.pdf", "2.任务表", files=files).contacts == ()


def test_account_drops_a_second_letter_by_name() -> None:
    second = ("关于市政协第0124号提案的复函", "刘洋委员：", "您提出的提案收悉。")
    letter = behind(*second)
    blocks = [Block(text, True, "body") for text in (*LETTER, *second)]
    told = list(tell_blocks_apart(blocks, letter))
    assert [b.rule for b in told] == [*["body"] * 5, *["behind-letter"] * 3]
    assert [b.kept for b in told][5:] == [False, False, False]
