"""What fuhan tells Prometheus, computed from the archive: names, and the text of one look.

The names are described in `docs/running.md`; none is ever taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from schedules.config.config import Config
from schedules.terminal import one_line
from schedules.upkeep.tasks import Task, schedules_of, task_states
from storage.archive import LetterArchive
from storage.clock import Clock
from storage.errors import ArchiveError
from storage.figures import ArchiveFigures
from storage.records import PortalState, PortalStatus
from storage.upkeep.files import written_aside

READABLE_BY_ALL = 0o644  # node_exporter is another user


def metrics_text(
    config: Config, portals: Sequence[str], clock: Clock, further: Iterable[Metric] = ()
) -> bytes:
    """The text format of Prometheus, of the archive as it stands; raises no error of its own.

    `portals` are the names of those that are enabled, also of one whose file is wrong: an alert on
    its last run is to go off, not to lose what it looks at. An archive that cannot be read is
    `fuhan_archive_readable 0`.
    """
    registry = CollectorRegistry()
    registry.register(_Families([*_all_families(config, portals, clock), *further]))
    return generate_latest(registry)


def write_metrics_file(config: Config, portals: Sequence[str], clock: Clock) -> Path | None:
    """Writes `[daemon] metrics_file`, whole or not at all; None where there is none to write.

    Raises OSError.
    """
    if config.daemon.metrics_file is None:
        return None
    path = config.folder / config.daemon.metrics_file.expanduser()
    path.parent.mkdir(parents=True, exist_ok=True)
    with written_aside(path) as aside:
        aside.write_bytes(metrics_text(config, portals, clock))
        aside.chmod(READABLE_BY_ALL)
    return path


class _Families(Collector):
    """What was gathered, in the form the library asks for."""

    def __init__(self, families: list[Metric]) -> None:
        self._families = families

    def collect(self) -> Iterable[Metric]:
        return self._families


def gauge(
    name: str,
    help_text: str,
    samples: Iterable[tuple[Sequence[str], float]],
    labels: Sequence[str] = (),
) -> GaugeMetricFamily:
    """A family of values by their labels' values."""
    family = GaugeMetricFamily(name, help_text, labels=labels)
    for values, number in samples:
        family.add_metric([one_line(value) for value in values], number)
    return family


def _all_families(config: Config, portals: Sequence[str], clock: Clock) -> Iterator[Metric]:
    yield gauge("fuhan_build_info", "Always 1.", [((version("fuhan"),), 1)], ["version"])
    readable = True
    try:
        with LetterArchive.open_to_read(config.archive, clock=clock) as archive:
            statuses, figures = archive.status_of(portals), archive.figures()
    except ArchiveError:
        readable = False
    name = "fuhan_archive_readable"
    yield gauge(name, "1 where the archive could be read.", [((), float(readable))])
    if readable:
        yield from _of_portals(statuses)
        yield from _of_archive(figures)
        yield from _of_runs(figures, set(portals))
        yield from _of_delivery(figures)
    yield from _of_upkeep(config)


def _of_portals(statuses: Sequence[PortalStatus]) -> Iterator[Metric]:
    yield gauge(
        "fuhan_portal_state",
        "1 for the state a portal is in, 0 for the others.",
        [
            ((status.name, state.value), float(status.state is state))
            for status in statuses
            for state in PortalState
        ],
        ["portal", "state"],
    )
    for name, text, values in (
        ("letters", "Letters a portal publishes or published.", [s.letters for s in statuses]),
        ("due_pages", "Pages whose time has come.", [s.due for s in statuses]),
        ("held_events", "Events held back by the circuit breaker.", [s.held for s in statuses]),
    ):
        samples = [((s.name,), float(n)) for s, n in zip(statuses, values, strict=True)]
        yield gauge(f"fuhan_portal_{name}", text, samples, ["portal"])
    for name, text, instants in (
        ("last_run", "Start of the last run that ended.", [s.last_run for s in statuses]),
        ("last_healthy", "Start of the last healthy run.", [s.last_healthy for s in statuses]),
    ):
        known = [((s.name,), t) for s, t in zip(statuses, instants, strict=True)]
        yield _instants(f"fuhan_portal_{name}_timestamp_seconds", text, known, ["portal"])


def _of_archive(figures: ArchiveFigures) -> Iterator[Metric]:
    letters = [((status,), float(n)) for status, n in sorted(figures.letters.items())]
    yield gauge("fuhan_letters", "Letters by status.", letters, ["status"])
    yield gauge("fuhan_archive_size_bytes", "Size of the archive.", [((), float(figures.size))])
    head = [((), float(figures.journal_seq))]
    yield gauge("fuhan_journal_seq", "Number of the journal's last entry.", head)
    cursor = [((), float(figures.cursor))]
    yield gauge("fuhan_cursor", "Cursor of the last published event.", cursor)
    text = "Published events by portal and kind."
    events = CounterMetricFamily("fuhan_events", text, labels=["portal", "kind"])
    for (portal, kind), count in sorted(figures.events.items()):
        events.add_metric([portal, kind], count)
    yield events


def _of_runs(figures: ArchiveFigures, names: set[str]) -> Iterator[Metric]:
    """Of the portals that are enabled: one that was given up long ago has nothing to say."""
    runs = [run for run in figures.last_runs if run.portal in names]
    yield gauge(
        "fuhan_last_run_duration_seconds",
        "How long a portal's last run took.",
        [((run.portal,), (run.ended_at - run.started_at).total_seconds()) for run in runs],
        ["portal"],
    )
    listed = [((run.portal,), float(run.listed)) for run in runs]
    yield gauge("fuhan_last_run_listed", "Letters its lists showed.", listed, ["portal"])
    yield gauge(
        "fuhan_last_run_visits",
        "Visits of a portal's last run by outcome.",
        [((run.portal, key), float(n)) for run in runs for key, n in sorted(run.outcomes.items())],
        ["portal", "outcome"],
    )
    running = [((name,), 1.0) for name in figures.running if name in names]
    text = "1 where a portal's last run has not ended: it is going on, or was interrupted."
    yield gauge("fuhan_run_open", text, running, ["portal"])


def _of_delivery(figures: ArchiveFigures) -> Iterator[Metric]:
    labels = ["channel", "name", "target"]
    for name, text, counts in (
        ("undelivered", "Messages waiting to be delivered.", figures.waiting),
        ("given_up", "Messages that were given up.", figures.dead),
    ):
        samples = [(key, float(n)) for key, n in sorted(counts.items())]
        yield gauge(f"fuhan_delivery_{name}", text, samples, labels)


def _of_upkeep(config: Config) -> Iterator[Metric]:
    states = task_states(config.archive)
    planned = [task for task in Task if task in schedules_of(config)]
    done = [((t.value,), states[t].done if t in states else None) for t in planned]
    text = "When a task of [upkeep] last went well."
    yield _instants("fuhan_upkeep_last_success_timestamp_seconds", text, done, ["task"])
    failing = [((t.value,), float(t in states and states[t].fault is not None)) for t in planned]
    text = "1 where a task of [upkeep] failed the last time."
    yield gauge("fuhan_upkeep_failing", text, failing, ["task"])


def _instants(
    name: str,
    text: str,
    samples: Iterable[tuple[Sequence[str], datetime | None]],
    labels: Sequence[str],
) -> GaugeMetricFamily:
    known = [(values, instant.timestamp()) for values, instant in samples if instant is not None]
    return gauge(name, text, known, labels)
