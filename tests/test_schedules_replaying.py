"""`fuhan replay`: files from elsewhere become history, whatever they hold."""

from __future__ import annotations

import io
import json
import random
import sqlite3
import zipfile
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import zstandard
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from pipelines.letter.letter import parse_letter
from pipelines.parts import PageParts
from schedules.cli.cli import cli
from schedules.replay import reading
from storage.archive import LetterArchive
from storage.lock import crawl_lock
from storage.records import Portal, ReplyLetter
from tests.warc_files import (
    FOLDER,
    OLD,
    Shot,
    gone,
    in_one_member,
    letter_page,
    letter_url,
    shot,
    warc,
)

PORTAL = """
name = "kjj"
agency = "澜江市科学技术局"
platform = "trs"
lists = [{ url = "http://kjj.lanjiang.example/zwgk/jytabl/" }]
"""
SCHEMA = json.loads((Path(__file__).parents[1] / "docs/schema/replay.json").read_text("utf-8"))


class Desk:
    """A configuration with one portal, and the command line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.archive = folder / "fuhan.db"
        (folder / "portals").mkdir(parents=True)
        (folder / "portals" / "kjj.toml").write_text(PORTAL, "utf-8")
        (folder / "fuhan.toml").write_text(
            '[archive]\npath = "fuhan.db"\n[crawl]\nportals = "portals"\nenabled = ["kjj"]\n',
            "utf-8",
        )

    def run(self, *args: object, code: int = 0) -> Result:
        command = ["--config", str(self.folder / "fuhan.toml"), *map(str, args)]
        env = {"FUHAN_LANG": "en", "FUHAN_NOW": "2026-05-01T00:00:00Z"}
        result = CliRunner().invoke(cli, command, env=env)
        assert result.exit_code == code, result.output + result.stderr
        return result

    def replay(self, *args: object, code: int = 0) -> dict[str, Any]:
        report: dict[str, Any] = json.loads(self.run("replay", "--json", *args, code=code).stdout)
        faults = [error.message for error in Draft202012Validator(SCHEMA).iter_errors(report)]
        assert faults == []
        return report

    def keep(self, name: str, data: bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def lines(self, *args: object) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.run(*args).stdout.splitlines()]

    def shown(self) -> list[tuple[str, list[tuple[str, int]]]]:
        """For each address the days its versions stood there first, and the figure in each."""
        with sqlite3.connect(self.archive) as connection:
            rows = connection.execute(
                """SELECT url, place, body FROM versions JOIN copies ON copies.id = copy_id
                   JOIN readings ON version_id = versions.id ORDER BY url, place, number"""
            )
            found: dict[str, list[tuple[str, int]]] = {}
            for url, place, body in rows:
                figure = int(body.split("示范点")[1].split("处")[0])
                found.setdefault(url.rsplit("/", 1)[1], []).append((place[:10], figure))
        return sorted(found.items())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "desk")


def days(*numbers: int) -> list[datetime]:
    return [OLD + timedelta(days=number) for number in numbers]


STORY = [
    shot(1, OLD),
    shot(1, days(10)[0]),
    shot(1, days(20)[0], places=15),
    shot(2, days(2)[0]),
    gone(2, days(30)[0]),
    gone(2, days(32)[0]),
    shot(2, days(40)[0]),
]
EXPECTED = [
    ("t20240516_1.html", [("2019-05-01", 12), ("2019-05-21", 15)]),
    ("t20240516_2.html", [("2019-05-03", 12)]),
]


def test_captures_of_a_portal_become_its_history(desk: Desk) -> None:
    report = desk.replay(desk.keep("a.warc.gz", warc(STORY)))
    (portal,) = report["portals"]
    assert (portal["versions"], portal["sightings"], portal["gone"]) == (3, 2, 2)
    assert portal["events"] == {"new": 2, "changed": 1, "withdrawn": 1, "restored": 1}
    assert desk.shown() == EXPECTED
    assert desk.lines("changes", "--json") == []
    told = desk.lines("changes", "--json", "--replayed")
    assert all(event["replayed"] for event in told)
    desk.run("verify")


def test_page_of_which_only_the_furniture_differs_is_known_by_its_parts(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def visited(times: int, places: int) -> Shot:
        page = letter_page(1, places=places)
        counter = f'<div id="foot">浏览次数：{times}次，'
        return Shot(letter_url(1), days(times)[0], page.replace('<div id="foot">', counter))

    read: list[str] = []

    def counted(parts: PageParts, portal: Portal | None) -> ReplyLetter:
        read.append(parts.lines[0])
        return parse_letter(parts, portal)

    monkeypatch.setattr(reading, "parse_letter", counted)
    shots = [visited(times, 12 if times < 5 else 15) for times in range(10)]
    (portal,) = desk.replay(desk.keep("a.warc.gz", warc(shots)))["portals"]
    assert (portal["versions"], portal["sightings"]) == (2, 8)
    assert len(read) == 2
    (portal,) = desk.replay(desk.keep("b.warc.gz", warc([visited(11, 15), visited(12, 12)])))[
        "portals"
    ]
    assert (portal["versions"], portal["sightings"]) == (1, 1)


@pytest.mark.parametrize("seed", range(4))
def test_order_of_records_and_files_does_not_matter(desk: Desk, seed: int) -> None:
    shots = list(STORY)
    random.Random(seed).shuffle(shots)
    desk.keep("all/a.warc.gz", warc(shots[:3]))
    desk.keep("all/deep/b.WARC", warc(shots[3:], packed=False))
    desk.keep("all/notes.txt", b"no archive")
    report = desk.replay(desk.folder / "all")
    assert report["files"] == 2
    assert desk.shown() == EXPECTED


def test_the_same_file_twice_adds_nothing(desk: Desk) -> None:
    path = desk.keep("a.warc.gz", warc(STORY))
    desk.replay(path)
    before = desk.run("verify", "--json").stdout
    (portal,) = desk.replay(path)["portals"]
    assert (portal["known"], portal["versions"], portal["events"]) == (7, 0, {})
    assert desk.run("verify", "--json").stdout == before


@pytest.mark.parametrize("form", ["together", "plain", "zstd", "arc", "wacz"])
def test_every_form_of_file_is_read(desk: Desk, form: str) -> None:
    data = warc(STORY)
    path = {
        "together": lambda: desk.keep("a.warc.gz", in_one_member(data)),
        "plain": lambda: desk.keep("a.warc", warc(STORY, packed=False)),
        "zstd": lambda: desk.keep("a.warc.zst", zstandard.compress(warc(STORY, packed=False))),
        "arc": lambda: desk.keep("a.arc", _arc(STORY)),
        "wacz": lambda: desk.keep("a.wacz", _wacz(data)),
    }[form]()
    desk.replay(path)
    assert desk.shown() == EXPECTED


def test_http_and_https_are_one_address(desk: Desk) -> None:
    https = Shot(letter_url(1).replace("http:", "https:"), days(3)[0], letter_page(1))
    port = Shot(letter_url(1).replace(".example/", ".example:80/"), days(4)[0], letter_page(1))
    (portal,) = desk.replay(desk.keep("a.warc.gz", warc([shot(1, OLD), https, port])))["portals"]
    assert (portal["addresses"], portal["versions"], portal["sightings"]) == (1, 1, 2)


def test_revisits_confirm_what_their_captures_show(desk: Desk) -> None:
    first = shot(1, OLD)
    refers = {
        "WARC-Profile": "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest",
        "WARC-Refers-To-Target-URI": letter_url(1),
        "WARC-Refers-To-Date": OLD.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    same = Shot(letter_url(1), days(5)[0], kind="revisit", fields=refers)
    unmodified = Shot(
        letter_url(1),
        days(6)[0],
        status="304 Not Modified",
        kind="revisit",
        fields={"WARC-Profile": "http://netpreserve.org/warc/1.0/revisit/server-not-modified"},
    )
    lost = Shot(
        letter_url(2),
        days(5)[0],
        kind="revisit",
        fields={**refers, "WARC-Refers-To-Target-URI": "http://elsewhere.example/"},
    )
    report = desk.replay(desk.keep("a.warc.gz", warc([same, unmodified, lost, first])))
    (portal,) = report["portals"]
    assert (portal["versions"], portal["sightings"]) == (1, 2)
    assert report["skipped"]["revisit without capture"] == 1
    (letter,) = desk.lines("letters", "--json")
    assert (letter["first_seen"][:10], letter["last_seen"][:10]) == ("2019-05-01", "2019-05-07")


def test_hosts_of_no_portal_are_named_with_a_remedy(desk: Desk) -> None:
    other = Shot("http://kj.lanjiang-old.example/a/1.html", OLD, letter_page(3))
    path = desk.keep("a.warc.gz", warc([other, other]))
    report = desk.replay(path)
    assert report["hosts_of_no_portal"] == [{"host": "kj.lanjiang-old.example", "captures": 2}]
    assert not desk.archive.exists()
    assert "--portal NAME" in desk.run("replay", path).stderr
    (portal,) = desk.replay(path, "--portal", "kjj")["portals"]
    assert portal["versions"] == 1


def test_dry_run_says_what_is_there_and_writes_nothing(desk: Desk) -> None:
    path = desk.keep("a.warc.gz", warc(STORY))
    (portal,) = desk.replay(path, "--dry-run")["portals"]
    assert (portal["captures"], portal["addresses"], portal["versions"]) == (7, 2, 0)
    assert not desk.archive.exists()


def test_what_is_no_letter_leaves_no_trace(desk: Desk) -> None:
    notice = "<html><body><h1>关于举办培训班的通知</h1><p>各单位：请按时参加。</p></body></html>"
    shots = [
        Shot(f"{FOLDER}/index.html", OLD, notice),
        Shot(f"{FOLDER}/logo.png", OLD, b"\x89PNG", headers={"Content-Type": "image/png"}),
        Shot(f"{FOLDER}/x.html", OLD, "<h1>403</h1>", "403 Forbidden"),
        Shot(f"{FOLDER}/y.html", OLD, "", "500 Oops"),
        gone(9, OLD),
        Shot(f"{FOLDER}/z.html", OLD, "x", fields={"WARC-Truncated": "length"}),
        shot(1, OLD),
    ]
    report = desk.replay(desk.keep("a.warc.gz", warc(shots)))
    assert report["skipped"] == {
        "other records": 1,
        "no page": 1,
        "refused or failed": 2,
        "truncated": 1,
    }
    (portal,) = report["portals"]
    assert portal["of_no_use"] == {"not a letter": 1, "gone, never seen": 1}
    with sqlite3.connect(desk.archive) as connection:
        assert connection.execute("SELECT count(*) FROM copies").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM captures").fetchone() == (1,)


def test_redirect_to_the_home_page_is_gone_and_one_to_https_is_not(desk: Desk) -> None:
    def redirect(at: datetime, target: str) -> Shot:
        return Shot(letter_url(1), at, "", "302 Found", {"Location": target})

    home = [redirect(at, "/index.html") for at in days(3, 6)]
    secure = [redirect(at, letter_url(1).replace("http:", "https:")) for at in days(8, 12)]
    itself = [redirect(at, letter_url(1)) for at in days(20, 22)]
    path = desk.keep(
        "a.warc.gz", warc([shot(1, OLD), *home, shot(1, days(7)[0]), *secure, *itself])
    )
    (portal,) = desk.replay(path)["portals"]
    assert portal["events"] == {"new": 1, "withdrawn": 1, "restored": 1}
    assert portal["of_no_use"] == {"refused or failed": 4}


def test_page_cut_in_the_middle_is_no_version(desk: Desk) -> None:
    whole = [shot(n, days(n)[0]) for n in range(1, 5)]
    cut = Shot(letter_url(1), days(40)[0], letter_page(1).partition("<p>感谢")[0])
    (portal,) = desk.replay(desk.keep("a.warc.gz", warc([*whole, cut])))["portals"]
    assert (portal["versions"], portal["of_no_use"]) == (4, {"truncated": 1})
    other = Desk(desk.folder / "b")
    open_pages = [
        Shot(letter_url(n), days(n)[0], letter_page(n).partition("</body>")[0]) for n in range(1, 6)
    ]
    (portal,) = other.replay(other.keep("a.warc.gz", warc(open_pages)))["portals"]
    assert portal["versions"] == 5  # pages of this site never close


def test_segment_of_a_record_is_no_capture(desk: Desk) -> None:
    part = Shot(letter_url(1), OLD, letter_page(1), fields={"WARC-Segment-Number": "1"})
    report = desk.replay(desk.keep("a.warc.gz", warc([part])))
    assert report["skipped"]["truncated"] == 1


def test_provenance_of_each_capture_is_kept(desk: Desk) -> None:
    desk.replay(desk.keep("IA-2019.warc.gz", warc([shot(1, OLD)])))
    with sqlite3.connect(desk.archive) as connection:
        (source,) = connection.execute("SELECT source FROM captures").fetchone()
    assert source.startswith("IA-2019.warc.gz <urn:uuid:")


def test_damaged_file_gives_what_it_can_and_is_named(desk: Desk) -> None:
    data = warc(STORY)
    desk.keep("all/cut.warc.gz", data[: len(data) // 2])
    desk.keep("all/empty.warc", b"")
    desk.keep("all/noise.warc.gz", random.Random(1).randbytes(50_000))
    desk.keep("all/zip.wacz", b"PK\x03\x04" + _wacz(data)[100:])
    desk.keep("all/text.warc", "不是档案".encode() * 1000)
    report = desk.replay(desk.folder / "all")
    assert report["files"] == 5
    assert report["skipped"]["truncated"] == 1
    assert report["portals"][0]["versions"] >= 1
    desk.run("verify")


def test_files_without_any_record_and_missing_ones_are_errors(desk: Desk) -> None:
    empty = desk.keep("none/x.txt", b"x").parent
    assert "no file to read" in desk.run("replay", empty, code=1).stderr
    noise = desk.keep("a.warc", b"noise")
    assert "not one readable" in desk.run("replay", noise, code=1).stderr
    absent = desk.run("replay", desk.folder / "absent.warc.gz", code=1).stderr
    assert "absent.warc.gz: cannot be read (No such file or directory)" in absent
    desk.run("replay", code=2)
    desk.run("replay", noise, "--portal", "nobody", code=2)


def test_replay_waits_for_no_crawl(desk: Desk) -> None:
    path = desk.keep("a.warc.gz", warc(STORY))
    desk.replay(path)
    with crawl_lock(desk.archive):
        desk.run("replay", path, code=4)


def test_capture_of_no_known_date_is_left(desk: Desk) -> None:
    shots = [Shot(letter_url(1), at, letter_page(1)) for at in ("soon", "2099-01-01T00:00:00Z")]
    report = desk.replay(desk.keep("a.warc.gz", warc(shots)))
    assert report["skipped"] == {"other records": 1, "bad date": 2}
    assert report["portals"] == []


def test_two_captures_of_one_instant_are_one(desk: Desk) -> None:
    both = [shot(1, OLD), shot(1, OLD, places=99)]
    report = desk.replay(desk.keep("a.warc.gz", warc(both)))
    assert report["skipped"]["same instant"] == 1
    assert desk.shown() == [("t20240516_1.html", [("2019-05-01", 12)])]


def test_warc_that_ends_in_a_zip_file_is_no_zip_file(desk: Desk) -> None:
    attachment = Shot(f"{FOLDER}/a.docx", OLD, _wacz(b""), headers={"Content-Type": "app/zip"})
    path = desk.keep("a.warc", warc([shot(1, OLD), attachment], packed=False))
    assert zipfile.is_zipfile(path)
    assert desk.replay(path)["portals"][0]["versions"] == 1


def test_wrong_digest_is_left(desk: Desk) -> None:
    fields = {"WARC-Block-Digest": "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}
    wrong = Shot(letter_url(1), OLD, letter_page(1), fields=fields)
    report = desk.replay(desk.keep("a.warc.gz", warc([wrong])))
    assert report["skipped"]["wrong digest"] == 1


def test_export_and_replay_give_the_same_archive(desk: Desk, tmp_path: Path) -> None:
    desk.replay(desk.keep("a.warc.gz", warc(STORY)))
    desk.run("export", "--format", "warc", "-o", tmp_path / "b.warc.gz")
    other = Desk(tmp_path / "other")
    other.replay(tmp_path / "b.warc.gz")
    assert other.shown() == desk.shown()
    for command in (("letters", "--json"), ("changes", "--json", "--replayed")):
        assert other.lines(*command) == desk.lines(*command)
    (portal,) = desk.replay(tmp_path / "b.warc.gz")["portals"]  # and back: nothing is new
    assert (portal["versions"], portal["sightings"], portal["gone"]) == (0, 0, 0)
    other.run("verify")


def test_text_output_counts_and_points_on(desk: Desk) -> None:
    output = desk.run("replay", desk.keep("a.warc.gz", warc(STORY))).stdout
    assert "kjj: 7 captures of 2 addresses, 2019-05-01 11:00 to 2019-06-10 11:00" in output
    assert "3 versions added, 2 confirm a known one, 2 say gone, 0 were known" in output
    assert "fuhan.toml changes --replayed" in output
    shown = desk.run("changes", "--replayed").stdout
    assert "withdrawn (replayed)" in shown
    assert "no new changes" in desk.run("changes").stderr


def test_reports_say_nothing_of_history(desk: Desk) -> None:
    desk.replay(desk.keep("a.warc.gz", warc(STORY)))
    report = json.loads(desk.run("report", "--format", "json", "--since", "2018-01-01").stdout)
    assert report["groups"] == []


def test_versions_read_by_another_reader_are_read_again_before_comparing(desk: Desk) -> None:
    desk.replay(desk.keep("a.warc.gz", warc([shot(1, OLD), shot(1, days(9)[0], places=15)])))
    with sqlite3.connect(desk.archive) as connection:
        connection.execute("UPDATE readings SET reader = 'older', body = body || '多读一行'")
    churn = letter_page(1).replace("首页", "首 页")  # other bytes, the same letter
    (portal,) = desk.replay(desk.keep("b.warc.gz", warc([Shot(letter_url(1), days(3)[0], churn)])))[
        "portals"
    ]
    assert (portal["versions"], portal["sightings"]) == (0, 1)


def test_archive_opens_for_readers_while_many_captures_come(desk: Desk) -> None:
    shots = [shot(n, OLD + timedelta(days=n)) for n in range(1, 130)]
    desk.replay(desk.keep("a.warc.gz", warc(shots)))
    with LetterArchive.open_to_read(desk.archive) as archive:
        assert len(list(archive.letters())) == 129


def _arc(shots: Iterable[Shot]) -> bytes:
    head = b"1 0 A\nURL IP-address Archive-date Content-type Archive-length\n\n"
    pieces = [f"filedesc://a.arc 0.0.0.0 20190101000000 text/plain {len(head)}\n".encode(), head]
    for each in shots:
        body = each.body.encode() if isinstance(each.body, str) else each.body
        block = f"HTTP/1.0 {each.status}\r\nContent-Type: text/html\r\n\r\n".encode() + body
        assert isinstance(each.at, datetime)
        line = f"\n{each.url} 1.2.3.4 {each.at:%Y%m%d%H%M%S} text/html {len(block)}\n"
        pieces += [line.encode(), block]
    return b"".join(pieces)


def _wacz(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("datapackage.json", "{}")
        packed.writestr("archive/data.warc.gz", data)
        packed.writestr("pages/pages.jsonl", "{}")
    return out.getvalue()
