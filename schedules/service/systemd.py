"""Units of systemd: the daemon, or a timer; confined to the folders fuhan writes to.

Escapes are those of systemd.service(5), "Command lines", and systemd.unit(5), "Specifiers".
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path

from schedules.service.setup import ServiceFile, Setup, missing_folders, told_variables

SYSTEM, USERS = "/etc/systemd/system", "~/.config/systemd/user"

# what needs nothing of the kernel that a user's own service manager may lack
CONFINED = """\
UMask=0077
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RestrictNamespaces=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM
"""

ISOLATED = """\
CapabilityBoundingSet=
AmbientCapabilities=
ProtectSystem=strict
ProtectHome=read-only
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
RemoveIPC=yes
DevicePolicy=closed
"""

DAEMON = """\
Type=notify
NotifyAccess=main
WatchdogSec=5min
ExecStart={start}
ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
RestartSec=30s
# 2: a configuration that is wrong stays wrong until it is mended
RestartPreventExitStatus=2
"""

ONCE = """\
Type=oneshot
ExecStart={start}
# 3: done, but some portals do not answer or some messages wait
SuccessExitStatus=3
TimeoutStartSec=infinity
"""

TIMER = """\
{head}
[Unit]
Description=fuhan every ten minutes: what is due is in its own configuration

[Timer]
OnCalendar=*-*-* *:00/10:00 Asia/Shanghai
Persistent=true
RandomizedDelaySec=20s

[Install]
WantedBy=timers.target
"""


def units(setup: Setup, *, user: bool, timer: bool) -> list[ServiceFile]:
    """`fuhan.service`, which stays; with `timer` one that ends, and `fuhan.timer`.

    `user` makes them for the user's own service manager.
    """
    place = USERS if user else SYSTEM
    first = "fuhan.timer" if timer else "fuhan.service"
    install = _installation(setup, first, user=user, place=place)
    service = _service(setup, f"# {place}/fuhan.service\n{install}", user=user, timer=timer)
    files = [ServiceFile("fuhan.service", service)]
    if timer:
        text = TIMER.format(head=f"# {place}/fuhan.timer")
        files.append(ServiceFile("fuhan.timer", text))
    return files


def quoted(word: str) -> str:
    """A word of a command line or list of paths: quoted where it must be, `%` doubled."""
    text = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    plain = all(c.isalnum() or c in "/._-+=:@,%" for c in word)
    return text if plain and word else f'"{text}"'


def command_line(words: Sequence[str]) -> str:
    """`ExecStart=`'s value; with a `$` in it the `:` that takes its meaning away."""
    line = " ".join(quoted(word) for word in words)
    return f":{line}" if "$" in line else line


def _service(setup: Setup, head: str, *, user: bool, timer: bool) -> str:
    arguments = ("daemon", "--once") if timer else ("daemon",)
    start = command_line([*setup.command, *arguments])
    parts = [
        head,
        "[Unit]\nDescription=fuhan: watches reply letters of government portals\n",
        ""
        if user
        else "Wants=network-online.target\nAfter=network-online.target time-sync.target\n",
        "\n[Service]\n",
        (ONCE if timer else DAEMON).format(start=start),
        "KillMode=mixed\nTimeoutStopSec=20s\n",
        "" if user else f"User={setup.user}\n",
        # this takes the rest of its line as it is, but for specifiers
        f"WorkingDirectory={_specified(setup.folder)}\n",
        "Environment=PYTHONUNBUFFERED=1\n",
        "\n",
        CONFINED,
        "" if user else ISOLATED + _private_tmp(setup) + _writable(setup.writes),
    ]
    if not timer:
        target = "default.target" if user else "multi-user.target"
        parts.append(f"\n[Install]\nWantedBy={target}\n")
    return "".join(parts)


def _private_tmp(setup: Setup) -> str:
    """A /tmp of its own, unless what it works with lies in everybody's."""
    shared = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108 - asked about, not written to
    used = [Path(setup.program[0]), setup.folder, *setup.writes]
    inside = any(tmp in path.parents for tmp in shared for path in used)
    return "" if inside else "PrivateTmp=yes\n"


def _writable(folders: Iterable[Path]) -> str:
    return "".join(f"ReadWritePaths={quoted(str(folder))}\n" for folder in folders)


def _specified(path: Path) -> str:
    return str(path).replace("%", "%%")


def _installation(setup: Setup, unit: str, *, user: bool, place: str) -> str:
    control = "systemctl --user" if user else "sudo systemctl"
    options = " --user" if user else ""
    options += " --timer" if unit.endswith(".timer") else ""
    program = shlex.join(setup.command)
    printing = f"{program} service print systemd{options}"
    copy = (
        f"mkdir -p {place} && {printing} -o {place}"
        if user
        else (f"{printing} -o fuhan-units && sudo cp fuhan-units/fuhan.* {place}/")
    )
    steps = [
        copy,
        *(f"mkdir -p {shlex.quote(str(folder))}" for folder in missing_folders(setup)),
        f"{control} daemon-reload && {control} enable --now {unit}",
        *(
            [f"sudo loginctl enable-linger {shlex.quote(setup.user)}   # go on after logging out"]
            if user
            else []
        ),
    ]
    if variables := told_variables(setup):
        steps.insert(1, variables)
    lines = "".join(f"#   {step}\n" for step in steps)
    logs = "journalctl --user -u fuhan" if user else "journalctl -u fuhan"
    return f"# 安装 To install:\n{lines}# 日志 Logs: {logs}\n\n"
