"""Owns the way from a page's bytes to its parts: decode, parse once, find, strip, gather."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urljoin

from pipelines.page.account import Account, draw_account
from pipelines.page.article import Article
from pipelines.page.attachments import (
    distinct,
    file_links,
    files_in_place_of_text,
    listed_beside,
)
from pipelines.page.containers import name_of
from pipelines.page.decode import DecodedPage, decode
from pipelines.page.furniture import edge_rule
from pipelines.page.headings import (
    article_titles,
    distinct_titles,
    headings,
    names_letter,
    page_titles,
    selected_titles,
    without_stamps,
)
from pipelines.page.label_lines import parse_label_line
from pipelines.page.labels import LabelTable, label_table
from pipelines.page.metadata_values import MetadataValues
from pipelines.page.metas import Metas, read_metas
from pipelines.page.neighbourhood import lines_before, lines_behind
from pipelines.page.printed_days import PRINTED_DAY, day_by_label, day_with_label
from pipelines.page.scans import scans
from pipelines.page.source import ArticleSource, article_source
from pipelines.page.surroundings import bare_values, meta_date_published, metadata_groups
from pipelines.page.text import MOST_LINES
from pipelines.page.tree import Element, parse
from pipelines.page.whole_page import KeptAround, whole_page_blocks
from pipelines.page.written import (
    WrittenScript,
    named_metadata,
    titles_beside,
    written_files,
    written_groups,
    written_scripts,
)
from pipelines.parts import PageParts
from storage.records import Attachment, Block, Portal, SiteProfile


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
    header's value; `profile` what was learnt of the portal's pages. With `whole_page` the account
    covers all the page's text in its order, not the article and the metadata alone. Never raises:
    a page without article text has a refusal that begins with `unreadable`, unless files stand
    in the article's place.
    """
    decoded = decode(body, content_type)
    root = parse(decoded.text)
    table = label_table(tuple(sorted(portal.labels.items())) if portal else ())
    source = article_source(root, decoded.text, portal, table, profile)
    article, elements = source.article, source.elements
    scripts = written_scripts(root)
    groups = metadata_groups(root, elements, portal, table)
    groups += written_groups(scripts, table)
    values = MetadataValues(table)
    for group in groups:
        values.add(group.pairs)
    printed = values.by_key()
    metas = read_metas(root)
    above = _above(read_metas(source.root) if source.embedded else metas, article, printed)
    titles = [*selected_titles(root, portal), *printed.get("title", ())]
    titles += _titles(root, metas, [text for text in above if not parse_label_line(text, table)])
    files = _files(source, scripts, _base(root, url), titled=any(map(names_letter, titles)))
    account = draw_account(article.lines if article else (), table, titles, _names(files))
    values.add(account.pairs)
    metadata = values.by_key() if account.pairs else printed
    _add_unlabelled(metadata, {} if "index_number" in metadata else bare_values(root, decoded.text))
    _add_unlabelled(metadata, named_metadata(scripts))
    titles = [*titles, *metadata.pop("title", ()), *account.headings]
    titles += titles_beside(scripts) if source.embedded else []
    titles, stamped = without_stamps(titles)
    _add_date_published(metadata, [*account.dates, *_stamps(above, table), *stamped], metas)
    if article and "date_published" not in metadata:
        behind = lines_behind(article.elements[-1])
        _add_unlabelled(metadata, _day_behind(behind, table))
    pairs = tuple(dict.fromkeys(pair for group in groups for pair in group.pairs))
    blocks = (*_metadata_blocks(pairs), *account.blocks)
    if whole_page:
        kept = KeptAround(pairs, tuple(titles), tuple(_names(files)))
        blocks = whole_page_blocks(root, source.article, account, kept, table)
    return PageParts(
        titles=distinct_titles(titles),
        lines=account.lines,
        metadata=metadata,
        attachments=tuple(files),
        blocks=blocks,
        warnings=_warnings(decoded, article, values),
        refusal=_refusal(account, files),
        encoding=decoded.encoding,
        method=article.method if article else None,
        container=_container(source),
        decided_by=decoded.decided_by,
    )


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


def _above(
    metas: Metas, article: Article | None, printed: Mapping[str, Sequence[str]]
) -> Sequence[str]:
    """The lines above the article, where the page's head and metadata leave something open."""
    if not article or (article_titles(metas) and "date_published" in printed):
        return ()
    return lines_before(article.elements[0]) if article.above is None else article.above


def _titles(root: Element, metas: Metas, above: Sequence[str]) -> list[str]:
    """Titles outside the article: the one in the head, else those in the body; `<title>` last."""
    return [*(article_titles(metas) or headings(root, above)), *page_titles(root, metas)]


def _files(
    source: ArticleSource, scripts: Sequence[WrittenScript], base: str, *, titled: bool
) -> list[Attachment]:
    """The files linked in the article, then those beside it and those scripts write.

    `titled` says that the page's title is a letter's: what stands in place of a text is it.
    """
    elements = source.elements
    written = written_files(scripts, elements, base)
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


def _add_date_published(
    metadata: dict[str, tuple[str, ...]], stamps: Sequence[str], metas: Metas
) -> None:
    """Fills a missing date of publication: from the line under the title, else from `<meta>`."""
    if "date_published" in metadata:
        return
    bare = {text for text in stamps if PRINTED_DAY.fullmatch(text)}
    ambiguous = bare if len(bare) > 1 else set()  # two bullets, and nothing says which is which
    for text in stamps:
        if text not in ambiguous and (found := PRINTED_DAY.search(text)):
            metadata["date_published"] = (found.group(),)
            return
    if day := meta_date_published(metas):
        metadata["date_published"] = (day,)


def _stamps(above: Sequence[str], table: LabelTable) -> list[str]:
    """The lines above an article that say when it was published."""
    found = (
        day_with_label(above, at, table)
        for at, text in enumerate(above)
        if (edge_rule(text, tail=False) == "publish-info" or day_by_label(text, table))
        and not _means_another_date(text, table)
    )
    return [text for text in found if text]


def _day_behind(lines: Iterable[str], table: LabelTable) -> dict[str, str]:
    """`（责任编辑：王某　发布日期：2022-11-09）` below an article: the day its label names."""
    days = (day_by_label(text, table) for text in lines)
    return {"date_published": day} if (day := next(filter(None, days), None)) else {}


def _means_another_date(text: str, table: LabelTable) -> bool:
    """`制发时间：2026-01-05`, where the portal's file says that this is `date_written`."""
    values = MetadataValues(table)
    values.add(parse_label_line(text, table) or ())
    return bool(values.by_key()) and "date_published" not in values.by_key()


def _metadata_blocks(pairs: Sequence[tuple[str, str]]) -> list[Block]:
    """The account of metadata outside the article: a block for each label and value."""
    return [Block(f"{label}：{value}", True, "metadata") for label, value in pairs]


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


def _refusal(account: Account, files: Sequence[Attachment]) -> str | None:
    """Why nothing can be read of the page, or None; files may stand for the text."""
    if account.lines or files:
        return None
    return "unreadable: no article text found"
