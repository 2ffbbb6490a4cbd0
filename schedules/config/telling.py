"""The parts of `fuhan.toml` that say who is told: `[[reports]]`, `[[sinks]]` and `[feed]`."""

from __future__ import annotations

import base64
import binascii
import re
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from schedules.config.secrets import is_mail_address
from schedules.config.toml_files import Section
from schedules.config.value_words import MAIL_ADDRESS, REPORT_NAME, TARGET
from schedules.words.delivery import (
    EXEC_OR_URL,
    MAIL_SECRET,
    SAME_TARGETS,
    SECRET,
    SINK_TARGET,
    TARGET_FORM,
    TREE_OF_LETTERS,
)
from schedules.words.language import Language, say
from storage.records import Significance, SubmissionKind

# a report's name is a file's name too: "daily", "科技-周报"
_REPORT_NAME = re.compile(r"\w[\w.-]*")
# the scheme of "mailtos://…", "wecombot://…", "file:reports/"
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SECRET_BYTES = range(16, 65)  # Standard Webhooks asks for 24 to 64 random bytes


def checked_cron(expression: str) -> str:
    """The expression itself, or ValueError that says what is wrong with it."""
    from schedules.config.cron import cron_trigger  # APScheduler, where a file says when

    cron_trigger(expression)
    return expression


def scheme_of(url: str) -> str:
    """`mailtos` of `mailtos://…`, lower-case; empty where there is none."""
    found = _SCHEME.match(url)
    return found[1].lower() if found else ""


def signing_key(secret: str) -> bytes:
    """The bytes of a Standard Webhooks secret, `whsec_` and base64; ValueError for any other."""
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error as error:
        raise ValueError(say(SECRET)) from error
    if not secret.startswith("whsec_") or len(key) not in _SECRET_BYTES:
        raise ValueError(say(SECRET))
    return key


def _checked_secret(secret: str) -> str:
    signing_key(secret)
    return secret


def _checked_report_name(name: str) -> str:
    if not _REPORT_NAME.fullmatch(name):
        raise ValueError(say(REPORT_NAME))
    return name


def _checked_target(url: str) -> str:
    if url == "file:" or not (url.startswith("file:") or "://" in url):
        raise ValueError(say(TARGET))
    if scheme_of(url) in ("mailto", "mailtos") and not is_mail_address(url):
        raise ValueError(say(MAIL_ADDRESS))
    return url


def _checked_sink_target(url: str) -> str:
    scheme, rest = scheme_of(url), url.partition(":")[2]
    if scheme not in ("file", "tree", "http", "https") or not rest.strip("/"):
        raise ValueError(say(SINK_TARGET))
    return url


ReportForm = Literal["text", "md", "html", "json"]
Cron = Annotated[str, AfterValidator(checked_cron)]
Pattern = Annotated[str, Field(min_length=1, max_length=200)]
ReportName = Annotated[str, Field(max_length=60), AfterValidator(_checked_report_name)]
Secret = Annotated[str, AfterValidator(_checked_secret)]
Argument = Annotated[str, Field(max_length=4000)]


class TargetSection(Section):
    """One entry of a report's `to`: an address, or a table with what only this target needs."""

    url: Annotated[str, Field(max_length=2000), AfterValidator(_checked_target)]
    name: ReportName | None = None  # what it goes by; None: its address without secrets
    secret: Secret | None = None  # of a webhook: what it is signed with
    format: ReportForm | None = None  # of a webhook

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        """A string is the address; its faults are told of the entry itself."""
        return {"url": _checked_target(value)} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _only_where_it_counts(self) -> Self:
        if scheme_of(self.url) in ("http", "https"):
            return self
        if self.secret is not None:
            raise ValueError(say(MAIL_SECRET))
        if self.format is not None:
            raise ValueError(say(TARGET_FORM))
        return self


class SinkTargetSection(Section):
    """A sink's `to`: an address, or a table with a webhook's secret or a program's arguments."""

    url: Annotated[str, Field(max_length=2000), AfterValidator(_checked_sink_target)] | None = None
    secret: Secret | None = None
    exec: Annotated[tuple[Argument, ...], Field(min_length=1, max_length=100)] | None = None
    seconds: Annotated[float, Field(strict=True, gt=0, le=3600, allow_inf_nan=False)] = 60

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        """A string is the address; its faults are told of `to` itself."""
        return {"url": _checked_sink_target(value)} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.url is None) == (self.exec is None):
            raise ValueError(say(EXEC_OR_URL))
        if self.secret is not None and scheme_of(self.url or "") not in ("http", "https"):
            raise ValueError(say(MAIL_SECRET))
        return self


class Selection(Section):
    """Which events are told; all that is named must hold."""

    significance: Annotated[tuple[Significance, ...], Field(min_length=1)] = (
        Significance.SUBSTANCE,
        Significance.METADATA,
    )
    portals: tuple[Pattern, ...] = ("*",)
    agencies: tuple[Pattern, ...] = ()
    kinds: tuple[SubmissionKind, ...] = ()
    words: tuple[Pattern, ...] = ()


class ReportSection(Selection):
    """One `[[reports]]`: what it tells, when it is sent, and where it goes."""

    name: ReportName
    cron: Cron = "0 8 * * *"
    to: tuple[TargetSection, ...] = ()
    on_empty: Literal["silent", "say"] = "silent"
    language: Language | None = None  # None: the locale's

    @model_validator(mode="after")
    def _targets_are_told_apart(self) -> Self:
        names = [target.name for target in self.to if target.name]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(say(SAME_TARGETS, name=twice))
        return self


class SinkSection(Selection):
    """One `[[sinks]]`: where each event's letter goes as it is published."""

    name: ReportName
    to: SinkTargetSection
    format: Literal["letter", "event"] = "letter"
    begin: Literal["start", "now"] = "start"  # of the archive's events
    significance: Annotated[tuple[Significance, ...], Field(min_length=1)] = tuple(Significance)

    @model_validator(mode="after")
    def _letters_make_a_tree(self) -> Self:
        if self.format != "letter" and scheme_of(self.to.url or "") == "tree":
            raise ValueError(say(TREE_OF_LETTERS))
        return self


class FeedSection(Selection):
    """`[feed]`: the Atom file of the newest events."""

    path: Path
    title: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    entries: Annotated[int, Field(strict=True, ge=1, le=10_000)] = 100
    language: Language | None = None
