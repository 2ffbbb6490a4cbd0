"""What the form of an address tells: an article's, a file's, a place that has several addresses."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from storage.addresses import address_key

# /zwgk/jytabl/index.html
_INDEX_NAME = re.compile(r"(?<=/)(?:index|default)\.\w{2,5}$", re.IGNORECASE)
# /202410/t20241012_13700173.html, _wap.html, .shtml (TRS) · /art/2019/12/23/art_1229_3912.html
# (Hanweb) · /202305/8c3e…32 hex….shtml (UCAP) · /info/1023/4567.htm (VSB) · /post_1234567.html
# (gkmlpt) · /content/2024-05/16/content_123.htm · /t123_456.html · /20240516/1234.html
_ARTICLE_PATH = re.compile(
    r"/t\d{6,8}_\d+[^/]*\.s?html?$"
    r"|/art_\d+_[0-9a-f]+[^/]*\.html?$"
    r"|/[0-9a-f]{32}(?:_\w+)?\.s?html?$"
    r"|/info/\d+/\d+\.html?$"
    r"|/(?:post|content|article|detail|show|view|c)[-_/]?\d+(?:_\d+)*\.(?:s?html?|jhtml|aspx?|jspx?|php)$"
    r"|/\d{4}[-/]?\d{2}[-/]?(?:\d{2})?/(?:[^/]+/)?[^/]*\d[^/]*\.(?:s?html?|jhtml)$"
    r"|/\d{3,}(?:_\d+)?\.(?:s?html?|jhtml|aspx?)$",
    re.IGNORECASE,
)
# view.jsp?id=1023 · show.aspx?infoid=77&cid=3 · content.php?aid=9
_ARTICLE_QUERY = re.compile(
    r"(?:^|&)(?:\w*id|aid|n|infoid|articlekey|guid)=[0-9a-f-]{1,40}", re.IGNORECASE
)
_FILE = re.compile(
    r"\.(?:pdf|docx?|wps|ofd|xlsx?|zip|rar|7z|jpe?g|png|gif|bmp|mp[34]|apk|exe|css|js)$",
    re.IGNORECASE,
)
# /list.do;jsessionid=1A2B3C?col=7
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
# ?PHPSESSID=4f3a&id=7 · &jsessionid=1A2B
_SESSION_QUERY = re.compile(r"([?&])(?:phpsessid|jsessionid)=[^&#]*(&(?=[^&#])|)", re.IGNORECASE)


def place_key(url: str) -> str:
    """`address_key` without a folder's index name: `…/jytabl/index.html` is `…/jytabl/`."""
    path, question, query = address_key(url).partition("?")
    return _INDEX_NAME.sub("", path) + question + query


def without_session(url: str) -> str:
    """An address without the number a server gives each of its visitors."""
    if "sess" not in url.lower():
        return url
    url = _SESSION.sub("", url)
    return _SESSION_QUERY.sub(lambda found: found[1] if found[2] else "", url)


def is_article_address(url: str) -> bool:
    """Whether the address has the form a CMS gives to one article."""
    parts = urlsplit(url)
    if _FILE.search(parts.path):
        return False
    return bool(_ARTICLE_PATH.search(parts.path) or _ARTICLE_QUERY.search(parts.query))


def is_file_address(url: str) -> bool:
    """Whether the address is that of a document or a picture, by its ending."""
    return bool(_FILE.search(urlsplit(url).path))
