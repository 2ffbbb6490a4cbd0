"""`python -m crawler.demo`: the portal in a box, for practice by hand."""

from __future__ import annotations

import io

import pytest

from crawler.demo.__main__ import main
from crawler.demo.days import DAYS
from tests.loopback import Site, serving


def test_enter_goes_on_to_the_next_day_and_the_end_ends_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    assert main(["--port", "0", "--day", "2"]) == 0
    said = capsys.readouterr().out
    assert f"day 3  {DAYS[2].title_zh}" in said
    assert "day 4" not in said
    assert "http://127.0.0.1:" in said and "回车" in said


def test_port_that_is_taken_is_told_with_another_to_try(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with serving(Site()) as site:
        port = int(site.url.rpartition(":")[2])
        with pytest.raises(SystemExit) as ended:
            main(["--port", str(port)])
    assert ended.value.code == 1
    assert f"--port {port + 100}" in capsys.readouterr().err
