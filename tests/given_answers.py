"""Answers as portals give them in a letter's place, each under what it must be taken for.

What each must be was written down before it was tried. All are made up; their forms are those of
firewalls, gateways, logins, notices and error pages that stand before Chinese portals.
"""

from __future__ import annotations

from tests.crawl_site import FRAME, Reply, page

NEW = "/jyta/202605/t20260501_40.html"
"""Where a letter that moved stands now."""


def bare(*lines: str, title: str = "", head: str = "", tail: str = "") -> str:
    """A page of a few lines without any frame."""
    text = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><head><title>{title}</title>{head}</head><body>{text}{tail}</body></html>"


def shell(title: str) -> str:
    """A frame that a script is to fill."""
    return bare(title=title, tail='<div id="app"></div><script src="/js/app.1f.js"></script>')


def image(name: str, title: str = "青岚市民生事务局") -> str:
    """A page that shows a picture and no word."""
    return bare(title=title, tail=f'<img src="/images/{name}.jpg">')


def to(path: str, status: int = 302) -> Reply:
    return Reply(status=status, headers={"Location": path})


def script(code: str) -> str:
    return f"<html><script>{code}</script></html>"


def refresh(url: str, *lines: str) -> str:
    return bare(*lines, head=f'<meta http-equiv="refresh" content="3;url={url}">')


RUISHU = (
    '<!DOCTYPE html><html><head><meta id="EYSzhPQjK4Vt" content="{qqqq" r=\'m\'>'
    '<script type="text/javascript" charset="utf-8" src="/QJOZa4/t5Bz8.js" r=\'m\'></script>'
    '<script type="text/javascript" r="m">(function(){var _$aW=0;while(1){_$aW++}})()</script>'
    '</head><body><input type="hidden" id="__onload__" name="qPf1" value="x"></body></html>'
)
SPLIT_COOKIE = (
    "<script>document.cookie=('_')+('_')+('j')+('s')+('l')+('_')+('c');"
    "location.href=location.pathname+location.search</script>"
)
SECOND_COOKIE = (
    '<script>var _0x1c=["\\x6c"];function go(a){var b=a.bts}go({"bts":["1716.1|0|a","b"],'
    '"ha":"md5","is":true,"tn":"__jsl_clearance_s","vt":"3600","wt":"1500"})</script>'
)
F5 = (
    "<html><head></head><body>The requested URL was rejected. Please consult with your "
    "administrator.<br><br>Your support ID is: 1234567890<br><br>"
    "<a href='javascript:history.back();'>[Go Back]</a></body></html>"
)
NGINX = (
    "<!DOCTYPE html><html><head><title>Error</title></head><body><h1>An error occurred.</h1>"
    "<p>Sorry, the page you are looking for is currently unavailable.<br/>Please try again later."
    "</p><p><em>Faithfully yours, nginx.</em></p></body></html>"
)
BRIDGE = (
    "<HTML><HEAD><TITLE>Weblogic Bridge Message</TITLE></HEAD><BODY><H2>Failure of server APACHE "
    "bridge:</H2><P><hr>No backend server available for connection: timed out after 10 seconds."
)
SQUID = bare(
    "The following error was encountered while trying to retrieve the URL",
    "Connection to 10.0.0.7 failed.",
    *("The system returned: (110) Connection timed out",) * 9,
    title="ERROR: The requested URL could not be retrieved",
)
PHP = (
    "<br />\n<b>Warning</b>:  mysqli_connect(): (HY000/2002): Connection refused in "
    "<b>/www/wwwroot/inc/db.php</b> on line <b>7</b><br />\n"
)
TOMCAT = bare(
    "描述 源服务器未能找到目标资源的表示或者是不愿公开一个已经存在的资源表示。",
    title="HTTP状态 404 - 未找到",
)
OSS = "<?xml version='1.0'?><Error><Code>AccessDenied</Code><Message>No right.</Message></Error>"
SPRING = (
    '{"timestamp":"2026-05-04T06:00:00.000+0800","status":404,"error":"Not Found","path":"/31"}'
)
IIS = bare(
    "您要查找的资源可能已被删除，已更改名称或者暂时不可用。", title="404 - 找不到文件或目录。"
)
EMPTY = page("青岚市民生事务局", "标题：", "发布时间：", "浏览次数：")
NOTHING = page("青岚市民生事务局", "很遗憾，这里什么也没有", FRAME * 12)

BLOCKED: dict[str, Reply | str] = {
    "瑞数 412": Reply(RUISHU, 412),
    "瑞数 202": Reply(RUISHU, 202),
    "瑞数 200": RUISHU,
    "瑞数 400": Reply(RUISHU, 400),
    "加速乐 521": Reply(SPLIT_COOKIE, 521),
    "加速乐 split": SPLIT_COOKIE,
    "加速乐 second": SECOND_COOKIE,
    "创宇盾": bare(
        "当前访问疑似黑客攻击，已被创宇盾拦截",
        "如果您是网站管理员，请登录知道创宇云安全进入控制台，确认误报加白",
        title="创宇盾",
    ),
    "安全狗": bare(
        "您的请求带有不合法的参数，已被网站管理员设置拦截！",
        "可能原因：您提交的内容包含危险的攻击请求",
        "如何解决：1）检查提交内容；2）如网站托管，请联系空间提供商；3）请联系网站管理员",
        title="网站防火墙",
    ),
    "云锁": bare("您的请求可能存在威胁，已被云锁拦截", title="提示"),
    "阿里云 blocked": bare(
        "很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。", title="405"
    ),
    "阿里云 slider": bare("别离开，请拖动滑块完成验证，通过后即可继续访问网页", title="访问验证"),
    "腾讯云": bare("很抱歉，您提交的请求可能对网站造成威胁，请求已被管理员设置的策略阻断"),
    "雷池": bare("请求存在威胁，已被拦截", "安全检测能力由雷池提供", title="安全检测"),
    "F5": F5,
    "白名单": bare("当前IP不在白名单范围内，请联系管理员"),
    "黑名单": bare("您的IP：1.2.3.4 已被列入黑名单"),
    "大陆": bare("根据网络安全管理要求，本网站仅限中国大陆地区访问"),
    "地区": bare("抱歉，您所在的地区暂不支持访问本网站"),
    "政务外网": bare("本系统仅限政务外网用户访问"),
    "异常访问": bare("系统检测到您的网络存在异常访问行为，请完成以下验证", title="访问验证"),
    "浏览器检查": bare("正在验证您的访问环境，请稍候", "完成后将自动跳转", title="安全检查"),
    "JavaScript": bare("请开启JavaScript并刷新该页", head="<script>var _0x7f=[]</script>"),
    "firewall behind 404": Reply(
        bare("您的访问请求可能对网站造成安全威胁，请求已被拦截", title="404"), 404
    ),
    "没有权限": bare("您没有权限访问该页面，请联系管理员"),
    "missing or forbidden": bare("该信息不存在或您没有权限查看"),
    "网址已被屏蔽": bare("根据上网管理策略，您访问的网址已被屏蔽"),
    "非法访问": bare("非法访问！请从本站首页进入"),
    "验证失效": bare("验证链接已失效，请重新验证"),
    "login by redirect": to("/sso/login?service=x"),
    "login elsewhere in the path": to("/user/toLogin.do"),
    "登录超时": '<script>alert("登录超时，请重新登录");top.location="/index.html";</script>',
    "error page 403": to("/error/403.html"),
    "object store": Reply(OSS, 403),
}
FAILED: dict[str, Reply | str] = {
    "network's own login": script("top.self.location.href='http://10.254.1.1/index.html'"),
    "network's home page": script("window.location='http://172.16.0.1/'"),
    "another host's home page": refresh("http://www.qinglan-new.gov.cn/", "本站已启用新域名"),
    "login on another host": script("location.href='https://sfrz.qinglan.gov.cn/am/index.html'"),
    "firewall's check on the host": to("/waf/verify.html?token=7f"),
    "系统升级维护": page("系统升级维护公告", "我局网站将于本周末升级维护，期间暂停访问，请谅解"),
    "upkeep as a picture": to("/weihu.html"),
    "upkeep as a picture in a folder": to("/whtz/index.html"),
    "upkeep by script": script("location.href='/whgg/index.html'"),
    "upkeep in a folder": to("/tzgg/wh/"),
    "部分页面无法找到": bare("网站正在升级改造，升级期间部分页面无法找到，敬请谅解"),
    "upkeep with 404": Reply(bare("系统维护中，请稍后访问", title="系统维护"), 404),
    "网站迁移": bare("本网站已于5月1日迁移至新平台，原网址停止更新", title="网站迁移公告"),
    "notice in a letter's place": to("/tzgg/202605/t20260501_9.html"),
    "本网站已下线": bare("本网站已下线，请访问市政府门户网站"),
    "已关停": bare("按照网站集约化要求，本网站已关停，相关内容并入市政府门户网站", title="公告"),
    "停止服务": bare("平台将于6月30日停止服务，相关内容已并入市政府门户网站"),
    "未备案": bare("该网站未备案，已被接入商关闭"),
    "暂时无法访问": bare("可能由以下原因导致：", "1.未备案", title="网站暂时无法访问"),
    "no such site": bare("您的请求在Web服务器中没有找到对应的站点！", title="没有找到站点"),
    "no such site, 404": Reply(bare("没有找到对应的站点！", title="没有找到站点"), 404),
    "感谢您对网站": bare("系统维护中，感谢您对我局网站的关注与支持"),
    "域名过期": bare("您访问的网站域名已过期", "如需续费请联系服务商"),
    "空间到期": bare("该网站空间已到期，暂停解析", title="提示"),
    "排队": bare("当前排队人数过多，系统繁忙"),
    "暂时无法显示": bare("抱歉，页面暂时无法显示，请稍后刷新"),
    "站点已停用": bare("抱歉，该站点已停用，请联系服务商", title="站点已停用"),
    "服务不存在": bare("您访问的服务不存在或已下线", title="政务云应用网关"),
    "应用已下线": bare("应用已下线，请联系平台运营人员"),
    "数据库": bare("数据库连接出错，请检查配置"),
    "请求超时": bare("请求超时，请稍后再试", title="提示"),
    "网关超时": bare("网关超时", "后端服务暂时不可用", title="504"),
    "排队中": bare("当前访问人数较多，请稍后再试", title="排队中"),
    "nginx 50x with 200": NGINX,
    "页面不存在 with 500": Reply(bare("您访问的页面不存在"), 500),
    "error page": to("/error.html"),
    "error page 500": to("/error/500.html"),
    "error page with a query": to("/common/error?code=500"),
    "another host": to("http://127.0.99.99:9/"),
}
KEPT: dict[str, Reply | str] = {
    "login for a script": shell("统一身份认证平台"),
    "in a template": shell("详情").replace("<div", "<p v-if='!article'>文章不存在</p><div"),
    "concealed": shell("").replace("<div", "<p style='display: none'>没有找到相关信息</p><div"),
    "hidden": shell("").replace("<div", "<p hidden>没有查询到相关信息</p><div"),
    "浏览器版本过低": bare("系统检测到您的浏览器版本过低，部分内容无法显示，请升级浏览器"),
    "页面已过期": bare("页面已过期，请刷新后重试", title="419"),
    "会话已失效": bare("会话已失效，链接已过期，请重新打开页面"),
    "长时间未操作": bare("由于您长时间未操作，页面已失效"),
    "数据已过期": bare("数据已过期，正在刷新"),
    "IE浏览器": bare("内容无法显示，请使用IE浏览器访问"),
    "加载失败": bare("内容加载失败", "点击重试"),
    "无法访问": bare("该页面无法访问", "请检查网络设置"),
    "frameset": "<html><frameset><frame src='/404.html'></frameset></html>",
    "新地址": bare("内容已更新，请访问新网站查看"),
    "JSON 500": '{"code":500,"msg":"系统内部错误","data":null}',
    "JSON 401": '{"code":401,"msg":"认证失败，无法访问系统资源"}',
    "JSON null": '{"code":200,"msg":"操作成功","data":null}',
    "PHP": PHP + "x" * 300,
    "bridge": BRIDGE,
    "squid": SQUID,
    "blank": "  \n",
    "loading": shell("").replace("<div", "<p>页面加载中，请稍候</p><div"),
    "正在审核": page("青岚市民生事务局", "信息正在审核中"),
    "home page's text": page("青岚市民生事务局", "今日要闻", "局领导赴基层调研社区食堂"),
    "hijacked": page("青岚娱乐城官网", "欢迎光临在线平台，注册即送。" * 20),
    "click to go on": "<html><body><a id='a' href='?wsidchk=1716'></a><script>a.click()</script>",
    "entrance": bare("正在进入网站", tail="<a href='/index.html'>点击进入</a>"),
    "framed 页面无法找到": page("青岚市民生事务局", "网站正在升级改造，其间一些页面无法找到"),
}
GONE: dict[str, Reply | str] = {
    "404": Reply(bare("404 Not Found", title="404 Not Found"), 404),
    "410": Reply(b"", 410),
    "404 beside a login": Reply(bare("用户登录", "验证码", title="您访问的页面不存在"), 404),
    "404 above a footer": Reply(
        bare("网站维护单位：市信息中心", "网站备案编号：青ICP备1号", title="404"), 404
    ),
    "404 of an error": Reply(bare("系统错误：您访问的页面不存在", title="系统错误"), 404),
    "IIS": Reply(IIS, 404),
    "IIS with 200": IIS,
    "nginx with 200": bare("404 Not Found", title="404 Not Found"),
    "tomcat with 200": TOMCAT,
    "404 as a picture": image("404", "404"),
    "去火星了": bare("哎呀，您访问的页面去火星了", title="404页面"),
    "beside a login": bare("您访问的页面不存在", "用户登录", tail="<input type='password'>"),
    "causes": bare(
        "您访问的页面不存在", "可能的原因：", "您没有访问权限", "服务器繁忙，请稍后再试"
    ),
    "建议您": bare("您访问的页面不存在，建议您检查网址或返回首页"),
    "framed 建议您": page("青岚市民生事务局", "对不起，您访问的页面不存在，建议您返回首页"),
    "我们建议您": bare("您要访问的页面已被删除！", "我们建议您：", "检查输入的网址是否正确"),
    "in the title of a long page": page("您访问的页面不存在", "请检查网址", FRAME * 12),
    "alert": '<script>alert("该信息已被删除！");window.location.href="/";</script>',
    "alert and close": '<script>alert("该文章不存在或已删除");window.close();</script>',
    "JSON": '{"success":false,"message":"文章不存在","data":null}',
    "spring": SPRING,
    "refresh": refresh("/", "您请求的页面不存在!"),
    "search": refresh("/", "没有找到您要的信息", "5秒后自动返回首页"),
    "已撤稿": bare("该稿件已撤稿", title="提示"),
    "违规": bare("此内容因违规无法查看"),
    "gb18030": Reply(
        bare("您访问的页面不存在").encode("gb18030"), headers={"Content-Type": "text/html"}
    ),
    "重新选择": bare("抱歉，您查看的信息不存在或已过期，请重新选择"),
    "感谢您": bare("您访问的页面不存在，感谢您对我局工作的支持"),
    "分享链接": bare("该分享链接已失效"),
    "屏蔽": bare("该信息因违规已被屏蔽"),
    "refresh to a page of 404": refresh("http://www.qinglan.gov.cn/404.html"),
    "被管理员关闭": bare("对不起，您要访问的页面已被管理员关闭"),
    "framed 归档": page("青岚市民生事务局", "该信息已归档，无法查看"),
    "framed 不予公开": page("青岚市民生事务局", "该信息依法不予公开"),
    "归档 below the title": page("关于第1号提案的复函", "该信息已归档，无法查看"),
    "to the home page": to("/"),
    "to the column": to("/jyta/"),
    "to the column by query": to("/jyta/list.jsp?col=7"),
    "to a column": to("/zwgk/"),
    "to the home page by script": script("window.location.href='/index.html'"),
    "to a page of 404": to("/common/404.shtml"),
    "to another host's page of 404": to("http://127.0.99.99:9/404.html"),
    "a template, as for any address": EMPTY,
    "a frame, as for any address": NOTHING,
}
MOVED: dict[str, Reply | str] = {
    "by redirect": to(NEW, 301),
    "by refresh": refresh(NEW),
}
FOR_ANY_ADDRESS = {
    "a template, as for any address": EMPTY,
    "a frame, as for any address": NOTHING,
}
"""What the sites of these answer for an address that cannot exist, too."""

ELSEWHERE = {
    "/": page("青岚市民生事务局", "要闻"),
    "/zwgk/": page("政务公开", "目录"),
    "/jyta/list.jsp?col=7": bare(
        *(f"<a href='/jyta/202406/t20240603_{n}.html'>关于第{n}号提案的复函</a>" for n in (2, 3))
    ),
    "/common/404.shtml": image("404"),
    "/sso/login?service=x": shell("统一身份认证"),
    "/user/toLogin.do": shell("用户中心"),
    "/waf/verify.html?token=7f": shell(""),
    "/weihu.html": image("weihu"),
    "/whtz/index.html": image("whtz", "通知"),
    "/tzgg/wh/": bare("为做好网络安全保障工作，本网站暂停对外服务，恢复时间另行通知"),
    "/tzgg/202605/t20260501_9.html": page(
        "关于网站整合的公告", "我局网站内容将整体并入市政府网站，其间原有栏目不再更新。" * 4
    ),
    "/error.html": image("err", "出错了"),
    "/error/500.html": image("500"),
    "/error/403.html": bare("抱歉，您无权访问该页面", title="403"),
    "/common/error?code=500": bare("出错啦", title="出错啦"),
}
"""The pages that redirects lead to."""
