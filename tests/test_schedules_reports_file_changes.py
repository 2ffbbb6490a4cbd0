"""A file whose bytes changed is told readably, apart from links that came and went."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schedules.reports.entries import ShownField, shown_fields
from schedules.reports.file_changes import file_changes
from schedules.reports.file_lines import file_lines
from schedules.words.language import Language
from storage.attachments.records import FileState, LetterAttachment
from storage.clock import from_text
from storage.records import FieldChange, JsonValue, Validators

URL = "https://mzj.example.gov.cn/P1.pdf"
OLD, NEW = "a" * 64, "b" * 64
NOW = from_text("2026-05-03T22:20:00.000Z")


FILE = LetterAttachment(
    copy_id=1,
    page_url="https://mzj.example.gov.cn/1.html",
    name="清单.pdf",
    url=URL,
    linked=True,
    state=FileState.KEPT,
    reason=None,
    status=None,
    content_type=None,
    validators=Validators(),
    first_seen=NOW,
    last_seen=NOW,
    last_visited=NOW,
    versions=(),
)


def item(name: str, url: str = URL, sha256: str | None = None) -> dict[str, str]:
    return {"name": name, "url": url, **({"sha256": sha256} if sha256 else {})}


def change(before: JsonValue, after: JsonValue) -> FieldChange:
    return FieldChange("attachments", before, after)


@pytest.mark.parametrize(
    ("language", "before"),
    [
        ("zh", "清单.pdf 内容已变，sha256 aaaaaaaaaaaa…"),
        ("en", "清单.pdf has other content, sha256 aaaaaaaaaaaa…"),
    ],
)
def test_file_is_told_with_both_digests(language: Language, before: str) -> None:
    edited = change([item("清单.pdf", sha256=OLD)], [item("清单.pdf", sha256=NEW)])
    label = {"zh": "附件", "en": "attachments"}[language]
    assert shown_fields((edited,), language) == [ShownField(label, before, "bbbbbbbbbbbb…")]


def test_link_that_went_beside_a_changed_file_is_told_too() -> None:
    other = item("表.doc", "https://mzj.example.gov.cn/2.doc")
    edited = change([item("清单.pdf", sha256=OLD), other], [item("清单.pdf", sha256=NEW)])
    first, second = shown_fields((edited,), "en")
    assert first.after == "bbbbbbbbbbbb…"
    assert second.before == "表.doc <https://mzj.example.gov.cn/2.doc>"


def test_change_of_links_alone_names_no_file() -> None:
    links = change([item("清单.pdf")], [item("补种清单.pdf")])
    assert file_changes(links) == ((), links)
    assert file_changes(FieldChange("title", "a", "b"))[0] == ()


def test_hostile_name_is_inert() -> None:
    name = "x\x1b[31m\n.pdf"
    edited = change([item(name, sha256=OLD)], [item(name, sha256=NEW)])
    (shown,) = shown_fields((edited,), "en")
    assert "\x1b" not in shown.before and "\n" not in shown.before


@pytest.mark.parametrize(
    ("state", "reason", "words"),
    [
        (FileState.KEPT, None, "清单.pdf（已留存）"),
        (FileState.GONE, "404", "清单.pdf（上次访问时不在：404）"),
        (
            FileState.NO_FILE,
            "a page in place of the file",
            "清单.pdf（上次得到的不是文件：得到的是网页）",
        ),
        (
            FileState.NOT_ASKED,
            "ForbiddenAddress: x.example:80 is no host of this portal",
            "清单.pdf（未访问：x.example:80 不是这个门户的主机）",
        ),
    ],
)
def test_state_is_told_in_words(state: FileState, reason: str | None, words: str) -> None:
    (line,) = file_lines((replace(FILE, state=state, reason=reason),), "zh")
    assert line.startswith(words)
    assert line.endswith(URL)


def test_file_of_a_forgotten_text_is_not_told_as_unlinked_by_its_page() -> None:
    (told,) = file_lines((replace(FILE, linked=False),), "en")
    assert "links to it no more" in told
    (told,) = file_lines((replace(FILE, name="", linked=False, forgotten=True),), "en")
    assert told.startswith("its name and link were forgotten on request") and URL in told
    assert "links to it no more" not in told and "kept" not in told
