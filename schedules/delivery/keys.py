"""The targets the configuration names, and the names they go by in the archive."""

from __future__ import annotations

from collections.abc import Iterator

from schedules.config.config import Config, ReportSection
from schedules.config.telling import SinkSection, TargetSection
from storage.outbox.records import TargetKey


def report_targets(
    config: Config, report: ReportSection
) -> Iterator[tuple[TargetKey, TargetSection]]:
    """A report's targets with the names they go by in the archive and before people.

    That is its `name`, else its address without secrets, so that one whose key is renewed stays
    the same target. Of several that look alike the second is `slack://*** (2)`: those stay apart
    by their order alone, and a `name` keeps what waits for them through any other order.
    """
    seen: dict[str, int] = {}
    for target in report.to:
        if target.name:
            yield TargetKey("report", report.name, target.name), target
            continue
        shown = config.shown_target(target.url)
        seen[shown] = seen.get(shown, 0) + 1
        again = f" ({seen[shown]})" if seen[shown] > 1 else ""
        yield TargetKey("report", report.name, shown + again), target


def sink_target(config: Config, sink: SinkSection) -> TargetKey:
    """A sink's target with the name it goes by."""
    program = sink.to.exec[0] if sink.to.exec else ""
    shown = config.shown_target(sink.to.url) if sink.to.url else config.shown(f"exec:{program}")
    return TargetKey("sink", sink.name, shown)


def configured_targets(config: Config) -> set[TargetKey]:
    """Every target of the configuration by the name it goes by."""
    keys = {key for report in config.reports for key, _ in report_targets(config, report)}
    return keys | {sink_target(config, sink) for sink in config.sinks}
