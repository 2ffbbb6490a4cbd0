"""Folded copies keep their length, so that what is found in them can be cut from the original."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pipelines.fold import fold, fold_key, plain_marks


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(plain_marks(text)) == len(text)


def test_full_width_forms_and_blanks_become_plain() -> None:
    assert fold("第０３２８号（Ａ类）：　魏\xa0娜\t，") == "第0328号(A类): 魏 娜 ,"


def test_chinese_punctuation_and_ringed_numbers_stay() -> None:
    assert fold("《关于…》、“六稳”。②m²〔2024〕") == "《关于…》、“六稳”。②m²〔2024〕"


def test_document_numbers_come_in_one_shape() -> None:
    printed = [
        "潼民发【2024】275号",
        "潼民发[2024]275号",
        "潼民发﹝2024﹞275号",
        "潼民发〔２０２４〕275号",
    ]
    assert {plain_marks(fold(each)) for each in printed} == {"潼民发〔2024〕275号"}
    assert plain_marks("第161—430号") == "第161-430号"


def test_keys_of_typographic_variants_are_equal() -> None:
    assert fold_key("王 晓　颖委员：") == fold_key("王晓颖委员:")


@given(st.text())
def test_a_text_folds_like_its_characters(text: str) -> None:
    assert fold(text) == "".join(map(fold, text))


@given(st.text(), st.sampled_from(["，", "\u0338", "\u3000", "（", "字" * 300]))
def test_keys_are_the_texts_under_nfkc_without_white_space(text: str, mark: str) -> None:
    printed = mark + text + mark
    assert fold_key(printed) == "".join(unicodedata.normalize("NFKC", printed).split())


def test_radicals_copied_from_a_pdf_are_the_characters_they_look_like() -> None:
    assert fold("青州市⺠政局⻓王某") == "青州市民政局长王某"
    assert fold("⾏政" + "字" * 300 + "⻔") == "行政" + "字" * 300 + "门"
