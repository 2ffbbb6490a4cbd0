"""What service files need to know: which program, configuration and user, and what is written."""

from __future__ import annotations

import os
import pwd
import sys
from dataclasses import dataclass
from pathlib import Path

from schedules.config.config import Config
from schedules.config.env_file import env_file_of
from schedules.config.secrets import VARIABLE
from schedules.config.starter_files import CONFIG_NAME
from schedules.config.telling import scheme_of


@dataclass(frozen=True, slots=True)
class Setup:
    """How fuhan is run here and now; every path absolute."""

    program: tuple[str, ...]  # the executable and what stands before our arguments
    config: Path | None
    folder: Path  # where relative paths begin
    writes: tuple[Path, ...]  # the folders fuhan writes to, none within another
    environment: Path  # the file of variables for `${NAME}` in the configuration
    variables: tuple[str, ...]  # those names
    user: str
    uid: int
    gid: int
    source: Path | None = None  # a checkout with the Dockerfile

    @property
    def command(self) -> tuple[str, ...]:
        """The program with its configuration: what every command begins with."""
        return (*self.program, *(("--config", str(self.config)) if self.config else ()))


def present_setup(config: Config) -> Setup:
    """The setup of this process and configuration."""
    folder = config.folder.absolute()
    file = folder / config.file.name if config.file else None
    source = Path(__file__).resolve().parents[2]
    uid, gid = _owner(folder)
    return Setup(
        program=_program(),
        config=file,
        folder=folder,
        writes=outermost(_written(config, folder)),
        environment=env_file_of(file or folder / CONFIG_NAME),
        variables=_variables(config),
        user=_user_name(uid),
        uid=uid,
        gid=gid,
        source=source if (source / "Dockerfile").is_file() else None,
    )


def outermost(folders: list[Path]) -> tuple[Path, ...]:
    """The folders without those that lie within another of them, in order."""
    plain = [Path(os.path.normpath(folder)) for folder in folders]
    return tuple(
        folder
        for folder in dict.fromkeys(plain)
        if not any(other in folder.parents for other in plain)
    )


def _owner(folder: Path) -> tuple[int, int]:
    """Who is to run it: whoever asks; where that is root, the folder's owner.

    Without its capabilities root may not write to other users' folders.
    """
    if os.getuid() != 0 or not folder.is_dir():
        return os.getuid(), os.getgid()
    status = folder.stat()
    return status.st_uid, status.st_gid


def _user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:  # a container's user may have none
        return str(uid)


def _program() -> tuple[str, ...]:
    """The script beside this Python, else this Python with the package."""
    script = Path(sys.executable).with_name("fuhan")
    if os.access(script, os.X_OK):
        return (str(script),)
    return (sys.executable, "-m", "schedules")


def _written(config: Config, folder: Path) -> list[Path]:
    """Every folder the configuration has fuhan write to; the archive's first."""
    found = [config.archive.absolute().parent]
    if config.feed:
        found.append((folder / config.feed.path.expanduser()).parent)
    if config.upkeep.backup:
        found.append(folder / config.upkeep.backup.expanduser())
    if config.daemon.metrics_file:
        found.append((folder / config.daemon.metrics_file.expanduser()).parent)
    urls = [target.url for report in config.reports for target in report.to]
    found += [folder / _local(url) for url in urls if scheme_of(url) == "file"]
    for sink in config.sinks:
        url = sink.to.url or ""
        if scheme_of(url) == "tree":
            found.append(folder / _local(url))
        elif scheme_of(url) == "file":
            found.append((folder / _local(url)).parent)
    return found


def _local(url: str) -> Path:
    """`reports` of `file:reports/`, `/srv/x` of `file:///srv/x`."""
    path = url.partition(":")[2]
    return Path(path.removeprefix("//")).expanduser()


def _variables(config: Config) -> tuple[str, ...]:
    if config.file is None:
        return ()
    try:
        text = config.file.read_text(encoding="utf-8-sig")
    except OSError:
        return ()
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    return tuple(dict.fromkeys(VARIABLE.findall("\n".join(lines))))


def told_variables(setup: Setup) -> str:
    """What is to be put where for the configuration's variables; empty where it has none."""
    if not setup.variables:
        return ""
    names = ", ".join(f"{name}=…" for name in setup.variables)
    return f"put {names} into {setup.environment}, readable by {setup.user} alone (chmod 600)"


@dataclass(frozen=True, slots=True)
class ServiceFile:
    """One file; its text begins with a comment that names where it belongs."""

    name: str
    text: str


def missing_folders(setup: Setup) -> list[Path]:
    """The folders to be written to that are not there yet."""
    return [folder for folder in setup.writes if not folder.is_dir()]
