"""What `fuhan doctor` looks at: one file a subject, each line of it with its remedy."""

from __future__ import annotations

from schedules.doctor.findings import Finding, Verdict, worst

__all__ = ["Finding", "Verdict", "worst"]
