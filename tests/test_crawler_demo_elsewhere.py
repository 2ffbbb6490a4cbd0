"""Sites of other makes: their addresses, lists and articles."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
import requests
from lxml import html

from crawler.demo.agencies import ECONOMY
from crawler.demo.answers import answer
from crawler.demo.elsewhere import MAKES, Make, site_elsewhere
from crawler.demo.invent import invent_letters
from crawler.demo.letters import Line
from crawler.demo.portals import portals_of
from crawler.demo.server import DemoServer
from crawler.demo.site import DemoSite

ARTICLES: dict[Make, str] = {
    "generic": "//td[@class='nr']",
    "hanweb": "//div[@id='zoom']",
    "ucap": "//div[@id='UCAP-CONTENT']",
    "vsb": "//div[@id='vsb_content']",
}


def ask(site: DemoSite, path: str) -> html.HtmlElement:
    return html.document_fromstring(answer(site, path).body.decode(site.encoding))


@pytest.mark.parametrize("make", MAKES)
def test_articles_hold_every_line_of_the_letter(make: Make) -> None:
    site = site_elsewhere(make)
    for path, place in site.articles.items():
        (article,) = ask(site, path).xpath(ARTICLES[make])
        printed = article.text_content()
        for block in site.placements[place].letter.text:
            if isinstance(block, Line):
                assert block.text in printed
            else:
                assert all(cell in printed for row in block.rows for cell in row)


@pytest.mark.parametrize("make", ["generic", "ucap", "vsb"])
def test_following_the_page_links_finds_every_letter(make: Make) -> None:
    site = site_elsewhere(make, invent_letters(32, agency=ECONOMY))
    waiting, seen, letters = [site.list_addresses(site.columns[0])[0]], set(), set()
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        paths = {urljoin(here, str(href)) for href in ask(site, here).xpath("//a/@href")}
        letters |= paths & set(site.articles)
        waiting += [path for path in paths if path in site.lists]
    assert letters == set(site.articles)
    assert len([path for path in seen if path in site.list_addresses(site.columns[0])]) == 3


def test_hanweb_lists_its_letters_as_records_in_groups() -> None:
    site = site_elsewhere("hanweb")
    first, second = site.list_addresses(site.columns[0])
    texts = [answer(site, path).body.decode() for path in (first, second)]
    assert [text.count("<record><![CDATA[<li>") for text in texts] == [15, 5]
    assert [text.count("<nextgroup>") for text in texts] == [1, 0]
    assert texts[1].startswith("<?xml") and second in texts[0]
    assert all(placement.letter.title in "".join(texts) for placement in site.placements)


def test_vsb_pages_count_down() -> None:
    site = site_elsewhere("vsb", invent_letters(40, agency=ECONOMY))
    assert site.list_addresses(site.columns[0]) == (
        "/xxgk/jyta.htm",
        "/xxgk/jyta/2.htm",
        "/xxgk/jyta/1.htm",
    )


def test_the_generic_site_declares_another_encoding_than_it_sends() -> None:
    given = answer(site_elsewhere("generic"), "/xxgk/jyta/list.html")
    assert given.header("content-type") == "text/html; charset=gb2312"
    assert b"charset=gb2312" in given.body
    assert "建议提案办理" in given.body.decode("gb18030")


@pytest.mark.parametrize("make", MAKES)
def test_each_make_can_be_served_as_a_portal(make: Make) -> None:
    sites = {"lanjiang-" + make: site_elsewhere(make)}
    with DemoServer(lambda day: sites) as server:
        (portal,) = portals_of(server)
        assert portal.platform == make
        given = requests.get(portal.lists[0].url, timeout=5)
        assert (
            given.status_code == 200 and "复函".encode(sites[portal.name].encoding) in given.content
        )
