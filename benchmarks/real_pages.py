"""Owns the set of real pages: saved government pages with their gold text, where they are."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from benchmarks.pages import BenchPage
from benchmarks.scores import Gold

# 某某办公厅关于节水建议的复函 某办函〔2005〕3号   王某某代表：
_HEAD = re.compile(r"(?P<title>[^。：]{4,120}?)\s(?P<number>[一-鿿]{2,8}〔\d{4}〕\d+号)\s+")
# 各县（市、区）人民政府，市政府各部门： 为加强…
_SALUTATION = re.compile(r"\s*([^。：]{2,80}：)\s")
# …抓好落实。 某某局　某某委     二〇一八年十一月二日    （此件公开发布）
_SIGN_OFF = re.compile(
    r"[。）]\s*(?P<office>[^。，；：（）]{2,30}?)\s+"
    r"(?P<day>[\d〇○零一二三四五六七八九]{4}年[\d一二三四五六七八九十]{1,3}月"
    r"[\d一二三四五六七八九十]{1,3}日)\s"
)
# 2014年8月2日    （本文有删减） · （此件公开发布）: a note under the date, no part of the body
_NOTE = re.compile(r"（(?:本文有删减|此件[^（）]{2,12})）\s*\Z")


def real_pages(folder: Path) -> list[BenchPage]:
    """The pages of `folder` whose gold text is known; empty without the folder.

    `folder` holds `manifest.tsv` (file, site, kind, charset), the pages, and `gold/NAME.txt`.
    """
    manifest = folder / "manifest.tsv"
    if not manifest.is_file():
        return []
    with manifest.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    pages = (_page(folder, row) for row in rows)
    return [page for page in pages if page is not None]


def _page(folder: Path, row: dict[str, str]) -> BenchPage | None:
    path = folder / row["file"]
    gold = folder / "gold" / f"{path.stem}.txt"
    return _with_gold(path, row, gold.read_text(encoding="utf-8")) if gold.is_file() else None


def _with_gold(path: Path, row: dict[str, str], text: str) -> BenchPage:
    head = _HEAD.match(text)
    body = text[head.end() :] if head else text
    salutation = _SALUTATION.match(body) if head else None
    sign_off = _SIGN_OFF.search(f"{body} ") if head else None
    note = _NOTE.search(body)
    return BenchPage(
        name=path.stem,
        form="fragment" if "fragment" in row["kind"] else "full page",
        body=path.read_bytes(),
        encoding="gb18030" if row["charset"].lower().startswith("gb") else "utf-8",
        url=f"https://{row['site'].split(' ')[0]}/a/{path.name}",
        gold=Gold(
            body=body[: note.start()] if note else body,
            before=(head["title"], head["number"]) if head else _titles(path, row),
            after=(note.group(),) if note else (),
        ),
        salutation=salutation[1] if salutation else None,
        signature=sign_off["office"] if sign_off else None,
        date=sign_off["day"] if sign_off else None,
    )


# <meta name="ArticleTitle" content="…"> · <title>…</title> · <h1>…</h1>
_TITLES = re.compile(
    r'<meta\s+name="ArticleTitle"\s+content="([^"]+)"|<title>([^<]+)|<h1\b[^>]*>([^<]+)', re.I
)
# 凝聚智慧<div>——热烈祝贺…</div> · 凝聚智慧&lt;br&gt;
_TAG = re.compile(r"<[^>]*>|&lt;.*?&gt;")
# 我市召开节水工作会议_某某市人民政府 · …-某某市人民政府门户网站
_SITE_NAME = re.compile(r"[_|].*|-[^-]*(?:政府|网站?)[^-]*$", re.S)


def _titles(path: Path, row: dict[str, str]) -> tuple[str, ...]:
    """The article's title, which the gold text leaves out, so that giving it costs nobody."""
    encoding = "gb18030" if row["charset"].lower().startswith("gb") else "utf-8"
    found = _TITLES.findall(path.read_bytes().decode(encoding, "replace"))
    titles = [_SITE_NAME.sub("", _TAG.sub("", "".join(groups))) for groups in found]
    return (max(titles, key=len),) if titles else ()
