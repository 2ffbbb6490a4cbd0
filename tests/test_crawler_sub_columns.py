"""Columns within a column: which links lead to them, and how a walk takes them in."""

from __future__ import annotations

import pytest

from crawler.lists.sub_columns import MOST_BRANCHES, sub_columns
from crawler.lists.walk import ColumnWalk
from storage.records import ListColumn, ListedLink
from tests.test_crawler_lists import COLUMN, links, list_page


def below(body: str, **options: str) -> list[str]:
    page = list_page(f"<html><body>{body}</body></html>", **options)  # type: ignore[arg-type]
    return [url.removeprefix(COLUMN) for url in sub_columns(page)]


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("2024年", "2024/"),
        ("2023年度", "jy2023/"),
        ("2022年办理情况", "2022/index.html"),
        ("2021", "2021/"),
        ("2020年", "hf2020.htm"),
        ("人大代表建议", "rdjy/"),
        ("政协提案", "zxta/list.shtml"),
        ("建议办理答复", "hf/"),
    ],
)
def test_lists_in_the_columns_folder_named_by_year_or_kind(name: str, address: str) -> None:
    assert below(f'<a href="./{address}">{name}</a>') == [address]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/zwgk/2024/">2024年</a>',
        '<a href="https://www.qinglan.gov.cn/zwgk/jyta/2024/">2024年</a>',
        '<a href="2024/t20240603_31.html">2024年政协提案</a>',
        '<a href="2024.pdf">2024年</a>',
        '<a href="./">政协提案</a>',
        '<a href="notices/">通知公告</a>',
        '<a href="2/">2</a>',
        '<a href="index_2034.html">2034</a>',
        '<a href="a/">关于市政协六届二次会议第0031号提案的复函和办理情况说明</a>',
        '<a href="javascript:go(1)">2024年</a>',
    ],
)
def test_what_is_no_column_within_the_column(link: str) -> None:
    assert below(link) == []


def test_latest_year_comes_first_and_their_number_is_bounded() -> None:
    years = "".join(f'<a href="{year}/">{year}年</a>' for year in range(1990, 2025))
    found = below(years)
    assert found[:2] == ["2024/", "2023/"] and len(found) == MOST_BRANCHES


def test_column_at_the_root_has_none() -> None:
    root = "https://msj.qinglan.gov.cn/"
    assert below('<a href="/2024/">2024年</a>', url=root, column=root) == []


Pages = dict[str, tuple[list[ListedLink], int, list[str], list[str]]]


def walk_all(walk: ColumnWalk, pages: Pages) -> list[str]:
    """Walks pages by name: their links, how many unknown, the pages and the columns they name."""
    asked: list[str] = []
    while (url := walk.next_page()) is not None and len(asked) < 60:
        name = url.removeprefix(COLUMN)
        asked.append(name)
        if name not in pages:
            walk.page_failed("404")
            continue
        shown, unknown, further, branches = pages[name]
        ahead = [COLUMN + other for other in further]
        walk.page_read(shown, unknown, ahead, url, [COLUMN + other for other in branches])
    return asked


def test_full_walk_goes_through_every_branch_after_the_column_itself() -> None:
    walk = ColumnWalk(ListColumn(COLUMN), full=True)
    pages: Pages = {
        "": (links(9), 1, [], ["2024/", "2023/"]),
        "2024/": (links(9, 8), 1, ["2024/index_1.html"], ["2024/", "2023/"]),
        "2024/index_1.html": (links(7), 1, [], []),
        "2023/": (links(6), 1, [], []),
    }
    assert walk_all(walk, pages) == ["", "2024/", "2024/index_1.html", "2023/", ""]
    assert walk.complete


def test_branch_that_shows_the_columns_own_page_again_is_still_walked() -> None:
    walk = ColumnWalk(ListColumn(COLUMN), full=True)
    pages: Pages = {
        "": (links(9, 8), 2, [], ["2024/"]),
        "2024/": (links(9, 8), 0, ["2024/index_1.html"], []),
        "2024/index_1.html": (links(7), 1, [], []),
    }
    assert "2024/index_1.html" in walk_all(walk, pages)


def test_branches_of_a_column_that_lists_everything_itself_are_left_at_their_first_page() -> None:
    walk = ColumnWalk(ListColumn(COLUMN), full=True)
    pages: Pages = {
        "": (links(9, 8), 2, ["index_1.html"], ["zxta/"]),
        "index_1.html": (links(7, 6), 2, [], ["zxta/"]),
        "zxta/": (links(9, 7), 0, ["zxta/index_1.html"], []),
    }
    assert walk_all(walk, pages) == ["", "index_1.html", "zxta/", ""]
    assert walk.complete


def test_short_walk_looks_at_the_first_page_of_a_few_branches() -> None:
    walk = ColumnWalk(ListColumn(COLUMN), full=False)
    years = [f"{year}/" for year in range(2024, 2014, -1)]
    pages: Pages = {"": (links(99), 0, [], years)}
    pages |= {name: (links(n), 0, [f"{name}index_1.html"], []) for n, name in enumerate(years)}
    assert walk_all(walk, pages) == ["", "2024/", "2023/", "2022/", "2021/"]


def test_dead_link_to_a_branch_is_no_failure_of_the_list_but_another_fault_is() -> None:
    pages: Pages = {"": (links(9), 1, [], ["2019/"])}
    walk = ColumnWalk(ListColumn(COLUMN), full=True)
    walk_all(walk, pages)
    assert walk.failed == 0
    broken = ColumnWalk(ListColumn(COLUMN), full=True)
    broken.next_page()
    broken.page_read(links(9), 1, [], COLUMN, [COLUMN + "2019/"])
    broken.next_page()
    broken.page_failed("502")
    assert broken.next_page() is None
    assert (broken.failed, broken.complete) == (1, False)


@pytest.mark.parametrize("name", ["人大要闻", "政协动态", "人大任免", "2024年财政预算", "2024年"])
def test_wide_column_leads_to_no_other_columns_news(name: str) -> None:
    wide = "https://msj.qinglan.gov.cn/zwgk/"
    body = f'<a href="/zwgk/xw/2024/">{name}</a>'
    assert below(body, url=wide, column=wide) == []
    here = '<a href="/zwgk/2024/">2024年</a><a href="/zwgk/ta/2024/">2024年政协提案</a>'
    assert below(here, url=wide, column=wide) == [wide + "2024/", wide + "ta/2024/"]


def test_one_scripts_other_list_is_no_column_within_but_another_year_is() -> None:
    column = "https://msj.qinglan.gov.cn/zwgk/list.jsp?col=7&year=2024"
    body = '<a href="?col=9&year=2024">政协提案</a><a href="?col=7&year=2023">2023年</a>'
    assert below(body, url=column, column=column) == [
        "https://msj.qinglan.gov.cn/zwgk/list.jsp?col=7&year=2023"
    ]


@pytest.mark.parametrize(("full", "asked"), [(True, 121), (False, 13)])
def test_f39_columns_without_end_within_a_column_are_bounded(full: bool, asked: int) -> None:
    walk = ColumnWalk(ListColumn(COLUMN), full=full)
    while (url := walk.next_page()) is not None and walk.asked < 1_000:
        walk.page_read(links(9), 0, [], url, [url + "2024/", url + "2023/"])
    assert walk.asked == asked
    assert walk.complete is not full


def test_short_walk_reaches_the_latest_years_of_each_kind() -> None:
    years = [f"{year}/" for year in range(2024, 2014, -1)]
    pages: Pages = {"": ([], 0, [], ["jy/", "ta/"])}
    for kind in ("jy/", "ta/"):
        pages[kind] = ([], 0, [], [kind + year for year in years])
    asked = walk_all(ColumnWalk(ListColumn(COLUMN), full=False), pages)
    assert {"jy/2024/", "jy/2023/", "ta/2024/", "ta/2023/"} <= set(asked)
    assert len(asked) == 11


@pytest.mark.parametrize("reason", ["404", "410", "soft 404: 页面不存在"])
def test_branch_that_is_not_there_leaves_the_walk_complete(reason: str) -> None:
    walk = ColumnWalk(ListColumn(COLUMN), full=False)
    walk.next_page()
    walk.page_read(links(9), 1, [], COLUMN, [COLUMN + "2019/"])
    walk.next_page()
    walk.page_failed(reason)
    assert walk.next_page() is None
    assert (walk.failed, walk.complete) == (0, True)
    away = ColumnWalk(ListColumn(COLUMN), full=False)
    away.next_page()
    away.page_read(links(9), 1, [], COLUMN, [COLUMN + "2019/"])
    away.next_page()
    away.page_failed("redirected to the home page")
    assert (away.failed, away.complete) == (1, False)
