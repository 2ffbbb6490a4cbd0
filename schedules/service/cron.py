"""A crontab line that does all there is to do; fuhan knows itself what is due, in China's time."""

from __future__ import annotations

import shlex

from schedules.service.setup import Setup, missing_folders, told_variables

CRONTAB = """\
# fuhan.crontab
# 安装 To install: crontab -e, {paste}
# 每十分钟一次，做到了时间的事（时间以各门户、报告和 [upkeep] 的 cron 为准，北京时间）。
# Every ten minutes what is due: crawls, upkeep, reports, by their own cron expressions in
# Asia/Shanghai. No lock is needed around it: a run that is still going on is left alone.
{folders}{line}
"""


def crontab(setup: Setup) -> str:
    """The line with its comments; what was done and what went wrong goes to the log beside it."""
    log = setup.folder / "fuhan.log"
    command = (
        f"cd {shlex.quote(str(setup.folder))} && "
        f"{shlex.join([*setup.command, 'daemon', '--once'])} >>{shlex.quote(str(log))} 2>&1"
    )
    folders = "".join(f"# mkdir -p {shlex.quote(str(f))}\n" for f in missing_folders(setup))
    if variables := told_variables(setup):
        folders = f"# {variables}\n{folders}"
    paste = "把下面的一行贴进去 and paste the line below"
    return CRONTAB.format(paste=paste, folders=folders, line=f"*/10 * * * * {escaped(command)}")


def escaped(command: str) -> str:
    """A command as crontab(5) takes it: an unescaped `%` would be a line break."""
    return command.replace("\\", "\\\\").replace("%", "\\%")
