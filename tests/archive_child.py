"""A process of its own that crawls the story's portal, for the tests that kill it or break its
disk: `python -m tests.archive_child fuhan.db DAYS`."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from storage.errors import ArchiveError
from storage.lock import crawl_lock
from tests.archive_story import Page, Story, a_letter

LETTERS = 8


def site_on(day: int) -> dict[str, Page]:
    """Letters whose text is another one every day."""
    return {f"t{number}.html": a_letter(number, signatory=f"张{day}") for number in range(LETTERS)}


def main(path: Path, days: int) -> int:
    """Crawls for so many days, or for ever where `days` is 0; tells each on stdout."""
    story = Story(path)
    try:
        with crawl_lock(path):
            for day in range(1, days + 1) if days else count(1):
                story.crawl(site_on(day))
                print(day, flush=True)  # noqa: T201 - its parent reads it
    except ArchiveError as error:
        print(type(error).__name__, error, file=sys.stderr, flush=True)  # noqa: T201
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
