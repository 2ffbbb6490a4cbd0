"""Owns the named rules under which a line of a page is furniture and no part of its article.

A rule judges a line as a whole: a sentence that merely mentions 微信 or 打印 is never dropped.
All patterns run on folded text (`pipelines.fold`), most of them without any blanks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipelines.fold import fold
from pipelines.page.days.day_forms import in_numbers
from pipelines.page.days.info_lines import is_info_line
from pipelines.page.furniture.browser_notes import is_browser_note
from pipelines.page.furniture.site_bars import bar_rule

# What every note to a browser's user mentions: quicker to look for first.
_MENTIONS_BROWSER = re.compile(
    r"浏览器|分辨率|加载|载入|跳转|请稍|耐心等|[Ss]cript|SCRIPT|脚本|[Ll]oading|LOADING|[Ff]lash|IE\d"
)
# Nothing longer is furniture, whatever it begins with.
_LONGEST = 160

# Bars of the tools around an article: 分享到: 微信 微博 更多 · 【字体:大 中 小】 【打印】【关闭】
_SHARE = (
    r"分享(?:到|至)?|一键分享|转发(?:到|至)?|微信(?:好友|朋友圈|公众号)?|朋友圈|(?:新浪|腾讯)?微博"
    r"|QQ(?:空间|好友)?|人人网|豆瓣(?:网)?|(?:百度)?贴吧|钉钉|支付宝|复制链接|Twitter|Facebook"
)
_PRINT = (
    r"打印(?:本页|本文|本稿|页面|此页|文章)?|我要打印|关闭(?:窗口|本页|页面|此页)?"
    r"|返回(?:顶部|列表|首页|上一?页|页首)|回到?(?:顶部|页首)|(?:保存为?|导出|下载)(?:PDF|Word|图片)"
    r"|[\[【]返回[\]】]|(?:我要|页面)?纠错|收藏(?:本页|本文)?|已收藏|取消收藏|(?:我要)?评论|点赞"
    r"|推荐(?:给好友)?"
)
_FONT = r"(?:浏览)?字[体号](?:大小|设置)?|文字大小|(?:缩小|放大|增大)(?:字[体号]|文字)"
_BRACKETS = re.compile(r"[\[\]【】|丨]+")
_WEAK = (
    r"更多|下载|保存(?:本页)?|返回|导出|放大|缩小|超大|特大|大小|大|中|小|默认|正常|标准|恢复"
    r"|阅读模式|评价|TOP|A[+-]?|T[+-]?|\(\d{1,6}\)|[\[\]【】()〔〕|/:,、·丨>+*-]"
)
_TOOLS = re.compile(rf"(?:{_SHARE}|{_PRINT}|{_FONT}|{_WEAK})++", re.I)
# 大 中 小 · A- A A+ · T|T: the sizes alone, their word a picture
_SIZES = re.compile(r"[\[【(]*(?:超大)?大[|/、]?中[|/、]?小[\]】)]*|A-\|?A\|?A\+|A\+\|?A-|T\|?T")
_HAS_FONT, _HAS_PRINT, _HAS_SHARE = (re.compile(each, re.I) for each in (_FONT, _PRINT, _SHARE))

# 您当前的位置:首页>政务公开>建议提案办理复函 · 当前位置:首页/政务公开 · 首页>>政务公开>>目录
_BREADCRUMB = re.compile(
    r"[\[【]?(?:您|你)?(?:现在|当前|目前)?(?:的|所在|所处)*(?:位置|栏目)(?:是|为|在)?:.*"
    r"|(?:网站)?首页(?:>|›|»|→|/|-).*"
)

# 扫一扫在手机打开当前页 · 用微信“扫一扫”分享到朋友圈 · 扫描二维码,手机查看
_QR_CODE = re.compile(
    r"(?:请|打开|使用|用|通过|微信|手机|支付宝|[“”\"'])*(?:扫一扫|扫码|扫描|长按识别)"
    r"(?:[“”\"'])?[^。;]{0,30}"
)
_QR_AIM = re.compile(r"当前页|本页|此页|打开|查看|浏览|阅读|观看|访问|分享|关注|公众号|朋友圈")
_QR_WORDS = re.compile(
    r"(?:微信|手机)?(?:扫一扫|扫码)|(?:本页|手机版?|微信|文章)?二维码|手机(?:版|看)"
)

# 浏览次数:1024次 · [点击数:12] · 阅读量: · 已有36人浏览 · 您是第1024位访客
# · 阅读 312 在看 4, the counters under an article of an app's account
_COUNTER = re.compile(
    r"[\[(【]*(?:本文|本页|总|已|被|累计)*(?:浏览|点击|阅读|访问|查看|人气)(?:"
    r"(?:次数|数量|总量|量|数|率)(?::\d*|\d+)|:?\d+)(?:次|人次|人)?[\])】]*"
    r"|[\[(【]*(?:浏览|点击|阅读|访问)(?:次数|量|数)[\])】]*"
    r"|(?:已有|共有?)\d*人(?:次)?(?:浏览|阅读|访问)|您是第\d*位(?:访客|访问者|浏览者)"
    r"|(?=.*\d)(?:(?:阅读|(?:朋友)?在看|点赞|赞|喜欢|转发|分享|收藏|评论|留言|推荐)(?:量|数)?:?"
    r"(?:\d+(?:\.\d+)?[万wW]?\+?)?次?)++"
)

# 今天是:2024年5月16日 星期四 · 现在时间:10:19:00 · 欢迎您!今天是2024年
_TODAY = re.compile(
    r"(?:(?:您好[,!]?)?欢迎.{0,30})?(?:今天|今日)是?:?\d{4}年.{0,30}|(?:现在|当前)(?:时间|日期):.{0,40}"
)

# 上一篇:关于市政协五届五次会议第0329号提案的复函 · 【下一条】没有了 · 上一篇
_NEIGHBOUR = re.compile(
    r"[\[【<(«‹>·]*(?:[上下]一(?:条|篇|则|页|个)|[前后]一[条篇])(?:文章|新闻|信息|公告)?"
    r"(?:[:\]】>)»›|].*|没有了?.*|无|$)"
)
_NEIGHBOUR_LINK = re.compile(r"[\[【<(«‹>·]*(?:上|下)一(?:条|篇|则|页|个).*")

# 上一条 关于市政协五届五次会议第0329号提案的复函: a title behind a blank, no link
_NEIGHBOUR_TITLE = re.compile(
    r"[上下前后]一(?:条|篇|则) +.{0,40}(?:关于|对).{4,}(?:函|复|答|建议|提案)"
)

# 相关阅读 · 【相关链接】 · 相关文章:更多>> · 往期精彩回顾, as apps' articles end
_RELATED = re.compile(
    r"[\[【>▌|·■◆]*(?:相关|推荐|延伸|热点|热门|同类|其他|最新)"
    r"(?:阅读|链接|文章|信息|新闻|报道|稿件|解读|内容|推荐|专题|导读|资讯|政策|文件)"
    r"[\]】]*:?(?:更多)?(?:>|\+)*"
    r"|往期(?:精彩|回顾|推荐|文章|内容){1,2}|为您推荐|猜你喜欢|大家都在看|(?:热点|点击|阅读|新闻)排行榜?|您?可能(?:还|也)?感兴趣的.{0,6}|查看更多>*"
)

# 渝ICP备05001234号-1 · 渝公网安备50010302000000号 · 网站标识码:5000000001 · 版权所有:某某局
_FOOTER = re.compile(
    r"ICP(?:备|证)|公网安备|公安(?:机关)?备案号|(?:政府)?网站标识码|版权所有(?:[:©]|$)|copyright|©"
    r"|技术支持:|produced by|大汉版通",
    re.I,
)
# 主办单位:重庆市某局 承办单位:某某中心: furniture only where a footer's own line follows
_FOOTER_HEAD = re.compile(r"(?:网站)?(?:主办|承办|主管|协办|维护|运维)(?:单位|方)?:.*")

# "六稳""六保" · 线索征集 · “六稳”“六保”线索征集
_CLUES = re.compile(r"[\"“”、]*六稳[\"“”、]*六保[\"“”]*(?:.{0,6}线索征集)?|.{0,8}线索征集")

# 语音播报 · 点击播放 · 您的浏览器不支持语音播放
_SPEECH = re.compile(
    r"[\[【(]*(?:语音|智能|点击|开始|暂停|停止|继续)?(?:播报|朗读|播放|收听|听全文)(?:全文|本文|语音)?[\]】):]*"
    r"|您?的?浏览器(?:暂)?不支持.{0,24}"
    r"|(?:语音|智能|听(?:新闻|文章|全文))(?:播报|朗读|播放|暂停|停止|继续|重播|倍速|关闭|\||\d\.\dx?)*"
)
# 您觉得这篇文章对您有帮助吗? · 您对本页面的满意度评价:非常满意 满意 一般 不满意 · 用户评论
_SURVEY = re.compile(
    r"(?:请问)?您(?:觉得|认为|对).{0,16}(?:本页|本文|这篇|该内容|此内容|页面|文章).{0,20}(?:帮助|有用|满意|评价).{0,40}"
    r"|(?:网友|用户|发表|我要)(?:评论|留言)(?:\(\d*\))?"
)

# <!--EndFragment--> · <!--StartFragment--> as text of a page pasted from Word
_FRAGMENT = re.compile(r"<?!?-*(?:Start|End)Fragment-*>?|\]\]>|<!\[CDATA\[", re.I)
# #PAGE_BREAK# of UCAP's paged articles · — 2 — · 第 2 页 共 5 页, as a paper's pages are numbered
_PAGE_BREAK = re.compile(
    r"#?PAGE_?BREAK#?|_ueditor_page_break_tag_"
    r"|[-–—―]{1,3}\d{1,3}[-–—―]{1,3}|第\d{1,3}页(?:[,/|]?共\d{1,3}页)?",
    re.I,
)
# 共3页 首页 上一页 1 2 3 下一页 尾页
_PAGER = re.compile(
    r"(?:共\d+页|第?\d+(?:/\d+)?页?|首页|上一页|下一页|上页|下页|尾页|末页|[\[\]<>|.…])+"
)
_PAGER_WORD = re.compile(r"[上下]一?页|尾页|末页")
# 某某网版权与免责声明: · ① 凡本网注明“来源:某某网”的所有作品,…
_DISCLAIMER = re.compile(r".{0,20}(?:版权|免责).{0,6}声明[:：。]?")
_DISCLAIMED = re.compile(
    r"[①-⑩\d(（、.．※* \u3000]{0,5}(?:凡本[网站]|凡注明|如因作品内容"
    r"|本[网站]站?(?:转载|注明|未注明|所有))"
)

# 来源:巴山日报 · [信息来源:办公室] · 发布时间:2024-10-12 10:19 · 编辑:张三
_INFO_LABEL = re.compile(
    r"(?:^|(?<=[\s\[(【|丨\]】)\d]))"
    r"((?:信息|文章|稿件|内容)?来源|稿源|作者|供稿(?:人|单位)?|撰稿(?:人)?|摄影|(?:责任)?编辑|责编|审核(?:人)?"
    r"|校对|录入(?:人|时间)?|信息提供|发布(?:时间|日期|人|者|单位|机构|部门)?|发表(?:时间|日期)|发[布表]于"
    r"|(?:信息|文章|稿件|添加|加入|上传|刊发|公开)(?:时间|日期)|更新(?:时间|日期)"
    r"|发稿(?:时间|日期)|时\s*间|日\s*期|浏览(?:次数|量)?|点击(?:次数|率|量|数)?|阅读(?:次数|量|数)?"
    r"|(?:初|复|终|一|二|三)(?:审|校)|信息员|值班编辑|监制"
    r"|访问(?:次数|量)?|人气|上传(?:人|者)|字体(?:大小)?|字号|分享(?:到)?|打印)\s*:"
)
_ANY_LABEL = re.compile(r"([\u4e00-\u9fff]{2,8})\s*:")
# What may also stand below an article; a date there is the letter's own
_TAIL_LABEL = re.compile(
    r"(?:信息|文章|稿件|内容)?来源|稿源|作者|供稿.{0,2}|撰稿.?|(?:责任)?编辑|责编|审核.?|校对|录入.{0,2}"
    r"|信息提供|发布.{0,2}|更新.{0,2}|[初复终一二三][审校]|信息员|值班编辑|监制"
)
# What is furniture by itself only above a letter or below it; in it, it may be a heading.
_EDGES = (
    # 满意度评价 · 非常满意 满意 一般 不满意
    (
        "satisfaction",
        re.compile(
            r"(?:我要|页面)?(?:满意度)?(?:评价|测评|调查)(?:一下)?:?|(?:(?:非常|基本|比较|很)?不?满意|一般){2,}"
        ),
    ),
    # 政策问答 · 智能问答 政策咨询 · 进入关怀版 · 智能客服小文:您好,请问有什么可以帮您?
    (
        "policy-service",
        re.compile(
            r"(?:(?:政策|智能|在线)(?:问答|咨询|解读|图解|客服)|我要(?:咨询|评价|提问|写信)|一问一答)+"
            r"|[^。;]{0,40}(?:有什么|有何|需要什么)[^。,;]{0,6}(?:帮助?|服务|效劳)[^。;]{0,10}"
        ),
    ),
    (
        "site-bar",
        re.compile(r"(?:无障碍(?:浏览|阅读|模式)?|(?:进入)?(?:关怀|长者|老年)(?:版|模式))+"),
    ),
    # 返回 · [ 返回 ] · <<返回, a link without an aim
    ("print", re.compile(r"[\[【(<«]*(?:返回|后退|更多|[Tt][Oo][Pp]|顶部)[\]】)>»]*")),
    # 附件下载: · 点击下载附件 · 如需下载,请点击右键另存为 · 请使用Adobe Reader阅读
    (
        "download-hint",
        re.compile(
            r"(?:相关|点击|请)*(?:附件|文件)?(?:下载|附件)+(?:提示)?(?::.{0,30})?"
            r"|.{0,16}(?:右键|鼠标).{0,8}另存为?.{0,16}"
            r"|.{0,12}(?:下载|安装|使用|用).{0,8}(?:Adobe|WPS|OFD|PDF).{0,8}(?:阅读|打开|软件|浏览|查看).{0,12}",
            re.I,
        ),
    ),
    # — END — · -完- · (全文完), as a paper's or an app's articles end
    (
        "end-mark",
        re.compile(
            r"[-—–·*=~_(【\[<]*(?:THE)?(?:END|全文完|正文完|[-—–(【]完)[-—–·*=~_)】\]>.]*", re.I
        ),
    ),
    # 版权声明:本网站所有内容未经授权不得转载
    ("disclaimer", re.compile(r"(?:版权|免责)(?:声明|申明):?.{0,80}")),
)
# 附件 · 附件1: the heading of a letter's own list
_NUMBERED_ANNEX = re.compile(r"附件[\d一二三四五六七八九十]*:?.*(?<!下载)(?<!下载:)(?<!提示)")
# 正文 · 链接: above an article
_PART_NAME = re.compile(r"正文|内容|链接:?|(?:信息|文章|公开)?(?:正文|内容):?")
# 2024-10-12 · 2024-10-12 10:19:00 · 2024/10/12 · 08.06.2016  20:49, an aggregator's time stamp
# · 【 2024年5月16日 】; without brackets, or in round ones, it is the document's own
_STAMP = re.compile(
    r"[\[【] ?\d{4}年\d{1,2}月\d{1,2}日 ?[\]】]"
    r"|[\[(【]?(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4})"
    r"(?:[ T]*\d{1,2}:\d{2}(?::\d{2})?)?[\])】]?"
)
# www.example.gov.cn
_ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,6}/?", re.I)
# The same before other information: 2005年08月16日 来源:新华网
_LEADING_DATE = re.compile(
    r"^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?\s+"
)


def furniture_rule(text: str, linked: int = 0) -> str | None:
    """The rule that drops a line wherever it stands, or None; `linked` characters are links.

    What is furniture only at an article's edges (`来源:…`, bare dates) is for `edge_rule`.
    """
    if len(text) > _LONGEST:
        return None
    if "。" in text:
        return _sentence_rule(text)
    return _rule(text, linked * 2 > len(text))


@lru_cache(maxsize=4096)
def _sentence_rule(text: str) -> str | None:
    """The rule for a whole sentence: only notes about the browser are furniture then."""
    if _MENTIONS_BROWSER.search(text) and is_browser_note(fold(text)):
        return "script-note"
    return None


@lru_cache(maxsize=4096)
def _rule(text: str, is_link: bool) -> str | None:
    """The rule for a line short enough; a page asks for each of its lines more than once."""
    folded = fold(text).strip()
    squeezed = folded.replace(" ", "").replace("\t", "")
    if (found := _WHOLE_LINE.fullmatch(squeezed)) and found.lastgroup:
        return found.lastgroup.replace("_", "-")
    if is_link and _NEIGHBOUR_LINK.fullmatch(squeezed):
        return "neighbours"
    return _combined_rule(folded, squeezed)


def edge_rule(text: str, tail: bool) -> str | None:
    """The rule that drops a line above an article's first paragraph, or below its last (`tail`).

    Below, only what names a source or an editor goes: a date there may be the letter's own.
    """
    if len(text) > _LONGEST or "。" in text:
        return None
    return _edge_rule(text, tail)


@lru_cache(maxsize=4096)
def _edge_rule(text: str, tail: bool) -> str | None:
    """The rule for a line short enough; a page asks for most of its lines more than once."""
    folded = fold(text).strip()
    squeezed = folded.replace(" ", "")
    for name, pattern in _EDGES:
        if pattern.fullmatch(squeezed) and not _NUMBERED_ANNEX.fullmatch(squeezed):
            return name
    if not tail and _PART_NAME.fullmatch(squeezed):
        return "publish-info"
    numbers = folded if tail else in_numbers(folded).strip()  # May 20, 2024 as 2024-05-20
    if not tail and _STAMP.fullmatch(numbers):
        return "time-stamp" if folded[2:3] == "." or folded[1:2] == "." else "publish-info"
    if not tail and is_info_line(numbers):
        return "publish-info"
    bare = folded if tail else _LEADING_DATE.sub("", numbers)
    first = _INFO_LABEL.search(bare)
    if not first or bare[: first.start()].strip("[(【|丨 \t"):
        return None
    if tail and not _TAIL_LABEL.fullmatch(first.group(1)):
        return None
    return "publish-info" if _only_info_labels(bare) else None


def is_furniture_row(cells: Sequence[str]) -> bool:
    """Whether a layout table's row above an article holds nothing but sources, dates and tools."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return any(edge_rule(cell, tail=False) for cell in filled) and all(
        edge_rule(cell, tail=False) or furniture_rule(cell) or _ADDRESS.fullmatch(cell)
        for cell in filled
    )


def is_footer_head(text: str) -> bool:
    """Whether a line opens a site's footer, if the line after it is one: `主办单位:…`."""
    return len(text) <= _LONGEST and bool(_FOOTER_HEAD.fullmatch(fold(text).replace(" ", "")))


def is_disclaimer(text: str) -> bool:
    """Whether a line is a site's disclaimer, or heads one."""
    head = text[:8]  # within which a disclaimer says one of these
    if ("凡" in head or "本" in head or "如因" in head) and _DISCLAIMED.match(text):
        return True
    return len(text) < 40 and "声明" in text and bool(_DISCLAIMER.fullmatch(text))


def is_related_heading(text: str) -> bool:
    """Whether a line heads a list of links to other articles."""
    return len(text) <= 20 and bool(_RELATED.fullmatch(fold(text).replace(" ", "")))


def is_bare_neighbour(text: str) -> bool:
    """Whether a line is `上一篇:` alone, whose title stands on the next line."""
    return len(text) <= 8 and bool(_NEIGHBOUR.fullmatch(fold(text).replace(" ", "")))


def _only_info_labels(folded: str) -> bool:
    """Whether every label on a line is one of publishing: `签发人:` makes it the letter's."""
    known = {match.group(1) for match in _INFO_LABEL.finditer(folded)}
    return all(any(label.endswith(each) for each in known) for label in _ANY_LABEL.findall(folded))


def _combined_rule(folded: str, squeezed: str) -> str | None:
    """Rules on a line's parts: QR words with their aim, tools, pagers, bars of site names."""
    if _NEIGHBOUR_TITLE.fullmatch(folded):
        return "neighbours"
    if _MENTIONS_BROWSER.search(squeezed) and is_browser_note(folded):
        return "script-note"
    if "扫" in squeezed and _QR_CODE.fullmatch(squeezed) and _QR_AIM.search(squeezed):
        return "qr-code"
    if "页" in squeezed and _PAGER_WORD.search(squeezed) and _PAGER.fullmatch(squeezed):
        return "pager"
    if _TOOLS.fullmatch(squeezed):
        named = ((_HAS_FONT, "font-size"), (_HAS_PRINT, "print"), (_HAS_SHARE, "share"))
        return next((name for has, name in named if has.search(squeezed)), None)
    if _FOOTER.search(squeezed):
        return "footer"
    return bar_rule(folded)


# One pattern for the rules on whole lines: a fifth of the time of one after the other.
_WHOLE_LINE = re.compile(
    "|".join(
        f"(?P<{name}>{f'(?i:{pattern.pattern})' if pattern.flags & re.I else pattern.pattern})"
        for name, pattern in (
            ("breadcrumb", _BREADCRUMB),
            ("qr_code", _QR_WORDS),
            ("view_counter", _COUNTER),
            ("today", _TODAY),
            ("neighbours", _NEIGHBOUR),
            ("related_links", _RELATED),
            ("clue_collection", _CLUES),
            ("speech", _SPEECH),
            ("satisfaction", _SURVEY),
            ("font_size", _SIZES),
            ("fragment_mark", _FRAGMENT),
            ("page_break", _PAGE_BREAK),
            ("print", _BRACKETS),  # what is left of 【打印】 where the word is a button
        )
    )
)
