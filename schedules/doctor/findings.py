"""What a check found: how grave it is, what was seen, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How grave a finding is, the lightest first."""

    OK = "ok"
    WARNING = "warning"  # it works, but not for long, or not as safely as it could
    FAULT = "fault"  # something does not work


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's; `subject` is the portal, host or target it is about."""

    check: str  # configuration, versions, archive, disk, clock, lock, portals, network, delivery
    verdict: Verdict
    text: str
    remedy: str | None = None
    subject: str | None = None


def worst(findings: Iterable[Finding]) -> Verdict:
    """The gravest verdict among them; nothing found is ok."""
    order = list(Verdict)
    return max((finding.verdict for finding in findings), key=order.index, default=Verdict.OK)
