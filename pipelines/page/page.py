"""Owns the way from a page's bytes to its parts: decode, parse once, find, strip, gather."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from pipelines.page.article.article import Article
from pipelines.page.article.containers import name_of
from pipelines.page.article.neighbourhood import lines_before, lines_behind
from pipelines.page.article.source import ArticleSource, article_source
from pipelines.page.days.linked_data import linked_day
from pipelines.page.days.publication import day_behind, day_in_form, stamped_day, stamps_above
from pipelines.page.days.stated_days import meta_day, stated_day
from pipelines.page.files.attachments import (
    distinct,
    file_links,
    files_in_place_of_text,
    listed_beside,
    lost_files,
)
from pipelines.page.files.scans import scans, shows_pictures
from pipelines.page.files.written import (
    WrittenScript,
    named_metadata,
    titles_beside,
    written_files,
    written_groups,
    written_scripts,
)
from pipelines.page.furniture.account import Account, draw_account
from pipelines.page.furniture.whole_page import KeptAround, whole_page_blocks
from pipelines.page.further_pages import goes_on, is_signed
from pipelines.page.headings import (
    article_titles,
    distinct_titles,
    headings,
    names_letter,
    page_titles,
    selected_titles,
    without_stamps,
)
from pipelines.page.markup.decode import DecodedPage, decode
from pipelines.page.markup.lines import MOST_LINES
from pipelines.page.markup.parsing import parse
from pipelines.page.markup.tree import Element
from pipelines.page.metadata.class_label import printed_class
from pipelines.page.metadata.label_lines import parse_label_line
from pipelines.page.metadata.label_runs import MetadataGroup
from pipelines.page.metadata.labels import LabelTable, label_table
from pipelines.page.metadata.metas import Metas, read_metas
from pipelines.page.metadata.surroundings import bare_values, metadata_groups
from pipelines.page.metadata.values import MetadataValues
from pipelines.parts import PageParts
from storage.records import Attachment, Block, Portal, SiteProfile


@dataclass(frozen=True, slots=True)
class _Opened:
    """A page parsed: its tree, where its article stands, and what its head and scripts say."""

    text: str
    root: Element
    portal: Portal | None
    table: LabelTable
    source: ArticleSource
    metas: Metas
    scripts: Sequence[WrittenScript]
    base: str  # what relative addresses are relative to

    @property
    def article(self) -> Article | None:
        return self.source.article


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What stands around a page's article: metadata, the lines above, titles, files."""

    groups: Sequence[MetadataGroup]
    values: MetadataValues  # of the groups; those printed within the article are added
    above: Sequence[str]
    titles: list[str]
    page_titles: list[str]  # what `<title>` says, the last resort
    files: list[Attachment]


def read_parts(
    body: bytes,
    url: str,
    portal: Portal | None,
    content_type: str | None = None,
    profile: SiteProfile | None = None,
    *,
    whole_page: bool = False,
) -> PageParts:
    """What a page holds: title candidates, the article's lines, metadata, attachments, account.

    `url` is the page's address, the ground of attachments' addresses; `content_type` the
    header's value; `profile` what was learnt of the portal's pages. With `whole_page` the parts
    hold an account of all the page's text in its order. Never raises: a page without article text
    has a refusal that begins with `unreadable`, unless files stand in the article's place.
    """
    decoded = decode(body, content_type)
    page = _opened(decoded, url, portal, profile)
    around = _surroundings(page)
    lines = page.article.lines if page.article else ()
    known = (*around.titles, *around.page_titles)
    account = draw_account(lines, page.table, known, _names(around.files))
    metadata = _metadata(page, around, account)
    titles = [*around.titles, *metadata.pop("title", ()), *account.headings, *around.page_titles]
    titles += titles_beside(page.scripts) if page.source.embedded else []
    titles, stamped = without_stamps(titles)
    if "date_published" not in metadata:
        in_form = day_in_form(account.lines, page.table)
        days = [*account.dates, *stamps_above(around.above, page.table), *stamped]
        days += [in_form] if in_form else []
        _add_unlabelled(metadata, _publication(page, days, titles))
    return PageParts(
        titles=distinct_titles(titles),
        lines=account.lines,
        title_lines=account.title_lines,
        page_turns=account.page_turns,
        metadata=metadata,
        attachments=tuple(around.files),
        blocks=_blocks(page, around, account, titles) if whole_page else (),
        warnings=(
            *_warnings(decoded, page.article, around.values),
            *_lost_files(page),
            *_goes_on(page, account),
        ),
        refusal=_refusal(page, around, account),
        encoding=decoded.encoding,
        method=page.article.method if page.article else None,
        container=_container(page.source),
        decided_by=decoded.decided_by,
    )


def _opened(
    decoded: DecodedPage, url: str, portal: Portal | None, profile: SiteProfile | None
) -> _Opened:
    """A page's text parsed once, its article found."""
    text, root = decoded.text, parse(decoded.utf8 or decoded.text)
    table = label_table(tuple(sorted(portal.labels.items())) if portal else ())
    source = article_source(root, text, portal, table, profile)
    metas, scripts = read_metas(root), written_scripts(root)
    return _Opened(text, root, portal, table, source, metas, scripts, _base(root, url))


def _surroundings(page: _Opened) -> _Surroundings:
    """What the page prints around its article, and what its scripts write there."""
    groups = metadata_groups(page.root, page.source.elements, page.portal, page.table)
    groups += written_groups(page.scripts, page.table)
    values = MetadataValues(page.table)
    for group in groups:
        values.add(group.pairs)
    printed = values.by_key()
    above = _above(page, printed)
    titles = [*selected_titles(page.root, page.portal), *printed.get("title", ())]
    unlabelled = [text for text in above if not parse_label_line(text, page.table)]
    titles += article_titles(page.metas) or headings(page.root, unlabelled)
    behind = page_titles(page.root, page.metas)
    files = _files(page, titled=any(map(names_letter, (*titles, *behind))))
    return _Surroundings(groups, values, above, titles, behind, files)


def _metadata(page: _Opened, around: _Surroundings, account: Account) -> dict[str, tuple[str, ...]]:
    """The values of each key: printed with a label, around the article or in it, or without."""
    around.values.add(account.pairs)
    metadata = around.values.by_key()
    if "index_number" not in metadata:
        _add_unlabelled(metadata, bare_values(page.root, page.text))
    _add_unlabelled(metadata, named_metadata(page.scripts))
    _add_unlabelled(metadata, printed_class(page.text, account.lines))
    return metadata


def _publication(page: _Opened, stamps: Sequence[str], titles: Sequence[str]) -> dict[str, str]:
    """When the page says it was published, where no label of its metadata does."""
    day = stamped_day(stamps) or meta_day(page.metas)
    if page.article and not day:
        day = day_behind(lines_behind(page.article.elements[-1]), page.table)
        articles = () if page.source.embedded else page.article.elements
        day = day or stated_day(page.root, articles, page.table)
    day = day or linked_day(page.root, titles)
    return {"date_published": day} if day else {}


def _blocks(
    page: _Opened, around: _Surroundings, account: Account, titles: Sequence[str]
) -> tuple[Block, ...]:
    """The account of all the page's text in its order."""
    pairs = tuple(dict.fromkeys(pair for group in around.groups for pair in group.pairs))
    kept = KeptAround(pairs, tuple(titles), tuple(_names(around.files)))
    return whole_page_blocks(page.root, page.article, account, kept, page.table)


def _add_unlabelled(metadata: dict[str, tuple[str, ...]], found: Mapping[str, str]) -> None:
    """Adds what is known without a printed label, where no label says otherwise."""
    for key, value in found.items():
        metadata.setdefault(key, (value,))


def _container(source: ArticleSource) -> str | None:
    """Where the article stood, by as many steps of its place as it has up to three."""
    if not source.elements:
        return None
    found = (name_of(source.elements[0], steps) for steps in (3, 2, 1))
    name = next(filter(None, found), "html")
    return f"script > {name}" if source.embedded else name


def _above(page: _Opened, printed: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """The lines above the article, where the page's head and metadata leave something open."""
    article = page.article
    metas = read_metas(page.source.root) if page.source.embedded else page.metas
    if not article or (article_titles(metas) and "date_published" in printed):
        return ()
    return lines_before(article.elements[0]) if article.above is None else article.above


def _files(page: _Opened, *, titled: bool) -> list[Attachment]:
    """The files linked in the article, then those beside it and those scripts write.

    `titled` says that the page's title is a letter's: what stands in place of a text is it.
    """
    source, base = page.source, page.base
    elements = source.elements
    written = written_files(page.scripts, elements, base)
    if not elements:
        return distinct([*files_in_place_of_text(source.root, base, titled=titled), *written])
    beside = listed_beside(source.root, elements, base)
    files = distinct([*file_links(elements, base), *beside, *written])
    empty = titled and not files and source.article and not source.article.lines
    return scans(elements, base) if empty else files


def _base(root: Element, url: str) -> str:
    """What relative addresses are relative to: the page's `<base>`, else the page."""
    href = next((href for each in root.iter("base") if (href := each.get("href"))), "")
    try:
        return urljoin(url, href.strip())
    except ValueError:
        return url


def _names(files: Sequence[Attachment]) -> list[str]:
    return [file.name for file in files]


def _warnings(
    decoded: DecodedPage, article: Article | None, values: MetadataValues
) -> tuple[str, ...]:
    cut = f"page: more than {MOST_LINES} lines, the rest is not read"
    return (
        *decoded.warnings,
        *(article.warnings if article else ()),
        *([cut] if article and len(article.lines) > MOST_LINES else []),
        *values.conflicts(),
    )


def _lost_files(page: _Opened) -> list[str]:
    """A warning for each file that an editor linked to on a disk of the office's own."""
    return [
        f"attachments: {name} leads to no web address" for name in lost_files(page.source.elements)
    ]


def _goes_on(page: _Opened, account: Account) -> tuple[str, ...]:
    """A warning where the article's other pages are not on this one."""
    whole = not account.lines or is_signed(account.lines)
    on = not whole and goes_on(page.text, page.root, page.base)
    return ("body: it goes on at further pages, which are not read",) if on else ()


def _refusal(page: _Opened, around: _Surroundings, account: Account) -> str | None:
    """Why nothing can be read of the page, or None; files may stand for the text."""
    if account.lines or around.files:
        return None
    titled = any(map(names_letter, (*around.titles, *around.page_titles)))
    only_pictures = ", only pictures" if titled and shows_pictures(page.root) else ""
    return f"unreadable: no article text found{only_pictures}"
