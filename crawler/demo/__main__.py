"""Serves the portals in a box for looking at by hand: `python -m crawler.demo --day 3`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from crawler.demo.days import DAYS, sites_on
from crawler.demo.server import DemoServer


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve one day until interrupted; Enter goes on to the next one."""
    parser = argparse.ArgumentParser(prog="python -m crawler.demo", description=__doc__)
    parser.add_argument("--day", type=int, default=1, choices=range(1, len(DAYS) + 1))
    parser.add_argument("--port", type=int, default=8000, help="of the first site (0: any)")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds each answer waits")
    chosen = parser.parse_args(arguments)
    ports = {
        name: chosen.port + number if chosen.port else 0
        for number, name in enumerate(sites_on(chosen.day))
    }
    try:
        with DemoServer(day=chosen.day, ports=ports, latency=chosen.latency) as server:
            _serve(server)
    except KeyboardInterrupt:
        pass
    except OSError as error:
        parser.exit(1, f"{error.strerror}; try other ports: --port {chosen.port + 100}\n")
    return 0


def _serve(server: DemoServer) -> None:
    _show(server)
    while sys.stdin.readline() and server.day < len(DAYS):
        server.day += 1
        _show(server)


def _show(server: DemoServer) -> None:
    day = DAYS[server.day - 1]
    lines = [f"{day.date}  day {day.number}  {day.title_zh}  {day.title_en}"]
    for name, site in server.sites.items():
        lines += [f"  {name}: {server.url(name)}{column.path}" for column in site.columns]
    more = "回车：下一天 Enter: the next day    " if server.day < len(DAYS) else ""
    lines.append(f"{more}Ctrl-C：结束 to end")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
