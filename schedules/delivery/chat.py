"""Chat services and whatever else Apprise speaks: WeCom, DingTalk, Feishu, Telegram, Slack …"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from html import escape
from typing import Any

from schedules.config.secrets import mask, secret_parts
from schedules.delivery.chat_text import Measure, split_text, without_mentions
from schedules.delivery.contents import Contents, rendered
from schedules.delivery.failures import NotDelivered
from schedules.reports import Report
from schedules.reports.heads import show_command
from schedules.reports.shorten import fitted
from schedules.reports.words import said
from schedules.terminal import one_line
from schedules.words.delivery import CHAT_CUT, PARTS, UNKNOWN_SERVICE
from schedules.words.language import say
from storage.errors import DeliveryError
from storage.outbox.records import Delivery, Draft

MOST_PARTS = 4  # of one report; more is for a file or mail
_NO_LIMIT = 1_000_000
_MOST_EVENTS = 300  # no service takes as many in four messages, or few do
_SLACK = 0.95  # of a limit: services count a little otherwise than they say


def _as_utf8(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


def _as_json(text: str) -> int:
    return len(json.dumps(text))


def _as_markup(text: str) -> int:
    return len(escape(text))


# How services count, where not in characters: WeCom takes 2,048 bytes of text
# (https://developer.work.weixin.qq.com/document/path/91770), DingTalk and Feishu a request of
# 20,000 bytes, which Apprise writes with `\\u` escapes, six bytes a Chinese character.
_MEASURES: dict[str, Measure] = {
    "wecombot": _as_utf8,
    "dingtalk": _as_json,
    "feishu": _as_json,
    "lark": _as_json,
}


class Chat:
    """Sends a report as text, in parts where it is long, each part a message of its own.

    Text is what every service shows as it stands; those that only take markup get the text
    escaped by Apprise.
    """

    batch = 1
    seconds = 60.0

    def __init__(self, url: str, shown: str) -> None:
        self._url = url
        self._shown = shown

    @cached_property
    def service(self) -> Any:
        """Apprise's service; DeliveryError where it knows none."""
        from schedules.delivery.apprise_services import service

        found = service(self._url)
        if found is None:
            raise DeliveryError(say(UNKNOWN_SERVICE, target=self._shown))
        return found

    def drafts(self, contents: Contents) -> list[Draft]:
        """A message a part, none longer than the service takes, each titled."""
        spoken = contents.language
        title = without_mentions(one_line(contents.title))
        note = said(CHAT_CUT, spoken, command=show_command(contents.report))
        measure = _MEASURES.get(self._url.partition(":")[0].lower(), _as_markup)
        room = self._room(title, measure)

        def split(report: Report, most: int = _NO_LIMIT) -> list[str]:
            text = without_mentions(rendered(report, "text", spoken=spoken))
            return split_text(text, room, measure=measure, most=most, cut_note=note)

        told = replace(contents.report, in_archive={})  # one short command a letter is enough
        report = fitted(told, lambda report: len(split(report)), MOST_PARTS, most=_MOST_EVENTS)
        pieces = split(report, MOST_PARTS)
        if len(pieces) == 1:
            return [Draft(title, pieces[0])]
        return [
            Draft(title + said(PARTS, spoken, part=part, parts=len(pieces)), piece)
            for part, piece in enumerate(pieces, start=1)
        ]

    def send(self, deliveries: Sequence[Delivery], now: datetime) -> None:
        """Hands one part to the service."""
        import apprise

        from schedules.delivery.apprise_services import kept_log

        delivery = deliveries[0]
        limit = self.service.title_maxlen
        title = delivery.title[:limit] if limit else delivery.title
        with kept_log() as lines:
            try:
                taken = self.service.notify(
                    title=title,
                    body=delivery.content,
                    body_format=apprise.NotifyFormat.TEXT,
                    notify_type=apprise.NotifyType.INFO,
                )
            except Exception as error:  # noqa: BLE001 - plug-ins raise what they like
                raise NotDelivered(self._masked(f"{type(error).__name__}: {error}")) from None
        if not taken:
            raise NotDelivered(self._masked(lines[-1] if lines else "not taken by the service"))

    def check(self) -> None:
        """Whether Apprise knows the address; services cannot be asked without a message."""
        _ = self.service

    def _room(self, title: str, measure: Measure) -> int:
        """What a part may take: where a service has no titles, Apprise puts them before it."""
        limit = int(self.service.body_maxlen * _SLACK)
        return max(limit - measure(title) - 40, 100)

    def _masked(self, text: str) -> str:
        """Apprise's own words without keys; it shows whole addresses at times (fault 56)."""
        parts = secret_parts(self._url) | set(self._url.partition("://")[2].split("/"))
        return one_line(
            mask(text.replace(self._url, self._shown), {p for p in parts if len(p) > 5})
        )[:300]
