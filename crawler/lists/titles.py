"""What a link's text says: the title of a letter, a word of the page, the companion of another."""

from __future__ import annotations

import re

# 关于市政协五届五次会议第0328号提案的复函 · 对市人大…建议的答复
_OF_LETTERS = re.compile(r"提案|建议|答复|复函|议案|代表|委员|回复|第\s*\w{1,20}\s*号")
# 下一页 · 更多>> · 12 · 首页
_NO_TITLE = re.compile(
    r"^[\W\d]*$|^(?:上一?页|下一?页|首页|尾页|末页|更多|more|返回.*|打印|关闭)\W*$", re.IGNORECASE
)
# 下载 · 查看详情 · 附件1 · [PDF]
_COMPANION = re.compile(
    r"^\W*(?:点击)?(?:下载|查看|详情|附件|原文|阅读|全文|浏览|pdf|word)+[\d\W]*$", re.IGNORECASE
)
# 关于市政协六届二次会议第0151号提案的复函 · 对市人大…建议的答复 · 关于…提案办理情况的回复
_LETTER_TITLE = re.compile(
    r"(?:提案|建议|议案)[^,，。]{0,30}(?:复函|答复|回复|的函|办理情况)"
    r"|第[^,，。]{1,24}号[^,，。]{0,12}(?:提案|建议|议案)|^(?:关于|对)[^,，。]{2,80}(?:答复|复函)"
)


def may_title_letter(text: str) -> bool:
    """Whether a link's text has a word that letters' titles have."""
    return bool(_OF_LETTERS.search(text))


def has_letter_title(text: str) -> bool:
    """Whether a link's text is worded as the titles of reply letters are."""
    return bool(_LETTER_TITLE.search(text[:300]))


def is_no_title(text: str) -> bool:
    """Whether a link's text is a word of the page around a list: 下一页, 更多, a number."""
    return bool(_NO_TITLE.match(text))


def is_companion(text: str) -> bool:
    """Whether a link's text is that of a second link to a letter: 下载, 查看详情, 附件1."""
    return bool(_COMPANION.match(text))
