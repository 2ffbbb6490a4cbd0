"""What `fuhan crawl` loads before its first request: no more than a run without news needs."""

from __future__ import annotations

import subprocess
import sys

# what only a page with news needs, what only a terminal, a ping, a mail or a table needs, and
# what libraries of ours load wherever it happens to be installed
NEEDLESS = {
    "pipelines.letter", "pipelines.page", "pipelines.diff",
    "rich.progress", "requests", "apprise", "prometheus_client", "warcio", "pyarrow",
    "numpy", "pandas",
    "scrapy.extensions.telnet", "scrapy.extensions.feedexport", "scrapy.shell",
}  # fmt: skip


def test_crawl_loads_nothing_a_quiet_run_does_not_need() -> None:
    code = (
        "import sys, schedules.cli.cli, schedules.commands.crawling, schedules.runs.pings,"
        " schedules.runs.run, crawler.network.tls; print(*sys.modules)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout
    assert "crawler.network.tls" in said.split()
    assert NEEDLESS.isdisjoint(said.split())
