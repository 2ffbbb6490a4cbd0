"""Owns how the record's figures are laid out: plain text that is Markdown, too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from benchmarks.differs import Differed
from benchmarks.extremes import Extreme
from benchmarks.findings import MOST_BYTES, Finding, by_form
from benchmarks.identity import Identified
from benchmarks.pace import Pace
from benchmarks.tables import table


def identity_table(made: Sequence[Identified]) -> str:
    """A row a form of copy or trap: its pages, and of each order how many went wrong."""
    forms = dict.fromkeys(each.told.form for each in made[0].shown)
    pages = Counter(each.told.form for each in made[0].shown)
    merged = [Counter(page.told.form for group in each.merged for page in group) for each in made]
    split = [Counter(page.told.form for page in each.split) for each in made]
    orders = [f"order {n}" for n, _ in enumerate(made, 1)]
    head = ["copy or trap", "pages"]
    head += [f"merged, {order}" for order in orders] + [f"split, {order}" for order in orders]
    rows = [
        (form, str(pages[form]), *(str(each[form]) for each in (*merged, *split))) for form in forms
    ]
    return table(head, rows)


def findings_table(findings: Sequence[Finding]) -> str:
    """A row a form of edit: pairs, judged rightly, told, the longest difference."""
    rows = [
        (each.form, str(each.pairs), str(each.right), str(each.told), str(each.most_bytes))
        for each in by_form(findings)
    ]
    return table(("edit", "pairs", "right", "told", "bytes of diff at most"), rows)


def faults(findings: Sequence[Finding]) -> list[str]:
    """A line for each pair that was judged wrongly."""
    return [
        f"{each.pair.site}, {each.pair.form}, {each.pair.url}: {each.fault}"
        for each in findings
        if each.fault
    ]


def peers_table(findings: Sequence[Finding], peers: Sequence[Differed]) -> str:
    """A row a watcher: false changes, missed edits, and how large one character's difference is."""
    known = [each for each in findings if each.pair.edit.gone and each.pair.edit.come]
    unedited = [each for each in findings if each.pair.edit.significance is None]
    ours = Differed(
        name="fuhan",
        false=sum(each.change is not None for each in unedited),
        unedited=len(unedited),
        missed=sum(each.fault == "missed" for each in findings),
        alone=sum(each.size <= MOST_BYTES for each in known),
        known=len(known),
        usual_bytes=round(median([each.size for each in known])) if known else 0,
    )
    head = (
        "differ", "false changes", "edits missed", f"one character in {MOST_BYTES} bytes",
        "usual bytes", "errors",
    )  # fmt: skip
    return table(head, [_peer_row(each) for each in (ours, *peers)])


def _peer_row(each: Differed) -> tuple[str, ...]:
    if each.why_not:
        return each.name, each.why_not, "", "", "", ""
    return (
        each.name,
        f"{each.false} of {each.unedited}",
        str(each.missed),
        f"{each.alone} of {each.known}",
        f"{each.usual_bytes:,}",
        str(each.errors),
    )


def pace_table(paces: Sequence[Pace]) -> str:
    """A row a size of the archive: CPU milliseconds a page."""
    rows = [
        (f"{each.letters:,}", f"{each.new:.2f}", f"{each.changed:.2f}", f"{each.search:.2f}")
        for each in paces
    ]
    return table(("letters", "new page, ms", "changed page, ms", "of it search, ms"), rows)


def extremes_table(extremes: Sequence[Extreme]) -> str:
    """A row a pair of texts."""
    rows = [(each.name, f"{each.characters:,}", f"{each.seconds:.2f}") for each in extremes]
    return table(("texts", "characters of both", "seconds"), rows)
