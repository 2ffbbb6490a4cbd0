"""Owns the pages the archive is filled with: 40 KB each, of it 6 KB of text, and what becomes of
them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import cache
from itertools import accumulate

from benchmarks.full_pages import framed
from storage.records import ListColumn, Portal

AGENCY = "澜江市科学技术局"
HOST = "http://kjj.lanjiang.example"
PORTAL = Portal(
    name="lanjiang-kjj",
    agency=AGENCY,
    platform="trs",
    lists=(ListColumn(f"{HOST}/zwgk/jytabl/"),),
)
_SENTENCES = 42  # 6 KB of UTF-8
_WORDS = 6000
_CHARACTERS = 1_400
_ONE_VISIT = 7  # of the day's counter, which nobody compares


def address(number: int) -> str:
    """Where a letter stands."""
    return f"{HOST}/zwgk/jytabl/202405/t20240516_{number}.html"


def page(number: int, seed: int = 1, *, edits: int = 0, furniture: int = 0) -> bytes:
    """A letter's page after so many edits of one sentence each, `furniture` days later.

    A day alters the counter, the date and what is recommended, as on a real site; the letter is
    the same. What words say is drawn by how often words are used, so that text packs as real
    letters do: zlib leaves 48 % of it.
    """
    today = date(2026, 3, 2) + timedelta(days=furniture)
    frame = framed(_markup(number, seed, edits))
    beside = "".join(
        f'<li><a href="/zwgk/jytabl/t{(number * 31 + furniture * 17 + at) % 9973}.html">'
        f"{_phrase(random.Random(number + furniture * 101 + at), 8)}</a></li>"  # noqa: S311
        for at in range(6)
    )
    counter = 300 + number % 97 + _ONE_VISIT * furniture
    moving = (
        f'<div class="today">今天是{today.year}年{today.month}月{today.day}日</div>'
        f'<div class="read">浏览次数：<span>{counter}</span></div><ul class="beside">{beside}</ul>'
    )
    end = frame.rindex('<div class="footer">')
    return f"{frame[:end]}{moving}{frame[end:]}".encode()


def _markup(number: int, seed: int, edits: int) -> str:
    chance = random.Random(seed * 1_000_003 + number)  # noqa: S311 - invention
    topic = _phrase(chance, 3)
    title = f"{AGENCY}关于市政协六届三次会议第{number:04d}号提案的复函"
    paragraphs = [_paragraph(chance, part) for part in range(_SENTENCES // 3)]
    for edit in range(edits):
        at = (number + 5 * edit) % len(paragraphs)
        paragraphs[at] += f"截至目前已办结同类事项{number % 900 + 100 + edit}件。"
    lines = [
        f"{_phrase(chance, 1)}委员：",
        f"您提出的《关于加强{topic}工作的提案》（第{number:04d}号）收悉。经研究，现答复如下：",
        *paragraphs,
        f"感谢您对{topic}工作的关心和支持。",
        AGENCY,
        f"2024年5月{number % 27 + 1}日",
    ]
    text = "".join(f'<p style="text-indent: 2em;">{line}</p>\n' for line in lines)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="ArticleTitle" content="{title}"></head><body>'
        '<div class="position">您当前的位置：首页 &gt; 建议提案办理</div>'
        f"{_table(number, title)}<h1>{title}</h1>"
        f'<div class="trs_editor_view TRS_UEDITOR trs_paper_default">{text}</div></body></html>'
    )


def _table(number: int, title: str) -> str:
    fields = {
        "[ 索引号 ]": f"11500000MB15895317/2024-{number:05d}",
        "[ 发文字号 ]": f"澜科函〔2024〕{number}号",
        "[ 发布机构 ]": AGENCY,
        "[ 标题 ]": title,
        "[ 成文日期 ]": f"2024-05-{number % 27 + 1:02d}",
        "[ 发布日期 ]": f"2024-06-{number % 27 + 1:02d}",
    }
    cells = "".join(f'<td class="t1">{k}</td><td class="t2">{v}</td>' for k, v in fields.items())
    return f'<table class="zwxl-table"><tr>{cells}</tr></table>'


def _paragraph(chance: random.Random, part: int) -> str:
    sentences = (
        f"{_phrase(chance, 9)}，{_phrase(chance, 7)}{chance.randrange(9000)}个，"
        f"{_phrase(chance, 6)}。"
        for _ in range(3)
    )
    return f"{'一二三四五六七八九十'[part % 10]}、{''.join(sentences)}"


def _phrase(chance: random.Random, words: int) -> str:
    known, weights = _vocabulary()
    return "".join(chance.choices(known, cum_weights=weights, k=words))


@cache
def _vocabulary() -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Words of two characters and how often they are used, by Zipf's law."""
    chance = random.Random(9)  # noqa: S311 - invention
    characters = [chr(0x4E00 + 3 * at) for at in range(_CHARACTERS)]
    words = tuple("".join(chance.choices(characters, k=2)) for _ in range(_WORDS))
    return words, tuple(accumulate(1 / (rank + 3) ** 1.15 for rank in range(_WORDS)))
