"""Where letters stand on a site, how their addresses answer, and how addresses are related."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crawler.demo.letters import DemoLetter
from crawler.demo.markup import Markup
from storage.records import SubmissionKind


class Standing(StrEnum):
    """How a letter's address answers."""

    PRESENT = "present"
    GONE = "gone"  # as the site answers for any address it does not have
    HOME = "home"  # redirected to the home page
    BROKEN = "broken"  # 500
    NOT_FOUND = "not found"  # 404, whatever the site does for other addresses


@dataclass(frozen=True, slots=True)
class Column:
    """A column whose list pages lead to letters."""

    path: str  # begins and ends with /
    name: str
    kind: SubmissionKind | None  # None: it mixes both


@dataclass(frozen=True, slots=True)
class Placement:
    """One letter at one address; its page was last written on the day `saved`."""

    letter: DemoLetter
    column: str  # its path
    running: int  # the number in the address
    published: date  # as list and page print it
    uploaded: date  # in the address
    saved: date
    standing: Standing = Standing.PRESENT
    listed: bool = True
    twin_listed: bool = False  # the list leads to the telephone page too
    markup: Markup = Markup.PARAGRAPHS

    @property
    def order(self) -> tuple[date, int]:
        """What lists sort by."""
        return self.published, self.running


def twin_of(path: str) -> str:
    """The address of a letter's page for telephones: `…_wap.html`."""
    return path.removesuffix(".html") + "_wap.html"


def join(folder: str, name: str) -> str:
    """The address of a page beside a column's address; a name that begins with / is one."""
    return name if name.startswith("/") else folder + name


def way_home(path: str) -> str:
    """What leads from a path to the root: `../../` from `/a/b/c.html`."""
    return "../" * (path.count("/") - 1) or "./"


def relative(href: str, from_path: str) -> str:
    """The address relative to the page it stands on, so that no page knows the site's port."""
    folder = from_path.rpartition("/")[0] + "/"
    if href.startswith(folder):
        return f"./{href.removeprefix(folder)}"
    return way_home(from_path) + href[1:]
