"""The command line `fuhan`: its commands, and the one place where errors become exit codes."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from schedules.cli.command_group import CommandGroup
from schedules.cli.help_words import translate
from schedules.cli.invocation import Invocation
from schedules.cli.usage_words import HelpInLanguage, usage_message
from schedules.commands import COMMANDS
from schedules.terminal import inert, tell
from schedules.words.archive import spoken
from schedules.words.language import say
from schedules.words.messages import (
    ERROR,
    INTERRUPTED,
    NO_COMMAND,
    SEE_HELP,
    UNEXPECTED,
    USAGE_ERROR,
)
from storage.errors import ArchiveError, ConfigError, FuhanError, PortalError

DONE, FAILED, USAGE, UNHEALTHY, ARCHIVE = range(5)


class _ReaderLeft(Exception):
    """What we write to is closed: `fuhan changes --json | head`."""


class FuhanGroup(CommandGroup):
    """The group `fuhan`: speaks the user's language and turns what is raised into exit codes."""

    def main(  # type: ignore[override]
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        standalone_mode: bool = True,
        *,
        invocation: Invocation | None = None,
        **extra: Any,
    ) -> Any:
        """Runs one command line and exits with its code."""
        translate(self)
        click.Context.formatter_class = HelpInLanguage
        invocation = invocation or Invocation()
        code = self._run(args, invocation, extra)
        if not standalone_mode:
            return code
        sys.exit(code)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; where whoever read has left, that is no failure of it."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError as error:
            raise _ReaderLeft from error  # click itself would make it an exit code of 1
        return result

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order one meets them, not of the alphabet."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, its file imported now; None where there is none."""
        if cmd_name not in self.commands and cmd_name in COMMANDS:
            module, name = COMMANDS[cmd_name].split(":")
            command: click.Command = getattr(import_module(f"schedules.commands.{module}"), name)
            translate(command, cmd_name)
            self.add_command(command)
        return self.commands.get(cmd_name)

    def _run(
        self, args: Sequence[str] | None, invocation: Invocation, extra: dict[str, Any]
    ) -> int:
        """The error boundary: exit codes and one line on stderr for whatever is raised."""
        try:
            result = super().main(args, "fuhan", standalone_mode=False, obj=invocation, **extra)
        except _ReaderLeft:
            return _reader_left()
        except click.UsageError as error:
            return _usage_error(error, invocation)
        except (FuhanError, OSError) as error:
            message = invocation.advised(spoken(error))
            tell(say(ERROR, message=invocation.shown(message)))
            return _code_of(error)
        except (click.Abort, KeyboardInterrupt):
            tell(say(INTERRUPTED))
            return FAILED
        except click.ClickException as error:
            tell(say(ERROR, message=invocation.shown(error.format_message())))
            return error.exit_code
        except Exception as error:  # noqa: BLE001 - the one boundary
            return _unexpected(error, invocation)
        return result if isinstance(result, int) else DONE


def _code_of(error: FuhanError | OSError) -> int:
    if isinstance(error, (ConfigError, PortalError)):
        return USAGE
    return ARCHIVE if isinstance(error, ArchiveError) else FAILED


def _usage_error(error: click.UsageError, invocation: Invocation) -> int:
    message = usage_message(error)
    if isinstance(error, click.exceptions.NoArgsIsHelpError):  # its message is the help
        click.echo(error.message, err=True)
        message = say(NO_COMMAND)
    tell(say(USAGE_ERROR, message=invocation.shown(message)))
    tell(say(SEE_HELP, command=error.ctx.command_path if error.ctx else "fuhan"))
    return USAGE


def _unexpected(error: Exception, invocation: Invocation) -> int:
    if invocation.verbosity:
        lines = "".join(traceback.format_exception(error))
        click.echo(inert(invocation.shown(lines)), err=True, nl=False)
    tell(say(UNEXPECTED, kind=type(error).__name__, message=invocation.shown(str(error))))
    return FAILED


def _reader_left() -> int:
    """Lets what is still to be flushed go nowhere, so that Python does not complain at its end."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
    return DONE


@click.group("fuhan", cls=FuhanGroup, invoke_without_command=True, no_args_is_help=False)
@click.version_option(package_name="fuhan", prog_name="fuhan", message="%(prog)s %(version)s")
@click.option("--config", "config_file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--verbose", "-v", count=True)
@click.pass_context
def cli(ctx: click.Context, config_file: Path | None, verbose: int) -> None:
    """Filled in by `help_words.translate`."""
    invocation = ctx.ensure_object(Invocation)
    invocation.config_option = config_file
    invocation.verbosity = verbose
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        raise click.UsageError(say(NO_COMMAND), ctx)


def main() -> None:
    """The entry point of the script `fuhan`."""
    cli()
