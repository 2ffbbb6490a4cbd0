"""The sites served on loopback, and the portal files that lead to them."""

from __future__ import annotations

import http.client
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from crawler.demo.answers import answer
from crawler.demo.days import sites_on
from crawler.demo.portals import portals_of, write_portals
from crawler.demo.server import DemoServer, Request

SCIENCE_SITE, ECONOMY_SITE = "lanjiang-science", "lanjiang-economy"


@pytest.fixture
def server() -> Iterator[DemoServer]:
    with DemoServer() as running:
        yield running


def test_each_site_answers_on_its_own_port(server: DemoServer) -> None:
    assert server.url(SCIENCE_SITE) != server.url(ECONOMY_SITE)
    for name, site in sites_on(1).items():
        for path in ("/", site.columns[0].path, next(iter(site.articles))):
            given = requests.get(server.url(name) + path, timeout=5)
            assert given.content == answer(site, path).body


def test_the_day_can_be_changed_while_serving(server: DemoServer) -> None:
    path = sites_on(1)[SCIENCE_SITE].addresses("science-007")[0]
    found = []
    for day in (3, 4):
        server.day = day
        found.append(requests.get(server.url(SCIENCE_SITE) + path, timeout=5).status_code)
    assert found == [200, 404]


def test_requests_are_counted_by_path_and_status(server: DemoServer) -> None:
    url = server.url(SCIENCE_SITE)
    for _ in range(2):
        requests.get(url + "/robots.txt", timeout=5)
    requests.get(url + "/nowhere.html?a=1", timeout=5)
    assert server.requests == {
        Request(SCIENCE_SITE, "/robots.txt", 200): 2,
        Request(SCIENCE_SITE, "/nowhere.html?a=1", 404): 1,
    }
    assert server.count() == 3
    assert server.count(SCIENCE_SITE, 404) == 1
    assert server.count(ECONOMY_SITE) == 0


def test_one_connection_serves_many_requests_even_304_and_head(server: DemoServer) -> None:
    path = sites_on(1)[SCIENCE_SITE].columns[0].path
    connection = http.client.HTTPConnection(urlsplit(server.url(SCIENCE_SITE)).netloc, timeout=5)
    connection.request("GET", path)
    first = connection.getresponse()
    tag = first.headers["ETag"]
    assert first.read()
    socket = connection.sock
    for method, headers, status in (
        ("GET", {"If-None-Match": tag}, 304),
        ("HEAD", {}, 200),
        ("GET", {}, 200),
    ):
        connection.request(method, path, headers=headers)
        given = connection.getresponse()
        assert given.status == status
        assert bool(given.read()) == (method == "GET" and status == 200)
        assert connection.sock is socket
    connection.close()


def test_a_taken_port_is_an_error_and_leaves_nothing_open(server: DemoServer) -> None:
    port = urlsplit(server.url(ECONOMY_SITE)).port
    assert port is not None
    second = DemoServer(ports={ECONOMY_SITE: port})
    with pytest.raises(OSError, match="in use"), second:
        pass
    with pytest.raises(KeyError):
        second.url(SCIENCE_SITE)


def test_a_fixed_port_is_the_same_after_a_restart() -> None:
    with DemoServer() as first:
        url = first.url(SCIENCE_SITE)
    with DemoServer(ports={SCIENCE_SITE: urlsplit(url).port or 0}) as second:
        assert second.url(SCIENCE_SITE) == url


def test_portal_files_say_what_the_records_say(server: DemoServer, tmp_path: Path) -> None:
    records = portals_of(server)
    paths = write_portals(server, tmp_path / "portals")
    assert [path.stem for path in paths] == [record.name for record in records]
    for path, record in zip(paths, records, strict=True):
        written = tomllib.loads(path.read_text(encoding="utf-8"))
        assert written.pop("lists") == [
            {"url": column.url} | ({"kind": column.kind} if column.kind else {})
            for column in record.lists
        ]
        assert written.pop("aliases") == list(record.aliases)
        for key, value in written.items():
            assert getattr(record, key) == value


def test_portals_lead_to_lists_that_show_enough_letters(server: DemoServer) -> None:
    for portal in portals_of(server):
        assert portal.platform == "trs" and portal.private_network and portal.delay == 0
        listed = sum(
            len(server.sites[portal.name].listed(c)) for c in server.sites[portal.name].columns
        )
        assert 0 < portal.min_letters <= listed
        for column in portal.lists:
            assert "createPage" in requests.get(column.url, timeout=5).text
