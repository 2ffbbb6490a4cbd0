"""The sites in a box: pages, lists, refusals, conditional requests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import urljoin

import pytest
from lxml import html

from crawler.demo.agencies import ECONOMY
from crawler.demo.answers import answer
from crawler.demo.baseline import REPLIES, baseline_sites, economy_site, science_site
from crawler.demo.days import sites_on
from crawler.demo.furniture import furnish
from crawler.demo.invent import invent_letters
from crawler.demo.letters import Block, Line, Table, body_of
from crawler.demo.markup import Markup, write_blocks
from crawler.demo.placements import Standing, relative, twin_of
from crawler.demo.refusals import Firewall
from crawler.demo.site import DemoSite

SCIENCE_SITE, ECONOMY_SITE = "lanjiang-science", "lanjiang-economy"
BODIES = {
    SCIENCE_SITE: "//div[contains(@class, 'trs_editor_view')]",
    ECONOMY_SITE: "//div[@class='gfxwj-content']/div[@class='TRS_Editor']",
}


def ask(site: DemoSite, path: str) -> html.HtmlElement:
    given = answer(site, path)
    assert given.status == 200
    return html.document_fromstring(given.body.decode(site.encoding))


def lines_of(element: html.HtmlElement) -> list[str]:
    """Paragraphs as a reader sees them: table rows tabbed, white space at their ends dropped."""
    lines: list[str] = []
    for block in element.iter("p", "div", "tr"):
        if block.xpath("ancestor::td") or block is element:
            continue
        if block.tag == "tr":
            lines.append("\t".join(str(cell.text_content()) for cell in block))
        elif not block.xpath("./p|./div|./table"):
            for mark in block.iter("br"):
                mark.tail = "\n" + (mark.tail or "")
            lines.extend(str(block.text_content()).split("\n"))
    return [line.strip() for line in lines if line.strip()]


def body_at(site: DemoSite, path: str) -> str:
    """The printed text of the letter at a path, with what stands around the body cut off."""
    placement = site.placements[site.articles.get(path, site.twins.get(path, -1))]
    letter = placement.letter
    lines = lines_of(ask(site, path).xpath(BODIES[site.name])[0])
    files = len(lines) - next(
        (n for n, x in enumerate(lines) if x.startswith("附件：")), len(lines)
    )
    return "\n".join(lines[len(letter.head) : len(lines) - files - len(letter.tail)])


# --- letters' pages ---


@pytest.mark.parametrize("day", [1, 2, 3])
@pytest.mark.parametrize("name", [SCIENCE_SITE, ECONOMY_SITE])
def test_every_page_prints_its_letters_text_exactly(name: str, day: int) -> None:
    site = sites_on(day)[name]
    for path, place in site.articles.items():
        assert body_at(site, path) == site.placements[place].letter.body, path


def test_pages_weigh_what_real_ones_do() -> None:
    for site in baseline_sites().values():
        sizes = [len(answer(site, path).body) for path in site.articles]
        assert 8_000 < sum(sizes) / len(sizes) < 40_000


def test_the_metadata_table_is_printed_twice_with_empty_cells_kept() -> None:
    site = sites_on(1)[SCIENCE_SITE]
    page = ask(site, site.addresses("science-000")[0])
    labels = [cell.text_content() for cell in page.xpath("//table//td[@class='t1']")]
    assert labels.count("[ 索引号 ]") == 2
    assert labels.count("[ 有效性 ]") == 2
    values = [cell.text_content() for cell in page.xpath("//table//td[@class='t2']")]
    assert values.count("") == 2
    letter = site.placements[site.articles[site.addresses("science-000")[0]]].letter
    assert values[0] == letter.index_number


def test_furniture_stands_inside_the_science_sites_article() -> None:
    site = sites_on(1)[SCIENCE_SITE]
    article = ask(site, site.addresses("science-000")[0]).xpath("//div[@class='zwxl-article']")[0]
    text = article.text_content()
    for words in ("扫一扫在手机打开当前页", "分享到", "语音播报"):
        assert words in text


def test_the_economy_site_names_its_neighbours_and_has_a_second_editor_class() -> None:
    site = sites_on(1)[ECONOMY_SITE]
    listed = site.listed(REPLIES)
    page = ask(site, site.address(listed[1]))
    turn = page.xpath("//div[@class='turn']")[0].text_content()
    assert listed[0].letter.title in turn and listed[2].letter.title in turn
    assert len(page.xpath("//div[@class='TRS_Editor']")) == 2
    first = ask(site, site.address(listed[0])).xpath("//div[@class='turn']/p[1]")[0]
    assert first.text_content() == "上一条：没有了"


def test_mobile_twins_print_the_same_text() -> None:
    site = sites_on(1)[SCIENCE_SITE]
    for path in list(site.articles)[:5]:
        assert body_at(site, twin_of(path)) == body_at(site, path)
        assert answer(site, twin_of(path)).body != answer(site, path).body
    economy = sites_on(1)[ECONOMY_SITE]
    assert "不存在" in answer(economy, twin_of(next(iter(economy.articles)))).body.decode()


def test_attachments_are_files_beside_the_page() -> None:
    site = sites_on(1)[SCIENCE_SITE]
    assert len(site.files) > 4
    for path in site.files:
        given = answer(site, path)
        assert given.header("content-type") == "application/pdf"
        assert given.body.startswith(b"%PDF-1.4") and given.body.endswith(b"%%EOF\n")


# --- mark-up ---

SAMPLE: Sequence[Block] = (
    Line("魏 娜 朱 纯委员："),
    Line("截至2025年5月底，全市共有2484家<企业>，增长12.5%，R&D占比3.1%。"),
    Line("一、工作", "heading"),
    Table((("任务", "目标"), ("建设A & B", "12个"))),
    Line("澜江市科学技术局", "right"),
)


@pytest.mark.parametrize("markup", list(Markup))
def test_saving_again_leaves_the_text_equal(markup: Markup) -> None:
    element = html.fragment_fromstring(write_blocks(SAMPLE, markup), create_parent="div")
    assert "\n".join(lines_of(element)) == body_of(tuple(SAMPLE))


def test_every_markup_writes_other_tags() -> None:
    assert len({write_blocks(SAMPLE, markup) for markup in Markup}) == len(Markup)
    assert "<o:p>" in write_blocks(SAMPLE, Markup.WORD)
    assert "&nbsp;" in write_blocks(SAMPLE, Markup.DIVISIONS)


# --- lists ---


@pytest.mark.parametrize("name", [SCIENCE_SITE, ECONOMY_SITE])
def test_lists_show_every_letter_once_newest_first(name: str) -> None:
    site = sites_on(1)[name]
    for column in site.columns:
        paths: list[str] = []
        for here in site.list_addresses(column):
            links = ask(site, here).xpath("//li[@class='clearfix']/a[@title]|//a[p][span]")
            paths += [urljoin(here, link.get("href")) for link in links]
        letters = [path for path in paths if path in site.articles]
        assert letters == [site.address(placement) for placement in site.listed(column)]
        twins = [path for path in paths if path not in letters]
        assert all(path in site.twins for path in twins)
        assert len(twins) == (1 if column.kind == "suggestion" else 0)


def test_paging_counts_from_index_to_index_n_minus_one() -> None:
    site = sites_on(1)[SCIENCE_SITE]
    proposals, suggestions = site.columns
    assert len(site.listed(proposals)) == 37
    assert len(site.listed(suggestions)) == 17
    assert site.list_addresses(proposals) == tuple(
        proposals.path + name for name in ("", "index_1.html", "index_2.html")
    )
    last = answer(site, proposals.path + "index_2.html").body.decode()
    assert 'createPage(3, 2, "index","html")' in last
    assert answer(site, proposals.path + "index_3.html").status == 404
    first = answer(site, proposals.path + "index.html")
    assert first.body == answer(site, proposals.path).body


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (15, 1), (16, 2), (45, 3)])
def test_a_full_last_page_is_the_last(count: int, pages: int) -> None:
    site = economy_site(invent_letters(count, agency=ECONOMY))
    assert len(site.list_addresses(REPLIES)) == pages
    assert (
        f'createPageHTML({pages}, 0, "index", "html")' in answer(site, REPLIES.path).body.decode()
    )


def test_long_titles_are_cut_in_the_list_and_whole_in_the_links_title() -> None:
    site = sites_on(1)[SCIENCE_SITE]
    links = ask(site, site.columns[0].path).xpath("//li[@class='clearfix']/a")
    cut = [link for link in links if link.text.endswith("...")]
    assert cut and all(link.get("title").startswith(link.text[:-3]) for link in cut)


def test_links_are_relative_so_that_ports_do_not_matter() -> None:
    assert relative("/a/b/202501/t1.html", "/a/b/") == "./202501/t1.html"
    assert relative("/a/b/", "/a/b/202501/t1.html") == "../../../a/b/"
    for site in baseline_sites().values():
        for path in ("/", *site.lists, *site.articles):
            hrefs = re.findall(r'href="([^"]+)"', answer(site, path).body.decode())
            assert hrefs
            assert not [href for href in hrefs if href.startswith(("http", "/"))]


def test_thousands_of_letters_make_one_site() -> None:
    site = science_site(invent_letters(1000))
    assert len(site.articles) == 1000
    assert len(site.lists) == 45 + 23 + 2  # and index.html in both columns
    assert answer(site, site.list_addresses(site.columns[0])[-1]).status == 200


# --- answers that are no pages ---


@pytest.mark.parametrize("name", [SCIENCE_SITE, ECONOMY_SITE])
def test_robots_and_home_page_answer(name: str) -> None:
    site = sites_on(1)[name]
    assert answer(site, "/robots.txt").body.startswith(b"User-agent: *")
    assert answer(site, "/").body == answer(site, "/index.html?from=x").body


def test_an_unknown_address_is_a_404_here_and_a_soft_one_there() -> None:
    missing = "/zwgk/202501/t20250101_1.html"
    assert answer(sites_on(1)[SCIENCE_SITE], missing).status == 404
    soft = answer(sites_on(1)[ECONOMY_SITE], missing)
    assert soft.status == 200 and "页面不存在或已被删除" in soft.body.decode()


@pytest.mark.parametrize(
    ("standing", "status"),
    [(Standing.HOME, 302), (Standing.BROKEN, 500), (Standing.NOT_FOUND, 404), (Standing.GONE, 200)],
)
def test_a_letters_address_can_answer_in_other_ways(standing: Standing, status: int) -> None:
    site = sites_on(1)[ECONOMY_SITE]
    changed = replace(site.placements[0], standing=standing)
    site = replace(site, placements=(changed, *site.placements[1:]))
    assert answer(site, site.address(changed)).status == status


@pytest.mark.parametrize(
    ("firewall", "status"),
    [
        (Firewall.SCRIPT, 412),
        (Firewall.COOKIE, 521),
        (Firewall.CAPTCHA, 200),
        (Firewall.FORBIDDEN, 403),
        (Firewall.BUSY, 429),
    ],
)
def test_a_firewall_stands_before_everything(firewall: Firewall, status: int) -> None:
    site = replace(sites_on(1)[SCIENCE_SITE], firewall=firewall)
    for path in ("/", "/robots.txt", site.columns[0].path, *list(site.articles)[:2]):
        given = answer(site, path)
        assert given.status == status
        assert "复函" not in given.body.decode()


# --- conditional requests ---


def test_validators_save_a_page_that_is_as_it_was() -> None:
    site = sites_on(1)[SCIENCE_SITE]
    path = next(iter(site.articles))
    full = answer(site, path)
    tag, modified = full.header("etag"), full.header("Last-Modified")
    assert tag and modified
    for headers in ({"If-None-Match": tag}, {"if-modified-since": modified}):
        spared = answer(site, path, headers)
        assert (spared.status, spared.body) == (304, b"")
        assert spared.header("ETag") == tag


def test_a_stale_or_foreign_validator_gets_the_page() -> None:
    site = sites_on(1)[SCIENCE_SITE]
    path = next(iter(site.articles))
    modified = answer(site, path).header("Last-Modified") or ""
    for headers in (
        {"If-None-Match": '"other"', "If-Modified-Since": modified},
        {"If-Modified-Since": "Mon, 02 Mar 2020 00:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
    ):
        assert answer(site, path, headers).status == 200


def test_one_site_has_no_validators() -> None:
    site = sites_on(1)[ECONOMY_SITE]
    given = answer(site, next(iter(site.articles)), {"If-None-Match": "*"})
    assert given.status == 200 and given.header("etag") is None


def test_an_edited_letter_is_modified_and_its_neighbours_are_not() -> None:
    before, after = sites_on(2)[SCIENCE_SITE], sites_on(3)[SCIENCE_SITE]
    edited = {
        path
        for path in before.articles
        if answer(after, path, {"If-None-Match": answer(before, path).header("etag") or ""}).status
        == 200
    }
    keys = ("science-003", "science-010", "science-012", "science-014", "science-025")
    assert edited == {before.addresses(key)[0] for key in keys}
    path = before.addresses(keys[0])[0]
    modified = answer(before, path).header("last-modified") or ""
    assert answer(after, path, {"If-Modified-Since": modified}).status == 200


def test_head_gives_the_headers_of_get() -> None:
    for site in baseline_sites().values():
        path = next(iter(site.articles))
        get, head = answer(site, path), answer(site, path, method="HEAD")
        assert head.headers == get.headers and head.body == b""
        assert head.header("content-length") == str(len(get.body))


def test_bytes_follow_the_sites_encoding() -> None:
    site = replace(sites_on(1)[ECONOMY_SITE], encoding="gb18030")
    body = answer(site, next(iter(site.articles))).body
    assert "澜江市经济和信息化委员会" in body.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")


def test_no_two_days_have_the_same_furniture() -> None:
    days = [furnish(date(2026, 3, day)) for day in range(2, 9)]
    assert len(set(days)) == 7
    assert len({day.rotation for day in days}) == 7
