"""Answers sorted: blocked before gone, and never a letter that only writes about such things."""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import replace

import pytest

from crawler.answers.page_text import PageText, decode_page
from crawler.answers.records import ServerAnswer, Site, Verdict
from crawler.answers.robots import sort_robots_answer
from crawler.answers.siblings import impossible_sibling, is_same_answer, sibling_place, still_shows
from crawler.answers.sorting import sort_answer
from crawler.lists.answers import sort_list_answer
from crawler.network.address_forms import place_key
from crawler.network.addresses import allowed_origins
from storage.records import Answer, ListColumn, Portal, ReplyLetter
from tests.crawl_site import FRAME, letter, page

HOST = "https://msj.qinglan.gov.cn"
ASKED = HOST + "/zwgk/jyta/202406/t20240603_31.html"
PORTAL = Portal(
    "msj", "青岚市民生事务局", "trs", lists=(ListColumn(HOST + "/zwgk/jyta/index.html"),)
)
SITE = Site(frozenset({place_key(PORTAL.lists[0].url)}), allowed_origins(PORTAL))


def sort(
    body: str | bytes = "",
    status: int = 200,
    *,
    final: str = ASKED,
    site: Site = SITE,
    flags: tuple[str, ...] = (),
    conditional: bool = False,
    **headers: str,
) -> Verdict:
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    raw = body.encode() if isinstance(body, str) else body
    return sort_answer(ServerAnswer(ASKED, final, status, fields, raw, flags, conditional), site)


def kind(body: str | bytes = "", status: int = 200, **options: object) -> Answer:
    return sort(body, status, **options).answer  # type: ignore[arg-type]


# --- letters stay letters ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "关于解决政务网站页面不存在问题建议的答复",
        "关于市政协六届二次会议第404号提案的复函",
        "关于规范验证码使用的建议的复函",
        "关于加快网站升级维护提案的答复",
    ],
)
def test_letter_about_such_things_is_a_page(title: str) -> None:
    bare = f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"
    framed = page(title, "您提出的建议收悉。部分网页已被删除，访问过于频繁时需要验证码。")
    assert kind(bare) is Answer.PAGE
    assert kind(framed) is Answer.PAGE


def test_letter_whose_site_has_a_login_box_and_a_script_with_cookies_is_a_page() -> None:
    extra = '<input type="password"><script>document.cookie="a=1";location.href="/";</script>'
    assert kind(letter(7).replace("</body>", extra + "</body>")) is Answer.PAGE


def test_file_instead_of_a_page_is_for_the_reader_to_refuse() -> None:
    assert kind(b"%PDF-1.7\n" + b"\x00\x01" * 400, content_type="application/pdf") is Answer.PAGE


def test_script_shell_is_for_the_reader_to_refuse() -> None:
    shell = '<html><body><div id="app"></div><script src="/js/app.js"></script></body></html>'
    assert kind(shell) is Answer.PAGE


# --- blocked -----------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [202, 401, 403, 405, 412, 429, 468, 521])
def test_f26_statuses_of_a_firewall(status: int) -> None:
    assert kind("<html></html>", status) is Answer.BLOCKED
    assert sort("", status).reason == str(status)


@pytest.mark.parametrize("status", [200, 404, 503])
@pytest.mark.parametrize(
    "body",
    [
        "<script>document.cookie='__jsl_clearance_s=17|1|x;';location.href='/'</script>",
        "<html><script>var arg1='7A1';setCookie('acw_sc__v2', x);</script></html>",
        "<html><script>document.cookie='c=1;path=/';window.location.reload();</script></html>",
        "<html><title>安全验证</title><body>请完成验证后继续访问</body></html>",
        "<html><body>您的访问过于频繁，请输入验证码</body></html>",
        "<html><title>Access Denied</title></html>",
        "<html><body>您的请求疑似攻击行为，已被网站防火墙拦截</body></html>",
        f"<html><title>访问被拦截</title><body>{FRAME}</body></html>",
        '<html><head><meta id="9Dh" content="{q" r="m"><script src="/4Qb/d.js" r="m"></script>'
        "</head><body></body></html>",
        "<html><head></head><body><script>var _0x1a=['\\x63'];"
        + "(function(a){a.push(a.shift())})(_0x1a);" * 12
        + "</script></body></html>",
        "<html><body>访问频率过高，请稍后再访问</body></html>",
        "<html><body>您的IP地址不在允许访问的范围内</body></html>",
        "<html><body>根据相关规定，本网站不对境外IP提供服务</body></html>",
        "<html><title>安全检查</title><body>正在进行安全检查，请稍候……</body></html>",
        "<html><title>人机识别</title><body>请按住图标，拖动到最右边</body></html>",
    ],
)
def test_f26_challenges_are_blocks_whatever_their_status(body: str, status: int) -> None:
    assert kind(body, status) is Answer.BLOCKED


@pytest.mark.parametrize("size", [13, 120, 400])
def test_f26_stub_without_chinese_text_is_a_block(size: int) -> None:
    assert kind("<html>" + "x" * (size - 6)) is Answer.BLOCKED


def test_f27_login_page_is_a_block() -> None:
    form = '<form><input name="u"><input type="password" name="p"></form>'
    assert kind(f"<html><title>统一身份认证</title>{form}</html>") is Answer.BLOCKED
    assert kind(page("登录", "请登录"), final=HOST + "/sso/login?to=x") is Answer.BLOCKED
    assert kind("", 404, final=HOST + "/sso/login?to=x") is Answer.BLOCKED
    assert kind(page("青岚市民生事务局", "您还未登录，请登录后查看")) is Answer.BLOCKED
    jump = '<script>alert("请先登录");top.location.href="/index.jsp";</script>'
    assert kind(jump) is Answer.BLOCKED
    network = "<script>top.self.location.href='http://10.1.1.1/eportal/index.jsp?wlanuserip=7'"
    assert kind(network + "</script>") is Answer.BLOCKED


def test_frame_for_a_script_is_no_challenge() -> None:
    app = "<html><body><div id='app'></div><script>" + "render('#app');" * 60 + "</script></html>"
    assert kind(app + "</body></html>") is Answer.PAGE
    assert kind("<html><script>location.href='/index.html'</script></html>") is Answer.GONE


def test_f22_redirect_to_itself_or_in_a_circle() -> None:
    assert kind("", 302, location=ASKED, set_cookie="a=1") is Answer.BLOCKED
    assert kind("", 302, location="/a.html", set_cookie="a=1") is Answer.BLOCKED
    assert kind("", 302, location="/a.html") is Answer.FAILED
    assert kind("", 302, location="file:///etc/passwd") is Answer.FAILED


def test_page_that_only_loads_itself_again_is_a_block() -> None:
    body = f'<html><meta http-equiv="refresh" content="0;url={ASKED}"><p>正在跳转</p></html>'
    assert kind(body) is Answer.BLOCKED


# --- gone --------------------------------------------------------------------------------------


TITLE = "关于市政协六届二次会议第0031号提案的复函"
FILE = '<p>附件：<a href="./P020240603.pdf">复函全文</a></p>'


def short(body: str, title: str = TITLE, head: str = "") -> str:
    """A page of a few words: head, menu, title, and what is given."""
    return (
        f"<html><head><title>{title}</title>{head}</head><body><div>首页 政务公开</div>"
        f"<h1>{title}</h1>{body}<div>青岚市民生事务局主办</div></body></html>"
    )


@pytest.mark.parametrize(
    "beside",
    [
        "<form>发表评论 验证码：<input name=c></form>",
        "<form>用户登录<input name=u><input type='password'></form>",
        "<h3>验证码登录</h3>",
        "<p>您还没有登录，请先登录后评论</p>",
        "<p>登录后查看评论</p>",
        "<p>没有找到相关信息</p>",
        "<p>文件状态：已失效</p>",
        "<p>链接失效请告知</p>",
        "<p>视频加载失败，请稍后重试</p>",
        "<p>浏览器版本过低，暂时无法浏览</p>",
        "<p>网站维护：信息中心</p>",
        "<p>本站由创宇盾防护</p>",
        "<script>function ask(){alert('请输入验证码');return false}</script>",
        "<script>function find(){alert('没有找到相关内容')}</script>",
        "<script src='/js/geetest.js'></script>",
        "<script>a.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'</script>",
        "<script>var r={'code':404,'msg':'Not Found'}</script>",
    ],
)
def test_short_letter_is_a_page_whatever_stands_beside_it(beside: str) -> None:
    assert kind(short(FILE + beside)) is Answer.PAGE
    assert kind(short("<p>您的提案已采纳，路灯已于二月修复。</p>" + beside)) is Answer.PAGE
    assert kind(short("<p>李岚委员：</p><p>路灯已于二月修复。</p>" + beside)) is Answer.PAGE


@pytest.mark.parametrize(
    "title",
    [
        "关于加快政务服务平台升级改造的回复",
        "市政协第0123号关于网站维护管理的办理情况",
        "关于规范手机短信验证码管理的回复",
        "关于限制境外IP访问的回复",
        "关于规范学术论文信息撤稿管理的回复",
    ],
)
def test_title_that_names_such_a_thing_is_a_letters(title: str) -> None:
    assert kind(short(FILE, title)) is Answer.PAGE
    assert kind(short("<p>我局会同有关部门建立了长效机制。</p>" * 9, title)) is Answer.PAGE


@pytest.mark.parametrize(
    "script",
    [
        "if(/mobile/i.test(navigator.userAgent)){window.location.href='/wap/31.html'}",
        "function home(){window.location.href='/index.html'}",
        "function find(){document.cookie='a=1';location.href='/search?q='+q.value}",
    ],
)
def test_letter_in_a_frame_is_no_redirect_by_its_scripts(script: str) -> None:
    head = f"<script>{script}</script>"
    frame = f"<html><title>{TITLE}</title>{head}<iframe src='./P020240603.pdf'></iframe></html>"
    assert kind(frame) is Answer.PAGE


def test_jump_that_only_some_readers_make_leads_nobody_away() -> None:
    shell = "<html><body><div id='app'></div>{}<script src='/a.js'></script></body></html>"
    mobile = "<script>if(/Android/.test(navigator.userAgent)){location.href='/m/'}</script>"
    click = "<button onclick=\"location.href='/'\">首页</button>"
    assert kind(shell.format(mobile)) is kind(shell.format(click)) is Answer.PAGE
    assert kind(shell.format("<script>location.href='/'</script>")) is Answer.GONE


def test_text_that_was_read_before_outweighs_what_is_said_beside_it() -> None:
    text = "我局已会同街道在第三片区增设社区食堂两处，每日供餐三百余份。"
    body = f"<html><title>情况说明</title><p>{text}</p><p>附件：文件不存在</p></html>".encode()
    answer = ServerAnswer(ASKED, ASKED, 200, {}, body)
    known = ReplyLetter(title="情况说明", body=text)
    assert sort_answer(answer, SITE).answer is Answer.GONE
    assert sort_answer(answer, SITE, known).answer is Answer.PAGE
    assert sort_answer(answer, SITE, replace(known, body="")).answer is Answer.GONE


def test_letters_title_alone_does_not_hide_that_it_is_gone() -> None:
    assert kind(short("<p>该信息已被删除</p>")) is Answer.GONE
    assert kind(short("<p>请输入验证码</p>")) is Answer.BLOCKED
    counter = "<iframe src='/count.jsp' width='0' height='0'></iframe>"
    assert kind(short("<p>该信息已被删除</p>" + counter)) is Answer.GONE


def test_thanks_of_a_site_under_repair_are_no_letters() -> None:
    words = "系统维护中，请稍后访问。感谢您对本网站的支持"
    assert kind(f"<html><body><p>{words}</p></body></html>") is Answer.FAILED
    later = "现将系统升级维护，恢复后我们会尽快答复您"
    assert kind(f"<html><title>系统维护</title><p>{later}</p></html>") is Answer.FAILED


@pytest.mark.parametrize(
    "beside",
    [
        "<form>用户登录<input type='password'></form>",
        "<form>验证码：<input></form>",
        "<p>登录后查看更多</p>",
        "<p>没有找到更多信息</p>",
        "<h3>关于系统升级维护的公告</h3>",
    ],
)
def test_short_list_of_letters_is_a_list_whatever_stands_beside_it(beside: str) -> None:
    url = PORTAL.lists[0].url
    item = f"<li><a href='202406/t20240603_31.html'>{TITLE}</a> 2024-06-03</li>"
    for items, wanted in ((item * 2, True), ("", False)):
        body = f"<html><title>提案办理</title><ul>{items}</ul>{beside}</html>".encode()
        verdict = sort_list_answer(ServerAnswer(url, url, 200, {}, body), SITE)
        assert (verdict.answer is Answer.PAGE) is wanted


@pytest.mark.parametrize("status", [404, 410])
def test_gone_by_status(status: int) -> None:
    assert sort("<html><title>404 Not Found</title></html>", status) == Verdict(
        Answer.GONE, str(status)
    )
    assert kind("", status) is Answer.GONE


@pytest.mark.parametrize(
    "words",
    [
        "您访问的页面不存在",
        "对不起，您要查看的信息已被删除",
        "该文章已下线",
        "抱歉，找不到您要访问的网页",
        "无法找到该页面",
        "404 Not Found",
        "错误404",
        "HTTP Status 404 - /zwgk/jyta/31.html",
        "该文章已撤稿",
        "哎呀，您访问的页面迷路了",
        "页面走丢了",
        "抱歉！该页面未发布",
        "该信息已取消发布",
        "不存在此文档",
        "没有此信息！",
        "无此文章",
        "查无此信息",
        "您查看的内容已被发布者撤销",
        "没有查询到相关信息",
        "记录不存在",
    ],
)
def test_f27_page_that_says_it_is_gone(words: str) -> None:
    alone = f"<html><body><p>{words}</p></body></html>"
    assert kind(alone) in (Answer.GONE, Answer.BLOCKED)  # without any Chinese it may be a stub
    titled = page(words)
    assert kind(titled) is Answer.GONE
    assert (sort(titled).reason or "").startswith("soft 404: ")


@pytest.mark.parametrize("words", ["该信息已归档，无法查看", "抱歉，该信息不公开", "信息已关闭"])
def test_banner_that_pages_with_an_article_bear_too_counts_only_alone(words: str) -> None:
    assert kind(f"<html><body><p>{words}</p></body></html>") is Answer.GONE
    assert kind(page("青岚市民生事务局", words, FRAME)) is Answer.PAGE


@pytest.mark.parametrize("words", ["文章不存在", "该信息不存在或已删除！"])
def test_f27_alert_in_place_of_a_page_is_gone(words: str) -> None:
    script = f'<script language="javascript">alert("{words}");history.back();</script>'
    assert kind(script) is kind(f"<html><body>{script}</body></html>") is Answer.GONE
    assert kind(letter(31) + script) is Answer.PAGE


@pytest.mark.parametrize(
    "body", ['{"code":404,"msg":"Not Found","data":null}', '{"status": "410"}']
)
def test_f27_absence_told_in_json_is_gone(body: str) -> None:
    assert kind(body) is Answer.GONE
    assert kind('{"code":500,"msg":"4040 rows"}') is not Answer.GONE


@pytest.mark.parametrize(
    "body",
    [
        "<html><title>404</title><body><img src='/images/404.png'></body></html>",
        "<html><body><h1>HTTP Status 404 - /x.html</h1></body></html>",
        '<html><meta http-equiv="refresh" content="0;url=/"></html>',
        "<script>window.location='/';</script>",
    ],
)
def test_few_bytes_that_say_what_they_are_are_no_stub(body: str) -> None:
    assert len(body) < 400
    assert kind(body) is Answer.GONE


def test_small_file_is_no_stub() -> None:
    assert kind(b"%PDF-1.4\ntrailer<<>>\n%%EOF") is Answer.PAGE
    assert kind(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") is Answer.PAGE


def test_f27_error_line_inside_the_sites_frame() -> None:
    assert kind(page("青岚市民生事务局", "您访问的页面不存在或已被删除")) is Answer.GONE


@pytest.mark.parametrize(
    ("final", "reason"),
    [
        ("/", "redirected to the home page"),
        ("/index.html", "redirected to the home page"),
        ("/zwgk/jyta/", "redirected to a column"),
        ("/xw/index.shtml", "redirected to a column"),
        ("/404.html", "redirected to an error page"),
    ],
)
def test_redirects_that_mean_gone(final: str, reason: str) -> None:
    verdict = sort(page("青岚市民生事务局", "要闻"), final=HOST + final)
    assert verdict == Verdict(Answer.GONE, reason)


def test_script_or_refresh_to_the_home_page_is_gone() -> None:
    script = "<html><p>正在跳转</p><script>window.location.href='/index.html'</script></html>"
    refresh = '<html><meta http-equiv="refresh" content="3;url=/"><p>三秒后返回首页</p></html>'
    assert sort(script).reason == sort(refresh).reason == "redirected to the home page"


def test_redirect_to_another_letter_names_it() -> None:
    new = HOST + "/zwgk/jyta/202501/t20250102_77.html"
    verdict = sort(letter(31), final=new)
    assert (verdict.answer, verdict.moved_to) == (Answer.GONE, new)


@pytest.mark.parametrize(
    "final", [ASKED.replace("https", "http"), ASKED + "?from=wap", ASKED + ";jsessionid=7A"]
)
def test_redirect_to_the_same_page_is_the_page(final: str) -> None:
    assert kind(letter(31), final=final) is Answer.PAGE


# --- failed ------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [204, 206, 400, 500, 502, 503])
def test_other_statuses_fail(status: int) -> None:
    assert sort("<html>Error</html>", status) == Verdict(Answer.FAILED, str(status))


def test_f27_maintenance_is_a_failure() -> None:
    verdict = sort(page("网站升级维护公告", "系统维护中，请稍后访问"))
    assert verdict.answer is Answer.FAILED
    assert (verdict.reason or "").startswith("maintenance")


@pytest.mark.parametrize(
    "words",
    [
        "服务器繁忙，请稍后再试",
        "数据库连接失败",
        "网站建设中",
        "系统正在进行安全加固，暂停对外服务",
        "系统错误，请联系管理员",
        "502 Bad Gateway 网关错误",
    ],
)
def test_f27_fault_of_the_server_told_with_200_is_a_failure(words: str) -> None:
    assert kind(f"<html><title>提示</title><body><p>{words}</p></body></html>") is Answer.FAILED


def test_body_that_is_still_packed_is_a_failure() -> None:
    assert sort(gzip.compress(letter(31).encode())) == Verdict(Answer.FAILED, "still packed")


def test_location_that_is_no_address_is_a_failure() -> None:
    assert kind("", 302, location="http://[") is Answer.FAILED


def test_empty_body_is_a_failure() -> None:
    assert sort("") == Verdict(Answer.FAILED, "empty body")


def test_f18_f19_cut_pages_are_failures() -> None:
    whole = letter(31)
    assert kind(whole[: len(whole) // 2]) is Answer.FAILED
    assert kind(whole[: len(whole) // 2], flags=("partial",)) is Answer.FAILED
    assert kind(whole, flags=("partial",)) is Answer.PAGE
    assert kind(whole, flags=("dataloss",)) is Answer.FAILED


def test_pages_of_a_site_that_never_closes_them_are_whole() -> None:
    body = letter(31).replace("</body></html>", "")
    assert kind(body) is Answer.FAILED
    assert kind(body, site=Site(SITE.columns, SITE.origins, leaves_open=True)) is Answer.PAGE


def test_304_counts_only_where_it_was_asked_for() -> None:
    assert kind("", 304, conditional=True) is Answer.NOT_MODIFIED
    assert kind("", 304) is Answer.FAILED


def test_304_at_another_address_is_sorted_by_the_redirect() -> None:
    new = HOST + "/zwgk/jyta/202501/t20250102_77.html"
    verdict = sort("", 304, final=new, conditional=True)
    assert verdict == Verdict(Answer.GONE, f"redirected to {new}", moved_to=new)
    plain = ASKED.replace("https", "http")
    assert kind("", 304, final=plain, conditional=True) is Answer.NOT_MODIFIED


# --- robots.txt --------------------------------------------------------------------------------

NGINX = "<html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>"
JSL = "<script>document.cookie='__jsl_clearance_s=1.0|7A';location.href='/'</script>"
RULES = "User-agent: *\nDisallow: /cdn-cgi/challenge-platform/\nDisallow: /forbidden/\n"


@pytest.mark.parametrize(
    ("body", "status", "expected", "reason"),
    [
        (RULES, 200, Answer.PAGE, "200"),
        (page("青岚市民生事务局", "今日要闻"), 200, Answer.PAGE, "200"),
        (JSL, 200, Answer.BLOCKED, "challenge: __jsl_clearance"),
        (JSL, 521, Answer.BLOCKED, "521"),
        (JSL, 403, Answer.BLOCKED, "403, challenge: __jsl_clearance"),
        ("", 429, Answer.BLOCKED, "429"),
        ("", 404, Answer.GONE, "404"),
        (NGINX.format("403 Forbidden"), 403, Answer.GONE, "403"),
        (NGINX.format("401 Unauthorized"), 401, Answer.GONE, "401"),
        ("", 412, Answer.GONE, "412"),
        (NGINX.format("502 Bad Gateway"), 502, Answer.FAILED, "502"),
        (NGINX.format("您的访问过于频繁"), 503, Answer.BLOCKED, "503, block page: 访问过于频繁"),
    ],
)
def test_f29_robots_answers(body: str, status: int, expected: Answer, reason: str) -> None:
    robots = HOST + "/robots.txt"
    answer = ServerAnswer(robots, robots, status, {}, body.encode())
    assert sort_robots_answer(answer) == Verdict(expected, reason)


# --- lists -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "status", "expected"),
    [
        (page("建议提案办理", "共3条"), 200, Answer.PAGE),
        ("<html>gone</html>", 404, Answer.FAILED),
        ("<html>x</html>", 200, Answer.BLOCKED),
        ('<html><div id="app"></div><script src="/a.js"></script></html>', 200, Answer.FAILED),
        ('<ul></ul><script>createPage(3, 1, "index","html")</script>', 200, Answer.PAGE),
    ],
)
def test_list_pages(body: str, status: int, expected: Answer) -> None:
    column = PORTAL.lists[0].url
    answer = ServerAnswer(column, column, status, {}, body.encode())
    assert sort_list_answer(answer, SITE).answer is expected


def test_column_may_answer_for_another_but_no_script_that_leads_to_one() -> None:
    column, other = PORTAL.lists[0].url, HOST + "/zwgk/tabl/"
    site = Site(SITE.columns | {place_key(other)}, SITE.origins)
    shown = page("建议提案办理", "共3条").encode()
    assert sort_list_answer(ServerAnswer(column, other, 200, {}, shown), site).answer is Answer.PAGE
    script = f"<html><p>正在跳转</p><script>location.href='{other}'</script></html>".encode()
    verdict = sort_list_answer(ServerAnswer(column, column, 200, {}, script), site)
    assert verdict.answer is Answer.FAILED
    assert (verdict.reason or "").startswith("redirected to a column: ")


# --- siblings ----------------------------------------------------------------------------------


def test_impossible_sibling_keeps_the_form() -> None:
    assert impossible_sibling(ASKED).endswith("/202406/t20240603_31-no-such-page.html")
    assert impossible_sibling(HOST + "/view.jsp?id=7") == HOST + "/view.jsp?id=70000000000"


def test_one_probe_stands_for_all_months_of_a_column() -> None:
    assert sibling_place(ASKED) == sibling_place(ASKED.replace("202406", "202501"))
    assert sibling_place(ASKED) != sibling_place(ASKED.replace("jyta", "xw"))


def text(body: str) -> PageText:
    return PageText(body.encode())


def test_same_answer_whatever_its_clock_and_address_say() -> None:
    one, other = (page("青岚市民生事务局", f"{FRAME} 现在时间 {t}") for t in ("08:01", "09:55"))
    assert is_same_answer(text(one), text(other))
    assert not is_same_answer(text(letter(1)), text(one))
    shell = "<div id=app></div>"
    assert not is_same_answer(text(shell), text(shell))


@pytest.mark.parametrize("plain", [True, False])
def test_letter_that_a_script_holds_is_still_shown(plain: bool) -> None:
    known = ReplyLetter(title=TITLE, body="路灯已于二月全部修复，并建立了巡查制度。")
    held = json.dumps({"title": TITLE}, ensure_ascii=not plain)
    assert still_shows(text(f"<p>首页</p><script>var held={held}</script>"), known)
    assert not still_shows(text("<p>首页</p><script>var held=null</script>"), known)


def test_letter_written_in_numbers_of_characters_is_no_empty_page() -> None:
    words = "您提出的关于修复路灯的提案收悉，现答复如下：路灯已于二月全部修复。" * 3
    coded = "".join(f"&#{ord(each)};" for each in words)
    jump = "<script>function home(){location.href='/'}</script>"
    assert kind(f"<html><body><p>{coded}</p>{jump}</body></html>") is Answer.PAGE
    assert text(f"<p>{coded}&nbsp;</p>").chinese == text(f"<p>{words}</p>").chinese


def test_page_that_still_shows_the_letter_needs_no_probe() -> None:
    known = ReplyLetter(title="关于市政协六届二次会议第0001号提案的复函", body="甲\n" + FRAME)
    assert still_shows(text(letter(1)), known)
    assert not still_shows(text("<p>要闻</p>"), known)


# --- bytes -------------------------------------------------------------------------------------


def test_f30_wrongly_declared_encoding_is_read_right() -> None:
    words = "关于社区食堂布点的复函，镕喆淼"
    assert decode_page(words.encode("gb18030"), "text/html; charset=utf-8") == words
    assert decode_page(words.encode("gb18030"), "text/html; charset=gb2312") == words
    assert decode_page(words.encode(), "text/html; charset=gbk") == words


def test_no_bytes_raise() -> None:
    chance = random.Random(7)
    alphabet = "<>/=\"' a!-不存在404验证码scripttitle&;\x00\ufeff"
    for _ in range(500):
        body = "".join(chance.choices(alphabet, k=chance.randrange(200))).encode()
        sort(body + bytes(chance.randrange(256) for _ in range(5)), content_type="x; charset=hex")
