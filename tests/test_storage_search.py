"""Search finds exactly the letters whose text holds the words, newest or best first."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from storage.archive import LetterArchive
from storage.database import Database
from storage.records import Attachment, ListColumn, Portal, ReplyLetter
from storage.search.query import CANDIDATES
from storage.search.records import Search, SearchHit
from storage.search.text import fold
from tests.archive_story import PORTAL, Page, Story, a_letter

OTHER = Portal(
    name="b-jw", agency="某县教育委员会", platform="trs", lists=(ListColumn("http://b.example/x/"),)
)


def find(path: Path, text: str = "", *, ranked: bool = False, **asked: Any) -> list[SearchHit]:
    with LetterArchive.open_to_read(path) as archive:
        return list(archive.search(Search(text, **asked), ranked=ranked))


def numbers(hits: list[SearchHit]) -> list[str | None]:
    return [hit.submission_number for hit in hits]


LETTERS: dict[str, ReplyLetter] = {
    "1.html": a_letter(
        1,
        index_number="11500000MB15895317/2024-00078",
        document_number="渝科局函〔2024〕274号",
        signatory="蓝庆华",
        date_signed=date(2024, 5, 16),
        contacts=("联系人：赵小满 13800000000",),
        attachments=(Attachment("绿道清单.pdf", "http://a.example/1.pdf"),),
    ),
    "2.html": a_letter(2, date_signed=date(2023, 3, 1), submission_kind="proposal"),
    "3.html": a_letter(3, date_signed=date(2025, 1, 2), addressees=("欧阳若水",)),
    "4.html": a_letter(4, title="关于 夜 市 管理的复函", date_signed=date(2022, 12, 31)),
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("search") / "fuhan.db"
    story = Story(path)
    pages: dict[str, Page] = dict(LETTERS)
    story.crawl(pages)
    school = a_letter(3, issuing_agency="某县教育委员会", title="关于第0003号建议的答复")
    body = "李四代表：\n您提出的关于校车的建议收悉。校车已开通12条线路。\n某县教育委员会"
    story.crawl(
        {"9.html": replace(school, body=body, submission_number="0909", assembly=None)},
        portal=OTHER,
    )
    return path


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("河", ["0001"]),
        ("河道", ["0001"]),
        ("河道工作", ["0001"]),
        ("“河道工作”", ["0001"]),
        ("算力 群众", ["0003"]),
        ("算力 河道", []),
        ("道桥", []),
        ("蓝庆华", ["0001"]),
        ("欧阳若水", ["0003"]),
        ("绿道清单", ["0001"]),
        ("夜市管理", ["0004"]),
        ("11500000mb15895317/2024-00078", ["0001"]),
        ("渝科局函[2024]274号", ["0001"]),
        ("渝科局函〔２０２４〕２７４号", ["0001"]),
        ("第0002号", ["0002"]),
        ("0002", ["0002"]),
        ("校车", ["0909", "0002"]),
    ],
)
def test_words_of_any_length_are_found_in_titles_bodies_and_fields(
    path: Path, text: str, found: list[str]
) -> None:
    assert numbers(find(path, text)) == found
    assert sorted(map(str, numbers(find(path, text, ranked=True)))) == sorted(found)


def test_a_phrase_does_not_reach_over_the_end_of_a_paragraph(path: Path) -> None:
    assert find(path, "代表：") != []
    assert find(path, "“代表：您提出”") == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["0909", "0003", "0001", "0002", "0004"]),
        ({"agency": "科学技术"}, ["0003", "0001", "0002", "0004"]),
        ({"agency": "教育"}, ["0909"]),
        ({"agency": "教 育"}, ["0909"]),
        ({"agency": "卫生"}, []),
        ({"agency": "！"}, []),
        ({"kind": "proposal"}, ["0002"]),
        ({"since": date(2024, 1, 1)}, ["0909", "0003", "0001"]),
        ({"until": date(2023, 3, 1)}, ["0002", "0004"]),
        ({"since": date(2023, 1, 1), "until": date(2024, 12, 31)}, ["0001", "0002"]),
        ({"since": date(2024, 1, 1), "until": date(2023, 1, 1)}, []),
        ({"status": "withdrawn"}, []),
        ({"portal": "b-jw"}, ["0909"]),
        ({"portal": "b.jw"}, []),
        ({"portal": "\ud800"}, []),
    ],
)
def test_conditions_hold_with_words_and_without(
    path: Path, asked: dict[str, Any], found: list[str]
) -> None:
    assert numbers(find(path, **asked)) == found
    assert numbers(find(path, "的", **asked)) == found


def test_contacts_are_searched_only_where_asked_for(path: Path) -> None:
    assert find(path, "赵小满") == []
    hits = find(path, "赵小满", contacts=True)
    assert numbers(hits) == ["0001"]
    assert hits[0].contexts[0].field == "contacts"
    assert all(
        context.field != "contacts" for hit in find(path, "河道") for context in hit.contexts
    )


def test_hits_stand_in_their_context(path: Path) -> None:
    (hit,) = find(path, "河道 人次")
    for context in hit.contexts:
        assert context.marks
        assert "\n" not in context.text
        for start, end in context.marks:
            assert re.fullmatch("(河道|人次)+", context.text[start:end])
    shown = "".join(c.text[a:b] for c in hit.contexts for a, b in c.marks)
    assert {"河道", "人次"} == set(re.findall("河道|人次", shown))
    (night,) = find(path, "夜市管理")
    title = night.contexts[0]
    assert (title.field, title.text[slice(*title.marks[0])]) == ("title", "夜 市 管理")


def test_a_long_line_is_cut_around_the_word(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    line = "前" * 200 + "要找的词" + "后" * 200
    story.crawl({"1.html": a_letter(1, body=line)})
    (hit,) = find(story.path, "要找的词")
    context = hit.contexts[0]
    assert (context.before, context.after) == (True, True)
    assert len(context.text) < 100
    assert context.text[slice(*context.marks[0])] == "要找的词"


HOSTILE = (
    *(
        '"',
        '"""',
        "AND (",
        "-1",
        "*",
        "NEAR(",
        "a:b",
        "title:科",
        "^科",
        "\x00",
        "\ud800",
        "¶",
        "§",
    ),
    *("{科}", "科" * 5000, "'; DROP TABLE letters", "%", "\U0001f600", "．．", "〇", "科\x00技"),
    *("↑河道", "×河道", " ".join("甲乙丙丁" for _ in range(900))),
)


@pytest.mark.parametrize("text", HOSTILE)
def test_f53_hostile_queries_are_answered(path: Path, text: str) -> None:
    for ranked in (False, True):
        for hit in find(path, text, ranked=ranked):
            assert hit.contexts


def test_marks_of_the_index_cannot_be_asked_for_as_words(path: Path) -> None:
    assert find(path, "¶statuspresent") == []
    assert numbers(find(path, "§科学技术")) == numbers(find(path, "科学技术"))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    story = Story(tmp_path_factory.mktemp("many") / "fuhan.db")
    story.crawl(dict(_random_letters()))
    return story.path


def _random_letters() -> Iterator[tuple[str, Page]]:
    chance = random.Random(5)
    for number in range(1, 121):
        lines = ("".join(chance.choices("科技创新养老托育。，Ab 1", k=40)) for _ in range(4))
        day = date(2020 + number % 5, 1 + number % 12, 1 + number % 28)
        letter = a_letter(number, date_signed=day)
        yield (
            f"{number}.html",
            replace(letter, body=letter.body + f"\n第{number}份\n" + "\n".join(lines)),
        )


def test_exactly_those_are_found_that_reading_every_text_finds(many: Path) -> None:
    with LetterArchive.open_to_read(many) as archive:
        texts = {record.id: fold(record.letter.body) for record in archive.letters()}
        assert len(texts) == 120
        chance = random.Random(6)
        for length in (1, 2, 3, 4, 2, 3):
            for _ in range(15):
                word = fold("".join(chance.choices("科技创新养老托育Ab1", k=length)))
                expected = {number for number, text in texts.items() if word in text}
                hits = list(archive.search(Search(word)))
                in_body = {hit.id for hit in hits if word in texts[hit.id]}
                assert in_body == expected, word
                ranked = [hit.id for hit in archive.search(Search(word), ranked=True)]
                assert sorted(ranked) == sorted(hit.id for hit in hits)


def test_the_newest_come_first_whatever_the_order_they_were_saved_in(many: Path) -> None:
    dates = [hit.date for hit in find(many, "的")]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) == 120


def test_a_word_in_the_title_ranks_before_one_said_often_before_one_said_once(
    tmp_path: Path,
) -> None:
    story = Story(tmp_path / "fuhan.db")
    once, often = "另提及苗圃一次。", "苗圃" * 6
    story.crawl(
        {
            "1.html": a_letter(1, body=a_letter(1).body + once, date_signed=date(2026, 1, 3)),
            "2.html": a_letter(2, body=a_letter(2).body + often, date_signed=date(2026, 1, 2)),
            "3.html": a_letter(3, title="关于苗圃建设的复函", date_signed=date(2026, 1, 1)),
        }
    )
    assert numbers(find(story.path, "苗圃", ranked=True)) == ["0003", "0002", "0001"]
    scores = [hit.score for hit in find(story.path, "苗圃", ranked=True)]
    assert scores == sorted(scores, key=lambda score: -(score or 0))
    assert numbers(find(story.path, "苗圃")) == ["0001", "0002", "0003"]


def test_ranking_weighs_a_bounded_number_and_still_gives_all(
    many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.search.query.CANDIDATES", 30)
    hits = find(many, "的", ranked=True)
    assert CANDIDATES > 30
    assert len({hit.id for hit in hits}) == len(hits) == 120
    weighed = [hit for hit in hits if hit.score is not None]
    assert 10 <= len(weighed) <= 30
    assert hits[: len(weighed)] == weighed
    rest = [hit.date for hit in hits[len(weighed) :]]
    assert rest == sorted(rest, reverse=True)


def test_stopping_early_reads_only_what_was_shown(many: Path) -> None:
    read: list[object] = []
    with LetterArchive.open_to_read(many) as archive:
        database = archive._database
        rows = Database.rows

        def counted(self: Database, *asked: object) -> Iterator[object]:
            for row in rows(self, *asked):  # type: ignore[arg-type]
                read.append(row)
                yield row

        database.rows = counted.__get__(database)  # type: ignore[method-assign]
        hits = archive.search(Search("的"))
        assert len([next(hits) for _ in range(5)]) == 5
    assert len(read) < 10


def test_a_search_finds_nothing_of_what_is_held_back(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    site: dict[str, Page] = {f"{number}.html": a_letter(number) for number in range(1, 6)}
    story.crawl(site)
    held = {
        name: replace(page, body=re.sub("按期", "准时", page.body))
        for name, page in site.items()
        if isinstance(page, ReplyLetter)
    }
    story.crawl(dict(held), portal=replace(PORTAL, min_letters=50))
    assert find(story.path, "准时推进") == []
    assert len(find(story.path, "按期推进")) == 5
    with story.open() as archive:
        archive.accept_held(PORTAL.name)
    assert len(find(story.path, "准时推进")) == 5
    assert find(story.path, "按期推进") == []


def test_days_may_be_iso_text_or_a_moment() -> None:
    asked = Search("夜市", since="2025-01-01", until=datetime(2025, 2, 3, 4, tzinfo=UTC))  # type: ignore[arg-type]
    assert (asked.since, asked.until) == (date(2025, 1, 1), date(2025, 2, 3))


@pytest.mark.parametrize(
    ("error", "asked"),
    [
        (ValueError, {"since": "last year"}),
        (TypeError, {"until": 2025}),
        (ValueError, {"status": "gone"}),
        (ValueError, {"kind": "motion"}),
    ],
)
def test_condition_there_is_not_is_named_and_does_not_find_nothing(
    error: type[Exception], asked: dict[str, Any]
) -> None:
    (name,) = asked
    with pytest.raises(error, match=f"^{name}: "):
        Search("夜市", **asked)
