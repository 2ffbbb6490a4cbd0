"""Owns the way from a page's bytes to its parts: decode, parse once, find, strip, gather."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urljoin

from pipelines.page.account import Account, draw_account
from pipelines.page.article import Article, find_article
from pipelines.page.attachments import file_links, files_in_place_of_text, listed_beside
from pipelines.page.decode import DecodedPage, decode
from pipelines.page.furniture import edge_rule
from pipelines.page.headings import (
    article_titles,
    distinct_titles,
    headings,
    page_titles,
    selected_titles,
)
from pipelines.page.label_lines import MetadataGroup, MetadataValues, parse_label_line
from pipelines.page.labels import LabelTable, label_table
from pipelines.page.neighbourhood import lines_before
from pipelines.page.surroundings import bare_index_number, meta_date_published, metadata_groups
from pipelines.page.text import MOST_LINES
from pipelines.page.tree import Element, parse
from pipelines.parts import PageParts
from storage.records import Attachment, Block, Portal

# 日期:2024-10-12 · 发布时间:2024年10月12日 10:19
_PRINTED_DAY = re.compile(r"[12]\d{3}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")


def read_parts(
    body: bytes, url: str, portal: Portal | None, content_type: str | None = None
) -> PageParts:
    """What a page holds: title candidates, the article's lines, metadata, attachments, account.

    `url` is the page's address, the ground of attachments' addresses; `content_type` the
    header's value. Never raises: a page without article text has a refusal that begins with
    `unreadable`, unless files stand in the article's place.
    """
    decoded = decode(body, content_type)
    root = parse(decoded.text)
    table = label_table(tuple(sorted(portal.labels.items())) if portal else ())
    article = find_article(root, decoded.text, portal, table)
    elements = article.elements if article else ()
    files = _files(root, elements, url)
    groups = metadata_groups(root, decoded.text, elements, portal, table)
    values = MetadataValues(table)
    for group in groups:
        values.add(group.pairs)
    above = _above(root, article, values)
    titles = [*selected_titles(root, portal), *values.by_key().get("title", ())]
    titles += _titles(root, [text for text in above if not parse_label_line(text, table)])
    account = draw_account(article.lines if article else (), table, titles, _names(files))
    values.add(account.pairs)
    metadata = values.by_key()
    if "index_number" not in metadata and (bare := bare_index_number(decoded.text)):
        metadata["index_number"] = (bare,)
    titles = [*titles, *metadata.pop("title", ()), *account.headings]
    _add_date_published(metadata, [*account.dates, *_stamps(above, table)], root)
    return PageParts(
        titles=distinct_titles(titles),
        lines=account.lines,
        metadata=metadata,
        attachments=tuple(files),
        blocks=(*_metadata_blocks(groups), *account.blocks),
        warnings=_warnings(decoded, article, values),
        refusal=_refusal(account, files),
        encoding=decoded.encoding,
        method=article.method if article else None,
    )


def _above(root: Element, article: Article | None, values: MetadataValues) -> Sequence[str]:
    """The lines above the article, where the page's head and metadata leave something open."""
    if not article or (article_titles(root) and "date_published" in values.by_key()):
        return ()
    return lines_before(article.elements[0]) if article.above is None else article.above


def _titles(root: Element, above: Sequence[str]) -> list[str]:
    """Titles outside the article: the one in the head, else those in the body; `<title>` last."""
    return [*(article_titles(root) or headings(root, above)), *page_titles(root)]


def _files(root: Element, elements: tuple[Element, ...], url: str) -> list[Attachment]:
    """The files linked in the article, then those listed beside it, each address once."""
    base = _base(root, url)
    if not elements:
        return files_in_place_of_text(root, base)
    found = {file.url: file for file in file_links(elements, base)}
    for file in listed_beside(root, elements, base):
        found.setdefault(file.url, file)
    return list(found.values())


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
    metadata: dict[str, tuple[str, ...]], stamps: Sequence[str], root: Element
) -> None:
    """Fills a missing date of publication: from the line under the title, else from `<meta>`."""
    if "date_published" in metadata:
        return
    for text in stamps:
        if found := _PRINTED_DAY.search(text):
            metadata["date_published"] = (found.group(),)
            return
    if day := meta_date_published(root):
        metadata["date_published"] = (day,)


def _stamps(above: Sequence[str], table: LabelTable) -> list[str]:
    """The lines above an article that say when it was published."""
    dated = [text for text in above if edge_rule(text, tail=False) == "publish-info"]
    return [text for text in dated if not _means_another_date(text, table)]


def _means_another_date(text: str, table: LabelTable) -> bool:
    """`制发时间：2026-01-05`, where the portal's file says that this is `date_written`."""
    values = MetadataValues(table)
    values.add(parse_label_line(text, table) or ())
    return bool(values.by_key()) and "date_published" not in values.by_key()


def _metadata_blocks(groups: Sequence[MetadataGroup]) -> list[Block]:
    """The account of metadata outside the article: a block for each label and value."""
    pairs = dict.fromkeys(pair for group in groups for pair in group.pairs)
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
