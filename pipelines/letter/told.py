"""Owns the years that the sentences before one, in its paragraph, tell of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

# 2019年6月,启动勘探;|12月底前,完成回填
_YEAR = re.compile(r"(20\d\d) ?年")
# 2019年|6月 · 去年|已完成
_NAMED = re.compile(r"20\d\d(?= ?年)|[今去明]年")


@dataclass(slots=True)
class Told:
    """The folded sentences before one; each is read for years once, if they are asked for."""

    sentences: list[str] = field(default_factory=list)
    _read: int = 0
    _year: int | None = None
    _named: str = ""

    def year(self) -> int | None:
        """The year a sentence is told of by those that only ; parts from it, if any."""
        self._read_on()
        return self._year

    def is_past(self, day: date) -> bool:
        """Whether the year named last was over on this day."""
        self._read_on()
        return self._named == "去年" or (self._named.isdigit() and int(self._named) < day.year)

    def _read_on(self) -> None:
        for sentence in self.sentences[self._read :]:
            years = _YEAR.findall(sentence)
            if not sentence.endswith(";"):
                self._year = None
            elif years:
                self._year = int(years[-1])
            if named := _NAMED.findall(sentence):
                self._named = named[-1]
        self._read = len(self.sentences)
