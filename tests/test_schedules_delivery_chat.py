"""Chat services: lengths kept, nobody called by a letter's words, keys shown nowhere."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from schedules.delivery.chat import MOST_PARTS, Chat
from schedules.delivery.chat_text import split_text, without_mentions
from schedules.delivery.contents import Contents
from schedules.delivery.failures import NotDelivered
from schedules.logs import configure_logs
from schedules.reports import build_report
from storage.errors import DeliveryError
from storage.outbox.records import Delivery
from storage.records import Event, EventKind, LetterRef
from tests.delivery_scene import BEGIN, scene

KEY = "8f14e45fceea467fa9b1c2d3"
HOSTILE = (
    '关于<!channel> @all @everyone <@U123> <at user_id="all">[点这里](http://evil.example) 的复函'
)


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """What would be posted to services, which all take it."""
    sent: list[tuple[str, dict[str, Any]]] = []

    def post(_self: object, *, method: str, url: str, **options: Any) -> requests.Response:
        sent.append((url, json.loads(options["data"])))
        answer = requests.Response()
        answer.status_code = 200
        answer._content = b'{"ok": true, "errcode": 0, "code": 0, "StatusCode": 0}'
        if "slack" in url:
            answer._content = b"ok"
        return answer

    monkeypatch.setattr(requests.Session, "request", post)
    yield sent


def contents(count: int, title: str = "关于第0412号提案的复函") -> Contents:
    events = [_event(number, title) for number in range(1, count + 1)]
    report = build_report(
        events, [], since=BEGIN, until=BEGIN, journal_head=(1, "ab"), name="daily"
    )
    return Contents(report, "zh", "daily-x")


def _event(number: int, title: str) -> Event:
    url = f"https://kjj.example.gov.cn/zwgk/t{number}@x.html"
    ref = LetterRef(number, f"{title}{number}", None, url)
    return Event(
        number,
        EventKind.NEW,
        None,
        BEGIN,
        "a",
        url,
        None,
        ref,
        1,
        (),
        (),
        (),
        False,
        False,
        None,
        None,
    )


def send(chat: Chat, made: Contents) -> None:
    chat.service.request_rate_per_sec = 0  # else Apprise sleeps between parts
    for number, draft in enumerate(chat.drafts(made)):
        chat.send([Delivery(number, "m", BEGIN, draft.title, draft.content, 0, None)], BEGIN)


def test_f52_text_is_split_before_paragraphs_and_every_piece_fits() -> None:
    text = "头\n" + "\n".join(f"{n}. 复函\n    链接：https://x.example/{n}" for n in range(40))
    pieces = split_text(text, 200, most=20, cut_note="……")
    assert "\n".join(pieces) == text
    assert all(len(piece) <= 200 for piece in pieces)
    assert all(not piece.startswith("    ") for piece in pieces)


def test_f52_what_is_too_much_ends_with_where_to_read_it() -> None:
    text = "\n".join(f"{n}. 复函" for n in range(1000))
    pieces = split_text(text, 100, most=3, cut_note="全部：fuhan report daily")
    assert len(pieces) == 3
    assert pieces[-1].endswith("\n全部：fuhan report daily")
    assert all(len(piece) <= 100 for piece in pieces)


@pytest.mark.parametrize("limit", [30, 60, 200])
def test_f52_endless_paragraph_is_cut(limit: int) -> None:
    text = "头\n1. " + "字" * 5000 + "\n    链接：x\n2. 末"
    pieces = split_text(text, limit, most=9, cut_note="……")
    assert all(len(piece) <= limit for piece in pieces)
    assert pieces[-1].endswith("2. 末")


def test_heading_stays_with_what_follows() -> None:
    text = "头" * 30 + "\n\n撤下（1）\n 1. 复函\n    链接：x"
    assert split_text(text, 50, most=9, cut_note="")[1].startswith("撤下（1）\n 1. 复函")


@pytest.mark.parametrize(
    ("url", "limit", "size"),
    [
        (f"wecombot://{KEY}", 2048, lambda body: len(body["text"]["content"].encode())),
        (f"dingtalk://{KEY}", 20000, lambda body: len(json.dumps(body))),
        (f"feishu://{KEY}", 20000, lambda body: len(json.dumps(body))),
        (f"tgram://123456789:{KEY}_abcdefghijk/12315544/", 4096, lambda body: len(body["text"])),
    ],
)
def test_f52_services_limits_are_kept(
    posted: list[tuple[str, dict[str, Any]]], url: str, limit: int, size: Any
) -> None:
    send(Chat(url, "SHOWN"), contents(1000))
    assert len(posted) == MOST_PARTS
    assert all(size(body) <= limit for _, body in posted)
    assert "fuhan report daily" in json.dumps(posted[-1][1], ensure_ascii=False)
    posted.clear()
    send(Chat(url, "SHOWN"), contents(1))
    assert len(posted) == 1
    told = json.dumps(posted[0][1], ensure_ascii=False)
    assert "https://kjj.example.gov.cn/zwgk/t1%40x.html" in told and "0412" in told


@pytest.mark.parametrize(
    "url",
    [
        f"wecombot://{KEY}",
        f"dingtalk://{KEY}",
        f"feishu://{KEY}",
        f"tgram://123456789:{KEY}_abcdefghijk/12315544/",
        f"slack://T1JJ3T3L2/A1BRTD4JD/{KEY}/#chan",
        f"discord://123456789012345678/{KEY}abcdefghijklmnopqrst",
    ],
)
def test_letters_call_nobody_and_hide_no_link(
    posted: list[tuple[str, dict[str, Any]]], url: str
) -> None:
    send(Chat(url, "SHOWN"), contents(1, HOSTILE))
    told = json.dumps([body for _, body in posted], ensure_ascii=False)
    for sign in ("@all", "@everyone", "<!channel", "<@", "<at ", "](http"):
        assert sign not in told
    assert "＠all" in told


def test_text_keeps_its_words_and_addresses_work() -> None:
    assert without_mentions("a@b <c> https://x.example/@u<1>?q=@ 末@") == (
        "a＠b ＜c＞ https://x.example/%40u%3C1%3E?q=%40 末＠"
    )


def test_f56_keys_are_in_no_error_and_no_log(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(_self: object, *, method: str, url: str, **_: Any) -> requests.Response:
        raise requests.ConnectionError(f"cannot reach {url} with {KEY}")

    monkeypatch.setattr(requests.Session, "request", fail)
    url = f"wecombot://{KEY}"
    configure_logs("debug")  # as `FUHAN_LOG=debug` does
    monkeypatch.setattr(logging.getLogger("apprise"), "level", logging.DEBUG)
    logging.getLogger("apprise").manager._clear_cache()  # type: ignore[attr-defined]
    with pytest.raises(NotDelivered) as caught:
        send(Chat(url, "wecombot://***"), contents(1))
    assert KEY not in str(caught.value)
    printed = capfd.readouterr()
    assert KEY not in printed.out + printed.err


def test_f56_plug_in_that_raises_is_told_without_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    chat = Chat(f"wecombot://{KEY}", "wecombot://***")

    def explode(**_: object) -> bool:
        raise RuntimeError(f"wecombot://{KEY} broke")

    monkeypatch.setattr(chat.service, "notify", explode)
    with pytest.raises(NotDelivered, match="broke") as caught:
        chat.send([Delivery(1, "m", BEGIN, "t", "c", 0, None)], BEGIN)
    assert KEY not in str(caught.value) and caught.value.__cause__ is None


def test_service_apprise_does_not_know_is_named_masked() -> None:
    with pytest.raises(DeliveryError, match="SHOWN"):
        Chat(f"nosuch://{KEY}", "SHOWN").check()


def test_parts_are_messages_of_their_own_and_go_on_where_they_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, posted: list[tuple[str, dict[str, Any]]]
) -> None:
    made = scene(tmp_path, f'[[reports]]\nname = "daily"\nto = ["wecombot://{KEY}"]\n', letters=20)
    for number in range(1, 13):
        made.edit(number, number, days=0.01)
    real = Chat.send
    tries: list[str] = []

    def send_first_only(self: Chat, deliveries: Any, now: Any) -> None:
        tries.append(deliveries[0].title)
        if len(tries) == 2:
            raise NotDelivered("down")
        real(self, deliveries, now)

    monkeypatch.setattr(Chat, "send", send_first_only)
    monkeypatch.setattr("apprise.plugins.wecombot.NotifyWeComBot.request_rate_per_sec", 0)
    assert made.send().delivered == 1
    made.send()
    first, second, again, *_ = tries
    assert "1/" in first and second == again and "2/" in second
    assert len(posted) == len(set(tries))
