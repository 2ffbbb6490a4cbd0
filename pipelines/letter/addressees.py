"""Owns the salutation: where a letter begins, and whom it is addressed to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.fold import fold
from pipelines.letter.assemblies import find_assembly
from pipelines.letter.passages import Article, Passage

_SEARCHED = 60  # passages; a form's head is long

_MEMBER = r"(?:委员(?!会)|代表(?!大会|团|建议|议案|资格|联))"

# 陆明远委员: · 尊敬的陈某代表: · 段A、B等4位委员： · 某某等3名代表： · 李某某(领衔)代表:
_PERSONS_COLON = re.compile(
    rf"(?P<who>(?:尊敬的 ?)?[^:。;!?《》\n“”]{{1,120}}?(?:{_MEMBER}[们 ]{{0,2}}"
    rf"|等 ?[\d一二三四五六七八九十]{{1,3}} ?[位名人]))"
    r" {0,3}(?:\([^()\n]{1,30}\) {0,3})?[:;]"
)
# 张某某代表, 您好: · 张某某委员,你提出的…
_PERSONS_COMMA = re.compile(
    rf"(?P<who>(?:尊敬的 ?)?[一-鿿· 、]{{2,60}}?{_MEMBER}们?) ?[,!](?= ?[您你])"
)
# 张某某代表 and nothing else on the line; or the letter follows after a blank
_PERSONS_BARE = re.compile(
    rf"(?P<who>(?:尊敬的 ?)?[一-鿿·、, ()\d]{{2,60}}?{_MEMBER}们?)"
    r"(?: ?\([^()\n]{1,30}\))? {0,3}(?=\n|$| [您你贵])"
)

# 市政协九三学社界别: · 民盟某县总支: · 区工商联: · 渝北区代表团:
_GROUP = (
    r"(?:政协|民革|民盟|民建|民进|农工党|农工民主党|致公党|九三学社|台盟|工商联|总工会|工会"
    r"|共青团|团[省市区县]委"
    r"|妇联|科协|侨联|台联|文联|残联|界别|界|总支|支部|支社|委员会|专委会|工委|小组|代表团"
    r"|联络[处委室]|活动组|党派|联谊会|知联会|商会|协会|基层委)"
)
_GROUP_COLON = re.compile(
    rf"(?P<who>(?:尊敬的 ?)?[^:。;!?《》\n“”]{{0,60}}?{_GROUP}[^:。;!?《》\n“”]{{0,20}}) ?:"
)
_GROUP_BARE = re.compile(
    rf"(?P<who>[一-鿿、 ()\d]{{0,40}}?{_GROUP}[一-鿿、 ()]{{0,12}}) {{0,3}}(?=\n|$)"
)
# whoever it is: a line of its own that ends with a colon, before 你们提出的…
_ANYONE_COLON = re.compile(r"(?P<who>(?:尊敬的 ?)?[一-鿿·、 ()\d]{2,60}) ?:(?=\n|$)")
# 主送:张某某委员 · 领衔代表:李某某 · 提案人\t王某某
_LABELLED = re.compile(
    r"(?:主 ?送(?:单位)?|领衔代表|领衔人|提案人|提案者|第一提案人|提案委员|建议人|提议人"
    r"|建议代表|提出人|代表姓名|委员姓名)"
    r" ?[:\t] {0,4}(?P<who>[^\n\t:]{2,80})"
)

# words that make it a label or a title's first line: 签发人: · 人大代表:3人 · 某某委员会对十届人大
_LABEL = re.compile(
    r"签发|联系|电话|类别|结果|日期|时间|来源|字号|文号|索引|单位|编号|部门|标题|名称|作者|主题"
    r"|地址|主送|抄送|关键"
    r"|意见|领衔|提案人|提案者|提案委员|建议人|提出|届次|答复|复函|办理|收悉|关于|附件"
    r"|第.{1,8}号|人大代表$|政协委员$|\d{4}年|[会局委厅府室]对"
)
_OPENS = re.compile(r"[您你贵]|.{0,80}(?:收悉|提案|建议|议案)|.{0,200}如下")


@dataclass(frozen=True, slots=True)
class Salutation:
    """The words a letter is addressed with, and the passage they stand in."""

    start: int
    end: int  # behind the colon
    passage: int
    who: str  # as published, without the colon


def find_salutation(article: Article) -> Salutation | None:
    """The first passage that addresses members, deputies or a group; None where none does."""
    for index, passage in enumerate(article.passages[:_SEARCHED]):
        if match := _salutation(article, index, passage):
            who = article.cut(*match.span("who"))
            return Salutation(passage.start, match.end(), index, who)
        if "如下" in passage.text or len(passage.text) > 400:
            return None
    return None


def _salutation(article: Article, index: int, passage: Passage) -> re.Match[str] | None:
    folded, start, end = article.folded, passage.start, article.line_end(passage)
    following = article.passages[index + 1].text if index + 1 < len(article.passages) else ""
    for pattern in (_PERSONS_COLON, _PERSONS_COMMA, _PERSONS_BARE, _GROUP_COLON):
        match = pattern.match(folded, start, end)
        if match and not _LABEL.search(match["who"]):
            return match
    for pattern in (_GROUP_BARE, _ANYONE_COLON):
        match = pattern.match(folded, start, end)
        if match and not _LABEL.search(match["who"]) and _OPENS.match(following):
            return match
    return None


def labelled_addressees(form: Iterable[str]) -> tuple[str, ...]:
    """Whom a form's lines name as the one to be answered: 主送, 领衔代表, 提案人."""
    for line in form:
        match = _LABELLED.search(line)
        if match and (names := parse_addressees(match["who"])):
            return names
    return ()


# --- names -----------------------------------------------------------------------------------

_HONOUR = re.compile(
    r"^(?:尊敬的)? {0,3}(?:(?:全国|[省市区县州]|自治区)?(?:政协委员|人大代表)(?=[一-鿿· ]{2,}))?"
)
_NOTE = re.compile(r" ?\([^()]{1,30}\)")
# 等4位委员 · 等3名代表 · 等三位 · 等同志
_AND_OTHERS = re.compile(r" ?等(?: ?[\d一二三四五六七八九十]{1,3} ?(?:位|名|人|个))?.{0,8}$")
_TITLE = re.compile(r"(?:委员(?!会)|代表(?!大会|团)|同志|先生|女士)们?")
_GROUP_WORD = re.compile(_GROUP)
# 赵某代表、钱某代表 · 某某委员 某某委员
_BETWEEN = re.compile(r"[、,;，]|(?<=委员)(?!会)|(?<=代表)(?!大会|团)")
# 何某某和汪某, but never 农业和农村委员会 or 和平
_AND = re.compile(r"(?<=[一-鿿]{2})[和与及](?=[一-鿿]{2})")
_PLURAL_ONLY = re.compile(r"^(?:各位|全体|有关|相关|各|尊敬的)?$")


def parse_addressees(who: str) -> tuple[str, ...]:
    """Names of persons without 委员, 代表, 尊敬的; a group as printed, without white space.

    `段A、B等4位委员` gives A's and B's names only, since no others are printed.
    """
    names: list[str] = []
    folded = _NOTE.sub("", fold(who).strip(" :,;\t\n"))
    session = find_assembly(folded)
    if session and session[0] == 0:  # 县第十七届人民代表大会第三次会议|李某等5名代表
        folded = folded[session[1] :]
    folded = _HONOUR.sub("", folded, count=1).strip()
    for piece in _BETWEEN.split(folded):
        names += _names_of_piece(_HONOUR.sub("", piece.strip(), count=1).strip())
    return tuple(dict.fromkeys(names))


def _names_of_piece(piece: str) -> list[str]:
    if _GROUP_WORD.search(piece) and not _TITLE.search(piece):
        return ["".join(piece.split())]
    piece = _TITLE.sub("", _AND_OTHERS.sub("", piece)).strip().removesuffix("的")
    if _PLURAL_ONLY.match(piece):
        return []
    if _GROUP_WORD.search(piece) or len(piece.replace(" ", "")) > 24:
        return ["".join(piece.split())]
    return [name for part in _AND.split(piece) for name in _spaced_names(part.strip())]


def _spaced_names(piece: str) -> list[str]:
    """`魏 岚 朱 立` → 魏岚, 朱立; `王小明 李四` → both; `王 小 明`, `司马 南` → one."""
    tokens = re.findall(r"\S+|\s+", piece)
    words, gaps = tokens[::2], [len(gap) for gap in tokens[1::2]]
    names: list[str] = []
    run: list[str] = []
    run_gaps: list[int] = []
    for at, word in enumerate(words):
        if len(word) == 1:
            if run:
                run_gaps.append(gaps[at - 1])
            run.append(word)
            continue
        names += _letters(run, run_gaps)
        run, run_gaps = [], []
        names.append(word)
    return _joined(names + _letters(run, run_gaps))


def _joined(names: list[str]) -> list[str]:
    """Nobody is called by one character: it belongs to the name beside it."""
    joined: list[str] = []
    for name in names:
        alone = bool(joined) and 1 in (len(name), len(joined[-1]))
        if alone and len(joined[-1]) + len(name) <= 3:
            joined[-1] += name
        else:
            joined.append(name)
    return joined


def _letters(run: Sequence[str], gaps: Sequence[int]) -> list[str]:
    """Names spelt letter by letter: parted at the wider gaps, else in pairs, three in one name."""
    if not run:
        return []
    if gaps and max(gaps) > min(gaps):
        names, current = [], run[0]
        for letter, gap in zip(run[1:], gaps, strict=True):
            if gap > min(gaps):
                names.append(current)
                current = ""
            current += letter
        return [*names, current]
    if len(run) <= 3:
        return ["".join(run)]
    pairs = ["".join(run[at : at + 2]) for at in range(0, len(run) - 1, 2)]
    return pairs if len(run) % 2 == 0 else [*pairs[:-1], pairs[-1] + run[-1]]
