"""Owns mail addresses as Apprise writes them (https://appriseit.com/services/email/)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import getaddresses
from urllib.parse import parse_qs, unquote, urlsplit

import idna

from schedules.words.delivery import BAD_MAIL, NO_RECIPIENT
from schedules.words.language import say
from storage.errors import DeliveryError

# "例子.公司" of "mailto://…?to=chen@例子.公司"; what may stand before a domain, and what ends one
_FOREIGN_DOMAIN = re.compile(r"(?<=[@/])[^\s/?&,;#:@>]*[^\x00-\x7f][^\s/?&,;#:@>]*")

# "chen@example.org"
_ADDRESS = re.compile(r"[^\s@<>,]{1,64}@[^\s@<>,]+\.[^\s@<>,.]+")

Mailbox = tuple[str, str]
"""A display name, which may be empty, and an address."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over, and between whom it goes."""

    host: str
    port: int
    mode: str  # starttls, ssl or insecure
    verify: bool
    user: str | None
    password: str | None
    sender: Mailbox
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    bcc: tuple[Mailbox, ...]
    reply_to: tuple[Mailbox, ...]

    @property
    def recipients(self) -> tuple[str, ...]:
        """Every address that gets it, each once."""
        everyone = (*self.to, *self.cc, *self.bcc)
        return tuple(dict.fromkeys(address for _, address in everyone))


def mail_server(url: str, shown: str) -> MailServer:
    """What a `mailto://` or `mailtos://` address says, providers' own servers filled in.

    Apprise reads it, so that what works there works here; `shown` stands for it in errors.
    Raises DeliveryError.
    """
    from schedules.delivery.apprise_services import service

    url = _in_ascii(url)
    plugin = service(url)
    if plugin is None or not hasattr(plugin, "smtp_host"):
        raise DeliveryError(say(BAD_MAIL, target=shown))
    asked = parse_qs(urlsplit(url).query)
    in_path = [unquote(piece) for piece in urlsplit(url).path.split("/") if piece]
    named = (*_people(",".join(in_path)), *_people(*asked.get("to", ())))
    server = MailServer(
        host=plugin.smtp_host,
        port=plugin.port,
        mode=plugin.secure_mode,
        verify=plugin.verify_certificate,
        user=plugin.user or None,
        password=plugin.password or None,
        sender=(plugin.from_addr[0] or "", plugin.from_addr[1]),
        to=named if in_path or "to" in asked else (("", plugin.from_addr[1]),),
        cc=_people(*asked.get("cc", ())),
        bcc=_people(*asked.get("bcc", ())),
        reply_to=_people(*asked.get("reply", ())),
    )
    if not server.recipients:
        raise DeliveryError(say(NO_RECIPIENT, target=shown))
    return server


def _people(*texts: str) -> tuple[Mailbox, ...]:
    """`陈 <chen@example.org>, li@example.org`; what is no address is left out, as Apprise does."""
    found = getaddresses([text.replace(";", ",") for text in texts])
    return tuple((name, address) for name, address in found if _ADDRESS.fullmatch(address))


def _in_ascii(url: str) -> str:
    """Host names in A-form (RFC 5891): Apprise knows no other."""

    def a_form(match: re.Match[str]) -> str:
        try:
            return idna.encode(match[0], uts46=True).decode("ascii")
        except idna.IDNAError:
            return match[0]

    head, mark, query = url.partition("?")
    return _FOREIGN_DOMAIN.sub(a_form, head + mark + re.sub(r"%40", "@", query))
