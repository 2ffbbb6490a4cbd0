"""The command line: its exit codes, its one-line errors, and what goes to which stream."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result

from schedules.cli.cli import cli
from schedules.config import environment
from storage.archive import LetterArchive
from storage.lock import crawl_lock

ROOT = Path(__file__).parent.parent
PAGE = """<html><head><title>x</title></head><body>
<div class="trs_editor_view">
<p>关于市政协五届三次会议第0417号提案的复函</p>
<p>何秋白委员：</p>
<p>您提出的《关于扶持社区养老食堂的建议》收悉，现答复如下：</p>
<p>全市已建成社区养老食堂312个，下一步将于2026年底前再建80个。</p>
<p>感谢您对民政工作的关心。</p>
<p>澜江市民政局</p>
<p>2025年6月11日</p>
<p>附件：<a href="files/list.docx">食堂名单.docx</a></p>
</div></body></html>"""


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("FUHAN_CONFIG", "FUHAN_NOW", "FUHAN_LOG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FUHAN_LANG", "en")
    monkeypatch.chdir(tmp_path)


def fuhan(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, list(arguments), input=stdin)


def configure(folder: Path, text: str = "") -> str:
    path = folder / "fuhan.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def empty_archive(folder: Path) -> None:
    LetterArchive.open(folder / "fuhan.db").close()


# --- usage: exit 2 ----------------------------------------------------------------------------


def test_no_command_is_a_usage_error_that_shows_the_commands() -> None:
    result = fuhan()
    assert result.exit_code == 2
    assert "crawl" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["craw"], "no command craw; did you mean crawl?"),
        (["crawl", "--ful"], "--full"),
        (["show"], "ID"),
        (["changes", "--after", "x"], "--after"),
        (["changes", "--after", "-1"], "--after"),
        (["export", "--format", "pdf"], "jsonl"),
        (["export", "--format", "warc"], "-o"),
        (["portals", "lst"], "lst"),
        (["crawl", "cq-kj"], "no portal named cq-kj"),
        (["--config", "nowhere.toml", "status"], "nowhere.toml"),
        (["report", "daily"], "no report named daily"),
        (["report", "--since", "gestern"], "--since"),
    ],
)
def test_wrong_usage_exits_2_with_one_line_that_helps(arguments: list[str], said: str) -> None:
    result = fuhan(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) <= 2
    assert result.stdout == ""


def test_unknown_key_exits_2(tmp_path: Path) -> None:
    result = fuhan("--config", configure(tmp_path, "[archiv]\n"), "letters")
    assert (result.exit_code, "did you mean archive?" in result.stderr) == (2, True)


def test_configuration_of_the_environment_serves_where_no_option_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FUHAN_CONFIG", configure(tmp_path, '[archive]\npath = "other.db"\n'))
    assert "other.db" in fuhan("letters").stderr


def test_bad_fuhan_now_exits_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUHAN_NOW", "tomorrow")
    result = fuhan("crawl", "--due", "--dry-run")
    assert (result.exit_code, "FUHAN_NOW" in result.stderr) == (2, True)


# --- the archive: exit 4 ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments", [["letters"], ["changes", "--json"], ["export"], ["show", "1"]]
)
def test_without_an_archive_exits_4_and_says_what_to_do(arguments: list[str]) -> None:
    result = fuhan(*arguments)
    assert (result.exit_code, result.stdout) == (4, "")
    assert "fuhan crawl" in result.stderr
    assert not Path("fuhan.db").exists()


def test_without_configuration_the_one_that_lies_beside_is_named_before_any_crawl(
    tmp_path: Path,
) -> None:
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "fuhan.toml").write_text("")
    result = fuhan("letters")
    note, error = result.stderr.splitlines()
    assert "fuhan --config watch/fuhan.toml" in note
    assert error.index("--config") < error.index("fuhan crawl")
    (error,) = fuhan("--config", "watch/fuhan.toml", "letters").stderr.splitlines()
    assert error.endswith("run: fuhan --config watch/fuhan.toml crawl")


def test_f07_damaged_archive_exits_4_untouched(tmp_path: Path) -> None:
    (tmp_path / "fuhan.db").write_bytes(b"no database at all, but long enough to be read" * 50)
    before = (tmp_path / "fuhan.db").read_bytes()
    assert fuhan("letters").exit_code == 4
    assert (tmp_path / "fuhan.db").read_bytes() == before


def test_f06_second_crawl_exits_4_and_names_the_holder(tmp_path: Path) -> None:
    text = '[crawl]\nenabled = ["box"]\n'
    (tmp_path / "portals").mkdir()
    portal = (
        'name = "box"\nagency = "甲局"\nplatform = "generic"\npages = ["http://127.0.0.1:9/"]\n'
    )
    (tmp_path / "portals" / "box.toml").write_text(portal, encoding="utf-8")
    with crawl_lock(tmp_path / "fuhan.db"):
        result = fuhan("--config", configure(tmp_path, text), "crawl")
    assert result.exit_code == 4
    assert str(os.getpid()) in result.stderr


# --- looking ----------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["letters"], ["changes"], ["export"]])
def test_empty_archive_prints_no_json_and_is_no_error(arguments: list[str], tmp_path: Path) -> None:
    empty_archive(tmp_path)
    options = [] if arguments == ["export"] else ["--json"]
    result = fuhan(*arguments, *options)
    assert (result.exit_code, result.stdout) == (0, "")


def test_status_json_is_one_object_with_the_enabled_portals(tmp_path: Path) -> None:
    empty_archive(tmp_path)
    config = configure(tmp_path)
    printed = json.loads(fuhan("--config", config, "status", "--json").stdout)
    listed = fuhan("--config", config, "portals", "list").stdout
    assert all(entry["name"] in listed for entry in printed["portals"])


def test_unknown_letter_exits_1(tmp_path: Path) -> None:
    empty_archive(tmp_path)
    for command in ("show", "diff"):
        result = fuhan(command, "4711")
        assert (result.exit_code, "4711" in result.stderr) == (1, True)


def test_report_of_an_empty_archive_says_so_in_every_form(tmp_path: Path) -> None:
    empty_archive(tmp_path)
    for form in ("text", "md", "html", "json"):
        result = fuhan("report", "--format", form, "--since", "7d")
        assert (result.exit_code, bool(result.stdout)) == (0, True), form
        if form == "json":
            assert json.loads(result.stdout)["groups"] == []


def test_report_to_a_target_out_of_reach_fails_masked(tmp_path: Path) -> None:
    text = '[[reports]]\nname = "daily"\nto = ["mailtos://robot:geheim@127.0.0.1:9"]\n'
    result = fuhan("--config", configure(tmp_path, text), "report", "daily", "--test")
    assert result.exit_code == 1
    assert "robot:***@127.0.0.1:9" in result.stderr
    assert "geheim" not in result.stderr


# --- dry run ----------------------------------------------------------------------------------


def test_dry_run_names_lists_and_touches_nothing(tmp_path: Path) -> None:
    (tmp_path / "portals").mkdir()
    (tmp_path / "portals" / "box.toml").write_text(
        'name = "box"\nagency = "甲局"\nplatform = "trs"\n'
        'lists = [{ url = "http://127.0.0.1:9/jyta/" }]\n',
        encoding="utf-8",
    )
    result = fuhan("--config", configure(tmp_path), "crawl", "box", "--dry-run")
    assert result.exit_code == 0
    assert "http://127.0.0.1:9/jyta/" in result.stdout
    assert not (tmp_path / "fuhan.db").exists()


# --- clean ------------------------------------------------------------------------------------


def test_clean_prints_the_contract_object(tmp_path: Path) -> None:
    (tmp_path / "页面.html").write_text(PAGE, encoding="gb18030")
    url = "https://mzj.example.org/zwgk/202506/t20250611_1.html"
    result = fuhan("clean", "页面.html", "--url", url, "--json")
    assert result.exit_code == 0
    letter = json.loads(result.stdout)
    assert letter["is_letter"] is True
    assert letter["submission_number"] == "0417"
    assert letter["addressees"] == ["何秋白"]
    assert letter["date_signed"] == "2025-06-11"
    assert letter["attachments"][0]["url"] == (
        "https://mzj.example.org/zwgk/202506/files/list.docx"
    )


def test_clean_without_url_shows_no_folder_of_this_machine(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    result = fuhan("clean", str(tmp_path / "page.html"), "--json")
    printed = {"name": "食堂名单.docx", "url": "files/list.docx"}
    assert json.loads(result.stdout)["attachments"] == [printed]
    assert str(tmp_path) not in result.stdout


def test_clean_reads_stdin_page_or_text() -> None:
    page = json.loads(fuhan("clean", "-", "--json", stdin=PAGE.encode()).stdout)
    lines = (
        "关于市政协五届三次会议第0417号提案的复函\n何秋白委员：\n"
        "您提出的《关于扶持社区养老食堂的建议》收悉，现答复如下：\n已建成312个。\n"
        "澜江市民政局\n2025年6月11日\n"
    )
    text = json.loads(fuhan("clean", "-", "--json", stdin=lines.encode()).stdout)
    assert page["submission_number"] == text["submission_number"] == "0417"


def test_clean_text_and_explain_and_summary(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    body = fuhan("clean", "page.html", "--text").stdout
    assert body.startswith("何秋白委员：\n")
    assert body.rstrip().endswith("2025年6月11日")
    explained = fuhan("clean", "page.html", "--explain").stdout
    assert "[body] " in explained
    told = json.loads(fuhan("clean", "page.html", "--explain", "--json").stdout)
    assert told["submission_number"] == "0417"
    assert {block["rule"] for block in told["account"]["blocks"]} >= {"body", "title"}
    assert "submission number" in fuhan("clean", "page.html").stdout


def test_clean_of_what_is_no_letter_still_prints_and_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text("关于端午节放假的通知\n各单位：\n放假三天。\n", "utf-8")
    result = fuhan("clean", "notice.txt", "--json")
    assert result.exit_code == 0
    letter = json.loads(result.stdout)
    assert letter["is_letter"] is False
    assert letter["refusal"]


@pytest.mark.parametrize("source", ["missing.html", ".", "a\x00b"])
def test_clean_of_an_unreadable_file_exits_1(source: str) -> None:
    result = fuhan("clean", source)
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)


@pytest.mark.parametrize("body", [b"", b"\x00" * 400, b"\xff\xfe<html>", b"<" * 5000])
def test_clean_survives_any_bytes(tmp_path: Path, body: bytes) -> None:
    for name in ("x.html", "x.txt"):
        (tmp_path / name).write_bytes(body)
        result = fuhan("clean", name, "--json")
        assert result.exit_code == 0
        assert json.loads(result.stdout)["is_letter"] is False


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        answers = {
            "/letter.html": (200, [], PAGE.encode()),
            "/robots.txt": (404, [], b""),
            "/away": (302, [("Location", "file:///etc/passwd")], b""),
            "/inside": (302, [("Location", "http://127.0.0.1:9/")], b""),
            "/round": (302, [("Location", "/round")], b""),
            "/gone": (404, [], b"gone"),
        }
        status, headers, body = answers[self.path]
        self.send_response(status)
        for name, value in [("Content-Length", str(len(body))), *headers]:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("address", ["http://inner.example/", "file:///etc/passwd"])
def test_f23_clean_refuses_names_of_private_addresses_and_other_schemes(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.7", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: inside)
    result = fuhan("clean", address)
    assert result.exit_code == 1
    assert "will not ask" in result.stderr


def test_f23_clean_goes_where_it_was_told_and_not_where_that_leads(site: str) -> None:
    read = fuhan("clean", f"{site}/letter.html", "--json")
    assert json.loads(read.stdout)["submission_number"] == "0417"
    led = fuhan("clean", f"{site}/inside")
    assert led.exit_code == 1
    assert "will not ask" in led.stderr


def test_clean_fetches_from_a_private_portal(tmp_path: Path, site: str) -> None:
    (tmp_path / "portals").mkdir()
    (tmp_path / "portals" / "box.toml").write_text(
        f'name = "box"\nagency = "甲局"\nplatform = "trs"\npages = ["{site}/letter.html"]\n'
        "private_network = true\ndelay = 0\n",
        encoding="utf-8",
    )
    config = configure(tmp_path)

    def clean(path: str) -> Result:
        return fuhan("--config", config, "clean", site + path, "--portal", "box", "--json")

    letter = json.loads(clean("/letter.html").stdout)
    assert letter["attachments"][0]["url"] == f"{site}/files/list.docx"
    for path, said in (("/away", "http"), ("/round", "redirects"), ("/gone", "404")):
        result = clean(path)
        assert (result.exit_code, said in result.stderr) == (1, True), result.stderr
    checked = fuhan("--config", config, "portals", "check", "box")
    assert checked.exit_code == 0, checked.output
    assert "0417" in checked.stdout


# --- init -------------------------------------------------------------------------------------


def test_init_writes_a_configuration_that_loads_and_overwrites_nothing(tmp_path: Path) -> None:
    assert fuhan("init", "watch").exit_code == 0
    listed = fuhan("--config", "watch/fuhan.toml", "portals", "list")
    assert listed.exit_code == 0, listed.stderr
    (tmp_path / "watch" / "fuhan.toml").write_text("# mine\n", encoding="utf-8")
    again = fuhan("init", "watch")
    assert again.exit_code == 1
    assert (tmp_path / "watch" / "fuhan.toml").read_text() == "# mine\n"


# --- streams and language ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variables", "chinese"),
    [
        ({"LC_ALL": "zh_CN.UTF-8"}, True),
        ({"LANG": "zh_TW.UTF-8"}, True),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, False),
        ({"FUHAN_LANG": "zh", "LC_ALL": "en_US.UTF-8"}, True),
        ({"FUHAN_LANG": "en", "LANG": "zh_CN.UTF-8"}, False),
        ({}, False),
    ],
)
def test_language_follows_the_locale(
    variables: dict[str, str], chinese: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("FUHAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert ("没有名为" in fuhan("crawl", "nope").stderr) is chinese


def test_f47_title_with_escapes_is_inert(tmp_path: Path) -> None:
    page = PAGE.replace("何秋白委员", "何秋白\x1b]0;pwned\x07[/b]委员")
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    for form in ("--text", "--explain", "--json"):
        assert "\x1b" not in fuhan("clean", "page.html", form).output
    assert "\x1b" not in fuhan("clean", "evil\x1b[2J.html").output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["crawl", "--dew"], "没有选项 --dew；是否指 --due？"),
        (["crawl", "--full=3"], "选项 --full 不带值"),
        (["diff"], "缺少 ID"),
        (["show", "1", "2", "3"], "多出了参数：2 3"),
        (["report", "--format", "xx"], "--format 应为 text、md、html、json 之一，不是 xx"),
        (["portals", "add", "--delay", "y", "x"], "--delay 的值不对：应为 0–3600 之间的数"),
        (["--config"], "选项 --config 后面缺少值"),
    ],
)
def test_wrong_usage_is_told_in_the_language_of_the_user(
    arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FUHAN_LANG", "zh")
    result = fuhan(*arguments)
    assert result.exit_code == 2
    assert f"用法错误：{said}\n" in result.stderr


def test_help_has_its_headings_in_the_language_of_the_user(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "Options:" in fuhan("portals", "--help").stdout
    monkeypatch.setenv("FUHAN_LANG", "zh")
    shown = fuhan("portals", "--help").stdout
    assert "用法：fuhan portals [选项] 命令" in shown
    assert "Options" not in shown
    assert "Commands" not in shown


def run(arguments: Sequence[str], **variables: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "schedules", *arguments],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
        timeout=60,
        check=False,
    )


def test_json_is_utf_8_in_any_locale(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    done = run(
        ["clean", "page.html", "--json"], LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"
    )
    assert json.loads(done.stdout.decode("utf-8"))["addressees"] == ["何秋白"]
    assert done.stderr == b""


def test_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE.replace("<p>感谢", "<p>谢" * 40000), encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "schedules", "clean", "page.html", "--explain"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
        assert (process.wait(timeout=30), said) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_output_that_cannot_be_written_exits_1(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "schedules", "clean", "page.html", "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    assert environment.in_colour(terminal, {})  # type: ignore[arg-type]
    assert not environment.in_colour(terminal, {"NO_COLOR": "1"})  # type: ignore[arg-type]
    assert not environment.in_colour(terminal, {"TERM": "dumb"})  # type: ignore[arg-type]
