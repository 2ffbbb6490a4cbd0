"""`fuhan demo` and `fuhan init`: how one begins."""

from __future__ import annotations

from pathlib import Path

import click

from schedules.config.starter_files import CONFIG_NAME, write_starter_files
from schedules.terminal import show
from schedules.words.language import say
from schedules.words.messages import INIT_NEXT, WROTE


@click.command("demo")
@click.option(
    "--directory", type=click.Path(path_type=Path), default=Path("fuhan-demo"), metavar="DIR"
)
def demo(directory: Path) -> int:
    """The whole story, on a portal in a box."""
    from schedules.demo.story import run_demo

    return run_demo(directory)


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path), default=Path(), metavar="[DIR]")
def init(folder: Path) -> None:
    """A commented configuration and a folder for portal files."""
    for path in write_starter_files(folder):
        show(say(WROTE, path=path))
    show(say(INIT_NEXT, path=folder / CONFIG_NAME))
