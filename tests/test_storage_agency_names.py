"""Text is folded for comparing as NFKC says, though not by normalising all of it."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from storage.identity.agency_names import _EACH_BY_ITSELF, fold_text

FIRST_PLANE = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000]
ALONE = [char for char in FIRST_PLANE if _EACH_BY_ITSELF.fullmatch(char)]


def seconds() -> set[str]:
    """Characters that are drawn into the one before them."""
    pairs = (unicodedata.decomposition(chr(code)).split() for code in range(0x110000))
    found = {chr(int(pair[1], 16)) for pair in pairs if len(pair) == 2 and pair[0][0] != "<"}
    return found | {chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}


def test_characters_taken_one_by_one_do_nothing_to_their_neighbours() -> None:
    drawn_in = seconds()
    forms = {char: unicodedata.normalize("NFKC", char) for char in ALONE}
    assert len(forms) > 20_000
    for form in forms.values():
        assert not any(unicodedata.combining(char) or char in drawn_in for char in form)


@given(
    st.text(st.one_of(st.sampled_from(ALONE), st.sampled_from("科技，。（）１Ａ①℃㎡ e\u0301가")))
)
def test_text_is_folded_as_if_all_of_it_was_normalised(text: str) -> None:
    assert fold_text(text) == ("".join(unicodedata.normalize("NFKC", text).split()) or None)
