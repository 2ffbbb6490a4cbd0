"""Portal files: each TOML checked and made a `Portal`; the built-in ones and the user's."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Annotated, Self
from urllib.parse import urlsplit

import cssselect
from pydantic import AfterValidator, Field, model_validator

from schedules.config.config import Config, Cron
from schedules.config.toml_files import Section, TomlFile, check, read_toml, toml_files
from schedules.config.value_words import (
    ADDRESS,
    CSS,
    LISTS_OR_PAGES,
    METADATA_KEY,
    NO_DELAY,
    PORTAL_NAME,
    REGION,
    SAME_LISTS,
)
from schedules.words.hints import nearest, nearest_or_all
from schedules.words.language import say
from schedules.words.messages import UNKNOWN_PORTAL, WRONG_FILE_NAME
from storage.errors import ConfigError, PortalError
from storage.records import (
    AttachmentLimits,
    ListColumn,
    PlatformName,
    Portal,
    Select,
    SubmissionKind,
)

# keys of `fuhan clean --json` a label can print the value of
METADATA_KEYS = (
    "title",
    "submission_number",
    "submission_title",
    "assembly",
    "addressees",
    "issuing_agency",
    "co_handling_agencies",
    "lead_agency",
    "signatory",
    "index_number",
    "document_number",
    "subject_category",
    "genre_category",
    "date_written",
    "date_published",
    "date_signed",
    "outcome_class",
)

# cq-kjj, a name on the command line and in file names
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
# 500000, 重庆市
_REGION = re.compile(r"[0-9]{6}")


def _checked_address(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port  # a port that is no number raises
    except ValueError as error:
        raise ValueError(say(ADDRESS, url=url)) from error
    if parts.scheme not in ("http", "https") or not host or any(c.isspace() for c in url):
        raise ValueError(say(ADDRESS, url=url))
    return url


def _checked_css(selector: str) -> str:
    try:
        cssselect.HTMLTranslator().css_to_xpath(selector)
    except cssselect.SelectorError as error:
        raise ValueError(say(CSS, selector=selector, reason=error)) from error
    return selector


def _checked_key(key: str) -> str:
    if key not in METADATA_KEYS:
        raise ValueError(say(METADATA_KEY, key=key, hint=nearest(key, METADATA_KEYS)))
    return key


def _checked_name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(say(PORTAL_NAME))
    return name


def _checked_region(region: str) -> str:
    if not _REGION.fullmatch(region):
        raise ValueError(say(REGION))
    return region


Address = Annotated[str, Field(max_length=2000), AfterValidator(_checked_address)]
Css = Annotated[str, AfterValidator(_checked_css)]
Text = Annotated[str, Field(min_length=1, max_length=200)]
MetadataKey = Annotated[str, AfterValidator(_checked_key)]


class ListEntry(Section):
    """One entry of `lists`: a column that links to letters."""

    url: Address
    kind: SubmissionKind | None = None


class SelectSection(Section):
    """`[select]`: CSS where the platform is wrong about this site."""

    body: Css | None = None
    title: Css | None = None
    metadata: Css | None = None
    list_item: Css | None = None


class AttachmentsSection(Section):
    """`[attachments]`: how many files of a letter are fetched, and how large ones."""

    most: Annotated[int, Field(strict=True, ge=0, le=200)] = AttachmentLimits().most
    most_bytes: Annotated[int, Field(strict=True, ge=1_000, le=100_000_000)] = (
        AttachmentLimits().most_bytes
    )

    @model_validator(mode="before")
    @classmethod
    def _switched(cls, value: object) -> object:
        """`attachments = false` stands for none, `true` for the usual limits."""
        return ({} if value else {"most": 0}) if isinstance(value, bool) else value


class PortalFile(Section):
    """All of a portal's TOML file."""

    name: Annotated[str, Field(max_length=60), AfterValidator(_checked_name)]
    agency: Text
    platform: PlatformName
    lists: tuple[ListEntry, ...] = ()
    pages: tuple[Address, ...] = ()
    region: Annotated[str, AfterValidator(_checked_region)] | None = None
    aliases: tuple[Text, ...] = ()
    cron: Cron = "20 6 * * *"
    delay: Annotated[float, Field(strict=True, ge=0, le=3600, allow_inf_nan=False)] = 2.0
    min_letters: Annotated[int, Field(strict=True, ge=0)] = 0
    budget: Annotated[int, Field(strict=True, ge=1)] | None = None
    private_network: Annotated[bool, Field(strict=True)] = False
    verify_tls: Annotated[bool, Field(strict=True)] = True
    attachments: AttachmentsSection = AttachmentsSection()
    select: SelectSection = SelectSection()
    labels: Mapping[Text, MetadataKey] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _check_together(self) -> Self:
        if not self.lists and not self.pages:
            raise ValueError(say(LISTS_OR_PAGES))
        if self.delay == 0 and not self.private_network:
            raise ValueError(say(NO_DELAY))
        if len({column.url for column in self.lists}) < len(self.lists):
            raise ValueError(say(SAME_LISTS))
        return self


@dataclass(frozen=True, slots=True)
class KnownPortal:
    """A portal with the file that describes it."""

    portal: Portal
    file: str
    built_in: bool


def read_portal(path: TomlFile, environment: Mapping[str, str] = os.environ) -> Portal:
    """The portal a file describes. Raises ConfigError naming file, key path and nearest key.

    What the environment put into it is among the configuration's secrets (`portal_secrets`).
    """
    content, _ = check(PortalFile, read_toml(path), path, environment)
    stem = path.name.removesuffix(".toml")
    if content.name != stem:
        raise ConfigError(say(WRONG_FILE_NAME, path=path, name=content.name, stem=stem))
    return Portal(
        name=content.name,
        agency=content.agency,
        platform=content.platform,
        lists=tuple(ListColumn(entry.url, entry.kind) for entry in content.lists),
        pages=content.pages,
        region=content.region,
        aliases=content.aliases,
        cron=content.cron,
        delay=content.delay,
        min_letters=content.min_letters,
        budget=content.budget,
        private_network=content.private_network,
        verify_tls=content.verify_tls,
        attachments=AttachmentLimits(**dict(content.attachments)),
        select=Select(**dict(content.select)),
        labels=dict(content.labels),
    )


def portal_files(config: Config) -> list[tuple[TomlFile, bool]]:
    """Every portal file, and whether it is built in; a user's replaces a built-in one's."""
    own = toml_files(config.portals.iterdir()) if config.portals else []
    replaced = {path.name for path in own}
    built_in = toml_files(files("crawler.portals").iterdir())
    return [
        *((path, True) for path in built_in if path.name not in replaced),
        *((path, False) for path in own),
    ]


def known_portal(file: TomlFile, built_in: bool, config: Config) -> KnownPortal:
    """The portal of one file; raises ConfigError where that is wrong."""
    portal = read_portal(file, config.variables)
    return KnownPortal(portal, file.name if built_in else str(file), built_in)


def unknown_portal(name: str, known: Mapping[str, KnownPortal]) -> PortalError:
    """That no portal has this name, with the nearest one or those there are, the user's first."""
    names = sorted(known, key=lambda name: known[name].built_in)
    hint = nearest_or_all(name, names, listed_by="fuhan portals list")
    return PortalError(say(UNKNOWN_PORTAL, name=name) + hint, portal=name)
