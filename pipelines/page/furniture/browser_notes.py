"""Owns the notes a page prints to its browser's user: no script, still loading, another browser."""

from __future__ import annotations

import re

_LONGEST = 120  # characters of a note of one or two sentences

# 正在加载... · 页面加载中,请稍候 · 数据正在载入 · Loading · 请稍候
_LOADING = re.compile(
    r"(?:页面|网页|数据|内容|文章|系统|信息|正文|附件|努力|拼命)*(?:正在)?(?:努力)?"
    r"(?:加载|载入|读取|跳转)(?:中|数据|内容|页面)*"
    r"[,,.。…·!]*(?:请(?:您)?(?:稍候|稍等|耐心等待|等待)(?:片刻|一下)?)?[.。…·!]*"
    r"|请(?:您)?(?:稍候|稍等|耐心等待)(?:片刻|一下)?[.。…·!]*|loading[.…]*(?:please wait[.…]*)?",
    re.I,
)
# 您的浏览器不支持JavaScript,请启用后重试。 · We're sorry but … doesn't work without JavaScript
_SCRIPT = re.compile(r"java ?script|脚本|\bjs\b|flash", re.I)
_SCRIPT_NEED = re.compile(
    r"不支持|未启用|没有启用|未开启|已?禁用|启用|开启|打开|允许|支持|需要|enable|without|disabled",
    re.I,
)
# 请使用IE9及以上浏览器访问本站,以获得最佳浏览效果。 · 建议使用1024×768分辨率浏览本网站
_BROWSER = re.compile(
    r"浏览器|分辨率|(?:IE|Internet ?Explorer) ?\d|Chrome|谷歌|火狐|兼容模式", re.I
)
_BROWSER_USE = re.compile(
    r"本(?:网|页|系统平台)|(?:您|你)(?:当前|正在|现在)?(?:使用)?的?浏览器|浏览效果|显示效果|访问效果"
    r"|(?:浏览|使用|访问|阅读|用户)体验|正常(?:浏览|访问|显示|查看)|版本(?:过低|太低|较低)|不支持|最佳"
    r"|(?:最佳|建议|推荐)?(?:屏幕)?分辨率|升级(?:您|你|到|浏览器)"
)
# A letter may speak of browsers, too; it then says who did what.
_LETTERS = re.compile(
    r"我[局委办院厅部市县区省]|收悉|答复|[您你]们?(?:提出|反映)|建议》|提案|下一步"
)


def is_browser_note(folded: str) -> bool:
    """Whether a whole line is a note about scripts, loading or browsers and no text of a letter.

    `folded` is under `pipelines.fold.fold`.
    """
    if len(folded) > _LONGEST or folded.count("。") > 2 or _LETTERS.search(folded):
        return False
    if _LOADING.fullmatch(folded.replace(" ", "")):
        return True
    if _SCRIPT.search(folded) and _SCRIPT_NEED.search(folded):
        return True
    return bool(_BROWSER.search(folded) and _BROWSER_USE.search(folded))
