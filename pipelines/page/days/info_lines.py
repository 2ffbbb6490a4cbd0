"""Owns what makes a line the info line of an article: a day among sources, counters and tools."""

from __future__ import annotations

import re

_LONGEST = 160
_MOST_NAMES = 4  # offices, sites and people that stand in it without a label
_LONGEST_VALUE = 40
# 2024-05-06 · 2024/5/6 · 2024.5.6 · [2024-05-06], as systems print a day
_NUMBERS = re.compile(r"(?:19|20)\d\d ?([-/.]) ?\d{1,2} ?\1 ?\d{1,2}(?!\d)")
# 2024年5月6日, as a letter's own day is printed, too
_WORDS = re.compile(r"(?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日")
# 3天前 · 昨天 09:12 · 刚刚, told from the day of the visit: a day that nobody can know
_RELATIVE = re.compile(
    r"(?<!\d)\d{1,3} ?(?:秒钟?|分钟|个?小时|天|日|周|个?星期|个?月|年)之?前"
    r"|(?<![\u4e00-\u9fff])(?:刚刚|[昨前]天)"
)
# 15:30 · T10:30:00+08:00 · 08时12分 · 星期四 · (周五)
_HOUR = re.compile(
    r"T?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|\+\d\d:?\d\d)?|\d{1,2} ?[时点] ?\d{1,2} ?分?"
    r"|星期[一二三四五六日天]|周[一二三四五六日]"
)
# 来源: · 文章录入: · 挂网时间: · 点击数: · 发布 : · Time: · Views:
_LABEL = re.compile(
    r"[\u4e00-\u9fff]{0,4}?(?:来 ?源|出处|稿源|作 ?者|编 ?辑|责编|审 ?核|审校|审稿|校对|录入|发 ?布"
    r"|发表|发稿|来稿|供稿|撰稿|撰写|公布|公开|上传|上网|挂网|刊[登发载播]|登载|添加|加入|推送|转载|入库"
    r"|更新|修改|时 ?间|日 ?期|浏览|点击|阅读|访问|查看|人气|热度|次数|字 ?[体号]|分享|打印|栏目"
    r"|信息员|摄影|监制|[初复终一二三] ?[审校])[\u4e00-\u9fff]{0,3} ?:"
    r"|\b(?:time|date|posted|published|updated|source|from|by|author|editor|views|hits|clicks"
    r"|font|share) ?:",
    re.I,
)
# 办理时间: · 答复日期: · 承办单位公开…:, a letter's own or its form's
OWN_LABEL = re.compile(
    r"办理|答复|承办|交办|办结|签发|会议|联系|代表|委员|提案|建议|来信|来访|申请"
)
# 阅读 321 次 · 浏览量 · 字号 大 中 小 · 分享 · 打印 · A- A A+ · www.example.gov.cn
_TOOL = re.compile(
    r"(?:已有|共|被)?\d* ?[人次]* ?(?:浏览|阅读|点击|访问|查看|人气|热度)(?:次数|数|量|率)?"
    r" ?\d* ?[人次]*"
    r"|字[体号](?:大小)?|超大|特大|放大|缩小|正常|默认|标准|[大中小](?![\u4e00-\u9fff])|保存|收藏"
    r"|(?:一键)?分享(?:到|至)?|打印(?:本页|本文)?|关闭(?:窗口|本页)?|返回|纠错|语音播报|朗读|听新闻"
    r"|(?:https?://)?(?:[\w-]+\.)+[a-z]{2,6}/?|(?<![A-Za-z])[AT]{1,3}[+-]?(?![A-Za-z])",
    re.I | re.A,
)
_MARKS = re.compile(r"[\[\]【】〔〕()<>|丨/·•,、:;~*\d\s+-]+")
# 发布 · 市民政局 · 中国某某网 · 某某市人民政府 · admin
_NAME = re.compile(r"[\u4e00-\u9fff]{2,18}|[A-Za-z]{1,16}")
# 某某代表 · 第12号提案 · 关于…的答复 · 附件, what a letter's own lines hold; 今天是, a
# site's clock; 有效期至
_LETTERS = re.compile(
    r"代表(?!处|大会)|委员(?!会)|同志|收悉|建议|提案|议案|[您你]|第.{0,12}号|关于|届|会议|答复|复函|办理"
    r"|签发|联系|电话|抄送|承办|会办|附件|此件|号$|今[天日]|现在|当前|欢迎|农历|截[止至]|有效|版权|备案"
)
# 建议提案 · 政协提案办理 · 人大建议答复, a column's name
_COLUMN = re.compile(
    r"(?:发[表布]于|收录于|归类于|栏目)?(?:人大|政协)?(?:代表|委员)?(?:建议|提案|议案){1,2}(?:办理|答复|公开|回复|复函){0,2}"
)
_SENTENCE = re.compile(r"[。;!?《》“”\"]")


def is_info_line(folded: str) -> bool:
    """Whether a folded line holds a day, and besides it nothing but labels of publishing with
    their values, counters, tools and a few bare names.

    A day in words with nothing but a name beside it may be the document's own: no info line.
    """
    if len(folded) > _LONGEST or not (
        "20" in folded or "19" in folded or "前" in folded or "昨" in folded or "刚" in folded
    ):
        return False
    if _SENTENCE.search(folded):
        return False
    numbers = _NUMBERS.search(folded) or _RELATIVE.search(folded)
    if not numbers and not _WORDS.search(folded):
        return False
    bare = _NUMBERS.sub("|", _WORDS.sub("|", _RELATIVE.sub("|", folded)))
    timeless = _HOUR.sub("|", bare)
    labels = list(_LABEL.finditer(timeless))
    if any(OWN_LABEL.search(label.group()) for label in labels):
        return False
    start = labels[0].start() if labels else len(timeless)
    ends = (*(label.start() for label in labels[1:]), len(timeless))
    values = [timeless[one.end() : end] for one, end in zip(labels, ends, strict=False)]
    if any(len(value) > _LONGEST_VALUE or ":" in value for value in values):
        return False
    toolless = _TOOL.sub("|", timeless[:start])
    if ":" in toolless:
        return False
    names = [name for name in _MARKS.split(toolless) if name]
    if len(names) > _MOST_NAMES or not all(map(_is_name, names)):
        return False
    told = bool(labels) or timeless != bare or toolless != timeless[:start]
    return told or bool(numbers)


def _is_name(text: str) -> bool:
    if _LETTERS.search(text):
        return bool(_COLUMN.fullmatch(text))
    return bool(_NAME.fullmatch(text))
