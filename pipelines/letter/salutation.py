"""Owns the salutation: where a letter begins, with the words it is addressed with."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipelines.letter.addressees import GROUP, MEMBER, parse_addressees
from pipelines.letter.passages import Article

_SEARCHED = 60  # passages; a form's head is long
_REACH = 260  # characters of a passage that may address somebody
_LONGEST_LINE = 80  # characters of a line that is nothing but a group's name, or ends with a colon
_MOST_LINES = 12  # of a salutation set one name a line

_NOTE = r"(?:\([^()\n]{1,40}\) {0,3})"
# a character of a salutation, or a whole note in brackets: (联名:貂某、关某)
_SPOKEN = r"(?>\([^()\n]{0,60}\)|[^:。;!?《》\n“”])"
# ,您好! · 您好: · ,你们好!
_GREETING = r"(?:[,!、 ]{0,3}(?:[您你]们?|大家)好)"
_COUNT = r"[\d一二三四五六七八九十两多余]{1,4}"

# 陆明远委员: · 尊敬的陈某代表,您好: · 段A、B等4位委员： · 某某等3名代表： · 李某某(领衔)代表:
# · 张某等10名人大代表: · 张某代表等5人: · 夏某(女)委员,您好!
_PERSONS_COLON = re.compile(
    rf"(?P<who>{_SPOKEN}{{1,160}}?(?:{MEMBER} ?们?(?:等 ?(?:{_COUNT} ?[位名人])?)?"
    rf"|等 ?{_COUNT} ?[位名人])) {{0,3}}{_NOTE}?(?:{_GREETING} ?[:!。,]?|[:;])"
)
# 张某某代表, 您好: · 张某某委员,你提出的… · 张某某代表 您提出的…
_PERSONS_COMMA = re.compile(
    rf"(?P<who>[一-鿿·•. 、(),]{{2,60}}?{MEMBER}们?) {{0,2}}{_NOTE}?[,! ] ?(?=[您你贵])"
)
# 张某某代表您提出的…; never 感谢代表您…
_PERSONS_GLUED = re.compile(
    rf"(?P<who>(?:尊敬的 ?)?[一-鿿·•.]{{2,4}}(?:、[一-鿿·•.]{{2,4}}){{0,8}}{MEMBER})"
    r"(?=[您你]们?(?:在|提|于|关|的))"
)
# 张某某代表 and nothing else on the line · 王 某 委 员。
_PERSONS_BARE = re.compile(
    rf"(?P<who>[一-鿿·•.、, ()\d×*]{{2,80}}?(?:{MEMBER}们?|等 ?{_COUNT} ?[位名人]))"
    rf" {{0,3}}{_NOTE}?[。,]?(?=\n|$)"
)

# 市政协九三学社界别: · 民盟某县总支: · 区工商联: · 渝北区代表团: · 民建××市委:
_GROUP_COLON = re.compile(
    rf"(?P<who>{_SPOKEN}{{0,60}}?{GROUP}{_SPOKEN}{{0,20}}) ?"
    rf"(?:{_GREETING} ?[:!。,]?|:)"
)
_GROUP_BARE = re.compile(
    rf"(?P<who>[一-鿿×、 ()\d]{{0,40}}?{GROUP}[一-鿿、 ()]{{0,12}}) {{0,3}}(?=\n|$)"
)
_GROUP = re.compile(GROUP)  # quicker looked for alone
# whoever it is: a line of its own that ends with a colon, before 你们提出的…
_ANYONE_COLON = re.compile(r"(?P<who>[一-鿿·•、 ()\d×*]{2,60}) ?:(?=\n|$)")

# words that make it a label or a title's first line: 签发人: · 人大代表:3人 · 某某委员会对十届人大
_LABEL = re.compile(
    r"签发|联系|电话|类别|结果|日期|时间|来源|字号|文号|索引|单位|编号|部门|标题|名称|作者|主题"
    r"|地址|主送|抄送|关键|意见|答复|复函|办理|收悉|关于|附件|提出|提案人|提案者|建议人"
    r"|提案委员(?!会)|届次|第.{1,8}号|\d{4}年|[会局委厅府室]对"
    r"|^(?:界别|领衔|领衔人|(?:全国|本级|各级|[^等]{0,6}[省市区县州旗])?(?:人大代表|政协委员)"
    r"|(?:领衔|建议|附议|联名)(?:代表|委员)"
    r"|(?:代表|委员)(?:姓名|小组|团)?)$"
)
_OPENS = re.compile(r"[您你贵]|.{0,80}(?:收悉|提案|建议|议案)|.{0,200}如下")
# 国家某某委员会, a site's name, stands above 关于…第2468号提案答复的函, not above 您提出的…收悉
_TITLE_END = re.compile(r"(?:复函|答复|回复|函复|的函|意见|情况)(?:\([^()]{1,20}\))?$")
# 张某某、李某某、 at the end of a line whose names go on in the next
_GOES_ON = re.compile(r"(?:尊敬的 ?)?[一-鿿·•.、, ]{2,80}[、,] ?")
# 王强 · 李 敏 · 欧阳小红, a name on a line of its own above 赵小刚代表: (the hundred most frequent
# surnames of the 2020 census with some further ones, and double ones)
_NAME_LINE = re.compile(
    r"(?:[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭"
    r"陆范汪廖石金韦贾夏付邹熊白孟秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤邢俞章葛岑聂冉牟柳樊祁翟耿焦]"
    r"|欧阳|上官|司马|诸葛|皇甫|司徒|慕容) {0,4}[一-鿿] {0,4}[一-鿿]?"
)
# 白石水库 is none, nor 金融办, 任免, 高新区
_NO_NAME_LINE = re.compile(r"[局委办厅院部处科区县镇乡村府会类件函号章]$|工作|文件|方案|任务|情况")
_NO_NAMES = re.compile(
    r"感谢|首先|对于|关于|作为|衷心|非常|欢迎|按照|根据|尊重|联系|服务|邀请|[您你我请]"
)
_NAME = re.compile(rf"[一-鿿×*]{{1,4}}|[一-鿿]{{1,14}}[·•.][一-鿿·•.]{{1,20}}|.*{GROUP}.*")


class Salutation(NamedTuple):
    """The words a letter is addressed with, and where they stand in the article."""

    start: int
    end: int  # behind the colon and a greeting
    who: str  # as published, without the colon at its end; several lines where it has them


def find_salutation(article: Article) -> Salutation | None:
    """The first passages that address members, deputies or a group; None where none do."""
    for index, passage in enumerate(article.passages[:_SEARCHED]):
        if match := _addressed(article, index):
            first = _first_line(article, index)
            last = _last_line(article, index, match)
            start = article.passages[first].start
            return Salutation(start, last.end(), article.cut(start, last.end("who")))
        if "如下" in passage.text or len(passage.text) > 400:
            return None
    return None


def _addressed(article: Article, index: int) -> re.Match[str] | None:
    """The salutation a passage begins with, in any of the forms."""
    passage = article.passages[index]
    start, end = passage.start, min(article.line_end(passage), passage.start + _REACH)
    if match := _persons(article, start, end):
        return match
    colon = article.folded.find(":", start, end) >= 0
    group = _GROUP.search(article.folded, start, end) is not None
    if group and (colon or article.folded.find("好", start, end) >= 0):
        match = _GROUP_COLON.match(article.folded, start, end)
        if match and not _LABEL.search(match["who"]):
            return match
    if end - start > _LONGEST_LINE:
        return None
    if not (group or colon):
        return None
    following = article.passages[index + 1].text if index + 1 < len(article.passages) else ""
    if passage.in_row or _TITLE_END.search(following):  # a form's value, the name above a title
        return None
    for pattern, may in ((_GROUP_BARE, group), (_ANYONE_COLON, colon)):
        match = pattern.match(article.folded, start, end) if may else None
        if match and not _LABEL.search(match["who"]) and _OPENS.match(following):
            return match
    return None


def _persons(article: Article, start: int, end: int) -> re.Match[str] | None:
    """The salutation of persons that begins at `start` and ends at `end` at the latest."""
    if not _may_name(article.folded[start:end]):
        return None
    match = _PERSONS_COLON.match(article.folded, start, end)
    if match and not _LABEL.search(match["who"]):
        return match
    for pattern in (_PERSONS_COMMA, _PERSONS_GLUED, _PERSONS_BARE):
        match = pattern.match(article.folded, start, end)
        if match and not _LABEL.search(match["who"]) and _are_names(match["who"]):
            return match
    return None


def _may_name(text: str) -> bool:
    """Whether a text has what every salutation of persons has: quicker to look for first."""
    return ("委" in text and "员" in text) or ("代" in text and "表" in text) or "等" in text


def _are_names(who: str) -> bool:
    """Whether words that no colon ends are names indeed, and no heading or sentence."""
    if _NO_NAMES.search(who):
        return False
    names = parse_addressees(who)
    return bool(names or "各位" in who) and all(_NAME.fullmatch(name) for name in names)


def _first_line(article: Article, index: int) -> int:
    """The passage a list begins in that breaks off with 、, or has a name on every line."""
    first = index
    while first and index - first < _MOST_LINES:
        text = article.passages[first - 1].text
        if not _is_name_line(text) and (
            not _GOES_ON.fullmatch(text) or _LABEL.search(text) or not _are_names(text)
        ):
            break
        first -= 1
    return first


def _is_name_line(text: str) -> bool:
    return bool(_NAME_LINE.fullmatch(text)) and not _NO_NAME_LINE.search(text)


def _last_line(article: Article, index: int, match: re.Match[str]) -> re.Match[str]:
    """The last of several salutations that fill a line each: 张某代表: over 李某代表:"""
    for passage in article.passages[index + 1 : index + _MOST_LINES]:
        if match.end() < passage.start - 2:
            break
        end = min(article.line_end(passage), passage.start + _REACH)
        further = _persons(article, passage.start, end)
        if not further or not _are_names(further["who"]):
            break
        match = further
    return match
