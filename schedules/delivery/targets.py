"""How each target of the configuration is reached."""

from __future__ import annotations

from schedules.config.config import Config
from schedules.config.telling import SinkSection, TargetSection, scheme_of
from schedules.delivery.channels import Channel, ReportChannel
from schedules.delivery.chat import Chat
from schedules.delivery.files import FileTarget, file_path
from schedules.delivery.json_lines import JsonLines
from schedules.delivery.mail import Mail
from schedules.delivery.program import Program
from schedules.delivery.tree import LetterTree
from schedules.delivery.webhook import Webhook


def report_channel(config: Config, target: TargetSection) -> ReportChannel:
    """How a report reaches a target; whether it can is for `check` or `send` to find out."""
    scheme = scheme_of(target.url)
    shown = config.shown_target(target.url)
    if scheme == "file":
        return FileTarget(file_path(target.url, config.folder))
    if scheme in ("http", "https"):
        return Webhook(target.url, target.secret, target.format or "json")
    if scheme in ("mailto", "mailtos"):
        return Mail(target.url, shown)
    return Chat(target.url, shown)


def sink_channel(config: Config, sink: SinkSection) -> Channel:
    """How a sink's letters reach it."""
    target = sink.to
    if target.exec:
        seconds, variables = target.seconds, config.variables
        return Program(target.exec, config.folder, seconds, variables, config.file)
    url = target.url or ""
    scheme = scheme_of(url)
    if scheme == "file":
        return JsonLines(file_path(url, config.folder))
    if scheme == "tree":
        return LetterTree(file_path(url, config.folder))
    return Webhook(url, target.secret)
