"""Containers have names by which they are found again on other pages of the template."""

from __future__ import annotations

import pytest

from pipelines.page.article.containers import find_named, has_name, name_of, numbered
from pipelines.page.markup.parsing import parse
from pipelines.page.markup.tree import Element


def found(markup: str, *names: str) -> list[str]:
    return [each.text or "" for each in find_named(parse(markup), names)]


def only(markup: str, tag: str) -> Element:
    return next(parse(markup).iter(tag))


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        ('<div class="main"><td>', None),
        ('<div class="main"><p id="x">', "div.main > p#x"),
        ('<div class=" b  a b"><p class="c">', "div.a.b > p.c"),
        ('<div id="m" class="y"><p>', "div#m > p"),
        ('<table width="700"><tbody><tr><p>', "tr > p"),
        ('<table width=" 98% "><caption><p>', "caption > p"),
        ('<div id="a > b" class="{{x}} 正文"><p>', "div.正文 > p"),
    ],
)
def test_names_say_tag_and_marks(markup: str, name: str | None) -> None:
    root = parse(markup)
    target = next(root.iter("p"), None)
    assert (name_of(target, 2) if target is not None else None) == name


def test_names_reach_up_no_further_than_the_page() -> None:
    deep = only("<body><div><p>x", "p")
    assert name_of(deep, 3) == "body > div > p"
    assert name_of(deep, 4) is None


def test_rows_stand_in_tables_with_and_without_their_bodies() -> None:
    name = "table[700] > tr > td.x"
    for body in ("{}", "<tbody>{}</tbody>"):
        row = body.format("<tr><td class=x>text")
        assert found(f"<table width=700>{row}", name) == ["text"]


def test_numbers_that_differ_are_left_out() -> None:
    one = only('<div class="c12"><p id="art_20841">', "p")
    assert name_of(one, 2) == "div.c12 > p#art_20841"
    assert name_of(one, 2, varying=True) == "div.c* > p#art_*"
    assert found('<div class="c7"><p id="art_9">x', "div.c* > p#art_*") == ["x"]
    assert found('<div class="c7"><p id="art_9">x', "div.c12 > p#art_20841") == []
    random = only('<div id="k5f3a9b2c-77de"><p>', "div")
    assert name_of(random, 1, varying=True) == "div#k*-*de"


def test_the_outermost_of_nested_ones_count() -> None:
    nested = "<div class=a><div class=a>outer<div class=a>inner</div></div></div>"
    assert found(nested, "div.a > div.a") == ["outer"]


def test_position_tells_several_of_one_name_apart() -> None:
    boxes = "<div class=c><b class=t>{}</b></div>"
    two = boxes.format("one") + boxes.format("two")
    second = numbered("div.c > b.t", 1, 2)
    assert second == "div.c > b.t (2 of 2)"
    assert found(two, second) == ["two"]
    assert found(boxes.format("one"), second) == ["one"]
    assert found(two + boxes.format("three"), second) == ["one", "two", "three"]
    assert has_name(only(two, "b"), (second,))


def test_several_names_are_found_in_the_pages_order() -> None:
    page = "<div class=a><p class=x>1</p></div><div class=b><p class=y>2</p></div>"
    assert found(page, "div.b > p.y", "div.a > p.x", "div.a > p.z") == ["1", "2"]
    assert find_named(parse(page), ()) == []
