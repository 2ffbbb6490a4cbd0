"""Mail: a real SMTP server that fails, refuses, hangs and dies, and never a second Message-ID."""

from __future__ import annotations

import smtplib
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from schedules.delivery.mail import Mail, mail_message
from schedules.delivery.mail_address import mail_server as read_address
from storage.errors import DeliveryError
from storage.json_forms import dump
from storage.outbox.records import Delivery
from tests.delivery_scene import BEGIN, Mailbox, free_port, mail_server, scene

PEOPLE = "from=fuhan@example.org&to=chen@example.org,li@example.org"


def address(port: int, people: str = PEOPLE, scheme: str = "mailto") -> str:
    return f"{scheme}://127.0.0.1:{port}/?{people}"


def mailing(port: int, people: str = PEOPLE, name: str = "daily") -> str:
    return f'[[reports]]\nname = "{name}"\nto = ["{address(port, people)}"]\n'


def a_delivery(title: str = "复函变化", name: str = "daily") -> Delivery:
    content = dump({"list": name, "text": "正文", "html": "<p>正文</p>"})
    return Delivery(1, "msg_00", BEGIN, title, content, 0, None)


def test_report_comes_as_text_and_html_with_the_headers_of_a_machine(tmp_path: Path) -> None:
    with mail_server(Mailbox()) as box:
        made = scene(tmp_path, mailing(box.port, name="科技-周报"))
        made.edit(1, 11)
        assert made.send().delivered == 1
    ((recipients, message),) = box.got
    assert recipients == ["chen@example.org", "li@example.org"]
    assert message.get_content_type() == "multipart/alternative"
    text, html = message.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert "另有11处在建" in text.get_content()
    assert "科技-周报" in str(message["Subject"])
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"].startswith("<report-") and message["List-Id"].isascii()
    assert message["Message-ID"].endswith("@example.org>")
    assert message["Date"].datetime == made.now.replace(microsecond=0)
    assert max(map(len, box.raw[0].splitlines())) <= 998


def test_f49_server_down_keeps_the_message(tmp_path: Path) -> None:
    port = free_port()
    made = scene(tmp_path, mailing(port))
    made.edit(1, 11)
    (failure,) = made.send().failed
    assert failure.error == "connection refused"
    made.now += timedelta(minutes=6)
    with mail_server(Mailbox(port=port)) as box:
        assert made.deliver().delivered == 1
    assert len(box.got) == 1


def test_f49_server_dead_after_data_gets_the_same_message_again(tmp_path: Path) -> None:
    with mail_server(Mailbox(after_data=["die", "451 later"])) as box:
        made = scene(tmp_path, mailing(box.port))
        made.edit(1, 11)
        (failure,) = made.send().failed
        assert failure.error == "the server closed the connection"
        for _ in range(2):
            made.now += timedelta(minutes=30)
            made.deliver()
    assert len(box.raw) == 3
    stripped = {raw.split(b"X-Peer")[0] for raw in box.raw}
    assert len(stripped) == 1  # to the last byte
    assert made.outbox("delivered_at IS NOT NULL") == [(1,)]


def test_recipient_refused_for_now_is_served_later_and_alone(tmp_path: Path) -> None:
    with mail_server(Mailbox(refuse={"li@example.org": "450 greylisted"})) as box:
        made = scene(tmp_path, mailing(box.port))
        made.edit(1, 11)
        (failure,) = made.send().failed
        assert failure.error is not None and "450" in failure.error
        box.refuse.clear()
        made.now += timedelta(minutes=6)
        assert made.deliver().delivered == 1
    assert [recipients for recipients, _ in box.got] == [["chen@example.org"], ["li@example.org"]]
    assert len({message["Message-ID"] for _, message in box.got}) == 1


def test_who_is_refused_for_good_beside_one_refused_for_now_is_told(
    tmp_path: Path,
) -> None:
    refuse = {"li@example.org": "450 greylisted", "chen@example.org": "550 no such user"}
    with mail_server(Mailbox(refuse=refuse)) as box:
        made = scene(tmp_path, mailing(box.port))
        made.edit(1, 11)
        assert made.send().failed[0].next_attempt
        del box.refuse["li@example.org"]
        made.now += timedelta(minutes=6)
        (failure,) = made.deliver().failed
        assert failure.error is not None and "550" in failure.error
        assert failure.next_attempt is None
    assert [recipients for recipients, _ in box.got] == [["li@example.org"]]


def test_server_may_look_through_a_message_longer_than_it_may_be_silent_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = []

    class Session(smtplib.SMTP):
        def data(self, msg: Any) -> tuple[int, bytes]:
            assert self.sock
            waits.append((self.timeout, self.sock.gettimeout()))
            return super().data(msg)

    monkeypatch.setattr("smtplib.SMTP", Session)
    with mail_server(Mailbox()) as box:
        made = scene(tmp_path, mailing(box.port))
        made.edit(1, 11)
        assert made.send().delivered == 1
    assert waits == [(20, 100)]


@pytest.mark.parametrize("refuse", [True, False])
def test_what_is_refused_for_good_is_given_up_and_told(tmp_path: Path, refuse: bool) -> None:
    people = "from=fuhan@example.org&to=chen@example.org"
    gone = {"chen@example.org": "550 no such user"} if refuse else {}
    box = Mailbox(refuse=gone, after_data=[] if refuse else ["554 spam"])
    with mail_server(box):
        made = scene(tmp_path, mailing(box.port, people))
        made.edit(1, 11)
        (failure,) = made.send().failed
    assert failure.next_attempt is None
    with made.story.open() as archive:
        assert archive.outbox.undelivered()[0].dead == 1


def test_server_that_says_nothing_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("schedules.delivery.mail._SILENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        made = scene(tmp_path, mailing(silent.getsockname()[1]))
        made.edit(1, 11)
        assert [attempt.error for attempt in made.send().failed] == ["time-out"]


def test_server_that_drips_is_given_up_by_the_deadline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("schedules.delivery.mail.Mail.seconds", 0.5)
    end = threading.Event()
    with dripping(end) as port:
        made = scene(tmp_path, mailing(port))
        made.edit(1, 11)
        assert [attempt.error for attempt in made.send().failed] == ["not done within 0.5 s"]


@contextmanager
def dripping(end: threading.Event) -> Iterator[int]:
    """A server whose greeting never ends: a byte every moment."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            client, _ = server.accept()
            with client:
                while not end.wait(0.05):
                    client.sendall(b"2")

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            end.set()
            thread.join()


def test_certificate_that_is_not_trusted_ends_it_and_nothing_was_sent(tmp_path: Path) -> None:
    with mail_server(Mailbox(), tls_context=self_signed(tmp_path), require_starttls=True) as box:
        url = address(box.port, scheme="mailtos")
        with pytest.raises(DeliveryError, match="TLS"):
            Mail(url, "mailtos://…").send([a_delivery()], BEGIN)
        Mail(url + "&verify=no", "mailtos://…").send([a_delivery()], BEGIN)
        Mail(url + "&verify=no", "mailtos://…").check()
    assert len(box.got) == 1


def test_server_without_tls_is_not_talked_to_in_the_clear(tmp_path: Path) -> None:
    with mail_server(Mailbox()) as box, pytest.raises(DeliveryError, match="STARTTLS"):
        Mail(address(box.port, scheme="mailtos"), "…").send([a_delivery()], BEGIN)
    assert box.got == []


def self_signed(folder: Path) -> ssl.SSLContext:
    key, certificate = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=localhost", "-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def test_f48_newline_in_a_subject_is_cleaned() -> None:
    server = read_address(address(25), "…")
    title = "复函变化\r\nBcc: evil@example.org\n\x00\x1b[31m关于\u2028x"
    message = mail_message(server, a_delivery(title))
    assert message["Bcc"] is None
    head = message.as_bytes().split(b"\r\n\r\n")[0]
    assert b"\nBcc" not in head and b"\x1b" not in head
    assert "\n" not in str(message["Subject"])


def test_very_long_and_broken_titles_make_a_message() -> None:
    server = read_address(address(25), "…")
    for title in ("提" * 5000, "\ud800坏", "=?utf-8?q?x?=", ""):
        raw = mail_message(server, a_delivery(title)).as_bytes()
        assert max(map(len, raw.splitlines())) <= 998


def test_message_is_the_same_at_every_attempt() -> None:
    server = read_address(address(25), "…")
    first, second = (mail_message(server, a_delivery()).as_bytes() for _ in range(2))
    assert first == second


def test_names_and_foreign_domains_are_understood() -> None:
    people = (
        "from=复函 <fuhan@例子.公司>&to=陈 <chen@例子.公司>&cc=li@example.org&reply=x@example.org"
    )
    server = read_address(f"mailtos://u:p@smtp.example.org:465/?mode=ssl&{people}", "…")
    assert (server.host, server.port, server.mode) == ("smtp.example.org", 465, "ssl")
    assert server.sender == ("复函", "fuhan@xn--fsqu00a.xn--55qx5d")
    assert server.to == (("陈", "chen@xn--fsqu00a.xn--55qx5d"),)
    message = mail_message(server, a_delivery())
    assert message["To"].addresses[0].display_name == "陈"
    assert message["Cc"] == "li@example.org" and message["Reply-To"] == "x@example.org"


def test_providers_are_known_as_apprise_knows_them() -> None:
    server = read_address("mailtos://somebody:secret@qq.com?to=a@example.org", "…")
    assert (server.host, server.mode, server.user) == ("smtp.qq.com", "starttls", "somebody@qq.com")


@pytest.mark.parametrize("url", ["mailto://", "mailtos://x.example.org/?to=nobody&from=a@b.org"])
def test_address_that_is_none_is_named_without_its_secrets(url: str) -> None:
    with pytest.raises(DeliveryError, match="SHOWN"):
        read_address(url, "SHOWN")


def test_login_that_is_refused_is_told_without_the_password(tmp_path: Path) -> None:
    def refuse(*_: object) -> object:
        from aiosmtpd.smtp import AuthResult

        return AuthResult(success=False, handled=False)

    box = Mailbox()
    with mail_server(box, authenticator=refuse, auth_require_tls=False):
        url = f"mailto://robot:geheim@127.0.0.1:{box.port}/?to=a@example.org&from=f@example.org"
        with pytest.raises(DeliveryError) as caught:
            Mail(url, "…").send([a_delivery()], datetime.now().astimezone())
    assert "login refused" in str(caught.value) and "geheim" not in str(caught.value)
