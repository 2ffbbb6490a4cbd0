"""Composes the middle of a letter: sections, points, sentences with figures, tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from crawler.demo import sentences
from crawler.demo.agencies import DISTRICTS
from crawler.demo.letters import Block, Line, Table
from crawler.demo.topics import Topic

NUMERALS = "一二三四五六七八九十"
_PARTS = ("done", "lacking", "promised")
_STOCK = {
    "done": sentences.DONE,
    "lacking": sentences.LACKING,
    "promised": sentences.PROMISED,
}


@dataclass(frozen=True, slots=True)
class Slots:
    """Fills the slots of a pattern, each time with another draw (for `str.format_map`)."""

    topic: Topic
    year: int  # the letter's
    you: str  # 您, 你们
    offices: tuple[str, ...]  # it consults
    draw: Random

    def __getitem__(self, slot: str) -> str:
        words = self._words(slot)
        return self.draw.choice(words) if words else _FILL[slot](self)

    def _words(self, slot: str) -> Sequence[str]:
        """Give the words a slot of single words draws from; none for any other slot."""
        topic = self.topic
        return {
            "name": (topic.name,),
            "you": (self.you,),
            "object": topic.objects,
            "actor": topic.actors,
            "trouble": topic.troubles,
            "unit": tuple(unit for _, unit in topic.counted),
            "verb": sentences.VERBS,
            "purpose": sentences.PURPOSES,
            "district": DISTRICTS,
            "office": self.offices,
        }.get(slot, ())

    def number(self, least: int, most: int) -> int:
        """Draw a whole number."""
        return self.draw.randint(least, most)

    def pair(self, words: Sequence[str], link: str) -> str:
        """Draw two different words."""
        return link.join(self.draw.sample(words, 2))

    def tally(self) -> tuple[str, int, str]:
        """Draw something counted: the noun, how many, the unit."""
        noun, unit = self.draw.choice(self.topic.counted)
        return noun, self.number(101, 2990), unit

    def fill(self, pattern: str) -> str:
        """Give the pattern with every slot filled."""
        return pattern.format_map(self)


def _parted(slots: Slots) -> str:
    noun, number, unit = slots.tally()
    return f"{noun}{number}{unit}，其中{slots['district']}{slots['small']}{unit}"


def _money(slots: Slots) -> str:
    if slots.draw.random() < 0.5:
        return f"{slots.number(11, 980) / 10}亿元"
    return f"{slots.number(120, 9800)}万元"


# How figures and pairs are printed; `Slots` asks here for what is not a single word.
_FILL: dict[str, Callable[[Slots], str]] = {
    "policy": lambda slots: f"《{slots.draw.choice(slots.topic.policies)}》",
    "objects": lambda slots: slots.pair(slots.topic.objects, "与"),
    "troubles": lambda slots: slots.pair(slots.topic.troubles, "，"),
    "districts": lambda slots: slots.pair(DISTRICTS, "、"),
    "tally": lambda slots: "{}{}{}".format(*slots.tally()),
    "parted": _parted,
    "money": _money,
    "count": lambda slots: f"{slots.number(2, 9)}",
    "small": lambda slots: f"{slots.number(11, 99)}",
    "more": lambda slots: f"{slots.number(101, 980)}",
    "crowd": lambda slots: f"{slots.number(11, 98) / 10}万",
    "grant": lambda slots: f"{slots.number(2, 50)}0",
    "share": lambda slots: f"{slots.number(31, 989) / 10}%",
    "year": lambda slots: f"{slots.year - slots.number(0, 1)}",
    "nextyear": lambda slots: f"{slots.year + slots.number(1, 3)}",
    "month": lambda slots: f"{slots.year - 1}年{slots.number(6, 12)}月",
    "deadline": lambda slots: f"{slots.year + 1}年{slots.number(1, 4) * 3}月底前",
    "decree": lambda slots: (
        f"澜府办发〔{slots.year - slots.number(0, 2)}〕{slots.number(3, 138)}号"
    ),
}


def compose(slots: Slots, plan: str, *, refuses: bool) -> list[Block]:
    """Compose what stands between the opening and the sign-off.

    `plan` names the outline: `three levels` (一、 with （一） with 一是), `sections` (一、 alone),
    `points` (（一） alone), `bullets` (一是 in running text) or `plain`; a plan that ends in
    `with table` has a table of tasks in its last section.
    """
    outline = plan.removesuffix(" with table")
    blocks: list[Block] = []
    if slots.draw.random() < 0.6:
        blocks.append(Line(slots.fill(slots.draw.choice(sentences.SUMMING_UP))))
    for number, part in enumerate(_PARTS):
        blocks.extend(_section(slots, part, number, outline))
    if refuses:
        blocks.append(Line(slots.fill(slots.draw.choice(sentences.REFUSED))))
    if outline != plan:
        blocks.extend(_task_table(slots))
    return blocks


def _section(slots: Slots, part: str, number: int, outline: str) -> list[Block]:
    head = slots.fill(slots.draw.choice(sentences.SECTION_HEADS[part]))
    few = part == "lacking"
    if outline == "three levels":
        blocks: list[Block] = [Line(f"{NUMERALS[number]}、{head}", "heading")]
        if few:
            return [*blocks, Line(_sentences(slots, part, 2))]
        return blocks + [_point(slots, part, n, inner=True) for n in range(slots.number(2, 4))]
    if outline == "sections":
        paragraphs = 1 if few else slots.number(2, 3)
        texts = (Line(_sentences(slots, part, slots.number(2, 4))) for _ in range(paragraphs))
        return [Line(f"{NUMERALS[number]}、{head}", "heading"), *texts]
    if outline == "points":
        return [_point(slots, part, number, inner=False)]
    if outline == "bullets":
        return [Line(f"{head}：{_bullets(slots, part, 2 if few else 5)}")]
    return [Line(_sentences(slots, part, 2 if few else 5))]


def _point(slots: Slots, part: str, number: int, *, inner: bool) -> Line:
    head = slots.fill(slots.draw.choice(sentences.POINT_HEADS))
    text = _bullets(slots, part, 3) if inner else _sentences(slots, part, 4)
    return Line(f"（{NUMERALS[number]}）{head}。{text}")


def _sentences(slots: Slots, part: str, count: int) -> str:
    stock = _STOCK[part]
    chosen = slots.draw.sample(stock, min(count, len(stock)))
    return "".join(slots.fill(pattern) for pattern in chosen)


def _bullets(slots: Slots, part: str, count: int) -> str:
    stock = _STOCK[part]
    chosen = slots.draw.sample(stock, min(count, len(stock)))
    return "".join(
        f"{NUMERALS[number]}是{slots.fill(pattern).removeprefix('下一步，我们将')}"
        for number, pattern in enumerate(chosen)
    )


def _task_table(slots: Slots) -> list[Block]:
    rows = [("序号", "重点任务", "责任单位", "目标值", "完成时限")]
    for number in range(1, slots.number(4, 7)):
        task = slots.fill("{verb}{object}")
        goal = slots.fill("{small}{unit}")
        rows.append((str(number), task, slots["office"], goal, slots["deadline"]))
    return [Line("重点任务分解情况如下表："), Table(tuple(rows))]
