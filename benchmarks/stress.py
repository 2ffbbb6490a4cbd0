"""Owns the stress set: the forms of page on which general extractors fail, dealt by a seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from benchmarks import stress_copies as copies
from benchmarks import stress_markup as markup
from benchmarks.pages import BenchPage, letter_page
from benchmarks.stress_letters import Dealt
from benchmarks.stress_sites import Site, deal_site
from crawler.demo.letters import DemoLetter

_URL = "https://www.hengze.example/zwgk/jyta/202506/t20250612_{n}.html"

# A form: which letter, how its page is written, and the encoding of the bytes.
Write = Callable[[DemoLetter, Site, Random], str]
FORMS: dict[str, tuple[Callable[[Dealt], DemoLetter], Write, str]] = {
    "short letter": (Dealt.short, markup.plain, "utf-8"),
    "table only": (Dealt.table_only, markup.plain, "utf-8"),
    "attachment only": (Dealt.attachment_only, markup.plain, "utf-8"),
    "files in and beside the text": (Dealt.with_files, markup.files_beside, "utf-8"),
    "table among paragraphs": (Dealt.with_table, markup.plain, "utf-8"),
    "signature in a table": (Dealt.letter, markup.signature_in_table, "utf-8"),
    "signature behind container": (Dealt.letter, markup.signature_behind, "utf-8"),
    "twin bodies, PC and mobile": (Dealt.letter, copies.twin_bodies, "utf-8"),
    "footer in the same class": (Dealt.letter, copies.footer_same_class, "utf-8"),
    "nested 1,000 deep": (Dealt.letter, markup.deeply_nested, "utf-8"),
    "Word markup": (Dealt.with_table, markup.word, "utf-8"),
    "old layout tables": (Dealt.letter, markup.layout_tables, "utf-8"),
    "GB18030 declared gb2312": (Dealt.with_rare_names, markup.declared_gb2312, "gb18030"),
    "fragment": (Dealt.letter, markup.fragment, "utf-8"),
    "form table, a lone A": (markup.form_letter, markup.form_table, "utf-8"),
    "metadata table twice": (Dealt.letter, copies.metadata_twice, "utf-8"),
    "tools inside container": (Dealt.letter, copies.tools_inside, "utf-8"),
    "copy to be read aloud": (Dealt.letter, copies.read_aloud, "utf-8"),
    "text in two containers": (Dealt.letter, copies.in_pieces, "utf-8"),
    "other letters' beginnings": (Dealt.letter, copies.abstracts_beside, "utf-8"),
    "bare text and breaks": (Dealt.with_table, markup.bare_breaks, "utf-8"),
    "tags never closed": (Dealt.with_table, markup.unclosed, "utf-8"),
    "GB18030 declared utf-8": (Dealt.with_rare_names, markup.declared_utf8, "gb18030"),
    "lists and inline tags": (Dealt.letter, markup.lists, "utf-8"),
}
SHELL = "script shell"


def stress_pages(seed: int, per_form: int = 4) -> list[BenchPage]:
    """`per_form` pages of each form, and as many script shells; the same for the same seed."""
    pages: list[BenchPage] = []
    for form, (deal, write, encoding) in FORMS.items():
        for number in range(per_form):
            draw = Random(f"{form} {seed} {number}")  # noqa: S311 - no secret
            dealt = Dealt(draw, 7000 + seed)
            letter = deal(dealt)
            text = write(letter, _site(dealt), draw)
            url = _URL.format(n=draw.randint(10**6, 10**7))
            name = f"{form} {number}"
            pages.append(letter_page(letter, text, form, url, encoding=encoding, name=name))
    return pages + [_shell(seed, number) for number in range(per_form)]


def _site(dealt: Dealt) -> Site:
    others = [dealt.letter().title for _ in range(6)]
    return deal_site(dealt.draw, others)


def _shell(seed: int, number: int) -> BenchPage:
    draw = Random(f"{SHELL} {seed} {number}")  # noqa: S311 - no secret
    dealt = Dealt(draw, 7000 + seed)
    letter = dealt.attachment_only()
    text = markup.shell(letter, _site(dealt), draw)
    page = letter_page(
        replace(letter, files=()), text, SHELL, _URL.format(n=number), name=f"{SHELL} {number}"
    )
    return replace(page, readable=False)
