"""Describes the served sites as portals: records for tests, TOML files for a configuration."""

from __future__ import annotations

import json
from pathlib import Path

from crawler.demo.agencies import REGION
from crawler.demo.server import DemoServer
from crawler.demo.site import DemoSite
from storage.records import ListColumn, Portal


def portals_of(server: DemoServer) -> tuple[Portal, ...]:
    """The portals of a running server's sites, at the addresses it serves them."""
    return tuple(portal_of(site, server.url(name)) for name, site in server.sites.items())


def write_portals(server: DemoServer, directory: Path) -> tuple[Path, ...]:
    """Write one TOML file a portal into a directory, which is made where it is missing."""
    directory.mkdir(parents=True, exist_ok=True)
    paths = []
    for portal in portals_of(server):
        path = directory / f"{portal.name}.toml"
        path.write_text(write_toml(portal), encoding="utf-8")
        paths.append(path)
    return tuple(paths)


def write_toml(portal: Portal) -> str:
    """Write a portal as its TOML file says it."""
    # JSON writes strings and lists of strings as TOML does
    quote = json.JSONEncoder(ensure_ascii=False).encode
    lists = "".join(f"  {{ {_columns_keys(column)} }},\n" for column in portal.lists)
    return f"""name = {quote(portal.name)}
agency = {quote(portal.agency)}
aliases = {quote(list(portal.aliases))}
region = {quote(portal.region)}
platform = {quote(portal.platform)}
lists = [
{lists}]
delay = {portal.delay}
min_letters = {portal.min_letters}
private_network = {quote(portal.private_network)}
"""


def portal_of(site: DemoSite, url: str) -> Portal:
    """The portal of a site served at `url`, with no delay, allowed to stand on loopback."""
    listed = sum(len(site.listed(column)) for column in site.columns)
    agency = site.masthead.agency
    return Portal(
        name=site.name,
        agency=agency.name,
        aliases=(agency.short,),
        region=REGION,
        platform=site.platform,
        lists=tuple(
            ListColumn(url + site.list_addresses(column)[0], column.kind) for column in site.columns
        ),
        delay=0.0,
        min_letters=listed // 2,
        private_network=True,
    )


def _columns_keys(column: ListColumn) -> str:
    kind = f', kind = "{column.kind}"' if column.kind else ""
    return f"url = {json.dumps(column.url)}{kind}"
