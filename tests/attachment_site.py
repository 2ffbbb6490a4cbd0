"""A portal on loopback whose letters link to files, and files a test makes itself."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from storage.archive import LetterArchive
from storage.attachments.json_form import attachment_object
from storage.json_forms import event_line
from tests.loopback import Desk, Site
from tests.test_end_to_end import PORTAL, _letter, _list

FOLDER = "/zwgk/jyta/202602"
Body = tuple[int, dict[str, str], bytes]
Answer = bytes | str | Body | Callable[[], Body]
DAYS = [f"2026-03-{day:02d}T06:20:00+08:00" for day in range(1, 9)]


class FileSite(Site):
    """A site some of whose answers are made anew for every request."""

    def __init__(self) -> None:
        super().__init__()
        self.fresh: dict[str, Callable[[], Body]] = {}

    def answer(self, path: str, etag: str | None) -> Body:
        if path in self.fresh:
            self.asked[path] += 1
            return self.fresh[path]()
        return super().answer(path, etag)

    def show(self, letters: Mapping[int, str], files: Mapping[str, Answer]) -> None:
        """From now on the site shows these letters on one list page, and these files."""
        paths = {letter_path(number): page for number, page in letters.items()}
        entries = [(path, f"关于第{path[-7:-5]}号提案的复函") for path in sorted(paths)]
        self.fresh = {path: file for path, file in files.items() if callable(file)}
        self.pages = {path: file for path, file in files.items() if not callable(file)}
        self.pages |= {**paths, "/zwgk/jyta/": _list(entries)}
        self.asked.clear()
        self.answered.clear()


class Watched:
    """A portal and the desk that watches it, a crawl a day."""

    def __init__(self, desk: Desk, site: FileSite) -> None:
        self.desk = desk
        self.site = site
        self._days = iter(DAYS)
        self.states: dict[int, dict[str, str]] = {}  # by day, for a story
        self.asked: dict[int, Counter[str]] = {}

    def write_portal(self, before: str = "", after: str = "") -> None:
        self.desk.write_portal("test-kjj", before + PORTAL.format(url=self.site.url) + after)

    def crawl(
        self,
        letters: Mapping[int, str],
        files: Mapping[str, Answer],
        *options: str,
        expect: int = 0,
    ) -> None:
        """Lets a day pass: the site shows this, and is crawled."""
        self.site.show(letters, files)
        self.desk.fuhan("crawl", *options, now=next(self._days), expect=expect)

    @property
    def archive(self) -> Path:
        return self.desk.folder / "fuhan.db"

    def changed(self, number: int | None = None) -> list[dict[str, Any]]:
        """Every `changed` event told so far, of all letters or of one."""
        with closing(LetterArchive.open_to_read(self.archive)) as archive:
            lines = [event_line(event) for event in archive.changes()]
        path = letter_path(number) if number else ""
        return [line for line in lines if line["kind"] == "changed" and path in line["url"]]

    def files(self, number: int) -> list[dict[str, Any]]:
        """What `show --json` says of a letter's files."""
        with closing(LetterArchive.open_to_read(self.archive)) as archive:
            (letter,) = archive.find_letters(self.site.url + letter_path(number))
            return [attachment_object(file) for file in archive.letter_attachments(letter.id)]


def sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def plain(body: bytes, status: int = 200, kind: str = "application/pdf") -> Body:
    """An answer without validators."""
    return status, {"Content-Type": kind}, body


def letter_path(number: int) -> str:
    """Where a letter stands."""
    return f"{FOLDER}/t20260201_{number}.html"


def letter_with(number: int, files: Mapping[str, str], *, figure: int = 120) -> str:
    """A letter's page that links to files: address and name."""
    links = "".join(f'<p>附件：<a href="{url}">{name}</a></p>' for url, name in files.items())
    return _letter(number, figure=figure).replace(
        '</div>\n<div class="qrcode">', f'{links}</div>\n<div class="qrcode">'
    )


def pdf(text: str, *, made: str = "20260201090000", identity: str = "0A1B") -> bytes:
    """A small PDF whose page says `text`, stamped as its maker stamps it."""
    content = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
    body = (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n"
        f"4 0 obj<</Length {len(content)}>>stream\n{content}\nendstream endobj\n"
        f"5 0 obj<</CreationDate(D:{made}+08'00')/ModDate(D:{made}+08'00')>>endobj\n"
        f"trailer<</Root 1 0 R/Info 5 0 R/ID[<{identity}><{identity}>]>>\n%%EOF\n"
    )
    return body.encode()


def docx(text: str, *, modified: str = "2026-02-01T01:00:00Z", year: int = 2026) -> bytes:
    """What of a Word file matters here: its text, and the times its members carry."""
    core = (
        '<cp:coreProperties><dcterms:modified xsi:type="dcterms:W3CDTF">'
        f"{modified}</dcterms:modified></cp:coreProperties>"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            ("[Content_Types].xml", "<Types/>"),
            ("word/document.xml", f"<w:document><w:t>{text}</w:t></w:document>"),
            ("docProps/core.xml", core),
        ):
            member = zipfile.ZipInfo(name, (year, 2, 1, 9, 0, 0))
            archive.writestr(member, content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
