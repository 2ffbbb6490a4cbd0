"""What each key of `fuhan changes --json` holds, in Chinese and English, said here alone."""

from __future__ import annotations

from collections.abc import Mapping

from schedules.words.language import Words

CHANGE: Mapping[str, Words] = {
    "v": Words("输出格式的版本", "version of the output's form"),
    "cursor": Words(
        "序号，逐行递增，不回退；暂扣的（--held）还没有，为空",
        "rises with every line and never goes back; null under `--held`: there is none yet",
    ),
    "kind": Words("发生了什么，见 changes.md", "what happened; see changes.md"),
    "significance": Words(
        "分量：取所改字段中最重的；没有改动为空",
        "of the weightiest field that differs; null where none does",
    ),
    "observed_at": Words("看到的时间（UTC）", "when it was seen, UTC"),
    "portal": Words("门户名", "name of the portal"),
    "url": Words("所说的那个网址", "the address of the copy the event is about"),
    "from_url": Words("移址（moved）：原网址", "of `moved`: the former address"),
    "letter": Words(
        "所说的复函：编号、标题、索引号、主要网址",
        "the letter it is about: id, title, index number, principal address",
    ),
    "version": Words("该网址的第几版，从 1 起", "number of the version at this address, from 1"),
    "fields": Words(
        "有改动的字段，前后的值与 clean 相同",
        "the fields that differ, with the values `fuhan clean --json` prints",
    ),
    "figures": Words(
        "有改动的整数及其单位，如 2484家", "whole numbers as printed with the unit after them"
    ),
    "diff": Words(
        "正文和页内附件逐字比较；相邻两个 = 之间略去了相同文字",
        "body and annex by character; two `=` in a row: text between them was left out",
    ),
    "baseline": Words("门户首次完整收录时所见", "found by the portal's first complete walk"),
    "backdated": Words(
        "所印发布日期早于上次读完该栏目",
        "its date of publication lies before the last full reading of its column",
    ),
    "scope": Words(
        "撤下：copy 一处，letter 全部",
        "of `withdrawn`: one copy of several, or the letter altogether",
    ),
    "reason": Words(
        "所见的依据；改动：这个地址现在显示的是另一份复函",
        "what was observed; of `changed`: that the address shows another letter",
    ),
    "replayed": Words(
        "由外来快照（fuhan replay）得知：是历史，不是新闻",
        "told by captures from elsewhere (`fuhan replay`): history, no news",
    ),
}
