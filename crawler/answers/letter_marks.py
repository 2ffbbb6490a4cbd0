"""The marks by which a short page shows that it is a letter, whatever else stands around it.

Login boxes, captchas of a search form, players and warnings to old browsers stand beside letters
too; where a letter shows, they say nothing of the page.
"""

from __future__ import annotations

import re

from crawler.answers.page_text import PageText

# 您提出的《…》收悉。现答复如下 · 您的提案已收到 · 特此回复 · 感谢您对我市教育工作的关心和支持:
# only a letter says so; read without punctuation.  Not: 系统维护中，感谢您对我局网站的关注与支持
_LETTER = re.compile(
    r"收悉|(?:答复|回复|函复)如下|感谢您们"
    r"|感谢您对(?!.{0,8}(?:网站|本站|平台|系统)).{0,24}(?:关心|关注|重视|建议|提案|监督)"
    r"|此复函|此答复|特此(?:答复|回复|函复)|现[就将对].{0,20}(?:答复|回复|函复)(?![您你大])"
    r"|您们?(?:在.{0,30})?(?:提出|所提)的|您们?的(?:提案|议案)|您们?的建议已?收"
)
# 尊敬的王晓明代表： · 李岚委员：  not the label 人大代表：
_SALUTATION = re.compile(r"^(?!人大|政协)(?:尊敬的)?[\u4e00-\u9fff· 、]{2,40}(?:代表|委员)\s?[:：]")
# 关于…第0031号提案的复函 · 关于限制境外网络地址访问的回复 · 关于…提案办理情况
_TITLE = re.compile(
    r"^[^,，。]{0,20}?(?:关于|对(?!不起)).{4,}(?:提案|议案|建议|(?:的|予以)(?:答复|复函|回复|复文)|办理情况)"
)
# <a href="./P020240603.pdf"> · <iframe src="/files/view?id=7"> · <embed · <object data=;  not a
# counter's <iframe width="0" src=
_ATTACHED = re.compile(
    r"<(?:a|iframe|embed|object)\b[^<>]{0,400}\.(?:pdf|docx?|wps|ofd|xlsx?|rtf|zip|rar|jpe?g|png)\b"
    r"|<(?:iframe|embed|object)\b(?![^<>]{0,300}(?:(?:width|height)\s*=\s*[\"']?[01](?:px)?[\"'\s>]"
    r"|display\s*:\s*none))[^<>]{0,200}\b(?:src|data)\s*=",
    re.IGNORECASE,
)
_TITLE_LINE = 150  # characters of a list's line with its date
_SENTENCE = 20  # Chinese characters of a line with a full stop that is prose, no message
_PROSE = 60  # Chinese characters in such lines below a letter's title
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def is_letter_title(text: str) -> bool:
    """Whether a heading is a letter's: it is about a submission or is called a reply."""
    return bool(_TITLE.search(text))


def holds_letter(page: PageText) -> bool:
    """Whether a page shows a letter: its words, its salutation, or its title above text or file."""
    if _LETTER.search(page.chinese) or any(_SALUTATION.match(line) for line in page.lines[:400]):
        return True
    if not any(is_letter_title(heading) for heading in page.headings):
        return False
    return bool(_ATTACHED.search(page.source)) or _prose(page) >= _PROSE


def lists_letters(page: PageText) -> bool:
    """Whether a line of a page is a letter's title, as on a list that is short."""
    return any(len(line) <= _TITLE_LINE and is_letter_title(line) for line in page.lines[:2000])


def _prose(page: PageText) -> int:
    """How many Chinese characters stand in whole sentences."""
    counts = (len(_CHINESE.findall(line)) for line in page.lines[:400] if "。" in line)
    return sum(count for count in counts if count >= _SENTENCE)
