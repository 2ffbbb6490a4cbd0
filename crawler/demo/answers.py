"""What a site answers to a request: a pure function of the site as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from crawler.demo import refusals
from crawler.demo.files import write_pdf
from crawler.demo.placements import Standing
from crawler.demo.refusals import DemoResponse
from crawler.demo.site import DemoSite
from crawler.demo.views import view_article, view_home, view_list

ROBOTS = "User-agent: *\nDisallow: /search/\nDisallow: /admin/\n"


def answer(
    site: DemoSite, path: str, headers: Mapping[str, str] | None = None, method: str = "GET"
) -> DemoResponse:
    """Answer a request for a path, conditional ones too; a query counts at a data proxy alone.

    `headers` are the request's, whatever their case. An answer to HEAD has the headers of the
    one to GET, `Content-Length` among them, and no body.
    """
    asked = {name.lower(): value for name, value in (headers or {}).items()}
    wanted = unquote(path)
    given = _answer(site, wanted if wanted in site.lists else unquote(urlsplit(path).path), asked)
    if given.status != 304:
        length = ("Content-Length", str(len(given.body)))
        given = replace(given, headers=(*given.headers, length))
    return replace(given, body=b"") if method == "HEAD" else given


def _answer(site: DemoSite, path: str, asked: Mapping[str, str]) -> DemoResponse:
    if site.firewall is not None:
        return refusals.CHALLENGES[site.firewall]
    if path == "/robots.txt":
        return refusals.respond(200, ROBOTS, media_type="text/plain")
    if path in ("/", "/index.html"):
        return _send(site, view_home(site), site.furniture.today, asked)
    if path in site.lists:
        column, number = site.lists[path]
        saved = max(site.list_saved(column), site.furniture.today)
        return _send(site, view_list(site, column, number), saved, asked)
    if path in site.files:
        pdf = write_pdf(site.files[path])
        return DemoResponse(200, (("Content-Type", "application/pdf"),), pdf)
    return _answer_letter(site, path, asked)


def _answer_letter(site: DemoSite, path: str, asked: Mapping[str, str]) -> DemoResponse:
    render = site.template.article
    place = site.articles.get(path)
    if place is None and site.template.twin is not None:
        render = site.template.twin
        place = site.twins.get(path)
    if place is None:
        return _refuse(site, Standing.GONE)
    placement = site.placements[place]
    if placement.standing is not Standing.PRESENT:
        return _refuse(site, placement.standing)
    saved = max(placement.saved, site.furniture.today)
    return _send(site, render(view_article(site, place, path)), saved, asked)


def _refuse(site: DemoSite, standing: Standing) -> DemoResponse:
    if standing is Standing.HOME:
        return refusals.TO_HOME
    if standing is Standing.BROKEN:
        return refusals.BROKEN
    if site.soft_404 and standing is Standing.GONE:
        return refusals.SOFT_NOT_FOUND
    return refusals.NOT_FOUND


def _send(site: DemoSite, text: str, saved: date, asked: Mapping[str, str]) -> DemoResponse:
    """Send a page last written on the day `saved`, or 304 where the asker has it."""
    body = text.encode(site.encoding, errors="xmlcharrefreplace")
    content_type = ("Content-Type", site.media_type)
    if not site.validators:
        return DemoResponse(200, (content_type,), body)
    tag = f'"{sha256(body).hexdigest()[:20]}"'
    modified = datetime.combine(saved, time(1, 30), UTC)
    validators = ("ETag", tag), ("Last-Modified", format_datetime(modified, usegmt=True))
    if _is_current(asked, tag, modified):
        return DemoResponse(304, validators, b"")
    return DemoResponse(200, (content_type, *validators), body)


def _is_current(asked: Mapping[str, str], tag: str, modified: datetime) -> bool:
    """Whether a conditional request names the page as it stands (RFC 9110, 13.2.2)."""
    tags = asked.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or tag in tags
    try:
        since = parsedate_to_datetime(asked.get("if-modified-since", ""))
    except ValueError:
        return False
    return since.tzinfo is not None and since >= modified
