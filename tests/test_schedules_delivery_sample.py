"""`fuhan report --test`: an invented report that no reader takes for a true one."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from schedules.config.config import ReportForm, ReportSection
from schedules.delivery.contents import Contents
from schedules.delivery.sample import sample_contents
from schedules.words.language import Language
from storage.policies import Confirmation

NOW = datetime(2026, 5, 4, 2, 0, tzinfo=UTC)


def sample(language: Language) -> Contents:
    return sample_contents(ReportSection(name="daily", language=language), NOW)


@pytest.mark.parametrize("form", ["text", "md", "html"])
@pytest.mark.parametrize(("language", "mark"), [("zh", "【测试】"), ("en", "TEST")])
def test_every_form_says_that_it_is_a_test(form: ReportForm, language: Language, mark: str) -> None:
    text = sample(language).form(form)
    assert mark in text.partition("\n##")[0].partition("<section")[0]
    assert ("虚构的" if language == "zh" else "invented") in text


def test_mail_and_json_say_it_too() -> None:
    contents = sample("zh")
    assert all("【测试】" in body and "虚构的。" in body for body in contents.mail())
    assert contents.title.startswith("【测试】") and contents.title.count("【测试】") == 1
    assert json.loads(contents.form("json"))["test"] is True


def test_its_withdrawal_was_looked_at_as_often_as_any() -> None:
    (withdrawal,) = (
        event
        for group in sample("zh").report.groups
        for event in group.events
        if event.scope == "letter"
    )
    assert withdrawal.reason == "404 on 2026-05-02 and 2026-05-03; last seen on 2026-05-01"
    assert Confirmation().visits == 2
