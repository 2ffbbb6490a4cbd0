"""Owns what has to hold, and the words for what does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.readers import OURS, PARSING
from benchmarks.results import PARTS, SetResult

LEAST_F1 = {"real pages": 0.985}
EXACT_F1 = 0.9995  # the generated pages' text is known to the character: 1.000 as printed
TIE = 0.00005  # two means that print alike
# 400 pages/s are wanted of a machine on which lxml parses 1,084 pages of 42.7 KB a second, bytes
# for bytes; a slower or faster machine is asked for as much less or more. So the gate is a ratio to
# the bare parse of the same pages in the same run.
WANTED = 400
REFERENCE_BYTES = 1084 * 42.7 * 1024  # a second


def missed_in_set(name: str, ours: SetResult, peers: Sequence[SetResult]) -> Iterator[str]:
    """A line for each target a set of pages misses; nothing where all hold."""
    least = LEAST_F1.get(name, EXACT_F1)
    if ours.f1 < least:
        yield f"{name}: F1 {ours.f1:.4f}, at least {least:.4g} wanted"
    for part in PARTS:
        kept, having = ours.kept(part)
        if kept < having:
            yield f"{name}: {part} kept on {kept} of {having} pages that have it"
    if ours.leaking:
        yield f"{name}: furniture in the text of {ours.leaking} pages"
    if ours.errors:
        yield f"{name}: an exception on {ours.errors} pages"
    for peer in peers:
        if peer.f1 > ours.f1 + TIE:
            yield f"{name}: {peer.reader} is ahead with F1 {peer.f1:.4f} against {ours.f1:.4f}"


def wanted_speed(parsing: float, page_bytes: float) -> float:
    """The pages/s wanted here, where bare parsing reaches `parsing` pages/s of that mean size."""
    return WANTED * parsing * page_bytes / REFERENCE_BYTES


def missed_in_speed(speeds: Mapping[str, float], page_bytes: float) -> Iterator[str]:
    """A line for each target of speed that is missed; `speeds` are pages/s by reader's name.

    Every peer has to be slower but resiliparse, which is written in C++ and Rust.
    """
    ours = speeds[OURS]
    wanted = wanted_speed(speeds[PARSING], page_bytes)
    if ours < wanted:
        yield f"speed: {ours:.0f} pages/s, {wanted:.0f} wanted of this machine"
    for name, speed in speeds.items():
        if speed >= ours and name not in (OURS, PARSING) and not name.startswith("resiliparse"):
            yield f"speed: {name} reads {speed:.0f} pages/s, fuhan {ours:.0f}"
