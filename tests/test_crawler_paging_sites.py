"""Every platform's paging over real HTTP: all letters found, none twice, each page asked once."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.crawl_site import Site
from tests.list_forms import BEHIND, MORE, WHOLE
from tests.list_sites import BROKEN, BROKEN_DEEP, FORMS, SHELLS, Column, Form, answer

CHILD = Path(__file__).with_name("crawl_child.py")
TOTALS = (0, 1, 2, 3, 9)  # with two on a page: a full one, one letter more, five pages
LONG = (67,)  # 34 pages
GROUP_TOTALS = (0, 1, 6, 7, 19)  # with six in a group
LONG_FORMS = frozenset({"create-page", "posted-groups", "page-div", "older-down", "numbers"})
PAGED = (*FORMS, *MORE)
ALL = (*PAGED, *SHELLS, *BEHIND, *WHOLE)
FAULTY = (*BROKEN, *BROKEN_DEEP)
SERVED = (*ALL, *(form for form, _ in FAULTY))


def columns_of(form: Form) -> list[Column]:
    return [Column(f"/{form.name}/n{total}/", total) for total in totals_of(form)]


def totals_of(form: Form) -> tuple[int, ...]:
    if form in (faulty for faulty, _ in FAULTY):
        return (7,)
    totals = GROUP_TOTALS if form.group > 1 else TOTALS
    return totals + LONG if form.name in LONG_FORMS else totals


@dataclass(frozen=True)
class Crawled:
    """What a first crawl asked each site for, and what it told."""

    asked: dict[str, list[str]]
    lines: list[dict[str, Any]]
    errors: str

    def lists_asked(self, form: Form, column: Column) -> list[str]:
        return [
            path
            for path in self.asked[form.name]
            if path.startswith(column.path) and "/t20240603_" not in path
        ]

    def letters_asked(self, form: Form, column: Column) -> Counter[str]:
        return Counter(
            path
            for path in self.asked[form.name]
            if path.startswith(column.path) and "/t20240603_" in path
        )

    def errors_of(self, form: Form) -> str:
        return "\n".join(line for line in self.errors.splitlines() if f"{form.name}: " in line)

    def settled(self, form: Form) -> dict[str, Any]:
        (line,) = [line for line in self.lines if line.get("settled") == form.name]
        return line


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    sites = {
        form.name: Site(f"127.0.3.{n}", answer({form.name: form}, columns_of(form)))
        for n, form in enumerate(SERVED, 1)
    }
    portals = [
        {
            "name": form.name,
            "platform": form.platform,
            "delay": 0,
            "private_network": True,
            "lists": [sites[form.name].url + form.begin(column) for column in columns_of(form)],
        }
        for form in SERVED
    ]
    order = {
        "archive": str(tmp_path_factory.mktemp("paging") / "letters.db"),
        "portals": portals,
        "now": "2026-05-04T06:00:00Z",
        "total_time": 20,
    }
    done = subprocess.run(
        [sys.executable, str(CHILD)],
        input=json.dumps(order),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    yield Crawled({name: list(site.asked) for name, site in sites.items()}, lines, done.stderr)
    for site in sites.values():
        site.close()


CASES = [(form, column) for form in ALL for column in columns_of(form)]
COUNTED = [(form, column) for form in PAGED for column in columns_of(form)]


def name_of(value: object) -> str:
    return value.name if isinstance(value, Form) else str(getattr(value, "total", value))


@pytest.mark.parametrize(("form", "column"), CASES, ids=name_of)
def test_first_crawl_finds_every_letter_and_none_twice(
    crawled: Crawled, form: Form, column: Column
) -> None:
    expected = {column.letter_path(number): 1 for number in range(1, column.total + 1)}
    assert crawled.letters_asked(form, column) == expected


@pytest.mark.parametrize(("form", "column"), COUNTED, ids=name_of)
def test_each_list_page_is_asked_once_and_the_first_again_at_the_end(
    crawled: Crawled, form: Form, column: Column
) -> None:
    asked = crawled.lists_asked(form, column)
    assert len(asked) == form.requests(column)
    again = {path: times for path, times in Counter(asked).items() if times > 1}
    assert set(again) <= {form.begin(column)}


@pytest.mark.parametrize("form", ALL, ids=name_of)
def test_walk_of_every_form_is_healthy(crawled: Crawled, form: Form) -> None:
    settled = crawled.settled(form)
    assert (settled["state"], settled["listed"]) == ("ok", sum(totals_of(form)))
    assert f"{form.name}: list " not in crawled.errors


def test_proxy_that_refuses_one_method_is_asked_by_the_other_once_a_column(
    crawled: Crawled,
) -> None:
    form = SHELLS[-1]
    for column in columns_of(form):
        extra = column.total > 6
        assert len(crawled.lists_asked(form, column)) == form.requests(column) + extra


@pytest.mark.parametrize(("form", "words"), BROKEN, ids=name_of)
def test_what_is_no_list_is_a_failure_and_no_empty_list(
    crawled: Crawled, form: Form, words: str
) -> None:
    settled = crawled.settled(form)
    assert settled["state"] in ("failing", "blocked") and settled["listed"] == 0
    assert words in crawled.errors_of(form)


@pytest.mark.parametrize(("form", "words"), BROKEN_DEEP, ids=name_of)
def test_further_records_that_do_not_come_are_told_and_the_first_are_kept(
    crawled: Crawled, form: Form, words: str
) -> None:
    assert crawled.settled(form)["listed"] == 6
    assert words in crawled.errors_of(form)
