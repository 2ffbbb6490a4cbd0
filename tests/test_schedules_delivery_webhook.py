"""Webhooks: signed so that the standard's own library agrees, and every refusal understood."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from standardwebhooks import Webhook as Receiver

from schedules.config.config import load_config
from schedules.delivery.failures import NotDelivered
from schedules.delivery.webhook import Webhook
from storage.errors import ConfigError
from storage.outbox.records import Delivery
from tests.delivery_scene import BEGIN, free_port, receiving, scene

SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef01234567").decode()


def a_delivery(content: str = "{}\n") -> Delivery:
    return Delivery(1, "msg_00", BEGIN, "t", content, 0, None)


def failure(url: str, now: datetime = BEGIN) -> NotDelivered:
    with pytest.raises(NotDelivered) as caught:
        Webhook(url).send([a_delivery()], now)
    return caught.value


def test_signature_is_one_the_standards_library_accepts(tmp_path: Path) -> None:
    with receiving() as hook:
        target = f'{{ url = "{hook.url}", secret = "{SECRET}" }}'
        made = scene(tmp_path, f'[[reports]]\nname = "daily"\nto = [{target}]\n')
        made.edit(1, 11)
        made.now = datetime.now(UTC)  # the library refuses old timestamps
        made.send()
    ((headers, body),) = hook.got
    told = Receiver(SECRET).verify(body, headers)
    assert told["name"] == "daily" and told["groups"][0]["events"][0]["cursor"] == 4
    assert headers["content-type"] == "application/json"
    with pytest.raises(Exception, match="signature"):
        Receiver(SECRET).verify(body + b" ", headers)


def test_form_may_be_chosen(tmp_path: Path) -> None:
    with receiving() as hook:
        target = f'{{ url = "{hook.url}", format = "md" }}'
        made = scene(tmp_path, f'[[reports]]\nname = "daily"\nto = [{target}]\n')
        made.edit(1, 11)
        made.send()
    ((headers, body),) = hook.got
    assert headers["content-type"].startswith("text/markdown") and body.startswith(b"# ")
    assert "webhook-signature" not in headers


@pytest.mark.parametrize(
    ("status", "permanent"),
    [
        *((status, True) for status in (400, 404, 410)),
        *((status, False) for status in (408, 425, 429, 500, 503, 302)),
    ],
)
def test_refusals_for_good_are_told_from_those_for_now(status: int, permanent: bool) -> None:
    with receiving((status, {"Location": "http://127.0.0.1:9/"})) as hook:
        error = failure(hook.url)
    assert (str(error), error.permanent) == (f"HTTP {status}", permanent)
    assert len(hook.got) == 1  # a redirect is not followed


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("Mon, 02 Mar 2026 23:20:00 GMT", timedelta(hours=1)),
        ("soon", None),
        ("99999999999999999999", timedelta(seconds=10**8)),
        ("", None),
    ],
)
def test_retry_after_is_read_in_both_forms(value: str, wait: timedelta | None) -> None:
    with receiving((503, {"Retry-After": value})) as hook:
        assert failure(hook.url).retry_after == wait


def test_f50_message_refused_for_good_is_given_up_and_the_next_one_sent(tmp_path: Path) -> None:
    with receiving(400, 204) as hook:
        made = scene(tmp_path, f'[[reports]]\nname = "daily"\nto = ["{hook.url}"]\n')
        made.edit(1, 11)
        (attempt,) = made.send().failed
        assert attempt.next_attempt is None
        made.edit(2, 22)
        made.now += timedelta(days=1)
        assert made.deliver().delivered == 1
        assert len(set(hook.ids)) == 2


def late(hook_time: Callable[[], object]) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        hook_time()
        handler.send_response(200)
        handler.end_headers()

    return answer


def test_f50_late_200_is_followed_by_the_same_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("schedules.delivery.webhook.Webhook.seconds", 0.3)
    with receiving(late(lambda: hook.let_go.wait(20)), 204) as hook:
        made = scene(tmp_path, f'[[reports]]\nname = "daily"\nto = ["{hook.url}"]\n')
        made.edit(1, 11)
        assert made.send().failed
        made.now += timedelta(minutes=6)
        assert made.deliver().delivered == 1
        assert len(set(hook.ids)) == 1


def test_dead_connections_have_short_names() -> None:
    assert str(failure(f"http://127.0.0.1:{free_port()}/x")) == "connection refused"
    with receiving(lambda handler: handler.connection.close()) as hook:
        assert "connection" in str(failure(hook.url))
    assert "no usable address" in str(failure("http://[::1/x"))


def test_f56_address_is_shown_nowhere(tmp_path: Path) -> None:
    key = "T1JJ3T3L2A1BRTD4JDTIiajkdnlazkcOXrIdevi7FQ"
    text = f'[[reports]]\nname = "daily"\nto = ["http://127.0.0.1:{free_port()}/x/{key}"]\n'
    made = scene(tmp_path, text)
    made.edit(1, 11)
    summary = made.send()
    assert key not in repr(summary)
    with made.story.open() as archive:
        rows = archive.outbox._database.rows(
            "SELECT * FROM outbox JOIN outbox_targets ON outbox_targets.id = target_id"
        )
        assert key not in str([tuple(row) for row in rows])


@pytest.mark.parametrize("secret", ["geheim", "whsec_", "whsec_!!!", "whsec_" + "QQ==", SECRET[6:]])
def test_secret_that_is_none_is_refused_unshown(tmp_path: Path, secret: str) -> None:
    file = tmp_path / "fuhan.toml"
    target = '{ url = "https://x.example.org/", secret = "${HOOK}" }'
    file.write_text(f'[[reports]]\nname = "a"\nto = [{target}]\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"reports\[0\]\.to\[0\]\.secret") as caught:
        load_config(file, {"HOOK": secret})
    assert "base64" in str(caught.value)
    if len(secret) > 6:
        assert secret not in str(caught.value)


def test_sample_says_that_it_is_one(tmp_path: Path) -> None:
    from schedules.delivery.trial import send_test

    with receiving() as hook:
        made = scene(tmp_path, f'[[reports]]\nname = "daily"\nto = ["{hook.url}"]\n')
        before = made.outbox("count(*)")
        (check,) = send_test(made.config, made.config.reports[0], None, clock=made.clock)
        assert check.error is None
        assert made.outbox("count(*)") == before
    assert json.loads(hook.got[0][1])["test"] is True
    assert hook.ids[0].startswith("msg_test_")
