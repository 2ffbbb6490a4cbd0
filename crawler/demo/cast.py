"""The letters the script of days speaks of, each with the sentence it will edit.

Their other text is invented; the sentences are written here, so that the story stays the same
whatever becomes of the generator.
"""

from __future__ import annotations

from dataclasses import replace

from crawler.demo.letters import DemoLetter, Line

PLANTED = {
    "science-003": "截至2025年5月底，全市累计培育科技型企业2484家，其中规模以上企业186家。",
    "science-010": "我们将于2024年6月底前建成全市统一的供需对接平台，并向社会公开运行情况。",
    "science-016": "目前全市在建中试项目318个，已投产186个，带动社会投资35.6亿元。",
    "economy-005": "三年来累计为1260户中小企业提供转型诊断，综合成本平均下降12.5%。",
}


def plant(letter: DemoLetter) -> DemoLetter:
    """Give the letter with its sentence, if it has one, as the paragraph after the opening."""
    sentence = PLANTED.get(letter.key)
    if sentence is None:
        return letter
    opening = 2 if letter.addressees else 1  # lines up to and with the opening
    text = (*letter.text[:opening], Line(sentence), *letter.text[opening:])
    return replace(letter, text=text)
