"""Sums of strings in scripts: what they come to, and that nothing else is guessed."""

from __future__ import annotations

import pytest

from crawler.paging.sums import names, sum_of


@pytest.mark.parametrize(
    ("written", "name", "value", "expected"),
    [
        ('"index_" + (n-1) + ".html"', "n", "3", "index_2.html"),
        ("'list.jsp?page='+n", "n", "2", "list.jsp?page=2"),
        ('"/view.jsp?id=" + id', "id", "8ae5-40f1", "/view.jsp?id=8ae5-40f1"),
        ("'?page='+this.value", "this.value", "4", "?page=4"),
        ('n==1 ? "index.html" : "index_"+n+".html"', "n", "2", "index_2.html"),
        ('"index"+(o.curr==1?"":"_"+(o.curr-1))+".html"', "o.curr", "3", "index_2.html"),
        ('"index"+(n>1?"_"+n:"")+".html"', "n", "5", "index_5.html"),
        ('base + "?p=" + parseInt(n)', "n", "7", "/list?p=7"),
        ("unknown + n", "n", "7", None),
        ('"index_" + (id-1)', "id", "8ae5", None),
        ("fetch(n)", "n", "7", None),
        ('"a" + (', "n", "1", None),
        ("((((", "n", "1", None),
        ("", "n", "1", None),
    ],
)
def test_what_a_sum_comes_to(written: str, name: str, value: str, expected: str | None) -> None:
    assert sum_of(written, name, value, 'var base = "/list";') == expected


def test_name_within_a_string_is_no_use_of_it() -> None:
    assert names('"?id=" + id', "id")
    assert not names('"?id=7"', "id")
    assert not names("this.id", "id")
