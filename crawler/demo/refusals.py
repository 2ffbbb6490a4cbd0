"""The answers that are no page of the site: not found, broken, blocked by a firewall."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class DemoResponse:
    """What a server sends: status, headers in order, body as bytes on the wire."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever its case."""
        for key, value in self.headers:
            if key.lower() == name.lower():
                return value
        return None


class Firewall(StrEnum):
    """What stands before a site in place of its pages, as seen on portals."""

    SCRIPT = "script"  # 412 with a script challenge
    COOKIE = "cookie"  # 521 with a __jsl_clearance_s script
    CAPTCHA = "captcha"  # 200 with a captcha
    FORBIDDEN = "forbidden"  # 403
    BUSY = "busy"  # 429 with Retry-After


def respond(
    status: int, text: str, *headers: tuple[str, str], media_type: str = "text/html; charset=utf-8"
) -> DemoResponse:
    """Give a text as an answer in UTF-8."""
    return DemoResponse(status, (("Content-Type", media_type), *headers), text.encode())


def _page(title: str, content: str) -> str:
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{title}</title></head>
<body>
{content}
</body></html>
"""


NOT_FOUND = respond(404, _page("404 Not Found", "<center><h1>404 Not Found</h1></center><hr>nginx"))
SOFT_NOT_FOUND = respond(
    200,
    _page(
        "页面不存在",
        '<div class="error"><h2>抱歉，您访问的页面不存在或已被删除！</h2>\n'
        '<p>请检查地址是否正确，或<a href="/index.html">返回首页</a>。</p></div>',
    ),
)
TO_HOME = respond(302, "", ("Location", "/index.html"))
BROKEN = respond(500, _page("500", "<h1>500 Internal Server Error</h1>"))
CHALLENGES = {
    Firewall.SCRIPT: respond(
        412,
        '<!DOCTYPE html><html><head><meta content="x7Qp0aL2" id="9DhefwqGPrzGxEp9hPaoag" '
        'r="m"><script>$_ts=window["$_ts"];if(!$_ts)$_ts={};$_ts.nsd=80413;$_ts.cd="qEmc";'
        "</script></head><body></body></html>",
    ),
    Firewall.COOKIE: respond(
        521,
        "<script>document.cookie=('_')+('_')+('j')+('s')+('l')+'_clearance_s=1772.6|-1|x'+"
        "';max-age=3600;path=/';location.href=location.pathname+location.search</script>",
        ("Set-Cookie", "__jsluid_s=0f3a; max-age=31536000; path=/; HttpOnly"),
    ),
    Firewall.CAPTCHA: respond(
        200,
        _page(
            "安全验证",
            "<h3>您的访问过于频繁，请完成安全验证</h3>\n"
            '<form action="/waf/verify" method="post"><img src="/waf/captcha.png">'
            '<input name="captcha" placeholder="请输入验证码"><button>提交</button></form>',
        ),
    ),
    Firewall.FORBIDDEN: respond(403, _page("403", "<h1>403 Forbidden</h1>您的请求已被拦截")),
    Firewall.BUSY: respond(429, _page("429", "请求过于频繁"), ("Retry-After", "600")),
}
