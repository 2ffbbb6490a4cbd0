"""A group of commands: one used wrongly is told with its own help, one that is not there with the
name that may have been meant."""

from __future__ import annotations

from typing import Any

import click

from schedules.words.hints import nearest
from schedules.words.language import say
from schedules.words.messages import UNKNOWN_COMMAND


class CommandGroup(click.Group):
    """Click's group, whose words for an unknown command are ours."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant; an unknown one is a usage error naming the nearest."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            hint = nearest(args[0], self.list_commands(ctx))
            raise click.UsageError(say(UNKNOWN_COMMAND, name=args[0]) + hint, ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; an error click raises of an option alone is told to be its own."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            name = ctx.invoked_subcommand
            if error.ctx is None and name and (command := self.get_command(ctx, name)):
                error.ctx = click.Context(command, ctx, name)
            raise
