"""The configuration file: what is taken, what is refused, and how refusals read."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest

from schedules.config.config import Config, load_config
from schedules.config.secrets import mask, mask_target
from storage.errors import ConfigError
from storage.records import Significance

EVERYTHING = """
[archive]
path = "data/fuhan.db"

[crawl]
portals = "portals"
enabled = ["cq-*", "my-portal"]
contact = "mailto:you@example.org"
confirm_withdrawal = { visits = 3, hours = 0 }

[[reports]]
name = "daily"
cron = "0 8 * * *"
to = ["mailtos://robot:${MAIL_PASSWORD}@mail.example.org", "file:reports/"]
significance = ["substance"]
portals = ["*"]
agencies = ["重庆市科学技术局"]
kinds = ["proposal"]
words = ["新能源"]

[daemon]
ping = "https://hc.example.org/uuid"
metrics = "127.0.0.1:9108"
"""


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUHAN_LANG", "en")


def load(folder: Path, text: str, environment: dict[str, str] | None = None) -> Config:
    path = folder / "fuhan.toml"
    path.write_text(text, encoding="utf-8")
    return load_config(path, environment or {})


def refusal(folder: Path, text: str, environment: dict[str, str] | None = None) -> str:
    with pytest.raises(ConfigError) as caught:
        load(folder, text, environment)
    message = str(caught.value)
    assert str(folder / "fuhan.toml") in message
    assert "\n" not in message
    return message


def test_every_key_of_the_design_is_read(tmp_path: Path) -> None:
    (tmp_path / "portals").mkdir()
    config = load(tmp_path, EVERYTHING, {"MAIL_PASSWORD": "geheim"})
    assert config.archive == tmp_path / "data" / "fuhan.db"
    assert config.portals == tmp_path / "portals"
    assert config.enabled == ("cq-*", "my-portal")
    assert config.contact == "mailto:you@example.org"
    assert (config.confirmation.visits, config.confirmation.apart) == (3, timedelta(0))
    report = config.reports[0]
    addresses = [target.url for target in report.to]
    assert addresses == ["mailtos://robot:geheim@mail.example.org", "file:reports/"]
    assert report.significance == (Significance.SUBSTANCE,)
    assert (report.agencies, report.kinds) == (("重庆市科学技术局",), ("proposal",))
    assert config.daemon.ping == "https://hc.example.org/uuid"


def test_without_a_file_defaults_serve() -> None:
    config = load_config(None, {})
    assert config.archive == Path("fuhan.db")
    assert config.portals is None
    assert config.enabled == ("*",)
    assert (config.confirmation.visits, config.confirmation.apart) == (2, timedelta(hours=20))


def test_portals_folder_beside_the_file_is_found_unnamed(tmp_path: Path) -> None:
    assert load(tmp_path, "").portals is None
    (tmp_path / "portals").mkdir()
    assert load(tmp_path, "").portals == tmp_path / "portals"


def test_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes(b'\xef\xbb\xbf[archive]\npath = "a.db"\n')
    assert load_config(tmp_path / "x.toml", {}).archive == tmp_path / "a.db"


@pytest.mark.parametrize(
    ("text", "key", "hint"),
    [
        ('[archive]\npth = "x"', "archive.pth", "path"),
        ("[crawl]\nconfirm_withdrawal = { visit = 2 }", "crawl.confirm_withdrawal.visit", "visits"),
        ('[[report]]\nname = "a"', "report", "reports"),
        ('[[reports]]\nname = "a"\n[[reports]]\nname="b"\nsend = []', "reports[1].send", "name"),
        ('[deamon]\nping = "https://x"', "deamon", "daemon"),
    ],
)
def test_unknown_key_names_path_and_nearest(tmp_path: Path, text: str, key: str, hint: str) -> None:
    message = refusal(tmp_path, text)
    assert f"unknown key {key};" in message
    assert f"did you mean {hint}?" in message or hint == "name"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[archive]\npath = \n", "line 2"),
        ("[archive\n", "line 1"),
        ('[archive]\npath = "a"\npath = "b"', "line 3"),
        ('[crawl]\nenabled = "cq-kjj"', "crawl.enabled"),
        ('[crawl]\nconfirm_withdrawal = { visits = "2" }', "crawl.confirm_withdrawal.visits"),
        ("[crawl]\nconfirm_withdrawal = { visits = 0 }", "crawl.confirm_withdrawal.visits"),
        ("[crawl]\nconfirm_withdrawal = { hours = -1 }", "crawl.confirm_withdrawal.hours"),
        ("[crawl]\nconfirm_withdrawal = { hours = nan }", "crawl.confirm_withdrawal.hours"),
        ("[crawl]\nconfirm_withdrawal = { visits = true }", "crawl.confirm_withdrawal.visits"),
        ('[crawl]\ncontact = "a\\nX-Evil: 1"', "crawl.contact"),
        ('[crawl]\nportals = "nowhere"', "crawl.portals"),
        ('[[reports]]\ncron = "0 8 * * *"', "reports[0].name is missing"),
        ('[[reports]]\nname = "../../x"', "reports[0].name"),
        ('[[reports]]\nname = "a"\ncron = "0 8 * * 9"', "reports[0].cron: weekday"),
        ('[[reports]]\nname = "a"\nto = ["reports/"]', "reports[0].to[0]"),
        ('[[reports]]\nname = "a"\nsignificance = ["big"]', "reports[0].significance[0]"),
        ('[[reports]]\nname = "a"\nkinds = ["letter"]', "reports[0].kinds[0]"),
        ('[[reports]]\nname = "a"\n[[reports]]\nname = "a"', "two reports named a"),
        ('[daemon]\nping = "ftp://x"', "daemon.ping"),
    ],
)
def test_wrong_value_names_its_key_or_line(tmp_path: Path, text: str, said: str) -> None:
    assert said in refusal(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('archive = "x.db"', "archive: a table is expected, like { path = …, keep_captures = … }"),
        ("[archive]\npath = 3", "archive.path: text in quotes is expected"),
        ('[crawl]\nenabled = "cq-*"', 'crawl.enabled: a list in brackets is expected, like ["'),
        ('[reports]\nname = "a"', "reports: a list in brackets is expected, like [{ name = … }]"),
        (
            '[[reports]]\nname = "a"\nsignificance = ["substnce"]',
            'one of "substance", "metadata", "typography" is expected; did you mean substance?',
        ),
        ('[[reports]]\nname = "a"\nsignificance = []', "at least one entry is expected"),
        ('[[reports]]\nname = "a/b"', 'like "daily"'),
        (f'[[reports]]\nname = "{"a" * 61}"', "too long, at most 60 characters"),
    ],
)
def test_wrong_value_says_what_to_write(tmp_path: Path, text: str, said: str) -> None:
    assert said in refusal(tmp_path, text)


def test_missing_file_and_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.toml"):
        load_config(tmp_path / "nowhere.toml", {})
    (tmp_path / "bad.toml").write_bytes(b"[archive]\npath = '\xff'")
    with pytest.raises(ConfigError, match=r"UTF-8.*line 2"):
        load_config(tmp_path / "bad.toml", {})


def test_missing_variable_is_an_error_that_names_it(tmp_path: Path) -> None:
    text = '[[reports]]\nname = "a"\nto = ["https://x/${HOOK_KEY}"]'
    message = refusal(tmp_path, text)
    assert "reports[0].to[0]" in message
    assert "HOOK_KEY" in message


def test_f56_secret_never_stands_in_an_error(tmp_path: Path) -> None:
    text = '[[reports]]\nname = "a"\nto = ["${WHOLE}"]\nkinds = ["${WHOLE}"]'
    assert "s3cret" not in refusal(tmp_path, text, {"WHOLE": "s3cret-value"})
    assert "s3cret" not in refusal(tmp_path, '["${X}"]', {"X": "s3cret-value"})


def test_f56_secrets_are_masked_where_they_would_show(tmp_path: Path) -> None:
    text = '[[reports]]\nname = "a"\nto = ["wecombot://${BOT}"]'
    config = load(tmp_path, text, {"BOT": "693a91f6-token"})
    assert config.shown("cannot reach wecombot://693a91f6-token now") == (
        "cannot reach wecombot://*** now"
    )


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("mailtos://user:pa:ss@example.org?to=x", "mailtos://user:***@example.org"),
        ("wecombot://693a91f6-7aaa", "wecombot://***"),
        ("https://hooks.example.org/services/T0/B0/x", "https://hooks.example.org/***"),
        ("https://u:p@hooks.example.org/x", "https://hooks.example.org/***"),
        ("file:reports/", "file:reports/"),
        # what a parser cuts of a password that is not percent-encoded: p@ss/w?rd, 12?3, pa/ss
        ("mailtos://robot:p@ss/w?rd@smtp.example.org/?to=li@example.org", "mailtos://***"),
        ("mailtos://robot:12?3@smtp.example.org/?to=li@example.org", "mailtos://***"),
        ("mailtos://robot@example.org:geheim@smtp.example.org", "mailtos://***"),
        ("https://robot:p@ss/w@hooks.example.org/x", "https://***/***"),
        ("https://robot:pa/ss@hooks.example.org/x", "https://***/***"),
        (
            "mailtos://u:x@smtp.example.org:587/li@example.org/?cc=a@b.example",
            "mailtos://u:***@smtp.example.org:587/li@example.org/",
        ),
    ],
)
def test_target_is_shown_without_what_opens_it(target: str, shown: str) -> None:
    assert mask_target(target) == shown


@pytest.mark.parametrize("password", ["p@ss/w?rd#1", "100%", "a%41b", "密码:x y", "a&b=c+d"])
def test_password_is_taken_as_it_is_and_shown_in_no_form(tmp_path: Path, password: str) -> None:
    text = (
        '[[reports]]\nname = "a"\nto = ["mailtos://robot:${MP}@smtp.example.org/?to=li@x.example"]'
    )
    config = load(tmp_path, text, {"MP": password})
    url = config.reports[0].to[0].url
    assert unquote(urlsplit(url).password or "") == password
    assert config.shown_target(url) == "mailtos://robot:***@smtp.example.org/"
    assert config.shown(f"{password} {quote(password)} {quote(password, safe='')}") == "*** *** ***"


def test_only_user_and_password_of_an_address_are_encoded(tmp_path: Path) -> None:
    text = '[[reports]]\nname = "a"\nto = ["https://${U}:x@hooks.example.org/${P}?a=${P}", "${H}"]'
    given = {"U": "a@b", "P": "T0/B0", "H": "https://hooks.example.org/x"}
    first, second = load(tmp_path, text, given).reports[0].to
    assert first.url == "https://a%40b:x@hooks.example.org/T0/B0?a=T0/B0"
    assert second.url == given["H"]


def test_password_that_is_not_encoded_is_named_as_the_cause_and_not_shown(tmp_path: Path) -> None:
    target = "mailtos://robot:p@ss/w?rd@smtp.example.org/?to=li@example.org"
    message = refusal(tmp_path, f'[[reports]]\nname = "a"\nto = ["{target}"]')
    assert "%40 %2F %3F %23 %25" in message and "reports[0].to[0]" in message
    assert "ss/w" not in message and "rd@" not in message


def test_plain_address_is_not_masked() -> None:
    assert mask("https://kjj.cq.gov.cn:8080/a:b@c") == "https://kjj.cq.gov.cn:8080/a:b@c"
