"""Webhooks, signed as Standard Webhooks has it (https://www.standardwebhooks.com, spec 1.0)."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from urllib.parse import urlsplit

import requests
import urllib3

from schedules.config.config import ReportForm
from schedules.config.telling import signing_key
from schedules.delivery.contents import Contents
from schedules.delivery.failures import NotDelivered, os_reason
from schedules.delivery.reach import reach
from storage.outbox.records import Delivery, Draft

_SILENCE = 20.0  # seconds
_TYPES: dict[ReportForm, str] = {
    "json": "application/json",
    "text": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
}
_MAY_PASS = frozenset({408, 425, 429})  # of the refusals: time-out, too early, too many


class Webhook:
    """Posts each message to one address; any 2xx within the deadline is delivered.

    Redirects are not followed. A private address is asked like any other: who configured it means
    it. Other answers of 4xx than 408, 425 and 429 refuse the message for good.
    """

    batch = 1
    seconds = 30.0

    def __init__(self, url: str, secret: str | None = None, form: ReportForm = "json") -> None:
        self.url = url
        self.form = form
        self._key = signing_key(secret) if secret else None

    def drafts(self, contents: Contents) -> list[Draft]:
        """One message: the report in the target's form."""
        return [Draft(contents.title, contents.form(self.form))]

    def send(self, deliveries: Sequence[Delivery], now: datetime) -> None:
        """Posts the message under its own id, signed for now."""
        delivery = deliveries[0]
        body = delivery.content.encode("utf-8", "replace")
        headers = {
            "Content-Type": _TYPES[self.form],
            "User-Agent": f"fuhan/{version('fuhan')}",
            "webhook-id": delivery.message_id,
            "webhook-timestamp": str(int(now.timestamp())),
        }
        if self._key:
            headers["webhook-signature"] = signature(self._key, headers, body)
        try:
            with requests.post(
                self.url,
                data=body,
                headers=headers,
                timeout=_SILENCE,
                allow_redirects=False,
                stream=True,  # what it says besides its status is of no interest
            ) as answer:
                _judge(answer, now)
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise NotDelivered(_reason(error)) from error
        except (OSError, ValueError) as error:
            reason = os_reason(error) if isinstance(error, OSError) else "no usable address"
            raise NotDelivered(reason) from error

    def check(self) -> None:
        """Connects to the server and asks it nothing."""
        parts = urlsplit(self.url)
        secure = parts.scheme == "https"
        reach(parts.hostname or "", parts.port or (443 if secure else 80), tls=secure)


def signature(key: bytes, headers: dict[str, str], body: bytes) -> str:
    """`v1,` and the base64 HMAC-SHA256 of id, timestamp and body, joined by dots."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def _judge(answer: requests.Response, now: datetime) -> None:
    status = answer.status_code
    if 200 <= status < 300:
        return
    raise NotDelivered(
        f"HTTP {status}",
        permanent=400 <= status < 500 and status not in _MAY_PASS,
        retry_after=_asked_wait(answer.headers.get("Retry-After", ""), now),
    )


def _asked_wait(value: str, now: datetime) -> timedelta | None:
    """`120` or `Wed, 21 Oct 2026 07:28:00 GMT` (RFC 9110, 10.2.3)."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return timedelta(seconds=min(int(value[:9]), 10**8))
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    return (until if until.tzinfo else until.replace(tzinfo=UTC)) - now


def _reason(error: Exception) -> str:
    """The innermost cause in a few words; addresses, which hold keys, are left out."""
    if isinstance(error, requests.Timeout):
        return "time-out"
    if isinstance(error, requests.exceptions.InvalidURL):
        return "no usable address"
    if isinstance(error, requests.exceptions.SSLError):
        return "TLS: " + ("certificate not valid" if "certificate" in str(error) else "failed")
    text = str(error)
    for sign, reason in _CAUSES.items():
        if sign in text:
            return reason
    return f"no connection ({type(error).__name__})"


_CAUSES = {
    "Connection refused": "connection refused",
    "NameResolutionError": "host name not found",
    "Name or service not known": "host name not found",
    "Temporary failure in name resolution": "host name not found",
    "RemoteDisconnected": "connection closed without an answer",
    "Connection aborted": "connection closed without an answer",
    "Connection reset": "connection closed without an answer",
    "timed out": "time-out",
}
