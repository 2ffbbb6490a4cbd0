"""Owns the bars of a site's own names and services, above its pages and below them."""

from __future__ import annotations

import re
from collections.abc import Sequence

# 重庆市人民政府网站 · 云岭市政务服务网 · 省人民政府 · 市政府
_SITE_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,16}(?:政府网站?|门户网站|政务(?:服务)?网|信息网|人大网|政协网)"
    r"|[\u4e00-\u9fff]{1,12}(?:人民政府|(?<=[省市区县州盟旗])政府)"
)
# 中国政府网 · 无障碍浏览 · 长者模式 · 繁体 · 登录 · 设为首页
_SITE_TOKEN = re.compile(
    r"中国政府网|中国政府门户网站|无障碍(?:浏览|阅读|模式)?|长者(?:模式|版|助手|专区)"
    r"|适老(?:化|版|模式)*|老年版|关怀(?:版|模式)|登录|注册|登录/注册|个人中心"
    r"|简体(?:版|中文)?|[繁正][体體](?:版|中文)?|[简簡]|繁|[简簡]繁|English|EN|手机版|移动版"
    r"|网站首页|首页|设为首页|加入收藏|收藏本站|智能问答|网站支持IPv6|政务(?:微博|微信)"
    r"|微信公众号|政务新媒体|站内搜索|邮箱登录",
    re.I,
)
# 欢迎访问本网站! · 欢迎光临某某市人民政府门户网站 · 您好,欢迎来到某某县政府网!
_WELCOME = re.compile(
    r"(?:(?:您|你)好[,!]?)?(?:热烈)?欢迎(?:您|你)?(?:再次)?(?:访问|光临|来到|进入|登录|浏览|使用)?"
    r"(?:本站|本网站?|[\u4e00-\u9fff]{0,20}(?:网站?|网|门户|平台|政府|系统))?[!。]?"
)
# 网站地图 · 联系我们 · 隐私声明
_FOOTER_TOKEN = re.compile(
    r"网站地图|站点地图|联系我们|关于我们|(?:网站|法律|隐私|版权|免责)(?:声明|政策|条款)|网站管理"
    r"|使用帮助|网站纠错|我要纠错|友情链接|党政机关|政府网站找错|RSS(?:订阅)?"
)
# 中国政府网 重庆市人民政府网 · 无障碍浏览|长者模式 · 网站地图 / 联系我们
_TOKEN_BREAK = re.compile(r"[\s|丨/·•]+")
# 简繁无障碍长者模式: links set side by side without a blank
_GLUED = re.compile(rf"(?:{_SITE_TOKEN.pattern}){{2,}}", re.I)


def bar_rule(folded: str) -> str | None:
    """`site-bar` or `footer` where a line is nothing but names of sites and service pages.

    The names of governments alone make no bar: they may be those a letter is sent to.
    """
    tokens = [token for token in _TOKEN_BREAK.split(folded) if token]
    if not tokens:
        return None
    if len(tokens) == 1:
        return _lone_rule(tokens[0])
    sites = sum(1 for token in tokens if _is_site(token))
    pages = sum(1 for token in tokens if _FOOTER_TOKEN.fullmatch(token))
    if sites + pages < len(tokens) or not _has_more_than_governments(tokens):
        return None
    return "footer" if pages > sites else "site-bar"


def _lone_rule(token: str) -> str | None:
    if _FOOTER_TOKEN.fullmatch(token):
        return "footer"
    known = _SITE_TOKEN.fullmatch(token) or _GLUED.fullmatch(token) or _WELCOME.fullmatch(token)
    return "site-bar" if known else None


def _is_site(token: str) -> bool:
    return bool(
        _SITE_TOKEN.fullmatch(token) or _SITE_NAME.fullmatch(token) or _WELCOME.fullmatch(token)
    )


def _has_more_than_governments(tokens: Sequence[str]) -> bool:
    """Whether a token besides 市人民政府 stands there: the name of a page, a tool or a net."""
    return any(not token.endswith("政府") for token in tokens)
