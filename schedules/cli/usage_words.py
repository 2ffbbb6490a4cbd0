"""What click says of a wrong command line and around help, in the present language.

Click has its words from gettext, whose catalogues follow the locale alone; ours follow FUHAN_LANG,
too. So its errors are told by their class, with the values they carry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import click

from schedules.words.language import Words, language, say
from schedules.words.messages import DID_YOU_MEAN

NO_SUCH_OPTION = Words("没有选项 {name}", "no such option {name}")
MISSING = Words("缺少 {name}", "{name} is missing")
NEEDS_VALUE = Words("选项 {name} 后面缺少值", "option {name} needs a value")
TAKES_NO_VALUE = Words("选项 {name} 不带值", "option {name} takes no value")
ONE_OF = Words(
    "{name}应为 {choices} 之一，不是 {value}", "{name}must be one of {choices}, not {value}"
)
BAD_VALUE_OF = Words("{name} 的值不对：{reason}", "{name}: {reason}")
NUMBER_IN = Words("应为 {range} 之间的数", "a number in {range} is expected")
NUMBER_FROM = Words("应为不小于 {low} 的数", "a number of {low} or more is expected")
A_NUMBER = Words("应为数", "a number is expected")
A_WHOLE_NUMBER = Words("应为整数", "a whole number is expected")
NO_FILE = Words("没有这个文件或文件夹", "there is no such file or folder")
TOO_MANY = Words("多出了参数：{extra}", "unexpected: {extra}")

_HEADS = {
    "Options": Words("选项", "Options"),
    "Commands": Words("命令", "Commands"),
    "Arguments": Words("参数", "Arguments"),
}
_USAGE = Words("用法：", "Usage: ")
_REQUIRED = Words("；必须写", "; required")
_WITHIN = Words("；{low}–{high}", "; {low}–{high}")
OPTIONS_METAVAR = Words("[选项]", "[OPTIONS]")
COMMAND_METAVAR = Words("命令 [参数]...", "COMMAND [ARGS]...")

# "Got unexpected extra arguments (2 3)"
_EXTRA = re.compile(r"unexpected extra arguments? \((.*)\)", re.DOTALL)
_MUST = "[required]"
# 至多多少件（默认 20）  [x>=1] · [1949<=x<=9999] · [0<=x<=3600]
_RANGE = re.compile(r"\s*\[(?:x>=\d+|(?P<low>\d+)<=x<=(?P<high>\d+))\]$")
# "'xx' is not one of 'text', 'md'."
_QUOTED = re.compile(r"'(.*)' is not one of", re.DOTALL)


class HelpInLanguage(click.HelpFormatter):
    """Click's help with the headings of the present language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that shows how a command is called."""
        super().write_usage(prog, args, say(_USAGE) if prefix is None else prefix)

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Names with their meaning; what click adds to it (`[required]`, `[x>=1]`) as words."""
        super().write_dl([(name, _extras(text)) for name, text in rows], col_max, col_spacing)

    def write_heading(self, heading: str) -> None:
        """`选项:` for `Options:`."""
        words = _HEADS.get(heading)
        super().write_heading(say(words) if words else heading)


def _extras(text: str) -> str:
    """What click adds to an option's help in our words; that a number is 1 or more goes unsaid."""
    if text.endswith(_MUST):
        return text.removesuffix(_MUST).rstrip() + say(_REQUIRED)
    found = _RANGE.search(text)
    if found is None:
        return text
    between = say(_WITHIN, low=found["low"], high=found["high"]) if found["low"] else ""
    return text[: found.start()] + between


def usage_message(error: click.UsageError) -> str:
    """What is wrong with a command line; a message that is ours already stays as it is."""
    match error:
        case click.NoSuchOption():
            return say(NO_SUCH_OPTION, name=error.option_name) + _possible(error.possibilities)
        case click.MissingParameter() if error.param is not None:
            return say(MISSING, name=_with_value(error.param, error.ctx))
        case click.BadOptionUsage():
            words = TAKES_NO_VALUE if "does not take" in error.message else NEEDS_VALUE
            return say(words, name=error.option_name)
        case click.BadParameter() if error.param is not None:
            return _bad_value(error, error.param)
    if extra := _EXTRA.search(error.message):
        return say(TOO_MANY, extra=extra[1])
    return error.format_message()


def _bad_value(error: click.BadParameter, parameter: click.Parameter) -> str:
    name = _name(parameter, error.ctx)
    kind = parameter.type
    if isinstance(kind, click.Choice) and (value := _QUOTED.search(error.message)):
        between = "、" if language() == "zh" else ", "
        choices = between.join(map(str, kind.choices))
        # the name of an argument is its choices
        name = f"{name} " if isinstance(parameter, click.Option) else ""
        return say(ONE_OF, name=name, value=value[1], choices=choices)
    if isinstance(kind, (click.IntRange, click.FloatRange)):
        return say(BAD_VALUE_OF, name=name, reason=_number_in(kind))
    if kind in (click.INT, click.FLOAT):
        reason = say(A_WHOLE_NUMBER if kind is click.INT else A_NUMBER)
        return say(BAD_VALUE_OF, name=name, reason=reason)
    if isinstance(kind, click.Path) and "does not exist" in error.message:
        return say(BAD_VALUE_OF, name=name, reason=say(NO_FILE))
    return say(BAD_VALUE_OF, name=name, reason=error.message)


def _number_in(kind: click.IntRange | click.FloatRange) -> str:
    low = "" if kind.min is None else f"{kind.min:g}"
    if kind.max is None:
        return say(NUMBER_FROM, low=low)
    return say(NUMBER_IN, range=f"{low}–{kind.max:g}")


def _name(parameter: click.Parameter, ctx: click.Context | None) -> str:
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    name = parameter.make_metavar(ctx) if ctx else parameter.human_readable_name
    return name.strip("[].")  # of `[A B]`, where the one is not given without the other


def _with_value(parameter: click.Parameter, ctx: click.Context | None) -> str:
    """`-o DIR`: an option as it is to be written."""
    name = _name(parameter, ctx)
    if isinstance(parameter, click.Option) and ctx:
        return f"{name} {parameter.make_metavar(ctx)}"
    return name


def _possible(names: Sequence[str] | None) -> str:
    return say(DID_YOU_MEAN, name=names[0]) if names else ""
