"""What commands leave behind for monitoring: the metrics file of `[daemon]`."""

from __future__ import annotations

from schedules.cli.invocation import Invocation
from schedules.terminal import tell
from schedules.words.archive import spoken
from schedules.words.language import say
from schedules.words.running import METRICS_UNWRITTEN
from storage.errors import FuhanError


def leave_metrics(invocation: Invocation) -> None:
    """Writes the metrics file where one is asked for; a fault of it is told, and no more."""
    config = invocation.config
    if config.daemon.metrics_file is None:
        return
    from schedules.daemon.metrics import write_metrics_file  # its library is for nobody else

    try:
        write_metrics_file(config, invocation.enabled_names, invocation.clock)
    except (OSError, FuhanError) as error:
        tell(say(METRICS_UNWRITTEN, reason=invocation.shown(spoken(error))))
