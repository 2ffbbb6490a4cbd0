"""Makes an archive of very many invented letters with three versions each.

    python -m benchmarks.big_archive fuhan.db --letters 100000     # some minutes, 3 GB

Some hundred letters are saved as a crawl saves them, over three days; the others are their rows
again, with other ids, addresses, numbers and words. The journal is that of the first letters.
"""

from __future__ import annotations

import random
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click

if not __package__:  # run as a file: python benchmarks/big_archive.py
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.pace import multiply
from pipelines.compare import compare_letters
from storage.archive import LetterArchive
from storage.clock import fixed_clock
from storage.policies import Confirmation
from storage.records import (
    Answer,
    Capture,
    DuePage,
    ListColumn,
    ListedLink,
    ListWalk,
    PageVisit,
    Portal,
    ReplyLetter,
    Run,
)

BASE = 500
VERSIONS = 3
_BEGAN = datetime(2026, 3, 2, 22, 20, tzinfo=UTC)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_OFFICES = ("科学技术局", "教育委员会", "民政局", "交通局", "水务局", "农业农村局", "文化旅游局")
_TOPICS = _words(
    "养老托育 河道治理 校车接送 算力中心 夜间市集 苗木基地 桥梁检修 口岸通关 社区剧场 老旧小区 "
    "电梯加装 停车泊位 中药种植 乡村民宿 防汛排涝 垃圾分类 职业教育 残疾康复 义务巡诊 冷链仓储"
)
_DEEDS = _words(
    "建成投用 稳步推进 联合印发 专题调研 开展试点 完善制度 加大投入 落实责任 优化流程 组织培训 "
    "公开征集 实地督查 按季通报 梳理台账 精简材料 统一标准 扩大范围 延长时限 补齐短板 提升质量"
)
_THINGS = _words(
    "示范站点 服务平台 管护队伍 运行经费 监测数据 惠民政策 便民窗口 骨干企业 科技成果 人才公寓 "
    "共享农机 绿色通道 安全隐患 公益岗位 电子证照 应急预案 种质资源 物流园区 绿道网络 健康档案"
)
_PLACES = _words("青石 白塘 云岭 沙坪 柳溪 栖霞 临江 安和 永兴 太平 红岩 金桥 玉泉 长乐 新河 双林")

# What one multiple says otherwise than another: a topic and a place stand for some other one.
_REPLACED = tuple(zip(_TOPICS[:6] + _PLACES[:6], _TOPICS[6:18] + _PLACES[4:], strict=False))


@click.command()
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--letters", default=100_000, show_default=True, help="A multiple of 500.")
@click.option("--seed", default=1, show_default=True)
def main(path: Path, letters: int, seed: int) -> None:
    """Write an archive with LETTERS letters to PATH, which must not exist."""
    if path.exists():
        raise click.UsageError(f"{path} exists")
    build_archive(path, letters, seed)


def build_archive(path: Path, letters: int, seed: int = 1) -> None:
    """Writes the archive and indexes it; `letters` is rounded up to a multiple of `BASE`."""
    for day in range(VERSIONS):
        _crawl(path, day, seed)
    multiply(path, -(-letters // BASE), altered=_other_words())
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            """INSERT INTO indexing (through, last) SELECT ?, max(id) FROM letters""", (BASE,)
        )
        connection.commit()
    LetterArchive.open(path).close()


def _crawl(path: Path, day: int, seed: int) -> None:
    """One settled run that reads version `day` of every letter."""
    now = _BEGAN + timedelta(days=day)
    portals = [_portal(number) for number in range(len(_OFFICES))]
    with LetterArchive.open(path, clock=fixed_clock(now)) as archive:
        for portal in portals:
            run = archive.begin_run(portal, full=True)
            numbers = range(portals.index(portal), BASE, len(portals))
            links = [ListedLink(_url(portal, number)) for number in numbers]
            archive.save_listing(run, portal.lists[0], links)
            archive.end_walk(run, ListWalk(complete=True))
            while pages := archive.due_pages(run, 500):
                for page in pages:
                    _save(archive, run, portal, page, day, seed, now)
            archive.settle(run, ListWalk(complete=False), compare_letters, Confirmation())
            archive.accept_held(portal.name)  # they all changed alike, on purpose


def _save(
    archive: LetterArchive,
    run: Run,
    portal: Portal,
    page: DuePage,
    day: int,
    seed: int,
    now: datetime,
) -> None:
    number = int(page.url.rpartition("/")[2].removesuffix(".html"))
    letter = invented_letter(number, day, portal.agency, seed)
    body = f"<h1>{letter.title}</h1><p>{letter.body[:1500]}</p>".encode()
    capture = Capture(page.url, 200, (("Content-Type", "text/html; charset=utf-8"),), body, now)
    visit = PageVisit(
        run.id, portal.name, page.copy_id, page.url, Answer.PAGE, now, capture=capture
    )
    known = archive.history(page.copy_id)
    change = compare_letters(known.reading, letter) if known.reading else None
    archive.save_letter(visit, letter, "invented", change, now + timedelta(hours=20))


def invented_letter(number: int, version: int, agency: str, seed: int) -> ReplyLetter:
    """A letter of some 2,000 characters; another version has another figure in a sentence."""
    chance = random.Random(seed * 1_000_003 + number)  # noqa: S311 - invention
    topic = chance.choice(_TOPICS)
    signed = date(2017, 1, 1) + timedelta(days=chance.randrange(3300))
    paragraphs = [
        "林晓燕委员：",
        f"您提出的《关于加强{topic}工作的提案》（第{number:04d}号）收悉。现答复如下：",
        *(_paragraph(chance, topic, part) for part in range(14)),
        f"全市已累计完成{number * 3 + version}处，感谢您对{topic}工作的关心和支持。",
        agency,
        f"{signed.year}年{signed.month}月{signed.day}日",
    ]
    return ReplyLetter(
        title=f"{agency}关于市政协六届三次会议第{number:04d}号提案的复函",
        submission_kind="proposal" if number % 3 else "suggestion",
        submission_title=f"关于加强{topic}工作的提案",
        submission_number=f"{number:04d}",
        assembly="市政协六届三次会议",
        addressees=("林晓燕",),
        issuing_agency=agency,
        index_number=f"11500000MB15895317/2024-{number:05d}",
        document_number=f"澜科函〔{signed.year}〕{number}号",
        date_signed=signed,
        body="\n".join(paragraphs),
    )


def _paragraph(chance: random.Random, topic: str, part: int) -> str:
    def sentence() -> Iterator[str]:
        yield f"{chance.choice(_PLACES)}街道围绕{chance.choice((topic, *_TOPICS))}，"
        yield f"{chance.choice(_DEEDS)}{chance.choice(_THINGS)}{chance.randrange(10_000)}个，"
        yield f"会同有关部门{chance.choice(_DEEDS)}，推动{chance.choice(_THINGS)}的科技应用；"
        yield f"下一步将{chance.choice(_DEEDS)}{chance.choice(_THINGS)}。"

    text = "".join(piece for _ in range(2) for piece in sentence())
    return f"{'一二三四五六七八九十'[part % 10]}、{text}"


def _portal(number: int) -> Portal:
    agency = f"澜江市{_OFFICES[number]}"
    column = ListColumn(f"http://office{number}.example/jyta/")
    return Portal(name=f"office-{number}", agency=agency, platform="trs", lists=(column,))


def _url(portal: Portal, number: int) -> str:
    return f"{portal.lists[0].url}{number}.html"


def _other_words() -> dict[tuple[str, str], str]:
    """SQL that makes each multiple's letters say and be dated something else; {n} is its number."""
    body, title = "body", "submission_title"
    for at, (word, other) in enumerate(_REPLACED):
        turn = f"iif(({{n}} >> {at}) & 1, '{other}', '{word}')"
        body, title = f"replace({body}, '{word}', {turn})", f"replace({title}, '{word}', {turn})"
    return {
        ("readings", "body"): f"replace({body}, '林晓燕', '林' || char(20000 + {{n}}))",
        ("readings", "submission_title"): title,
        ("readings", "index_number"): "index_number || '-' || {n}",
        ("readings", "document_number"): "replace(document_number, '号', {n} || '号')",
        ("readings", "date_signed"): "date(date_signed, '-' || ({n} % 97) || ' days')",
    }


if __name__ == "__main__":
    main()
