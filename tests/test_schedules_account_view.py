"""`fuhan clean --explain`: a page's account at a glance, in both languages, never a command."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from pipelines import page
from pipelines.letter import account
from pipelines.page.furniture import rules as furniture
from schedules.one_page.account_view import account_object, account_text
from schedules.one_page.account_words import RULES, rule_name
from storage.records import Block, PageReading, ReplyLetter

READING = PageReading(
    ReplyLetter(warnings=("date_written: \x1b[2J",), body="正文"),
    (
        Block("首页 " * 40, False, "outside"),
        Block("分享到：\x1b]0;x\x07微信", False, "share"),
        Block("苏禾委员：", True, "body"),
        Block("联系人：程某", True, "contacts"),
        Block(" ", False, "hidden"),
    ),
    "gb18030",
    "platform",
    "div.main > div.TRS_Editor",
    "meta",
)


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    spoken = str(request.param)
    monkeypatch.setenv("FUHAN_LANG", spoken)
    return spoken


def test_each_block_has_its_mark_its_rule_and_its_text(language: str) -> None:
    lines = account_text(READING, colour=False).splitlines()
    assert any(line.startswith("+ [body]") and line.endswith("苏禾委员：") for line in lines)
    assert any(line.startswith("- [outside]") and "80" in line for line in lines)
    assert rule_name("share", language) in "".join(lines)  # type: ignore[arg-type]
    assert "gb18030" in "".join(lines[:4]) and "div.TRS_Editor" in "".join(lines[:4])
    assert not any("[hidden]" in line for line in lines)


@pytest.mark.usefixtures("language")
def test_f47_nothing_of_the_page_reaches_the_terminal() -> None:
    plain = account_text(READING, colour=False)
    assert "\x1b" not in plain and "\x07" not in plain
    coloured = account_text(READING, colour=True)
    assert "\x1b[" in coloured and "\x1b]0" not in coloured and "\x1b[2J" not in coloured


def test_the_json_account_is_the_reading() -> None:
    told = account_object(READING)
    assert json.loads(json.dumps(told)) == told
    assert told["blocks"][2] == {"text": "苏禾委员：", "kept": True, "rule": "body"}
    assert (told["method"], told["decided_by"]) == ("platform", "meta")


def test_every_rule_of_the_reader_has_a_name_in_both_languages() -> None:
    room = Path(str(page.__file__)).parent
    files = [*room.rglob("*.py"), Path(account.__file__)]
    sources = [path.read_text("utf-8") for path in files]
    printed = {
        node.value
        for source in sources
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    whole = {name.replace("_", "-") for name in furniture._WHOLE_LINE.groupindex}
    edges = {name for name, _ in furniture._EDGES}
    by_hand = {"word-markup", "second-copy", "navigation", "publish-info", "behind-letter"}
    assert whole | edges | by_hand | {"annex", "outcome_class"} <= set(RULES)
    assert set(RULES) - {"outside", "no-text"} <= printed | whole | edges
