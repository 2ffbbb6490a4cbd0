"""Who answered, and when, where only the form about a letter tells: 答复单位, 答复时间."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.read import read_page
from storage.records import ReplyLetter

ANSWER = (
    "<p>王刚委员：</p><p>您提出的《关于修缮渡口的提案》收悉，现答复如下：</p>"
    "<p>渡口去年修缮一新，下一步将增设护栏。</p>"
)
SHAPES = {
    "a table": ("<table>{}</table>", "<tr><td>{}</td><td>{}</td></tr>"),
    "labels and spans": ("<div>{}</div>", "<div><label>{}：</label><span>{}</span></div>"),
    "a definition list": ("<dl>{}</dl>", "<dt>{}</dt><dd>{}</dd>"),
}


def read(shape: str, *rows: tuple[str, str], signed: str = "") -> ReplyLetter:
    around, row = SHAPES[shape]
    printed = [("提案题目", "关于修缮渡口的提案"), ("提案人", "王刚"), *rows]
    printed.append(("答复内容", ANSWER + signed))
    form = around.format("".join(row.format(*each) for each in printed))
    title = "<meta charset=utf-8><title>提案办理情况</title>"
    return read_page(f"{title}<body>{form}</body>".encode(), "https://cppcc.example/1.html").letter


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("label", ["答复单位", "回复部门"])
def test_form_tells_the_office_and_the_day_of_an_unsigned_letter(shape: str, label: str) -> None:
    letter = read(shape, (label, "清河县水利局"), ("答复时间", "2025-06-03"))
    assert (letter.issuing_agency, letter.date_signed) == ("清河县水利局", date(2025, 6, 3))
    assert letter.body.startswith("王刚委员：")
    assert label not in letter.body


@pytest.mark.parametrize("shape", SHAPES)
def test_signature_goes_before_the_form(shape: str) -> None:
    signed = "<p>清河县文旅局</p><p>2025年5月1日</p>"
    rows = (("答复单位", "清河县水利局"), ("答复时间", "2025-06-03"))
    letter = read(shape, *rows, signed=signed)
    assert (letter.issuing_agency, letter.date_signed) == ("清河县文旅局", date(2025, 5, 1))


@pytest.mark.parametrize(
    ("value", "office"),
    [
        ("清河县水利局（盖章）", "清河县水利局"),
        ("清河县水利局、清河县财政局", None),  # which of them answers is not told
        ("张三", None),
    ],
)
def test_one_office_of_a_form_answers(value: str, office: str | None) -> None:
    assert read("a table", ("答复单位", value)).issuing_agency == office


def test_who_handles_a_matter_is_not_told_to_answer() -> None:
    letter = read("a table", ("承办单位", "清河县水利局"), ("答复时间", "2025-06-03"))
    assert letter.issuing_agency is None
