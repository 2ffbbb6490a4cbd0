"""Mail: one message a report, the same to the last byte at every attempt, by SMTP."""

from __future__ import annotations

import hashlib
import json
import re
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from functools import cached_property

from schedules.delivery.contents import Contents
from schedules.delivery.failures import NotDelivered, os_reason
from schedules.delivery.mail_address import Mailbox, MailServer, mail_server
from schedules.terminal import one_line
from storage.clock import BEIJING
from storage.json_forms import dump
from storage.outbox.records import Delivery, Draft

_SILENCE = 20.0  # seconds
# What takes a message may look through it for a while first; whoever hangs up meanwhile sends it
# twice (RFC 5321, 4.5.3.2.6, which allows ten minutes).
_JUDGING = 100.0  # seconds
# what a List-Id may hold of a report's name (RFC 2919): "daily" of "daily"
_NOT_IN_LIST_ID = re.compile(r"[^A-Za-z0-9-]+")


class Mail:
    """Hands a report to an SMTP server, as text and as HTML, with a Message-ID of its own."""

    batch = 1
    seconds = 150.0

    def __init__(self, url: str, shown: str) -> None:
        self._url = url
        self._shown = shown

    @cached_property
    def server(self) -> MailServer:
        """The server and the people; DeliveryError where the address is none."""
        return mail_server(self._url, self._shown)

    def drafts(self, contents: Contents) -> list[Draft]:
        """One message with both forms; recipients are the configuration's when it is sent."""
        name = contents.report.name
        text, html = contents.mail()
        forms = {"list": name, "text": text, "html": html}
        return [Draft(contents.title, dump(forms))]

    def send(self, deliveries: Sequence[Delivery], now: datetime) -> None:
        """Hands it to the server; recipients refused for now are served by a later attempt.

        Where the connection breaks after the text was sent, nobody knows whether it was taken:
        it is sent again under the same Message-ID, by which a reader's mailbox tells.
        """
        delivery = deliveries[0]
        server = self.server
        wanted = server.recipients
        left = wanted if delivery.remaining is None else delivery.remaining
        recipients = [address for address in left if address in wanted]
        if not recipients:
            return
        try:
            message = mail_message(server, delivery)
        except (MessageError, ValueError, KeyError) as error:
            raise NotDelivered(f"no message can be made: {error}", permanent=True) from error
        with _named_errors(), _session(server) as session:
            if session.sock:
                session.sock.settimeout(_JUDGING)
            refused = session.send_message(message, server.sender[1], recipients)
        if refused:
            raise _partly(refused)

    def check(self) -> None:
        """Connects, secures and logs in, and sends nothing. Raises DeliveryError."""
        server = self.server
        with _named_errors(), _session(server) as session:
            session.noop()


def mail_message(server: MailServer, delivery: Delivery) -> EmailMessage:
    """The message of a delivery: a pure function of it and of the addresses.

    `Auto-Submitted` (RFC 3834) keeps holiday replies away, `List-Id` (RFC 2919) lets it be sorted.
    """
    forms = json.loads(delivery.content)
    domain = server.sender[1].rpartition("@")[2]
    everyone = [*server.to, *server.cc, server.sender]
    ascii_only = all(address.isascii() for _, address in everyone)
    message = EmailMessage(policy=SMTP if ascii_only else SMTPUTF8)
    message["From"] = _header([server.sender])
    message["To"] = _header(server.to) if server.to else "undisclosed-recipients:;"
    if server.cc:
        message["Cc"] = _header(server.cc)
    if server.reply_to:
        message["Reply-To"] = _header(server.reply_to)
    message["Subject"] = one_line(delivery.title)  # a newline would raise for ever (fault 48)
    message["Date"] = delivery.created_at.astimezone(BEIJING)
    message["Message-ID"] = f"<{delivery.message_id}@{domain}>"
    message["List-Id"] = f"<{_list_name(forms['list'])}.fuhan.{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(forms["text"], cte="base64")
    message.add_alternative(forms["html"], subtype="html", cte="base64")
    message.set_boundary(f"=_{delivery.message_id}")
    return message


def _header(people: Sequence[Mailbox]) -> tuple[Address, ...]:
    return tuple(Address(one_line(name), addr_spec=address) for name, address in people)


def _list_name(name: str) -> str:
    """A report's name as a label: of `科技-周报` its digest, which no other name has."""
    if name.isascii():
        return _NOT_IN_LIST_ID.sub("-", name).strip("-") or "report"
    return "report-" + hashlib.sha256(name.encode()).hexdigest()[:8]


@contextmanager
def _session(server: MailServer) -> Iterator[smtplib.SMTP]:
    """A connection that is secured and logged in as the address says."""
    context = ssl.create_default_context()
    if not server.verify:  # the address says `verify=no`
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    if server.mode == "ssl":
        session: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=_SILENCE, context=context
        )
    else:
        session = smtplib.SMTP(server.host, server.port, timeout=_SILENCE)
    try:
        if server.mode == "starttls":
            session.starttls(context=context)
        if server.user and server.password:
            session.login(server.user, server.password)
        yield session
    finally:
        try:
            session.quit()
        except (smtplib.SMTPException, OSError):
            session.close()


@contextmanager
def _named_errors() -> Iterator[None]:
    """SMTP's errors in a few words; a server's own words are left out but for their code."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        raise _partly(error.recipients) from error
    except smtplib.SMTPAuthenticationError as error:
        raise NotDelivered(f"SMTP {error.smtp_code}: login refused") from error
    except smtplib.SMTPResponseException as error:
        permanent = 500 <= error.smtp_code < 600 and isinstance(
            error, (smtplib.SMTPDataError, smtplib.SMTPSenderRefused)
        )
        reason = f"SMTP {error.smtp_code}: {_words(error.smtp_error)}"
        raise NotDelivered(reason, permanent=permanent) from error
    except smtplib.SMTPServerDisconnected as error:
        late = "timed out" in str(error)  # smtplib takes silence for a closed connection
        reason = "time-out" if late else "the server closed the connection"
        raise NotDelivered(reason) from error
    except smtplib.SMTPException as error:
        raise NotDelivered(f"SMTP: {_words(error)}") from error
    except ssl.SSLCertVerificationError as error:
        raise NotDelivered(f"TLS: {error.verify_message}") from error
    except OSError as error:
        raise NotDelivered(os_reason(error)) from error
    except UnicodeError as error:
        raise NotDelivered("no usable host name or login", permanent=False) from error


def _partly(refused: dict[str, tuple[int, bytes]]) -> NotDelivered:
    """Whoever was refused is tried again, as long as one of them was for now.

    Those refused for good stay among them: once only they are left, the message is given up, and
    that they never got it shows.
    """
    code, words = next(iter(refused.values()))
    for_now = any(code < 500 for code, _ in refused.values())
    reason = f"SMTP {code}: {_words(words)} ({len(refused)} recipients)"
    return NotDelivered(reason, permanent=not for_now, remaining=tuple(refused))


def _words(answer: object) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
    return one_line(text)[:200]
