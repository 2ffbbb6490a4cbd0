"""Which CMS made a page: the marks each leaves in its lists, its letters and their addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from storage.records import PlatformName

_ENOUGH = 1 << 19  # characters of a page that are looked at


@dataclass(frozen=True, slots=True)
class Mark:
    """A trace of one CMS: how much it proves (3 alone, 1 only beside others), and what shows it."""

    platform: PlatformName
    weight: int
    pattern: re.Pattern[str]


def _mark(platform: PlatformName, weight: int, pattern: str) -> Mark:
    return Mark(platform, weight, re.compile(pattern, re.IGNORECASE))


MARKS = (
    # createPage(34, 0, "index","html") · createPageHTML(5,0,"list","shtml")
    _mark("trs", 2, r"\bcreatePage(?:HTML)?\s{0,9}\(\s{0,9}\d{1,6}\s{0,9},\s{0,9}\d"),
    # class="view TRS_UEDITOR trs_paper_default trs_web" · trs_editor_view · TRS_Editor
    _mark("trs", 3, r"\bTRS_(?:UEDITOR|Editor|paper_default|editor_view)\b"),
    # class="view trs_web"
    _mark("trs", 1, r"\btrs_web\b"),
    # /202410/t20241012_13700173.html
    _mark("trs", 2, r"/t\d{6,8}_\d+[^/\"'\s<>]{0,40}\.s?html?"),
    # /module/web/jpage/dataproxy.jsp · <datastore><nextgroup>
    _mark("hanweb", 3, r"/jpage/dataproxy\.jsp|<datastore>"),
    # /art/2019/12/23/art_1229_3912.html · /col/col1229/index.html
    _mark("hanweb", 2, r"/art/\d{4}/\d{1,2}/\d{1,2}/art_\d"),
    _mark("hanweb", 1, r"/col/col\d+/"),
    # <!--<$[信息内容]>begin--> · /jcms_files/ · /jcms/
    _mark("hanweb", 2, r"<\$\[[^\]<>]{1,40}\]>|/jcms(?:_files)?/"),
    # <UCAPCONTENT> · id="UCAP-CONTENT" · #PAGE_BREAK#
    _mark("ucap", 3, r"\bUCAP-?CONTENT\b|#PAGE_BREAK#"),
    # /202305/8c3e0f….shtml
    _mark("ucap", 2, r"/[0-9a-f]{32}(?:_\w{1,20})?\.shtml"),
    # createPageHTML('page_div',3, 1,'common_list','shtml',60)
    _mark("ucap", 3, r"\bcreatePageHTML\s{0,9}\(\s{0,9}['\"]page_div"),
    # getInfoCommon?pagesize=15 · /common/search/c9f8 · name="channelid"
    _mark("ucap", 2, r"\bgetInfoCommon\b|/common/search/"),
    _mark("ucap", 1, r"\b(?:common_list|nav_list)(?:_\d+)?\.shtml"),
    # <div id="vsb_content_2"> · class="v_news_content" · _simple_list_gotopage_fun(31,…)
    _mark("vsb", 3, r"\bvsb_content|\bv_news_content\b|_simple_list_gotopage_fun"),
    # class="pb_sys_common" · /system/resource/js/
    _mark("vsb", 2, r"\bpb_sys_common\b|/system/resource/(?:js|style)/"),
    # /info/1042/13700173.htm
    _mark("vsb", 1, r"\binfo/\d+/\d+\.htm\b"),
)
PROOF = 2
"""What the marks of a CMS must weigh together to be believed."""


def ranked_platforms(pages: Iterable[str]) -> list[tuple[PlatformName, tuple[str, ...]]]:
    """The platforms whose marks the pages show, the likeliest first, with what was seen of each.

    `pages` are sources and addresses; each mark counts once. Platforms below `PROOF` are left
    out, and `generic` is never among them.
    """
    texts = [page[:_ENOUGH] for page in pages]
    weights: dict[PlatformName, int] = {}
    seen: dict[PlatformName, list[str]] = {}
    for mark in MARKS:
        found = next(filter(None, (mark.pattern.search(text) for text in texts)), None)
        if found:
            weights[mark.platform] = weights.get(mark.platform, 0) + mark.weight
            seen.setdefault(mark.platform, []).append(_shown(found[0]))
    believed = [platform for platform, weight in weights.items() if weight >= PROOF]
    believed.sort(key=lambda platform: -weights[platform])
    return [(platform, tuple(seen[platform])) for platform in believed]


def _shown(text: str) -> str:
    return " ".join(text.split())[:40]
