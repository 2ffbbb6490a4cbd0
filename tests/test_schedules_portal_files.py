"""Portal files: the built-in ones, the user's, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from schedules.config.config import Config, load_config
from schedules.portals.files import read_portal
from schedules.portals.sound import sound_portals
from storage.errors import ConfigError, PortalError
from storage.records import AttachmentLimits, ListColumn, Portal

GOOD = """
name = "some-kjj"
agency = "某某市科学技术局"
region = "500000"
platform = "trs"
lists = [
  { url = "https://kjj.example.org/zxta/", kind = "proposal" },
  { url = "https://kjj.example.org/rdjy/" },
]
pages = ["https://kjj.example.org/t20240101_1.html"]
aliases = ["市科技局"]
cron = "20 6 * * 1-5"
delay = 1.5
min_letters = 20

[select]
body = "div.trs_editor_view, #zoom"

[labels]
"文 号" = "document_number"
"""


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUHAN_LANG", "en")


def read(folder: Path, text: str, name: str = "some-kjj") -> Portal:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return read_portal(path, {})


def config_with(folder: Path) -> Config:
    return replace(load_config(None, {}), portals=folder)


@pytest.mark.parametrize(
    ("line", "limits"),
    [
        ("", AttachmentLimits()),
        ("attachments = true", AttachmentLimits()),
        ("attachments = false", AttachmentLimits(most=0)),
        ("attachments = { most = 5 }", AttachmentLimits(most=5)),
        (
            "attachments = { most = 5, most_bytes = 1_000_000 }",
            AttachmentLimits(most=5, most_bytes=1_000_000),
        ),
    ],
)
def test_limits_of_attachments(tmp_path: Path, line: str, limits: AttachmentLimits) -> None:
    assert read(tmp_path, f"{line}\n{GOOD}").attachments == limits


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("attachments = { most = -1 }", "attachments.most: must be 0 or more"),
        ("attachments = { most = 1000 }", "attachments.most: must be 200 or less"),
        ("attachments = { most_bytes = 10 }", "attachments.most_bytes: must be 1000 or more"),
        ("attachments = { mots = 1 }", "attachments.mots"),
        ("attachments = 20", "attachments: "),
        ('attachments = "no"', "attachments: "),
    ],
)
def test_wrong_limits_of_attachments_are_named(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(ConfigError) as error:
        read(tmp_path, f"{line}\n{GOOD}")
    assert said in str(error.value)


def test_every_key_reaches_the_portal(tmp_path: Path) -> None:
    portal = read(tmp_path, GOOD)
    assert portal.lists == (
        ListColumn("https://kjj.example.org/zxta/", "proposal"),
        ListColumn("https://kjj.example.org/rdjy/", None),
    )
    assert portal.pages == ("https://kjj.example.org/t20240101_1.html",)
    assert (portal.region, portal.aliases) == ("500000", ("市科技局",))
    assert (portal.cron, portal.delay, portal.min_letters) == ("20 6 * * 1-5", 1.5, 20)
    assert portal.select.body == "div.trs_editor_view, #zoom"
    assert portal.labels == {"文 号": "document_number"}


def test_a_portals_budget_is_a_number_of_requests(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD).budget is None
    assert read(tmp_path, GOOD.replace("min_letters = 20", "budget = 300")).budget == 300


def test_certificates_are_verified_unless_a_portal_says_otherwise(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD).verify_tls
    lax = GOOD.replace("min_letters = 20", "verify_tls = false")
    assert not read(tmp_path, lax).verify_tls


def test_pages_alone_are_enough(tmp_path: Path) -> None:
    text = 'name = "p"\nagency = "甲局"\nplatform = "generic"\npages = ["http://x.example/1"]'
    assert read(tmp_path, text, "p").lists == ()


def test_no_delay_is_for_private_networks(tmp_path: Path) -> None:
    text = GOOD.replace("delay = 1.5", "delay = 0")
    with pytest.raises(ConfigError, match="private_network"):
        read(tmp_path, text)
    assert read(tmp_path, text.replace("delay = 0", "delay = 0\nprivate_network = true")).delay == 0


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('agency = "某某市科学技术局"', "", "agency is missing"),
        ('platform = "trs"', 'platfrom = "trs"', "platfrom; did you mean platform"),
        ('platform = "trs"', 'platform = "wordpress"', "platform"),
        ('region = "500000"', 'region = "50000"', "region"),
        ('"proposal"', '"ta"', "lists[0].kind"),
        ("https://kjj.example.org/rdjy/", "ftp://kjj.example.org/", "lists[1].url"),
        ("https://kjj.example.org/rdjy/", "https://", "lists[1].url"),
        ("https://kjj.example.org/rdjy/", "https://x.example:99999/", "lists[1].url"),
        ("https://kjj.example.org/rdjy/", "https://kjj.example.org/zxta/", "twice"),
        ('cron = "20 6 * * 1-5"', 'cron = "20 6 * *"', "cron"),
        ("delay = 1.5", "delay = inf", "delay"),
        ("delay = 1.5", 'delay = "1"', "delay"),
        ("min_letters = 20", "min_letters = -1", "min_letters"),
        ("min_letters = 20", "budget = 0", "budget"),
        ('body = "div.trs_editor_view, #zoom"', 'body = "div..x"', "select.body"),
        ('body = "', 'bdy = "', "select.bdy; did you mean body"),
        ('= "document_number"', '= "document_nr"', "did you mean document_number"),
        ('name = "some-kjj"', 'name = "other"', "file's name"),
        ('name = "some-kjj"', 'name = "../x"', "name"),
    ],
)
def test_wrong_file_is_refused_by_key(tmp_path: Path, before: str, after: str, said: str) -> None:
    assert before in GOOD
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, GOOD.replace(before, after))
    assert said in str(caught.value)
    assert "some-kjj.toml" in str(caught.value)


LEAKED = ("Input", "should", "pattern", "Value error", "valid", "instance", "ListEntry")


@pytest.mark.parametrize(
    ("before", "after", "english", "chinese"),
    [
        ('"trs"', '"tsr"', '"generic" is expected; did you mean trs?', "是否指 trs？"),
        ('"500000"', '"50000"', 'region: six digits in quotes, like "500000"', "六位行政区划代码"),
        ('"500000"', "500000", "region: text in quotes is expected", "应写成引号里的文字"),
        ("min_letters = 20", "min_letters = 1.5", "a whole number is expected", "应为整数"),
        ("min_letters = 20", "min_letters = -1", "must be 0 or more", "不能小于 0"),
        ("delay = 1.5", "delay = 9999", "must be 3600 or less", "不能大于 3600"),
        ("delay = 1.5", "delay = inf", "a finite number", "有限的数字"),
        ("delay = 1.5", 'delay = "1"', "a number is expected, without quotes", "应为数字"),
        ("delay = 1.5", "private_network = 1", "true or false is expected", "true 或 false"),
        ('["市科技局"]', '"市科技局"', "a list in brackets", "方括号里的列表"),
        ('["市科技局"]', '[""]', "aliases[0]: must not be empty", "不能为空"),
        (
            '{ url = "https://kjj.example.org/rdjy/" }',
            '"https://x.example/"',
            "lists[1]: a table is expected, like { url = … }",
            "应写成表，如 { url = … }",
        ),
        ('name = "some-kjj"', 'name = "../x"', 'like "cq-kjj"', "只能用英文字母"),
        (
            'cron = "20 6 * * 1-5"',
            'cron = "99 6 * * *"',
            "minute: '99' is not within 0-59",
            "分：'99' 不在 0-59",
        ),
        (
            '= "document_number"',
            "= 3",
            'labels."文 号": text in quotes',
            'labels."文 号"：应写成引号',
        ),
        (
            "https://kjj.example.org/rdjy/",
            "ftp://x.example/",
            "an http or https address",
            "应为 http 或 https 网址",
        ),
        (
            'body = "div.trs_editor_view, #zoom"',
            'body = "div..x"',
            "no CSS selector: div..x",
            "不是 CSS 选择器",
        ),
    ],
)
def test_wrong_value_says_what_to_write_in_both_languages(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    before: str,
    after: str,
    english: str,
    chinese: str,
) -> None:
    assert before in GOOD
    for language, said in (("en", english), ("zh", chinese)):
        monkeypatch.setenv("FUHAN_LANG", language)
        with pytest.raises(ConfigError) as caught:
            read(tmp_path, GOOD.replace(before, after))
        assert said in str(caught.value)
        assert not any(word in str(caught.value) for word in LEAKED)


def test_neither_lists_nor_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="lists or pages"):
        read(tmp_path, 'name = "p"\nagency = "甲局"\nplatform = "trs"', "p")


def test_built_in_portals_are_valid_and_polite() -> None:
    sound = sound_portals(load_config(None, {}))
    known = sound.known
    assert sound.faults == {}
    assert "cq-kjj" in known
    assert all(entry.built_in and entry.portal.delay >= 1 for entry in known.values())
    assert not any(entry.portal.private_network for entry in known.values())


def test_own_file_replaces_the_built_in_one(tmp_path: Path) -> None:
    read(tmp_path, GOOD.replace("some-kjj", "cq-kjj"), "cq-kjj")
    (tmp_path / ".#cq-kjj.toml").write_text("an editor's lock", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no portal", encoding="utf-8")
    known = sound_portals(config_with(tmp_path)).known
    assert known["cq-kjj"].portal.agency == "某某市科学技术局"
    assert not known["cq-kjj"].built_in
    assert list(known) == sorted(known)


def test_patterns_choose_and_unknown_names_hint(tmp_path: Path) -> None:
    for name in ("xx-jw", "xx-kjj", "yy-kjj"):
        read(tmp_path, GOOD.replace("some-kjj", name), name)
    sound = sound_portals(config_with(tmp_path))
    assert [portal.name for portal in sound.enabled(["xx-*"])] == ["xx-jw", "xx-kjj"]
    assert [portal.name for portal in sound.enabled(["yy-kjj", "yy-kjj"])] == ["yy-kjj"]
    with pytest.raises(PortalError, match="no portal named yy-kj; did you mean"):
        sound.enabled(["yy-kj"])
    with pytest.raises(PortalError, match="zz-"):
        sound.enabled(["zz-*"])
