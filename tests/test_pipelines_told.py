from __future__ import annotations

from datetime import date

from pipelines.letter.told import Told

SIGNED = date(2023, 5, 16)


def test_a_year_is_told_on_up_to_a_full_stop() -> None:
    told = Told()
    assert told.year() is None
    told.sentences += ["2022年6月,启动勘探;", "8月,完成回填;"]
    assert told.year() == 2022
    told.sentences.append("现已完工。")
    assert told.year() is None


def test_the_year_named_last_tells_of_past() -> None:
    told = Told(["2021年,完成立项。", "投资200万元。"])
    assert told.is_past(SIGNED)
    told.sentences.append("今年将开工。")
    assert not told.is_past(SIGNED)
    told.sentences.append("去年已验收;")
    assert told.is_past(SIGNED)


def test_a_year_that_is_not_over_is_no_past() -> None:
    assert not Told(["2023年,启动改造。"]).is_past(SIGNED)
    assert not Told(["启动改造。"]).is_past(SIGNED)
