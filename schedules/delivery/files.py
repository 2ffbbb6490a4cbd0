"""Reports as files: a folder gets one after another, a named file always the last."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from schedules.config.config import ReportForm, ReportSection
from schedules.delivery.contents import Contents, report_text
from schedules.delivery.failures import NotDelivered
from schedules.delivery.periods import Period
from schedules.words.language import say
from schedules.words.messages import CANNOT_WRITE_FILE
from schedules.words.system_faults import system_fault
from storage.archive import LetterArchive
from storage.errors import DeliveryError
from storage.json_forms import dump
from storage.outbox.records import Delivery, Draft
from storage.records import Portal
from storage.upkeep.files import written_aside

SUFFIXES: dict[str, ReportForm] = {".txt": "text", ".md": "md", ".html": "html", ".json": "json"}
FOLDER_SUFFIXES = (".md", ".html", ".json")  # what a folder is given


class FileTarget:
    """`file:reports/` gets `daily-2026-05-04-0800.md`, `.html` and `.json`; `file:latest.html`
    is written anew each time."""

    batch = 1
    seconds = 60.0

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def folder(self) -> Path:
        """Where the files go."""
        return self.path.parent if self.path.suffix in SUFFIXES else self.path

    @property
    def sample(self) -> Path | None:
        """Where a sample goes, beside the named file whose report it leaves alone; None in a
        folder, where it is one of many."""
        if self.path.suffix not in SUFFIXES:
            return None
        return self.path.with_name(f"{self.path.stem}-test{self.path.suffix}")

    def drafts(self, contents: Contents) -> list[Draft]:
        """One message: each file's text under its name, titled by the report's stem."""
        if self.sample is None:
            names = {f"{contents.stem}{suffix}": suffix for suffix in FOLDER_SUFFIXES}
        else:
            named = self.sample if contents.test else self.path
            names = {named.name: named.suffix}
        texts = {name: contents.form(SUFFIXES[suffix]) for name, suffix in names.items()}
        return [Draft(contents.stem, dump(texts))]

    def send(self, deliveries: Sequence[Delivery], now: datetime) -> None:
        """Writes the files, each in one step; written twice, they are the same."""
        for delivery in deliveries:
            for name, text in json.loads(delivery.content).items():
                try:
                    write_file(self.folder / name, text)
                except DeliveryError as error:
                    raise NotDelivered(str(error)) from error

    def has(self, stem: str) -> bool:
        """Whether the folder has files of that stem already."""
        in_folder = self.path.suffix not in SUFFIXES
        return in_folder and any((self.path / f"{stem}{end}").exists() for end in FOLDER_SUFFIXES)

    def check(self) -> None:
        """Writes an empty file beside the others and takes it away again."""
        check_folder(self.folder)


def file_path(url: str, folder: Path) -> Path:
    """`file:reports/` counted from the configuration's folder, `file:///srv/x` as it stands."""
    path = urlsplit(url).path if "://" in url else url.partition(":")[2]
    return folder / Path(unquote(path)).expanduser()


def write_file(path: Path, text: str) -> None:
    """Puts `text` into a file in one step, so that no reader meets half of it; DeliveryError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with written_aside(path) as aside:
            aside.write_text(text, encoding="utf-8", errors="backslashreplace")
            aside.chmod(0o644)  # a web server may show it, however much we keep to ourselves
    except OSError as error:
        raise DeliveryError(
            say(CANNOT_WRITE_FILE, path=path, reason=system_fault(error))
        ) from error


def write_report(
    archive: LetterArchive,
    report: ReportSection,
    period: Period,
    portals: Sequence[Portal],
    folder: Path,
    stem: str,
) -> list[Path]:
    """Writes the report of a period into `folder`, a file a form; gives their paths."""
    paths = [folder / f"{stem}{suffix}" for suffix in FOLDER_SUFFIXES]
    for path in paths:
        write_file(path, report_text(archive, report, period, SUFFIXES[path.suffix], portals))
    return paths


def check_folder(folder: Path) -> None:
    """Whether files can be written into a folder, which is made where it can be; DeliveryError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise DeliveryError(
            say(CANNOT_WRITE_FILE, path=folder, reason=system_fault(error))
        ) from error
