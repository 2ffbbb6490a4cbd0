"""The card of a dataset folder: YAML that tools read, and text for people in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import dedent

from schedules.exports.column_words import COLUMNS
from storage.columns import Column, Kind

WRITTEN_BY = "<!-- written by `fuhan export`; without this line the card is left as it is -->"
# https://huggingface.co/docs/hub/datasets-cards: the names the Hub knows
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
_LARGEST = "1M<n<10M"
_TYPES: Mapping[Kind, tuple[str, ...]] = {
    "integer": ("dtype: int64",),
    "flag": ("dtype: bool",),
    "text": ("dtype: string",),
    "texts": ("list: string",),
    "date": ("dtype: date32",),
    "instant": ("dtype: timestamp[ms, tz=UTC]",),
    "attachments": (
        "list:",
        "- name: name",
        "  dtype: string",
        "- name: url",
        "  dtype: string",
    ),
}


def render_card(letters: int, cursor: int, columns: tuple[Column, ...]) -> str:
    """`README.md` of a dataset of so many letters, told up to this cursor."""
    front = "\n".join(_front_matter(letters, columns))
    rows = "\n".join(_column_rows(columns))
    return f"---\n{front}\n---\n\n{WRITTEN_BY}\n{_TEXT.format(n=letters, cursor=cursor, rows=rows)}"


def size_category(letters: int) -> str:
    """The Hub's word for how many rows there are."""
    return next((name for limit, name in _SIZES if letters < limit), _LARGEST)


def _front_matter(letters: int, columns: tuple[Column, ...]) -> Iterator[str]:
    yield "pretty_name: 建议提案办理复函 (reply letters of Chinese government portals)"
    yield "language:\n- zh"
    yield "license: other"
    yield "license_name: official-documents-check-before-use"
    yield "multilinguality:\n- monolingual"
    yield "source_datasets:\n- original"
    yield f"size_categories:\n- {size_category(letters)}"
    yield "task_categories:\n- text-generation\n- text-classification"
    yield "tags:\n- government\n- china\n- legal"
    # no `configs`: the names of the shards tell the split, and where the card names them by a
    # pattern `datasets` goes on showing what it cached of an earlier export in the same folder
    yield "dataset_info:\n  features:"
    for column in columns:
        yield f"  - name: {column.name}"
        yield from (f"    {line}" for line in _TYPES[column.kind])


def _column_rows(columns: tuple[Column, ...]) -> Iterator[str]:
    for column in columns:
        words = COLUMNS[column.name]
        yield f"| `{column.name}` | {words.zh} | {words.en} |"


_TEXT = dedent(
    """
    # 建议提案办理复函

    中国政府网站公开的人大代表建议、政协委员提案的办理复函，共 {n} 件，
    由 fuhan 采集，至序号 {cursor}。`deleted` 为真的是已撤下的复函，正文是最后一次见到的。

    **使用许可**：复函是国家机关公开的公文。《中华人民共和国著作权法》第五条规定，
    “具有立法、行政、司法性质的文件”不适用该法；但是否适用于某一件复函、某一个网站，须使用者自行核实。
    正文里有代表、委员和工作人员的姓名，用途须符合个人信息保护的规定；联系方式默认不在其中。

    # Reply letters

    {n} letters in which Chinese offices answer what deputies of people's congresses suggest and
    members of the CPPCC propose, collected from government portals by fuhan up to cursor {cursor}.
    Where `deleted` is true the letter was withdrawn, and its text is the last that was seen.

    **Licence**: the letters are documents published by organs of the state. Article 5 of the
    Copyright Law of the People's Republic of China excludes documents of a legislative,
    administrative or judicial nature from protection; whether that holds for each of these letters
    and for each portal is not settled here. Check before you publish or use them. The letters name
    deputies and officials: rules on personal data apply. Contact lines are left out unless whoever
    made this asked for them.

    ```python
    from datasets import load_dataset

    letters = load_dataset("path/of/this/folder", split="train")
    ```

    | column | 含义 | meaning |
    |---|---|---|
    {rows}
    """
)
