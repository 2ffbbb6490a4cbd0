"""Owns the letters of the stress set: short ones, tables, files, and ordinary ones to dress up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from crawler.demo.agencies import ECONOMY, SCIENCE
from crawler.demo.invent import invent_letter
from crawler.demo.letters import Block, DemoLetter, File, Line, Table

_SHORT = (
    "您提出的建议收悉，已列入我{we}明年工作计划，感谢您的关心。",
    "您的提案收悉。所提事项已于今年8月办结，不再另行答复。",
    "你们提出的建议收悉，经研究，该事项属县级事权，已转青栎县人民政府研究办理。",
    "所提建议已采纳，相关路段减速带已于9月底安装完毕。",
)
_TASKS = (
    ("老旧小区加装电梯", "已开工38部", "2025年12月"),
    ("村卫生室标准化建设", "完成21间", "2025年9月"),
    ("公交线路优化", "新开4条、调整9条", "持续推进"),
    ("农村饮水管网改造", "完成投资1260万元", "2026年6月"),
    ("校园周边停车位", "新增泊位312个", "2025年8月"),
)


@dataclass(frozen=True, slots=True)
class Dealt:
    """A deck of letters: `draw` says which, and the same seed deals the same ones."""

    draw: Random
    seed: int

    def letter(self) -> DemoLetter:
        """An ordinary letter, without files, of one of two offices."""
        office = self.draw.choice((SCIENCE, ECONOMY))
        letter = invent_letter(self.draw.randint(0, 400), self.seed, office)
        return replace(letter, files=())

    def with_rare_names(self) -> DemoLetter:
        """A letter with names gb2312 cannot write, some of them in four bytes of GB18030."""
        letter = self.letter()
        names = "、".join(self.draw.sample(("龚喆", "朱镕", "李㛃", "陈𬭎", "何堃", "吴玥"), 3))
        line = Line(f"{names}等同志参加了座谈，提出了具体意见。")
        return replace(letter, text=(*letter.text[:2], line, *letter.text[2:]))

    def salutation(self) -> str:
        """A line that greets one deputy or member."""
        name = self.draw.choice("赵钱孙李周吴郑王冯陈") + self.draw.choice(
            ("立群", "春华", "楠", "一鸣")
        )
        return f"{name}{self.draw.choice(('委员', '代表'))}："

    def sign_off(self, letter: DemoLetter) -> tuple[Line, Line]:
        """The office and a date, as they stand under a letter."""
        draw = self.draw
        day = f"20{draw.randint(19, 25)}年{draw.randint(1, 12)}月{draw.randint(1, 28)}日"
        return Line(letter.agency.name, "right"), Line(day, "right")

    def short(self) -> DemoLetter:
        """A letter of one sentence."""
        letter = self.letter()
        sentence = self.draw.choice(_SHORT).format(we=letter.agency.pronoun[1:])
        return self._with_text(letter, Line(sentence))

    def table(self) -> Table:
        """Tasks, what was done, and by when."""
        tasks = self.draw.sample(_TASKS, self.draw.randint(2, 4))
        return Table((("事项", "办理进展", "时限"), *tasks))

    def table_only(self) -> DemoLetter:
        """A letter whose whole text is a table."""
        return replace(self.letter(), text=(self.table(),), head=(), tail=(), addressees=())

    def with_table(self) -> DemoLetter:
        """A letter with a table between its paragraphs."""
        letter = self.letter()
        middle = max(1, len(letter.text) - 4)
        text = (*letter.text[:middle], self.table(), *letter.text[middle:])
        return replace(letter, text=text)

    def files(self, count: int) -> tuple[File, ...]:
        """Attached files with the names editors give them."""
        names = self.draw.sample(
            ("任务分解表", "办理情况登记表", "意见反馈表（回执）", "答复函（盖章版）"), count
        )
        ends = self.draw.choices(("pdf", "doc", "docx", "xls", "wps", "ofd", "zip"), k=count)
        return tuple(
            File(f"{name}.{end}", f"P0{self.draw.randint(10**17, 10**18 - 1)}.{end}")
            for name, end in zip(names, ends, strict=True)
        )

    def attachment_only(self) -> DemoLetter:
        """A letter whose text is in its file."""
        letter = replace(self.letter(), text=(), head=(), tail=(), addressees=(), date_signed=None)
        return replace(letter, files=self.files(1))

    def with_files(self) -> DemoLetter:
        """An ordinary letter with one to three files."""
        return replace(self.letter(), files=self.files(self.draw.randint(1, 3)))

    def _with_text(self, letter: DemoLetter, *blocks: Block) -> DemoLetter:
        text = (Line(self.salutation()), *blocks, *self.sign_off(letter))
        return replace(letter, text=text, head=(), tail=(), addressees=("某",))
