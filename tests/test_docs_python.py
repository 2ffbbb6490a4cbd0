"""The examples of docs/python.md run, on an archive made here, and say what they show."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

import fuhan
from tests.archive_story import Page, Story, a_letter

DOCUMENT = Path(__file__).parent.parent / "docs" / "python.md"
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8">
<title>关于市六届人大三次会议第0007号建议的复函</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/zwgk/">政务公开</a></div>
<h1>关于市六届人大三次会议第0007号建议的复函</h1>
<div class="article"><p>李梅代表：</p>
<p>您提出的《关于加强河道工作的建议》（第0007号）收悉。经研究办理，现答复如下：</p>
<p>一、我局已完成河道清淤12公里，沿线居民的意见大多采纳。</p>
<p>二、下一步将加强河道巡查，于2026年底前完成整治。</p>
<p>感谢您对水利工作的关心和支持。</p>
<p>某市水利局</p><p>2025年3月8日</p></div>
<div class="footer">网站地图 | 联系我们</div></body></html>
"""


@pytest.fixture
def _archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story = Story(tmp_path / "fuhan.db")
    site: dict[str, Page] = {f"t{number}.html": a_letter(number) for number in range(1, 5)}
    story.crawl(site)
    site["t2.html"] = a_letter(2, signatory="李明")
    site["t3.html"] = "404"
    story.crawl(site)
    story.crawl(site)
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("_archive")
def test_examples_run_and_give_what_they_show() -> None:
    text = DOCUMENT.read_text("utf-8")
    blocks = re.findall(r"^```pycon\n(.*?)^```", text, re.M | re.S)
    assert len(blocks) > 8
    example = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "python.md", None, 0)
    said: list[str] = []
    doctest.DocTestRunner(verbose=False).run(example, out=said.append)
    assert "".join(said) == ""


def test_every_name_of_the_api_that_is_shown_is_there() -> None:
    for name in set(re.findall(r"\bfuhan\.([A-Za-z_]\w*)\(", DOCUMENT.read_text("utf-8"))):
        assert name in fuhan.__all__
