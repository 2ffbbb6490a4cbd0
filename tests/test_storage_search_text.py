"""Folding, words and grams of a search: many forms typed find the one that is printed."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.search.text import (
    _FOLD,
    LONGEST_QUERY,
    MOST_GRAMS,
    MOST_WORDS,
    fold,
    fold_with_places,
    grams_of,
    index_grams,
    is_lone,
    parse_words,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("渝科局函〔2024〕274号", "渝科局函[２０２４]２７４号"),
        ("潼民发【2024】275号", "潼民发(2024)275号"),
        ("161—430号", "161-430号"),
        ("魏　娜", "魏娜"),
        ("第 0412 号", "第0412号"),
        ("11500000mb15895317/2024-00078", "11500000MB15895317／2024－00078"),
        ("二○二四年", "二〇二四年"),
        ("５Ｇ网络", "5g 网络"),
        ("ﾈｯﾄ", "ネット"),
        ("科\u200b技\x00", "科技"),
    ],
)
def test_forms_of_one_text_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("甲。\n乙", "甲。乙"), ("open data", "opendata"), ("甲\t乙", "甲乙"), ("第12号", "第1 2号")],
)
def test_what_differs_stays_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("科技Ａ1 ，\n\t"))))
def test_every_character_is_folded_by_itself(text: str) -> None:
    """All but the blanks, whichever of them the quick way leaves out."""
    assert "".join(fold(text).split()) == "".join(text.translate(_FOLD).split())


@given(st.text(alphabet=st.characters(), max_size=60))
def test_folded_characters_know_their_place(text: str) -> None:
    folded, places = fold_with_places(text)
    assert folded == fold(text)
    assert len(places) == len(folded)
    assert places == sorted(places)


@given(st.text(max_size=40), st.text(max_size=40))
def test_an_entry_holds_every_gram_of_every_word_in_it(before: str, word: str) -> None:
    """Folding with neighbours may drop a blank, so the word stands on a line of its own."""
    grams, _ = index_grams(fold(f"{before}\n{word}\n"))
    assert set(grams_of(fold(word))) <= set(grams)


@given(st.text(max_size=40))
def test_every_character_is_the_beginning_of_a_gram(text: str) -> None:
    grams, _ = index_grams(fold(text), ends=True)
    assert {gram[0] for gram in grams} == {char for char in fold(text) if char.isalnum()}
    assert sum(map(is_lone, grams)) <= fold(text).count("\n") + len(fold(text)) // 2 + 1


def test_grams_are_characters_and_pairs_of_letters_and_digits() -> None:
    grams, often = index_grams("科技科技,5g科技科技", often=4)
    assert sorted(grams) == sorted(["科", "技", "5", "g", "科技", "技科", "5g", "g科"])
    assert often == ["科技"]
    grams, _ = index_grams("科技科技,5g科技科技", ends=True)
    assert sorted(grams) == sorted(["技", "科技", "技科", "5g", "g科"])


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("科技", ("科技",)),
        ("科技 养老", ("科技", "养老")),
        ("科技，养老；托育", ("科技", "养老", "托育")),
        ('"open data" 科技', ("open data", "科技")),
        ("“放管服 改革”", ("放管服改革",)),
        ('"没有合上', ("没有合上",)),
        ("《放管服》", ("放管服",)),
        ("科技*", ("科技",)),
        ("-1", ("1",)),
        ("AND (", ("and",)),
        ("渝科局函〔2024〕274号", ("渝科局函(2024)274号",)),
        ("科技 科技", ("科技",)),
        ("", ()),
        ('"', ()),
        ('""', ()),
        ("*", ()),
        ("\x00", ()),
        ("\ud800", ()),
        ("，。！", ()),
    ],
)
def test_words_as_people_type_them(typed: str, words: tuple[str, ...]) -> None:
    assert parse_words(typed).folded == words


@given(st.text(alphabet=st.characters(), max_size=300))
def test_no_text_is_an_error(text: str) -> None:
    words = parse_words(text)
    for grams in words.grams():
        for gram in grams:
            assert gram.isalnum()
            assert gram.encode()


def test_a_megabyte_is_cut_and_said_to_be() -> None:
    started = time.process_time()
    words = parse_words("科技创新 发展 " * 100_000)
    assert words.cut
    assert words.folded == ("科技创新", "发展")
    assert time.process_time() - started < 1
    assert not parse_words("科" * LONGEST_QUERY).cut


def test_many_words_ask_the_index_for_a_bounded_number_of_grams() -> None:
    text = " ".join(chr(0x4E00 + 7 * n) + "一二三四五六七八九十" for n in range(40))
    words = parse_words(text)
    assert words.cut
    assert len(words.folded) == MOST_WORDS
    assert sum(map(len, words.grams())) <= MOST_GRAMS
    long = parse_words("".join(chr(0x4E00 + n) for n in range(500)))
    assert 1 < sum(map(len, long.grams())) <= MOST_GRAMS
