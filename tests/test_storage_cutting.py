"""Words are found however a page writes them, and cut without touching anything else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.forget.cutting import (
    MARK,
    Cuts,
    HashedWords,
    Word,
    cut_page,
    cut_text,
    hash_word,
    mentions,
)

NAME = Cuts((Word("王小明"),))
PHONE = Cuts((Word("023-63110000"),))


def hashed(*words: str) -> Cuts:
    salt = b"0123456789abcdef"
    lengths: dict[int, set[bytes]] = {}
    for word in words:
        lengths.setdefault(len(word), set()).add(hash_word(salt, word))
    return Cuts(hashed=(HashedWords(salt, {n: frozenset(h) for n, h in lengths.items()}),))


@pytest.mark.parametrize(
    "written",
    [
        "王小明",
        "王 小　明",
        "王&nbsp;小&#26126;",
        "<b>王</b><span style='x'>小</span>明",
        "王<!-- x -->小明",
        "&#x738B;&#23567;明",
        "\\u738b\\u5c0f\\u660e",
        "%E7%8E%8B%E5%B0%8F%E6%98%8E",
        '<meta content="王小明">',
        '<a title="王&nbsp;小明" href="/x">',
        "王\u200b小\u00ad明",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_word_is_found_however_it_is_written(written: str, encoding: str) -> None:
    page = f"<html><p>前{written}后</p></html>".encode(encoding)
    assert mentions(page, NAME)
    kept = cut_page(page, NAME)
    assert kept
    assert not mentions(kept, NAME)
    text = kept.decode(encoding)
    assert text.startswith("<html><p>前")
    assert text.endswith("后</p></html>")
    assert MARK in text


def test_tags_between_the_characters_stay() -> None:
    page = "<p>联系人：<b>王</b>小<i>明</i>。</p>".encode()
    assert cut_page(page, NAME).decode() == f"<p>联系人：<b>{MARK}</b><i></i>。</p>"


def test_half_and_full_width_are_one() -> None:
    assert cut_text("电话：０２３－６３１１００００。", PHONE) == f"电话：{MARK}。"


def test_rest_of_the_page_keeps_its_bytes() -> None:
    page = b"\xff\xfe\x80 <p>" + "说明：王小明 ".encode("gb18030") + b"\x80\xff</p>"[:8]
    page = page[2:]
    kept = cut_page(page, NAME)
    assert kept == page.replace("王小明".encode("gb18030"), MARK.encode("gb18030"))


def test_page_of_mixed_encodings_is_cut_in_both() -> None:
    page = "<p>王小明".encode("gb18030") + b"\xff" + "王小明</p>".encode()
    kept = cut_page(page, NAME)
    assert not mentions(kept, NAME)
    assert kept.startswith(b"<p>")
    assert kept.endswith(b"</p>")


def test_page_it_cannot_be_cut_out_of_is_not_kept() -> None:
    """UTF-16 without a mark: no encoding of ours gives the bytes back."""
    assert cut_page("<p>王小明在此</p>".encode("utf-16-le"), NAME) == b""


def test_page_without_the_word_is_the_same_bytes() -> None:
    page = "<p>王明、王小、小明</p>".encode()
    assert cut_page(page, NAME) == page


def test_hashed_word_is_cut_like_the_word() -> None:
    page = "<p>王<i>小</i>明，电话023-63110000</p>".encode()
    plain = cut_page(page, Cuts((*NAME.words, *PHONE.words)))
    assert cut_page(page, hashed("王小明", "023-63110000")) == plain


def test_words_that_overlap_are_both_cut() -> None:
    cuts = Cuts((Word("王小明电话"), Word("电话12345678")))
    assert cut_text("问王小明电话12345678吧", cuts) == f"问{MARK}吧"


def test_line_is_cut_without_a_mark() -> None:
    cuts = Cuts((Word("（联系人：王小明）", mark=""), Word("王小明")))
    assert cut_text("此复。\n（联系人：王小明）", cuts) == "此复。\n"


@given(st.binary(max_size=300), st.text(max_size=8))
def test_any_bytes_are_cut_without_an_error_and_for_good(body: bytes, word: str) -> None:
    cuts = Cuts((Word(word),))
    assert not mentions(cut_page(body, cuts), cuts)


@given(st.text(max_size=80), st.text(min_size=1, max_size=4))
def test_cutting_never_makes_a_text_longer(text: str, word: str) -> None:
    cuts = Cuts((Word(word, mark=""),))
    once = cut_text(text, cuts)
    assert len(once) <= len(text)


def test_tags_that_never_end_are_no_hiding_place() -> None:
    page = b"<" * 40_000 + "王小明".encode()
    assert not mentions(cut_page(page, NAME), NAME)
