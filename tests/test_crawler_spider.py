"""Whole crawls over real HTTP: many small sites at once, crawled on one day and on the next."""

from __future__ import annotations

import gzip
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from tests.crawl_site import Answers, Reply, Site, letter, listing, number_of, page

FIRST, SECOND = "2026-05-04T06:00:00Z", "2026-05-05T06:00:00Z"
CHILD = Path(__file__).with_name("crawl_child.py")


# --- the sites ---------------------------------------------------------------------------------


def column(pages: Mapping[str, Sequence[int]], count: int = 1, texts: Any = letter) -> Answers:
    """A TRS column under /jyta/ whose list pages show the given numbers."""
    script = f'<script>createPage({count}, 0, "index","html")</script>'

    def answer(path: str, headers: Mapping[str, str]) -> Reply | None:
        name = path.removeprefix("/jyta/")
        if path.startswith("/jyta/") and name in pages:
            return Reply(listing(list(pages[name]), script))
        number = number_of_or_none(path)
        return Reply(texts(number)) if number and "/t20240603_" in path else None

    return answer


def with_validators(answers: Answers) -> Answers:
    def answer(path: str, headers: Mapping[str, str]) -> Reply | None:
        reply = answers(path, headers)
        if reply is None or "/t2024" not in path:
            return reply
        tag = f'"{path}"'
        if headers.get("if-none-match") == tag:
            return Reply(status=304, headers={"ETag": tag})
        return Reply(reply.body, headers={"ETag": tag})

    return answer


def over(answers: Answers, **paths: Reply) -> Answers:
    """The same site, with other answers for letters named by their number: `n7=Reply(…)`."""

    def answer(path: str, headers: Mapping[str, str]) -> Reply | None:
        if "/t20240603_" in path and f"n{number_of_or_none(path)}" in paths:
            return paths[f"n{number_of_or_none(path)}"]
        return answers(path, headers)

    return answer


def number_of_or_none(path: str) -> int | None:
    digits = path.rpartition("_")[2].partition(".")[0]
    return int(digits) if digits.isdigit() else None


def raw(*pieces: bytes, pause: float = 0.0) -> Reply:
    """Bytes as they are, with pauses between them."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        try:
            for piece in pieces:
                handler.wfile.write(piece)
                handler.wfile.flush()
                time.sleep(pause)
        except OSError:
            pass

    return Reply(raw=send)


def head(*lines: str) -> bytes:
    return "\r\n".join(
        ["HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8", *lines, "", ""]
    ).encode()


HOME = page("青岚市民生事务局", "本局简介与今日要闻", "机构职能与领导信息")
WAF = (
    "<html><head><title>访问被拦截</title></head><body>您的访问过于频繁，请输入验证码</body></html>"
)
ERROR = page("青岚市民生事务局", "您访问的页面不存在", "请返回首页")
TWELVE = list(range(1, 13))
SIX = list(range(1, 7))
WHOLE = letter(1).encode()


def to_itself(path: str) -> Reply:
    return Reply(status=302, headers={"Location": path, "Set-Cookie": "waf=1; path=/"})


def endless(path: str, headers: Mapping[str, str]) -> Reply | None:
    """A list that always leads one page further and always shows the same."""
    if path.startswith("/jyta/"):
        at = int(path.partition("page=")[2] or 1)
        if "/t2024" in path:
            return Reply(letter(number_of(path)))
        return Reply(listing([1, 2], f'<a href="/jyta/?page={at + 1}">下一页</a>'))
    return None


def busy(path: str, headers: Mapping[str, str]) -> Reply | None:
    if path == "/jyta/":
        return Reply(listing(SIX))
    return Reply(status=503, headers={"Retry-After": "60"})


def breaking(path: str, headers: Mapping[str, str]) -> Reply | None:
    """A column whose letter the pipelines' stage of these tests stumbles over."""
    if path == "/jyta/":
        return Reply(listing([1]).replace("t20240603_1", "t20240603_break-the-stage_1"))
    return Reply(letter(1))


class Shifting:
    """A list that loses its first letter after page one was shown, so that one slips by."""

    def __init__(self) -> None:
        self.taken = False

    def __call__(self, path: str, headers: Mapping[str, str]) -> Reply | None:
        script = '<script>createPageHTML(2, 0, "index", "html")</script>'
        if path == "/jyta/":
            numbers = [2, 3, 4] if self.taken else [1, 2, 3]
            self.taken = True
            return Reply(listing(numbers, script))
        if path == "/jyta/index_1.html":
            return Reply(listing([5, 6], script))
        return Reply(letter(number_of(path))) if "/t2024" in path else None


@dataclass
class Story:
    """One portal: what its site answers on the first day, and on the second."""

    name: str
    first: Answers
    second: Answers | None = None
    robots: Reply | None = None
    lists: Sequence[str] = ("/jyta/",)
    pages: Sequence[str] = ()
    fields: dict[str, Any] = field(default_factory=dict)
    tls: bool = False

    def on(self, answers: Answers) -> Answers:
        def answer(path: str, headers: Mapping[str, str]) -> Reply | None:
            if path == "/robots.txt":
                return self.robots
            return answers(path, headers)

        return answer


PLAIN = column({"": TWELVE[:5], "index_1.html": TWELVE[5:10], "index_2.html": TWELVE[10:]}, 3)
SHORT = column({"": SIX})
GONE = over(
    SHORT,
    n1=Reply(status=404),
    n2=Reply(status=302, headers={"Location": "/"}),
    n3=Reply(ERROR),
    n4=Reply(status=301, headers={"Location": "/jyta/202505/t20250501_40.html"}),
    n5=Reply(status=301, headers={"Location": "/jyta/index.html"}),
)


def gone(path: str, headers: Mapping[str, str]) -> Reply | None:
    if path == "/jyta/202505/t20250501_40.html":
        return Reply(letter(4))
    if path in ("/", "/jyta/index.html"):
        return Reply(HOME)
    return GONE(path, headers)


def moved(path: str, headers: Mapping[str, str]) -> Reply | None:
    """Letter 1 stands elsewhere now; old file and new were made at once and share an ETag."""
    new = "/jyta/202505/t20250501_40.html"
    if path == "/jyta/202406/t20240603_1.html":
        return Reply(status=301, headers={"Location": new})
    if path == new:
        tag = '"one"'
        same = headers.get("if-none-match") == tag
        return Reply("" if same else letter(1), 304 if same else 200, {"ETag": tag})
    return SHORT(path, headers)


def friendly(path: str, headers: Mapping[str, str]) -> Reply | None:
    """Letters 1 and 2 are gone, and whatever does not exist is answered by the home page."""
    reply = None if number_of_or_none(path) in (1, 2) else SHORT(path, headers)
    return reply or Reply(HOME)


JSL = "<script>document.cookie='__jsl_clearance_s=1.0|7A';location.href='/'</script>"
NGINX_403 = "<html><head><title>403 Forbidden</title></head><h1>403 Forbidden</h1></html>"


def challenge(path: str, headers: Mapping[str, str]) -> Reply:
    return Reply(JSL, status=521)


def hollow(path: str, headers: Mapping[str, str]) -> Reply | None:
    """A script that counts 450 list pages, of which only the first was made."""
    return column({"": SIX}, 450)(path, headers)


def looping(path: str, headers: Mapping[str, str]) -> Reply | None:
    """A script that counts a hundred thousand list pages, all of them the first one."""
    if path.startswith("/jyta/index"):
        path = "/jyta/"
    return column({"": SIX}, 100_000)(path, headers)


STORIES = (
    Story("plain", with_validators(PLAIN), with_validators(PLAIN)),
    Story("edited", SHORT, column({"": SIX}, 1, lambda n: letter(n, households=90 + n))),
    Story("gone", SHORT, gone),
    Story("friendly", SHORT, friendly),
    Story("refused", column({"": TWELVE}, 1, lambda n: WAF), PLAIN),
    Story("walled", lambda path, headers: Reply("<html>412</html>", status=412)),
    Story("forbidden-part", SHORT, robots=Reply("User-agent: *\nDisallow: /*_3.html\n")),
    Story("robots-broken", SHORT, robots=Reply(status=500)),
    Story(
        "faults",
        over(
            column({"": TWELVE}),
            n1=raw(head(f"Content-Length: {len(WHOLE) + 50}"), WHOLE),
            n2=raw(head("Connection: close"), WHOLE[: len(WHOLE) // 2]),
            n3=raw(head("Content-Length: 700"), WHOLE[:700]),
            n4=Reply(
                gzip.compress(b"<html>" + b"\0" * (40 << 20)), headers={"Content-Encoding": "gzip"}
            ),
            n5=raw(head("Connection: close"), *[b"x"] * 40, pause=0.1),
            n6=Reply(status=500),
            n7=raw(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * (1 << 20) + b"\r\n\r\n"),
            n8=to_itself("/jyta/202406/t20240603_8.html"),
            n9=Reply(status=302, headers={"Location": "file:///etc/hostname"}),
            n10=Reply(status=302, headers={"Location": "http://127.0.0.2:9/t20240603_10.html"}),
            n11=raw(head("Connection: close"), WHOLE),
        ),
    ),
    Story("busy", busy),
    Story("not-private", SHORT, fields={"private_network": False, "delay": 0.01}),
    Story("no-lists", SHORT, lists=(), pages=("/jyta/202406/t20240603_1.html",)),
    Story("endless", endless, fields={"platform": "generic"}),
    Story("shifting", Shifting()),
    Story("empty-middle", column({"": [1, 2], "index_1.html": [], "index_2.html": [3]}, 3)),
    Story("broken-list", lambda path, headers: Reply(status=500)),
    Story("broken-stage", breaking),
    Story("moved", over(SHORT, n1=Reply(letter(1), headers={"ETag": '"one"'})), moved),
    Story("vanished", column({"": [1, 2]}), lambda path, headers: None),
    Story("deep-list-fails", column({"": SIX, "index_1.html": [7]}, 3)),
    Story("challenged", challenge, robots=Reply(JSL, status=521)),
    Story(
        "walled-robots",
        lambda path, headers: Reply(status=412),
        robots=Reply("<html>412</html>", status=412),
    ),
    Story("robots-forbidden", SHORT, robots=Reply(NGINX_403, status=403)),
    Story("hollow", hollow),
    Story("looping", looping),
    Story("untrusted", SHORT, tls=True),
    Story("taken-as-it-is", SHORT, tls=True, fields={"verify_tls": False}),
)


# --- the crawls --------------------------------------------------------------------------------


@dataclass
class Crawled:
    """What one crawl told of its portals, and what the sites were asked."""

    lines: list[dict[str, Any]]
    asked: dict[str, list[str]]
    headers: dict[str, list[dict[str, str]]]
    errors: str

    def outcomes(self, portal: str) -> dict[str, tuple[str, str | None]]:
        """Outcome and reason by the end of the address: `n7`."""
        return {
            f"n{line['url'].rpartition('_')[2].removesuffix('.html')}": (
                line["outcome"],
                line["reason"],
            )
            for line in self.lines
            if line.get("portal") == portal and "url" in line
        }

    def settled(self, portal: str) -> dict[str, Any]:
        (line,) = [line for line in self.lines if line.get("settled") == portal]
        return line

    def letters_asked(self, portal: str) -> list[str]:
        return [path for path in self.asked[portal] if "/t20" in path]


def crawl(archive: Path, portals: list[dict[str, Any]], now: str) -> tuple[list[Any], str]:
    order = {"archive": str(archive), "portals": portals, "now": now}
    done = subprocess.run(
        [sys.executable, str(CHILD)],
        input=json.dumps(order),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Crawled, Crawled]]:
    archive = tmp_path_factory.mktemp("crawl") / "letters.db"
    sites = {
        story.name: Site(f"127.0.1.{number}", story.on(story.first), tls=story.tls)
        for number, story in enumerate(STORIES, 1)
    }
    portals = [
        {
            "name": story.name,
            "platform": "trs",
            "delay": 0,
            "private_network": True,
            "lists": [sites[story.name].url + path for path in story.lists],
            "pages": [sites[story.name].url + path for path in story.pages],
        }
        | story.fields
        for story in STORIES
    ]
    crawls = []
    for now in (FIRST, SECOND):
        lines, errors = crawl(archive, portals, now)
        crawls.append(
            Crawled(
                lines,
                {name: list(site.asked) for name, site in sites.items()},
                {name: list(site.headers) for name, site in sites.items()},
                errors,
            )
        )
        for story in STORIES:
            sites[story.name].forget()
            sites[story.name].answers = story.on(story.second or story.first)
    yield crawls[0], crawls[1]
    for site in sites.values():
        site.close()


Days = tuple[Crawled, Crawled]


def test_every_letter_of_every_list_page_is_read(days: Days) -> None:
    assert set(days[0].outcomes("plain")) == {f"n{n}" for n in TWELVE}
    assert {outcome for outcome, _ in days[0].outcomes("plain").values()} == {"new"}
    assert days[0].settled("plain")["listed"] == 12


def test_next_day_asks_the_first_list_page_alone_and_letters_conditionally(days: Days) -> None:
    lists = [path for path in days[1].asked["plain"] if "/t2024" not in path]
    assert lists == ["/robots.txt", "/jyta/"]
    assert len(days[1].letters_asked("plain")) == 12
    sent = [h for h in days[1].headers["plain"] if "if-none-match" in h]
    assert len(sent) == 12
    assert {outcome for outcome, _ in days[1].outcomes("plain").values()} == {"unchanged"}


def test_requests_say_who_asks_and_nothing_more(days: Days) -> None:
    for headers in days[0].headers["plain"]:
        assert headers["user-agent"].startswith("fuhan")
        assert headers["user-agent"].endswith("(+mailto:crawl@example.org)")
        assert not {"referer", "cookie", "authorization"} & set(headers)


def test_edits_of_all_letters_are_seen(days: Days) -> None:
    assert {outcome for outcome, _ in days[1].outcomes("edited").values()} == {"changed"}


def test_gone_in_each_of_its_ways(days: Days) -> None:
    outcomes = days[1].outcomes("gone")
    assert outcomes["n1"] == ("gone", "404")
    assert outcomes["n2"] == ("gone", "redirected to the home page")
    assert outcomes["n3"][0] == "gone" and "页面不存在" in (outcomes["n3"][1] or "")
    assert outcomes["n5"] == ("gone", "redirected to a column")
    assert outcomes["n6"][0] == "unchanged"


def test_redirect_to_another_letter_makes_its_address_known(days: Days) -> None:
    outcome, reason = days[1].outcomes("gone")["n4"]
    assert outcome == "gone" and (reason or "").endswith("/jyta/202505/t20250501_40.html")
    assert days[1].outcomes("gone")["n40"][0] == "new"


def test_304_from_behind_a_redirect_is_not_the_old_letter_unchanged(days: Days) -> None:
    outcome, reason = days[1].outcomes("moved")["n1"]
    assert outcome == "gone" and (reason or "").endswith("/jyta/202505/t20250501_40.html")
    assert days[1].outcomes("moved")["n40"][0] == "new"
    asked = zip(days[1].asked["moved"], days[1].headers["moved"], strict=True)
    sent = {path: headers.get("if-none-match") for path, headers in asked}
    assert sent["/jyta/202406/t20240603_1.html"] == '"one"'
    assert sent["/jyta/202505/t20250501_40.html"] is None


def test_home_page_for_everything_is_gone_by_one_probe(days: Days) -> None:
    outcomes = days[1].outcomes("friendly")
    assert outcomes["n1"][0] == outcomes["n2"][0] == "gone"
    assert outcomes["n3"][0] == "unchanged"
    probes = [path for path in days[1].asked["friendly"] if "no-such-page" in path]
    assert len(probes) == 1


def test_blocked_answers_end_the_asking_and_leave_the_rest_due(days: Days) -> None:
    outcomes = days[0].outcomes("refused")
    assert {outcome for outcome, _ in outcomes.values()} == {"blocked"}
    assert 3 <= len(outcomes) < 12
    assert days[0].settled("refused")["state"] == "blocked"
    assert len(days[1].outcomes("refused")) == 12  # all of them were still due


def test_blocked_list_asks_no_letter(days: Days) -> None:
    assert days[0].asked["walled"] == ["/robots.txt", "/jyta/"]
    assert days[0].settled("walled")["state"] == "blocked"


def test_f26_challenge_to_robots_is_a_block(days: Days) -> None:
    settled = days[0].settled("challenged")
    assert days[0].asked["challenged"] == ["/robots.txt"]
    assert (settled["state"], settled["reason"]) == (
        "blocked",
        "1 answer blocked (robots.txt: 521)",
    )


def test_f29_refused_robots_leaves_the_judgement_to_the_list(days: Days) -> None:
    assert days[0].asked["walled-robots"] == ["/robots.txt", "/jyta/"]
    assert days[0].settled("walled-robots")["state"] == "blocked"
    assert days[0].settled("robots-forbidden")["state"] == "ok"
    assert len(days[0].outcomes("robots-forbidden")) == 6


def test_f29_robots_rules_are_obeyed_and_counted(days: Days) -> None:
    assert not [path for path in days[0].asked["forbidden-part"] if path.endswith("_3.html")]
    assert len(days[0].outcomes("forbidden-part")) == 5
    assert days[0].settled("forbidden-part")["state"] == "ok"


def test_f29_broken_robots_means_failing_and_nothing_is_asked(days: Days) -> None:
    assert set(days[0].asked["robots-broken"]) == {"/robots.txt"}
    settled = days[0].settled("robots-broken")
    assert settled["state"] == "failing" and "(robots.txt: 500)" in settled["reason"]


@pytest.mark.parametrize(
    ("which", "words"),
    [
        ("n1", "cut body"),
        ("n2", "cut body"),
        ("n3", "cut body"),
        ("n4", "too large when unpacked"),
        ("n5", "time-out"),
        ("n6", "500"),
        ("n7", "connection lost"),
        ("n9", "302 to file:"),
        ("n10", "ForbiddenAddress"),
    ],
)
def test_f17_to_f28_faults_are_failures_with_their_reason(
    days: Days, which: str, words: str
) -> None:
    outcome, reason = days[0].outcomes("faults")[which]
    assert outcome == "failed"
    assert words in (reason or "")


def test_f26_redirect_to_itself_is_a_block(days: Days) -> None:
    assert days[0].outcomes("faults")["n8"] == ("blocked", "302 to itself")


def test_f19_body_that_ends_with_its_connection_is_whole_when_its_page_is(days: Days) -> None:
    assert days[0].outcomes("faults")["n11"][0] == "new"


def test_server_errors_are_tried_twice(days: Days) -> None:
    assert days[0].asked["faults"].count("/jyta/202406/t20240603_6.html") == 2


def test_retry_after_is_honoured(days: Days) -> None:
    assert 1 <= len(days[0].letters_asked("busy")) < 9
    assert len(days[0].letters_asked("busy")) == len(days[0].outcomes("busy"))


def test_f23_private_address_without_leave_is_never_connected_to(days: Days) -> None:
    assert days[0].asked["not-private"] == []
    assert days[0].settled("not-private")["state"] == "failing"
    (told,) = [line for line in days[0].errors.splitlines() if "not-private: list " in line]
    assert "/jyta/: ForbiddenAddress" in told and "private_network = true" in told


def test_letter_that_could_not_be_fetched_is_told_in_the_log(days: Days) -> None:
    for number, reason in ((5, "time-out"), (6, "500"), (8, "302 to itself")):
        address = f"/jyta/202406/t20240603_{number}.html: {reason}"
        told = [line for line in days[0].errors.splitlines() if line.endswith(address)]
        assert len(told) == 1 and "faults: page http" in told[0]


def test_f25_certificate_nobody_vouches_for_is_refused(days: Days) -> None:
    assert days[0].asked["untrusted"] == []
    assert days[0].settled("untrusted")["state"] == "failing"
    assert "TLS: certificate verify failed" in days[0].errors


def test_f25_a_portal_may_opt_out_of_verifying_for_its_own_hosts(days: Days) -> None:
    assert days[0].settled("taken-as-it-is")["state"] == "ok"
    assert len(days[0].letters_asked("taken-as-it-is")) == 6
    warned = [line for line in days[0].errors.splitlines() if "verify_tls = false" in line]
    assert len(warned) == 1


def test_portal_without_lists_asks_its_pages(days: Days) -> None:
    assert days[0].outcomes("no-lists")["n1"][0] == "new"


def test_f38_paging_loop_is_bounded(days: Days) -> None:
    lists = [path for path in days[0].asked["endless"] if "/t2024" not in path]
    assert len(lists) <= 6
    assert len(days[0].outcomes("endless")) == 2


def list_pages_asked(crawled: Crawled, portal: str) -> list[str]:
    return [
        path for path in crawled.asked[portal] if path.startswith("/jyta/") and "/t2" not in path
    ]


def test_f38_script_that_counts_the_first_page_over_and_over_is_left(days: Days) -> None:
    assert len(list_pages_asked(days[0], "looping")) == 4
    assert days[0].settled("looping")["state"] == "ok"
    (told,) = [line for line in days[0].errors.splitlines() if "looping: list " in line]
    assert "/jyta/index_3.html: 3 list pages in a row show what earlier ones showed" in told


def test_list_pages_that_nobody_made_are_left_after_five(days: Days) -> None:
    assert len(list_pages_asked(days[0], "hollow")) == 6
    assert days[0].settled("hollow")["state"] == "failing"
    assert "5 list pages in a row failed" in days[0].errors


def test_f38_list_that_shifts_while_walked_is_walked_again(days: Days) -> None:
    assert set(days[0].outcomes("shifting")) == {f"n{n}" for n in range(1, 7)}


def test_empty_list_page_is_not_the_end(days: Days) -> None:
    assert set(days[0].outcomes("empty-middle")) == {"n1", "n2", "n3"}


def test_list_that_fails_makes_the_portal_failing(days: Days) -> None:
    assert days[0].settled("broken-list")["state"] == "failing"


def test_site_that_answers_404_to_everything_is_failing(days: Days) -> None:
    settled = days[1].settled("vanished")
    assert (settled["state"], settled["reason"]) == (
        "failing",
        "1 list page could not be read (404)",
    )


def test_one_deep_list_page_that_fails_leaves_the_portal_ok(days: Days) -> None:
    assert days[0].settled("deep-list-fails")["state"] == "ok"
    assert len(days[0].outcomes("deep-list-fails")) == 7
    assert "/jyta/index_2.html: 404" in days[0].errors
    assert "/jyta/index_2.html" in days[1].asked["deep-list-fails"]  # walked to its end again


def test_stage_that_breaks_leaves_its_portal_unsettled_and_is_told(days: Days) -> None:
    assert not [line for line in days[0].lines if line.get("settled") == "broken-stage"]
    assert "a stage broke" in days[0].errors
    assert len([line for line in days[0].lines if "settled" in line]) == len(STORIES) - 1


def test_f11_sigterm_ends_the_crawl_in_time_and_the_run_unsettled(tmp_path: Path) -> None:
    dripping = raw(head("Content-Length: 9000"), *[b"x"] * 600, pause=0.1)
    slow = over(column({"": TWELVE}), n3=dripping)
    site = Site("127.0.1.200", slow)
    portal = {
        "name": "slow",
        "platform": "trs",
        "delay": 0.01,
        "private_network": True,
        "lists": [site.url + "/jyta/"],
    }
    order = {
        "archive": str(tmp_path / "letters.db"),
        "portals": [portal],
        "now": FIRST,
        "total_time": 60,
    }
    with subprocess.Popen(
        [sys.executable, str(CHILD)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdin and child.stdout
        child.stdin.write(json.dumps(order))
        child.stdin.close()
        told = [json.loads(child.stdout.readline()) for _ in range(4)]  # began, ahead, two letters
        began = time.monotonic()
        child.send_signal(signal.SIGTERM)
        rest = child.stdout.read()
        assert child.wait(timeout=20) == 0
    site.close()
    assert time.monotonic() - began < 10
    assert [line["outcome"] for line in told[2:]] == ["new", "new"]
    assert "settled" not in rest and "failed" not in rest
