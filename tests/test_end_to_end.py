"""The whole program, as a user runs it, against portals on loopback that it has not seen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storage.archive import LetterArchive
from tests.loopback import SHARED, Desk, Site, serving

TRS_PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8">
<meta name="SiteName" content="某市科学技术局">{title_meta}
<title>{title}_某市科学技术局</title></head>
<body><div class="header"><a href="/">首页</a></div>
<div class="path">您当前的位置: <a href="/">首页</a>&gt;<a href="./">建议提案办理</a></div>
<div class="zwxl-article"><div class="zwxl-title">{title}</div>
<div class="trs_editor_view TRS_UEDITOR trs_paper_default">{body}</div>
<div class="qrcode">扫一扫在手机打开当前页</div></div>
<div class="footer">主办单位：某市科学技术局 网站标识码：5000000001</div></body></html>"""
LIST = """<html><head><meta charset="utf-8"><title>建议提案办理</title></head><body>
<div class="nav"><a href="/">首页</a><a href="/zwgk/">政务公开</a></div>
<ul class="list">{items}</ul>
<script>createPage({pages}, {page}, "index","html");</script></body></html>"""
FROM_THE_LETTER_ITSELF = (
    "title",
    "submission_kind",
    "submission_title",
    "submission_number",
    "assembly",
    "addressees",
    "co_handling_agencies",
    "signatory",
    "date_signed",
)
PORTAL = """agency = "某市科学技术局"
platform = "trs"
lists = [{{ url = "{url}/zwgk/jyta/", kind = "proposal" }}]
"""


def _page(title: str, paragraphs: list[str]) -> str:
    body = "".join(f"<p>　　{line}</p>" for line in paragraphs)
    meta = f'<meta name="ArticleTitle" content="{title}">' if title else ""
    return TRS_PAGE.format(title=title, title_meta=meta, body=body)


def _list(entries: list[tuple[str, str]], page: int = 0, pages: int = 1) -> str:
    items = "".join(
        f'<li class="clearfix"><a href="{path}" title="{title}">{title}</a>'
        "<span>2026-02-01</span></li>"
        for path, title in entries
    )
    return LIST.format(items=items, page=page, pages=pages)


def _letter(number: int, figure: int = 120) -> str:
    office = ("智慧养老", "河道治理", "校园安全", "夜间经济", "老旧小区", "种质资源", "轨道接驳")[
        number % 7
    ]
    return _page(
        f"某市科学技术局关于市政协六届三次会议第{number:04d}号提案的复函",
        [
            f"李{'一二三四五六七八九'[number % 9]}梅委员：",
            f"您提出的《关于推进{office}工作的建议》（第{number:04d}号提案）收悉。"
            "经与市教委、市财政局共同研究办理，现答复如下：",
            f"一、{office}工作进展。目前全市{office}项目已建成{figure + number}家，"
            f"覆盖{number + 3}个区县，{office}投入{number * 11 + 2}万元。",
            f"二、下一步打算。到2027年底，将新增{office}站点{number * 3 + 5}个，"
            f"{office * 3}持续推进。",
            "此复函已经张明局长审签。",
            "某市科学技术局",
            f"2026年1月{number % 27 + 1}日",
        ],
    )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.write_config()
    return desk


def test_real_letters_are_crawled_as_they_are_read(desk: Desk) -> None:
    if not (SHARED / "seeds").is_dir():
        pytest.skip("../shared/seeds is not here: the real letters are kept beside the project")
    gold = json.loads((SHARED / "seeds" / "gold.json").read_text(encoding="utf-8"))
    site = Site()
    entries = []
    for place, (name, expected) in enumerate(gold.items()):
        text = (SHARED / "seeds" / name).read_text(encoding="utf-8")
        body = text[text.index(expected["body_starts"]) :].partition("扫一扫")[0]
        title = expected["title"] or ""
        path = f"/zwgk/jyta/202602/t20260201_{place}.html"
        site.pages[path] = _page(
            title, [line.strip() for line in body.splitlines() if line.strip()]
        )
        entries.append((f"./202602/t20260201_{place}.html", title or f"答复{place}"))
    site.pages["/zwgk/jyta/"] = _list(entries)
    with serving(site):
        desk.write_portal("test-kjj", PORTAL.format(url=site.url))
        desk.fuhan("crawl")
    letters = {letter["submission_number"]: letter for letter in desk.lines("letters", "--json")}
    assert len(letters) == 5
    for expected in gold.values():
        letter = letters[expected["submission_number"]]
        for field in FROM_THE_LETTER_ITSELF:
            assert letter[field] == expected[field], field
        assert letter["body"].startswith(expected["body_starts"])
        assert letter["body"].endswith(expected["body_ends"])


def test_a_portal_changes_from_day_to_day(desk: Desk) -> None:
    numbers = range(11, 31)
    folder = "/zwgk/jyta/202602"
    site = Site(
        {f"{folder}/t20260201_{n}.html": _letter(n) for n in numbers},
    )
    entries = [(f"./202602/t20260201_{n}.html", f"第{n:04d}号提案的复函") for n in numbers]

    def publish(shown: list[tuple[str, str]]) -> None:
        site.pages["/zwgk/jyta/"] = _list(shown[:12], 0, 2)
        site.pages["/zwgk/jyta/index_1.html"] = _list(shown[12:], 1, 2)

    publish(entries)
    with serving(site):
        desk.write_portal("test-kjj", PORTAL.format(url=site.url))
        desk.fuhan("crawl", now="2026-03-01T06:20:00+08:00")
        first = desk.lines("changes", "--json")
        assert [event["kind"] for event in first] == ["new"] * 20
        assert all(event["baseline"] for event in first)
        site.answered.clear()
        desk.fuhan("crawl", "--full", now="2026-03-02T06:20:00+08:00")
        assert site.answered[304] == 20
        # a figure edited, one letter gone, one moved with a quiet edit, one new
        site.pages[f"{folder}/t20260201_12.html"] = _letter(12, figure=140)
        del site.pages[f"{folder}/t20260201_15.html"]
        del site.pages[f"{folder}/t20260201_18.html"]
        site.pages["/zwgk/jyta/202603/t20260303_99.html"] = _letter(18, figure=150)
        site.pages["/zwgk/jyta/202603/t20260303_40.html"] = _letter(40)
        publish(
            [
                ("./202603/t20260303_99.html", "第0018号提案的复函"),
                ("./202603/t20260303_40.html", "第0040号提案的复函"),
                *(entry for entry in entries if "_15" not in entry[0] and "_18" not in entry[0]),
            ]
        )
        desk.fuhan("crawl", "--full", now="2026-03-03T06:20:00+08:00")
        desk.fuhan("crawl", "--full", now="2026-03-04T06:20:00+08:00")
        desk.fuhan("crawl", "--full", now="2026-03-05T06:20:00+08:00")
    after = desk.lines("changes", "--after", str(first[-1]["cursor"]), "--json")
    told = sorted((event["kind"], event["url"].rsplit("_", 1)[1]) for event in after)
    assert told == [
        ("changed", "12.html"),
        ("moved", "99.html"),
        ("new", "40.html"),
        ("withdrawn", "15.html"),
    ]
    changed = next(event for event in after if event["kind"] == "changed")
    assert changed["figures"] == [{"before": "132家", "after": "152家"}]
    assert changed["significance"] == "substance"
    assert len(json.dumps(changed["diff"], ensure_ascii=False).encode()) <= 200
    moved = next(event for event in after if event["kind"] == "moved")
    assert moved["figures"] == [{"before": "138家", "after": "168家"}]
    statuses = {
        line["submission_number"]: line["status"] for line in desk.lines("letters", "--json")
    }
    assert statuses["0015"] == "withdrawn" and statuses["0018"] == "present"
    assert len(statuses) == 21


def test_firewall_page_is_one_alarm_and_no_event(desk: Desk) -> None:
    site = Site({f"/zwgk/jyta/202602/t20260201_{n}.html": _letter(n) for n in range(11, 20)})
    site.pages["/zwgk/jyta/"] = _list(
        [(f"./202602/t20260201_{n}.html", f"第{n:04d}号提案的复函") for n in range(11, 20)]
    )
    good = dict(site.pages)
    with serving(site):
        desk.write_portal("test-kjj", PORTAL.format(url=site.url))
        desk.fuhan("crawl", now="2026-03-01T06:20:00+08:00")
        start = desk.lines("changes", "--json")[-1]["cursor"]
        wall = "<html><title>安全验证</title><body><form>请输入验证码</form></body></html>"
        site.pages = dict.fromkeys(good, wall)
        desk.fuhan("crawl", "--full", now="2026-03-02T06:20:00+08:00", expect=3)
        (status,) = json.loads(desk.fuhan("status", "--json").stdout)["portals"]
        assert status["state"] == "blocked"
        site.pages = good
        desk.fuhan("crawl", "--full", now="2026-03-03T06:20:00+08:00")
        (status,) = json.loads(desk.fuhan("status", "--json").stdout)["portals"]
    assert status["state"] == "ok"
    assert desk.lines("changes", "--after", str(start), "--json") == []


def test_f01_crawl_killed_anywhere_loses_nothing_and_invents_nothing(desk: Desk) -> None:
    numbers = range(11, 51)
    site = Site({f"/zwgk/jyta/202602/t20260201_{n}.html": _letter(n) for n in numbers})
    site.pages["/zwgk/jyta/"] = _list(
        [(f"./202602/t20260201_{n}.html", f"第{n:04d}号提案的复函") for n in numbers]
    )
    with serving(site):
        desk.write_portal("test-kjj", PORTAL.format(url=site.url))
        for killed_at in (2, 9, 17, 30):
            asked_before = site.asked.total()
            desk.crawl_until_killed(
                lambda until=asked_before + killed_at: site.asked.total() >= until,  # type: ignore[misc]
                now="2026-03-01T06:20:00+08:00",
            )
        desk.fuhan("crawl", now="2026-03-01T06:30:00+08:00")
    events = desk.lines("changes", "--json")
    assert sorted(event["url"] for event in events) == sorted(
        f"{site.url}/zwgk/jyta/202602/t20260201_{n}.html" for n in numbers
    )
    assert {event["kind"] for event in events} == {"new"}
    assert [letter["versions"] for letter in desk.lines("letters", "--json")] == [1] * 40
    with LetterArchive.open_to_read(desk.folder / "fuhan.db") as archive:
        assert archive.check_journal() == []


def test_dry_run_says_of_each_page_why_it_would_be_asked_for(desk: Desk) -> None:
    desk.write_config("confirm_withdrawal = { visits = 2, hours = 20 }\n")
    pages = {f"/zwgk/jyta/202601/t20260105_{n}.html": _letter(n) for n in range(1, 7)}
    entries = [(path.removeprefix("/zwgk/jyta/"), f"第{n}号") for n, path in enumerate(pages)]
    with serving(Site({"/zwgk/jyta/": _list(entries), **pages})) as site:
        desk.write_portal("test-kjj", PORTAL.format(url=site.url))
        before = desk.fuhan("crawl", "--dry-run").stdout
        desk.fuhan("crawl", now="2026-03-01T06:20:00+08:00")
        del site.pages["/zwgk/jyta/202601/t20260105_4.html"]
        desk.fuhan("crawl", now="2026-03-03T06:20:00+08:00")
        site.asked.clear()
        again = desk.fuhan("crawl", "--dry-run", now="2026-03-05T06:20:00+08:00").stdout
        assert not site.asked
    assert "all its further pages" in before
    gone = next(line for line in again.splitlines() if "t20260105_4.html" in line)
    due = next(line for line in again.splitlines() if "t20260105_5.html" in line)
    assert "was gone, to be confirmed" in gone
    assert "due since 2026-03-04 04:20, last visited 2026-03-03 06:20" in due
    assert "6 known pages (6 due; 6 letters known)" in again
