"""Owns a page's `<meta>` tags: read in one walk, by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipelines.page.markup.tree import Element

Metas = Mapping[str, Sequence[str]]  # contents in order by name, in lower case


def read_metas(root: Element) -> Metas:
    """`<meta name="PubDate" content="2026-05-18 10:19">` as `{"pubdate": ["2026-05-18 10:19"]}`."""
    metas: dict[str, list[str]] = {}
    for each in root.iter("meta"):
        if name := each.get("name") or each.get("property"):
            metas.setdefault(name.strip().lower(), []).append(each.get("content") or "")
    return metas
