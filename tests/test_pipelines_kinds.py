"""What is a letter, what is none and why, and which kind of submission it answers."""

from __future__ import annotations

import pytest

from pipelines.letter.kinds import submission_kind
from pipelines.letter.letter import parse_letter
from pipelines.parts import PageParts
from storage.records import Attachment

FILE = Attachment("关于甲的建议的答复.pdf", "https://x.example/a.pdf")


@pytest.mark.parametrize(
    ("cues", "kind"),
    [
        (("王某委员",), "proposal"),
        (("王某代表",), "suggestion"),
        (("", "(市政协五届五次会议第0328号提案)"), "proposal"),
        (("", "", "关于市四届人大四次会议第1号建议的复函"), "suggestion"),
        (("", "委员 代表", "关于提案的复函"), "proposal"),
        (("民盟某县总支",), "proposal"),
        (("市教育委员会",), None),
        (("", "(第1号建议)"), None),
        (("", "", "", "政协提案办理;人大建议办理"), None),
        ((), None),
    ],
)
def test_kind_is_told_outside_the_quoted_title(cues: tuple[str, ...], kind: str | None) -> None:
    assert submission_kind(*cues) == kind


@pytest.mark.parametrize(
    ("salutation", "title", "kind"),
    [("王某某委员：", "关于甲的建议", "proposal"), ("王某某代表：", "关于甲的提案", "suggestion")],
)
def test_word_inside_the_title_never_decides(salutation: str, title: str, kind: str) -> None:
    lines = (salutation, f"您提出的《{title}》（第0959号）收悉，现答复如下：", "已完成。")
    assert parse_letter(PageParts(lines=lines)).submission_kind == kind


def test_attachment_only_page_is_a_letter_without_body() -> None:
    parts = PageParts(titles=("关于市政协一届一次会议第1号提案的复函",), attachments=(FILE,))
    letter = parse_letter(parts)
    assert (letter.is_letter, letter.body, letter.refusal) == (True, "", "attachment only")
    assert letter.submission_number == "1"


def test_words_to_download_are_no_text() -> None:
    parts = PageParts(lines=("附件：", "关于甲的建议的答复.pdf", "点击下载"), attachments=(FILE,))
    assert parse_letter(parts).refusal == "attachment only"


def test_attachment_only_notice_is_no_letter() -> None:
    parts = PageParts(titles=("关于召开会议的通知",), attachments=(FILE,))
    assert parse_letter(parts).refusal == "not a letter: notice"


def test_unreadable_page_keeps_its_reason() -> None:
    letter = parse_letter(PageParts(refusal="unreadable: empty script shell"))
    assert (letter.is_letter, letter.refusal) == (False, "unreadable: empty script shell")


def test_page_without_anything_is_unreadable() -> None:
    refusal = parse_letter(PageParts()).refusal
    assert refusal is not None and refusal.startswith("unreadable")


def test_page_without_any_cue_is_refused_with_its_article_as_body() -> None:
    lines = ("今日天气", "张某，男，汉族，1970年生。", "分管财务工作。")
    letter = parse_letter(PageParts(lines=lines))
    assert letter.refusal == "not a letter: no sign of a reply to a suggestion or proposal"
    assert letter.body == "\n".join(lines)


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("某局2023年度人大建议政协提案办理情况", "annual summary of handling"),
        ("2023年建议提案办理工作总结", "annual summary of handling"),
        ("关于做好提案办理工作的通知", "notice"),
        ("关于提案办理情况的通报", "annual summary of handling"),
        ("关于市政协第1号提案的会办意见", "co-handler's opinion"),
        ("某市公园管理办法", "another kind of document"),
        ("关于推广新能源汽车的提案", "the submission itself"),
    ],
)
def test_title_tells_what_else_it_is(title: str, reason: str) -> None:
    letter = parse_letter(PageParts(titles=(title,), lines=("各单位高度重视，认真做好工作。",)))
    assert letter.refusal == f"not a letter: {reason}"


@pytest.mark.parametrize(
    "title",
    [
        "关于市政协五届五次会议第0328号提案的复函",
        "某局关于市政协六届二次会议第0995号提案答复的函",
        "关于市五届人大五次会议第1号建议办理情况的答复函",
        "对区人大代表第12号建议的答复",
        "关于答复市政协第12号提案的函",
        "关于代表第8号建议的回复",
    ],
)
def test_title_form_alone_makes_a_letter(title: str) -> None:
    letter = parse_letter(PageParts(titles=(title,), lines=("道路已经修复，全线通车。",)))
    assert letter.refusal is None
    assert letter.body == "道路已经修复，全线通车。"


def test_genre_and_signature_make_a_letter() -> None:
    parts = PageParts(
        titles=("关于道路修复的函",),
        lines=("道路已经修复，全线通车。", "某某市交通局", "2023年4月16日"),
        metadata={"genre_category": ("政协提案办理",)},
    )
    letter = parse_letter(parts)
    assert (letter.refusal, letter.submission_kind) == (None, "proposal")


def test_letter_that_mentions_mailboxes_stays_a_letter() -> None:
    lines = (
        "王某某委员：",
        "您提出的《关于改进12345热线的提案》（第5号）收悉，现答复如下：",
        "来信来电已有专人受理。",
    )
    assert parse_letter(PageParts(lines=lines)).is_letter
