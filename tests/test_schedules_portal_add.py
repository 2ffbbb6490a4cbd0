"""`portals add`: from a column's address to a file that loads, checks well and crawls whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crawler.demo.days import sites_on
from crawler.demo.elsewhere import MAKES, site_elsewhere
from crawler.demo.server import DemoServer
from crawler.demo.site import DemoSite
from schedules.cli.cli import cli
from schedules.portals.files import read_portal
from tests.crawl_site import FRAME, Reply, Site, letter, page
from tests.list_forms import BEHIND, MORE, WHOLE
from tests.list_sites import FORMS, SHELLS, Column, Form, answer, title

ROOT = Path(__file__).parent.parent
HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[float]:
    """A folder with a configuration, and what was waited for: nobody sleeps here."""
    for name in ("FUHAN_CONFIG", "FUHAN_NOW", "FUHAN_LOG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FUHAN_LANG", "en")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "portals").mkdir()
    (tmp_path / "fuhan.toml").write_text('[crawl]\nportals = "portals"\nenabled = ["t-*"]\n')
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    return slept


def fuhan(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--config", "fuhan.toml", *arguments])


def crawled() -> list[dict[str, object]]:
    """Every letter of the archive after one crawl of all portals, in a process of its own."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "FUHAN_LANG": "en"}
    done = subprocess.run(
        [sys.executable, "-m", "schedules", "--config", "fuhan.toml", "crawl"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return [json.loads(line) for line in fuhan("letters", "--json").stdout.splitlines()]


@contextmanager
def serving(pages: Mapping[str, str | Reply], address: str = "127.0.5.1") -> Iterator[Site]:
    """A site with these pages; all else is a 404."""

    def answers(path: str, headers: Mapping[str, str]) -> Reply | None:
        found = pages.get(path)
        return Reply(found) if isinstance(found, str) else found

    site = Site(address, answers)
    try:
        yield site
    finally:
        site.close()


def listing(items: str, head: str = "", more: str = "") -> str:
    return (
        f"<html><head><title>提案办理-青岚市民生事务局</title>{head}</head><body><p>{FRAME}</p>"
        f"<ul class='list'>{items}</ul>{more}<div class='foot'>{FRAME}</div></body></html>"
    )


def item(number: int, path: str = "/jyta/202406/t20240603_{}.html") -> str:
    return f'<li><a href="{path.format(number)}">{title(number)}</a><span>2024-06-03</span></li>'


def column(count: int = 6, head: str = "", more: str = "") -> dict[str, str | Reply]:
    """A site with one column of letters at /jyta/."""
    pages: dict[str, str | Reply] = {
        f"/jyta/202406/t20240603_{n}.html": letter(n) for n in range(1, count + 1)
    }
    items = "".join(item(n) for n in range(1, count + 1))
    return {**pages, "/jyta/": listing(items, head, more)}


# --- sites of every make -------------------------------------------------------------------------


def test_column_of_every_demo_site_is_added_checked_and_crawled_whole() -> None:
    sites: dict[str, DemoSite] = dict(sites_on(1))
    sites |= {make: site_elsewhere(make) for make in MAKES}
    wanted: set[str] = set()
    with DemoServer(lambda _: sites) as server:
        for name, site in server.sites.items():
            for number, shown in enumerate(site.columns):
                url = server.url(name) + site.list_addresses(shown)[0]
                portal = f"t-{name}-{number}"
                added = fuhan("portals", "add", url, "--name", portal, "--delay", "0")
                assert added.exit_code == 0, added.output
                read = read_portal(Path("portals") / f"{portal}.toml", {})
                assert read.platform == site.platform
                assert read.agency == site.masthead.agency.name
                assert read.region == "509900"
                assert read.lists[0].kind == shown.kind
                assert 0 < read.min_letters <= len(site.listed(shown))
                checked = fuhan("portals", "check", portal)
                assert checked.exit_code == 0, checked.output
                listed = (site.address(placement) for placement in site.listed(shown))
                wanted |= {server.url(name) + address for address in listed}
        urls = {url for each in crawled() for url in each["urls"]}  # type: ignore[attr-defined]
    missing = wanted - urls
    assert len(wanted) > 140
    assert len(missing) == 2, missing  # a notice and an annual summary, which are no letters


@pytest.mark.parametrize("language", ["zh", "en"])
def test_three_letters_are_shown_as_they_are_read(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FUHAN_LANG", language)
    with serving(column()) as site:
        added = fuhan("portals", "add", f"{site.url}/jyta/", "--name", "t-one")
    assert added.exit_code == 0
    assert all(added.stdout.count(f"第{n}片区社区食堂") for n in (1, 2, 3))
    assert "第4片区" not in added.stdout
    assert "fuhan --config fuhan.toml portals check t-one" in added.stdout
    assert ("下一步" in added.stdout) is (language == "zh")


@pytest.fixture
def paged() -> Iterator[list[tuple[Form, Column, Site]]]:
    """Every form of paging there is, each on a site of its own."""
    served = []
    with ExitStack() as stack:
        for number, form in enumerate((*FORMS, *MORE, *SHELLS, *BEHIND), 1):
            shown = Column(f"/{form.name}/", 19 if form.group > 1 else 9)
            site = Site(f"127.0.6.{number}", answer({form.name: form}, [shown]))
            stack.callback(site.close)
            served.append((form, shown, site))
        yield served


def test_every_form_of_list_is_added_and_crawled_to_its_end(
    paged: list[tuple[Form, Column, Site]],
) -> None:
    for form, shown, site in paged:
        added = fuhan(
            "portals", "add", site.url + form.begin(shown), "--name", f"t-{form.name}",
            "--delay", "0",
        )  # fmt: skip
        assert added.exit_code == 0, f"{form.name}: {added.output}"
        assert "more links on page 2" in added.stdout, form.name
        assert len(site.asked) <= 8, form.name
    urls = {url for each in crawled() for url in each["urls"]}  # type: ignore[attr-defined]
    for form, shown, site in paged:
        wanted = {site.url + shown.letter_path(n) for n in range(1, shown.total + 1)}
        assert wanted <= urls, form.name


def test_list_no_rule_reads_gets_a_selector_that_a_crawl_finds_every_letter_with() -> None:
    """No known form of address, no date, no whole title, and news that looks more like a list."""
    letters: dict[str, str | Reply] = {f"/nr/wj{chr(96 + n)}": letter(n) for n in range(1, 7)}
    news = "".join(
        f'<li><a href="/zx/t20240101_{n}.html">我市召开第{n}次工作会</a><b>2024-01-0{n}</b></li>'
        for n in range(1, 8)
    )
    items = "".join(
        f'<div class="dy k{n}00"><i></i><a href="/nr/wj{chr(96 + n)}">第{n:04d}号提案答复</a></div>'
        for n in range(1, 7)
    )
    body = f'<div id="zhulan">{items}</div><ul>{news}</ul>'
    shown = f"<html><head><title>答复-青岚市民生事务局</title></head><body>{FRAME}{body}</body>"
    with serving({**letters, "/hf": shown + "</html>"}) as site:
        added = fuhan("portals", "add", f"{site.url}/hf", "--name", "t-odd", "--delay", "0")
        assert added.exit_code == 0, added.output
        portal = read_portal(Path("portals/t-odd.toml"), {})
        assert portal.select.list_item == "div.dy"
        assert fuhan("portals", "check", "t-odd").exit_code == 0
        assert len(crawled()) == 6


# --- what the file says --------------------------------------------------------------------------


def added_file(site: Site, *options: str) -> str:
    added = fuhan("portals", "add", f"{site.url}/jyta/", "--print", *options)
    assert added.exit_code == 0, added.output
    return added.stdout


def test_print_writes_the_file_to_stdout_alone_and_needs_no_configuration() -> None:
    with serving(column()) as site:
        arguments = ["portals", "add", f"{site.url}/jyta/", "--dry-run"]
        printed = CliRunner().invoke(cli, arguments)
    assert printed.exit_code == 0
    Path("127-0-5-1.toml").write_text(printed.stdout)
    assert read_portal(Path("127-0-5-1.toml"), {}).agency == "青岚市民生事务局"
    assert "第1片区" in printed.stderr
    assert not list(Path("portals").iterdir())


def test_sibling_columns_are_suggested_as_comments_and_not_enabled() -> None:
    menu = (
        '<a href="/rdjy/">人大代表建议答复</a><a href="/zwgk/">政务公开</a>'
        '<a href="/jyta/">政协提案答复</a><a href="https://elsewhere.example/ta/">提案办理</a>'
        '<a href="/jyta/202406/t20240603_1.html">提案答复</a>'
    )
    with serving(column(more=menu)) as site:
        written = added_file(site)
    (line,) = [line for line in written.splitlines() if "/rdjy/" in line]
    assert line.strip().startswith("# {") and 'kind = "suggestion"' in line
    assert "elsewhere.example" not in written and "/zwgk/" not in written


def test_region_and_kind_are_taken_from_the_page_and_say_so() -> None:
    head = '<meta name="SiteIDCode" content="5099000017">'
    head += '<meta name="ColumnName" content="政协提案">'
    with serving(column(head=head)) as site:
        written = added_file(site)
    assert 'region = "509900"' in written and "5099000017" in written
    assert 'kind = "proposal"' in written


def test_column_named_for_one_kind_with_letters_of_another_gets_no_kind() -> None:
    pages = column()
    strange = letter(1).replace("市政协六届二次会议第0001号提案", "市六届人大二次会议第0001号建议")
    pages["/jyta/202406/t20240603_1.html"] = strange.replace("委员：", "代表：")
    pages["/jyta/"] = str(pages["/jyta/"]).replace("第0001号提案", "第0001号人大代表建议")
    with serving(pages) as site:
        assert "kind =" not in added_file(site)


def test_hostile_texts_of_a_page_stay_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME_SECRET", "s3cret")
    evil = '提案\x1b]0;x\x07"\n${HOME_SECRET}'
    more = f'<a href="/evil/${{HOME_SECRET}}/">{evil}</a>'
    head = '<meta name="SiteName" content="${HOME_SECRET}&quot;&#10;name = &quot;x">'
    with serving(column(head=head, more=more)) as site:
        added = fuhan("portals", "add", f"{site.url}/jyta/", "--name", "t-evil")
    assert added.exit_code == 0, added.output
    written = Path("portals/t-evil.toml").read_text(encoding="utf-8")
    portal = read_portal(Path("portals/t-evil.toml"))
    assert portal.name == "t-evil" and portal.agency == "青岚市民生事务局"
    assert "s3cret" not in repr(portal) and "${" not in written
    assert "\x1b" not in added.output + written


def test_short_names_in_letters_become_aliases_and_strangers_a_remark() -> None:
    pages = column()
    for n, name in ((1, "市民生局"), (2, "市民生局"), (3, "白石市水利局")):
        path = f"/jyta/202406/t20240603_{n}.html"
        pages[path] = str(pages[path]).replace("<p>青岚市民生事务局</p>", f"<p>{name}</p>")
    with serving(pages) as site:
        written = added_file(site)
    assert 'aliases = ["市民生局"]' in written
    assert "白石市水利局" in written.partition("\naliases")[0]


def test_agency_option_wins_and_needs_nothing_printed() -> None:
    with serving(column()) as site:
        assert 'agency = "青岚市民政局"' in added_file(site, "--agency", "青岚市民政局")


# --- what stops it -------------------------------------------------------------------------------


def refused(pages: Mapping[str, str | Reply], path: str = "/jyta/") -> tuple[int, str]:
    with serving(pages) as site:
        result = fuhan("portals", "add", site.url + path, "--name", "t-no")
        assert not list(Path("portals").iterdir())
        assert result.stderr.count("\n") == 1
        return result.exit_code, result.stderr.replace(site.url, "SITE")


LETTER = "/jyta/202406/t20240603_1.html"
CRUMBS = "<div>当前位置：<a href='/'>首页</a> > <a href='/zw/hf/'>提案答复</a></div><h1>"
LISTED_BY = "that lists it: fuhan --config fuhan.toml portals add"


@pytest.mark.parametrize(
    ("column_at", "advice"),
    [
        ("/zw/hf/", f"{LISTED_BY} SITE/zw/hf/"),  # by the breadcrumb
        ("/jyta/", f"{LISTED_BY} SITE/jyta/"),  # by its own address
        ("/zxta/list.html", f"{LISTED_BY} SITE/zxta/list.html"),  # by a menu
        ("/elsewhere/", "none of the addresses tried lists letters (SITE/zw/hf/"),
    ],
)
def test_letters_own_address_leads_to_the_column_that_lists_it(column_at: str, advice: str) -> None:
    pages = column()
    pages[LETTER] = (
        letter(1)
        .replace("<h1>", CRUMBS)
        .replace("</body>", "<a href='/zxta/list.html'>政协提案</a></body>")
    )
    pages[column_at] = str(pages.pop("/jyta/"))
    code, said = refused(pages, LETTER)
    assert code == 1 and advice in said, said


def test_column_without_the_letter_is_named_only_where_none_has_it() -> None:
    pages = column()
    pages[LETTER] = letter(1).replace("<h1>", CRUMBS)
    pages["/zw/hf/"] = listing("".join(item(n) for n in range(2, 7)))
    assert "add SITE/jyta/" in refused(pages, LETTER)[1]
    del pages["/jyta/"]
    code, said = refused(pages, LETTER)
    assert code == 1 and "though not this one on its first page" in said
    assert "add SITE/zw/hf/" in said


def test_columns_of_a_letter_are_tried_few_slowly_and_by_robots(waits: list[float]) -> None:
    links = "".join(f"<a href='/hf{n}/'>政协提案{n}</a>" for n in range(9))
    pages = {
        LETTER: letter(1).replace("</body>", links + "</body>"),
        "/robots.txt": "User-agent: *\nDisallow: /jyta/\nAllow: /jyta/2\n",
    }
    with serving(pages) as site:
        assert fuhan("portals", "add", site.url + LETTER, "--name", "t-no").exit_code == 1
        assert 4 < len(site.asked) <= 9 and "/jyta/" not in site.asked
        assert waits == [2.0] * (len(site.asked) - 1)


def test_page_that_lists_no_letters_names_the_columns_it_links_to() -> None:
    news = "".join(f'<li><a href="/zx/t20240101_{n}.html">要闻{n}</a></li>' for n in range(9))
    pages: dict[str, str | Reply] = {
        "/": listing(news, more='<a href="/jyta/">建议提案办理</a>'),
        **{f"/zx/t20240101_{n}.html": page(f"要闻{n}", "我市召开工作会议。" * 9) for n in range(9)},
    }
    code, said = refused(pages, "/")
    assert code == 1 and "建议提案办理 SITE/jyta/" in said and "9 links" in said


SHELL = "<html><body><div id='app'></div><script src='/app.js'></script></body></html>"
FRAMED = f"<html><body><p>{FRAME}</p><div id='l'></div><script>$.ajax('x')</script></body></html>"
CAPTCHA = "<html><title>安全验证</title><body>请输入验证码</body></html>"
STOPPED: list[tuple[Reply | None, str]] = [
    (None, "open it in a browser"),
    (Reply("<h1>412</h1>", status=412), "The site refuses us"),
    (Reply(CAPTCHA), "The site refuses us"),
    (Reply("busy", status=503), "Try again later"),
    (Reply(SHELL), "developer tools"),
    (Reply(FRAMED), "developer tools"),
    (Reply(listing("<li>暂无</li>")), "no list of letters"),
    (Reply("<title>Index of /jyta/</title><a href='a.txt'>a.txt</a>"), "no list of letters"),
    (Reply("<title>Sorry</title><a href='javascript:void(0)'>Back</a>"), "The site refuses us"),
    (Reply("", status=302, headers={"Location": "/"}), "may have moved"),
    (Reply("", status=302, headers={"Location": "file:///etc/passwd"}), "will not ask for"),
    (Reply(b"\xff\xfe\x00" * 9000), "no list of letters"),
]


@pytest.mark.parametrize(("reply", "words"), STOPPED)
def test_what_is_no_column_is_answered_by_what_to_do_next(reply: Reply | None, words: str) -> None:
    pages: dict[str, str | Reply] = {"/": listing("<li>欢迎访问</li>")}
    code, said = refused(pages | ({"/jyta/": reply} if reply else {}))
    assert (code, words in said) == (1, True), said


def test_robots_are_obeyed_and_their_pace_is_kept(waits: list[float]) -> None:
    pages = column()
    pages["/robots.txt"] = "User-agent: *\nDisallow: /jyta/\n"
    code, said = refused(pages)
    assert code == 1 and "robots.txt does not allow" in said
    pages["/robots.txt"] = "User-agent: *\nCrawl-delay: 7\n"
    waits.clear()
    with serving(pages) as site:
        assert fuhan("portals", "add", f"{site.url}/jyta/", "--print").exit_code == 0
        assert len(site.asked) == 5  # robots.txt, the list, three letters
    assert waits == [7.0] * 4


def test_no_more_than_three_letters_and_two_list_pages_are_asked_for(waits: list[float]) -> None:
    pages = column(more='<a href="/jyta/index_1.html">下一页</a>')
    pages["/jyta/index_1.html"] = listing(item(77), more='<a href="/jyta/index_2.html">下一页</a>')
    with serving(pages) as site:
        added_file(site)
        assert len(site.asked) == 6
    assert waits == [2.0] * 5


def test_bare_host_that_speaks_no_tls_is_answered_by_what_to_type() -> None:
    with serving(column()) as site:
        bare = f"{site.url}/jyta/".removeprefix("http://")
        result = fuhan("portals", "add", bare)
        assert result.exit_code == 1 and f"write http://{bare}" in result.stderr
        assert fuhan("portals", "add", f"http://{bare}").exit_code == 0


def test_address_that_is_none_is_a_usage_error_and_asks_nothing() -> None:
    for url in ("ftp://kjj.example.org/", "https://user@kjj.example.org/", "http://", "a b"):
        result = fuhan("portals", "add", url)
        assert (result.exit_code, "column is needed" in result.stderr) == (2, True), result.stderr


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--name", "../evil"), "letters a-z"),
        (("--name", "甲"), "letters a-z"),
        (("--agency", "局" * 300), "at most 200"),
        (("--delay", "0"), "delay"),
    ],
)
def test_what_fits_into_no_portal_file_is_refused_before_anything_is_asked(
    options: tuple[str, str], words: str
) -> None:
    result = fuhan("portals", "add", "https://kjj.example.org/jyta/", *options)
    assert (result.exit_code, words in result.stderr) == (2, True), result.stderr


def test_private_host_behind_a_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.7", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: inside)
    result = fuhan("portals", "add", "http://kjj.example.org/jyta/")
    assert (result.exit_code, "private address" in result.stderr) == (1, True)


def test_without_configuration_it_says_what_to_do_before_it_asks_anything() -> None:
    with serving(column()) as site:
        result = CliRunner().invoke(cli, ["portals", "add", f"{site.url}/jyta/"])
        assert not site.asked
    assert (result.exit_code, "fuhan init" in result.stderr) == (2, True)


def test_nothing_is_overwritten_without_force() -> None:
    with serving(column()) as site:
        arguments = ["portals", "add", f"{site.url}/jyta/", "--name", "t-mine"]
        assert fuhan(*arguments).exit_code == 0
        before = Path("portals/t-mine.toml").read_text()
        Path("portals/t-mine.toml").write_text(before + "# mine\n")
        again = fuhan(*arguments)
        assert (again.exit_code, "--force" in again.stderr) == (2, True)
        other = fuhan("portals", "add", f"{site.url}/jyta/index.html", "--name", "t-other")
        assert (other.exit_code, "t-mine" in other.stderr) == (2, True)
        assert Path("portals/t-mine.toml").read_text().endswith("# mine\n")
        assert fuhan(*arguments, "--force").exit_code == 0
    assert not Path("portals/t-mine.toml").read_text().endswith("# mine\n")
    assert [path.name for path in Path("portals").iterdir()] == ["t-mine.toml"]


def test_name_of_a_built_in_portal_is_not_taken_by_accident() -> None:
    result = fuhan("portals", "add", "https://kjj.cq.gov.cn/zwgk_176/another/")
    assert (result.exit_code, "cq-kjj" in result.stderr) == (2, True)


def test_name_outside_of_enabled_is_pointed_out() -> None:
    with serving(column()) as site:
        added = fuhan("portals", "add", f"{site.url}/jyta/")
    assert "127-0-5-1 is not in [crawl] enabled" in added.stdout


def test_built_in_portals_that_are_enabled_besides_are_pointed_out() -> None:
    Path("fuhan.toml").write_text("")
    with serving(column()) as site:
        added = fuhan("--config", "fuhan.toml", "portals", "add", f"{site.url}/jyta/")
    assert "10 built-in portals are enabled, too" in added.stdout
    assert 'enabled = ["127-0-5-1"]' in added.stdout


def test_redirected_column_is_written_at_the_address_that_answers() -> None:
    pages = column()
    with serving(pages, "127.0.5.2") as new:
        moved = Reply("", status=301, headers={"Location": f"{new.url}/jyta/"})
        with serving({"/old/": moved}) as old:
            added = fuhan("portals", "add", f"{old.url}/old/", "--name", "t-new", "--print")
    assert f'url = "{new.url}/jyta/"' in added.stdout, added.output


def test_session_numbers_of_a_redirect_are_no_part_of_the_address() -> None:
    pages = column()
    pages["/jyta/index.html;jsessionid=1A2B"] = pages["/jyta/"]
    pages["/jyta/"] = Reply("", status=302, headers={"Location": "index.html;jsessionid=1A2B"})
    with serving(pages) as site:
        assert f'url = "{site.url}/jyta/index.html"' in added_file(site)


def test_second_page_that_does_not_answer_is_a_fault_but_the_file_is_written() -> None:
    pages = column(more='<a href="/jyta/index_1.html">下一页</a>')
    with serving(pages) as site:
        added = fuhan("portals", "add", f"{site.url}/jyta/", "--name", "t-cut")
    assert added.exit_code == 3 and "page 2 was not read" in added.stdout
    assert Path("portals/t-cut.toml").exists()


def test_letters_on_other_hosts_are_told_and_not_asked_for() -> None:
    elsewhere = "".join(item(n, "http://127.0.5.9/jyta/202406/t20240603_{}.html") for n in range(5))
    code, said = refused({"/jyta/": listing(elsewhere)})
    assert code == 1 and "5 links lead to other hosts (127.0.5.9)" in said
    pages = column(6)
    pages["/jyta/"] = listing("".join(item(n) for n in range(1, 7)) + elsewhere)
    with serving(pages) as site:
        result = fuhan("portals", "add", site.url + "/jyta/", "--name", "t-some")
        assert result.exit_code == 0
        assert "5 links lead to other hosts (127.0.5.9)" in result.stdout


def test_pages_are_tried_before_files() -> None:
    files = "".join(item(n, "/jyta/202406/P0202406{}.pdf") for n in range(7, 12))
    pages = column(6)
    pages["/jyta/"] = listing(files + "".join(item(n) for n in range(1, 7)))
    with serving(pages) as site:
        assert fuhan("portals", "add", site.url + "/jyta/", "--name", "t-files").exit_code == 0
        assert not any(path.endswith(".pdf") for path in site.asked)


@pytest.mark.parametrize("form", WHOLE, ids=lambda form: str(form.name))
def test_letters_without_a_plain_link_are_found_and_crawled(form: Form) -> None:
    shown = Column(f"/{form.name}/", 9)
    site = Site("127.0.6.99", answer({form.name: form}, [shown]))
    try:
        url = site.url + form.begin(shown)
        added = fuhan("portals", "add", url, "--name", f"t-{form.name}", "--delay", "0")
        assert added.exit_code == 0, added.output
        urls = {url for each in crawled() for url in each["urls"]}  # type: ignore[attr-defined]
        assert {site.url + shown.letter_path(n) for n in range(1, 10)} <= urls
    finally:
        site.close()
