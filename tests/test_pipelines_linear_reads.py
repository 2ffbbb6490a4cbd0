"""Reading costs what a page is long: no run of one unit, wherever it stands, costs its square."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from pipelines.letter.promises import promises
from pipelines.read import read_page

URL = "https://letters.example/zwgk/202405/t20240516_9.html"
HEAD = "<meta charset=utf-8><title>关于市政协三届四次会议第57号提案的答复</title>"
OPENING = "<p>王晓禾委员：</p><p>您提出的《关于补种乡土树种的提案》（第57号）收悉，现答复如下：</p>"
CLOSE = "<p>我局将在2025年底前补种三片。</p><p>云岭市林业局</p><p>2024年5月16日</p>"
SHORT, LONG = 10_000, 40_000  # characters; the square would cost sixteen times as much
MOST = 8  # times the cost of the short run


def cost(read: Callable[[int], object], length: int) -> float:
    """The least CPU seconds of three readings, no less than what a clock can tell apart."""
    spent = [0.004]
    for _ in range(3):
        begun = time.process_time()
        read(length)
        spent.append(time.process_time() - begun)
    return max(spent[0], min(spent[1:]))


def grows_as_the_page_does(read: Callable[[int], object]) -> bool:
    return cost(read, LONG) < MOST * cost(read, SHORT)


def run(unit: str, length: int) -> str:
    return unit * (length // len(unit))


@pytest.mark.parametrize("unit", ["iVBORw0KGgo", "a.", "/a", "_bg_", "1", "..", "\\", "　"])
@pytest.mark.parametrize(
    "markup",
    [
        "<p><img src='data:image/png;base64,{}'></p>",
        "<p><img src='/2024/{}.jpg' title='{}'></p>",
        "<p><a href='/2024/a.pdf' title='{}'>附件</a></p>",
        "<p><a href='/2024/{}.pdf'>{}</a></p>",
        "<p><a onclick=\"down('{}')\" href='#'>附件：名单</a></p>",
        "<div class='{}' style='{}'>三片</div>",
        "<script>var list = '{}';</script>",
    ],
)
def test_run_in_a_value_costs_no_square(markup: str, unit: str) -> None:
    def read(length: int) -> object:
        value = markup.replace("{}", run(unit, length))
        return read_page(f"{HEAD}<div id=zoom>{value}</div>".encode(), URL)

    assert grows_as_the_page_does(read)


@pytest.mark.parametrize("unit", ["1", "三", "2024年", "，", "第", " ", "《", "-"])
def test_run_in_the_text_costs_no_square(unit: str) -> None:
    def read(length: int) -> object:
        text = f"{OPENING}<p>{run(unit, length)}</p>{CLOSE}"
        return read_page(f"{HEAD}<div id=zoom>{text}</div>".encode(), URL)

    assert grows_as_the_page_does(read)


@pytest.mark.parametrize("unit", ["1", "1.", "1,"])
def test_run_of_digits_in_a_sentence_costs_no_square(unit: str) -> None:
    def read(length: int) -> object:
        return promises(run(unit, length), None, loosely=True)

    assert grows_as_the_page_does(read)


def test_promise_is_found_however_long_the_digits_before_its_unit() -> None:
    assert promises(f"再补种{'1' * 300}亩以上", None, loosely=True)


CUT_LINES = (
    "我局坚持因地制宜、适地适树的原则，持续推进城乡绿化。今年",
    "《办法》第一条规定（见附件），补种乡土树种“香樟”等，取得",
    "Smart City, 2024, slj@example.gov.cn, 0871-65110000 5G-A AI",
)


@pytest.mark.parametrize(
    "unit", [*CUT_LINES, "《" * 28, "（）" * 14, "一、" * 14, "。”" * 14, "a" * 56]
)
def test_lines_cut_at_a_margin_cost_no_square(unit: str) -> None:
    def read(length: int) -> object:
        lines = (f"{chr(0x4E00 + at % 500)}{unit}" for at in range(length // len(unit)))
        text = "<br>".join((*CUT_LINES, *lines, *CUT_LINES, "完成。"))
        return read_page(f"{HEAD}<div id=zoom>{OPENING}{text}{CLOSE}</div>".encode(), URL)

    assert grows_as_the_page_does(read)
