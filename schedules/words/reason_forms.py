"""The forms recorded reasons and warnings have, each with its Chinese, the narrower form first.

`{name}` stands for a value. Events are worded in `storage/presence.py`, a portal's state in
`storage/verdict.py`, what a server answered in `crawler/`, messages that were not delivered in
`schedules/delivery/`, pages that give no letter in `pipelines/letter/refusals.py`, warnings in
`pipelines/`.
"""

from __future__ import annotations

from schedules.words.fields import FIELDS, field_label

Forms = tuple[tuple[str, str], ...]

EVENTS: Forms = (
    ("last seen on {day}", "最后一次见到：{day}"),
    ("last listed on {day}", "最后一次见于列表：{day}"),
    ("found at another address", "在另一地址见到"),
    ("answered again on {day}", "{day} 再次可以打开"),
    ("first gone on {day}", "{day} 起打不开"),
    (
        "answers on {day}, but its column no longer shows it",
        "{day} 仍可打开，但栏目列表中已不见",
    ),
    ("the address shows another letter", "这个地址现在显示的是另一份复函"),
    ("{answer} on {days}", "{days} {answer}"),
)
DAYS: Forms = (
    ("{n} days from {day} to {last}", "{day} 至 {last} 的 {n} 天"),
    ("{first} and {last}", "{first} 和 {last}"),
    ("{first}, {rest} and {last}", "{first}、{rest} 和 {last}"),
    ("{first}, {second}, {rest} and {last}", "{first}、{second}、{rest} 和 {last}"),
)
ANSWERS: Forms = (
    ("gone", "打不开"),
    ("shows the letter of {url}", "显示的是另一份复函，即 {url} 那一份"),
    (
        "soft 404: the same answer as for an address that cannot exist",
        "得到的页面与不存在的地址所得相同（软 404）",
    ),
    ("soft 404: {text}", "页面显示“{text}”（软 404）"),
    ("redirected to the home page", "被转到首页"),
    ("redirected to a column", "被转到栏目页"),
    ("redirected to an error page", "被转到错误页"),
    ("redirected to {url}", "被转到 {url}"),
    ("{text}", "得到 {text}"),
)
PORTALS: Forms = (
    ("{n} answer blocked ({sign})", "{n} 次被拒绝访问（{sign}）"),
    ("{n} answer blocked", "{n} 次被拒绝访问"),
    ("{n} list page could not be read ({sign})", "{n} 个列表页未能读取（{sign}）"),
    ("{n} list page could not be read", "{n} 个列表页未能读取"),
    ("{n} letter listed, {m} in the last healthy walk", "列表中只有 {n} 件，上次正常时有 {m} 件"),
    (
        "{n} letter listed, at least {m} expected (min_letters)",
        "列表中只有 {n} 件，至少应有 {m} 件（min_letters）",
    ),
    ("{n} answers blocked ({sign})", "{n} 次被拒绝访问（{sign}）"),
    ("{n} answers blocked", "{n} 次被拒绝访问"),
    ("{n} list pages could not be read ({sign})", "{n} 个列表页未能读取（{sign}）"),
    ("{n} list pages could not be read", "{n} 个列表页未能读取"),
    ("{n} of {m} pages could not be fetched ({sign})", "{m} 页中有 {n} 页未能取得（{sign}）"),
    ("{n} of {m} pages could not be fetched", "{m} 页中有 {n} 页未能取得"),
    (
        "of {k} known letters {n} came out unreadable or gone and {m} changed alike",
        "{k} 份已知复函中，{n} 份读不出或已不在，{m} 份改动雷同",
    ),
    (
        "{n} letters listed, at least {m} expected (min_letters)",
        "列表中只有 {n} 件，至少应有 {m} 件（min_letters）",
    ),
    (
        "{n} letters listed, {m} in the last healthy walk",
        "列表中只有 {n} 件，上次正常时有 {m} 件",
    ),
)
SIGNS: Forms = (
    # refused
    ("challenge: script", "浏览器验证脚本"),
    ("challenge: a script sets a cookie and reloads", "要求 cookie 的浏览器验证脚本"),
    ("challenge: a script and nothing else", "除脚本外什么都没有的浏览器验证"),
    ("login page: {text}", "登录页：{text}"),
    ("still packed", "内容仍是压缩的"),
    ("challenge: {text}", "浏览器验证：{text}"),
    ("block page: {text}", "拦截页：{text}"),
    ("redirected to a login page", "被转到登录页"),
    ("login page", "登录页"),
    ("stub of {n} bytes", "只有 {n} 字节的空页"),
    ("a page that only loads itself again", "只会重新加载自己的页面"),
    ("{status} to itself", "{status}，转向自己"),
    ("{status} in a circle, with a cookie", "{status}，循环转向并要求 cookie"),
    # failed
    ("maintenance: {text}", "维护页：{text}"),
    ("redirected to another host: {url}", "被转到别的网站：{url}"),
    ("304 to a request without validators", "答非所问的 304"),
    ("{status} to {url}", "{status}，转向 {url}"),
    ("empty body", "内容为空"),
    ("cut body", "内容不完整"),
    ("script shell: the list is not in the page", "列表由脚本生成，不在页面中"),
    ("no list page", "不是列表页"),
    ("no list in this JSON", "这份 JSON 里没有列表"),
    ("no list: {form} was to come", "不是列表：应为 {form}"),
    ("soft 404: {text}", "页面显示“{text}”（软 404）"),
    ("redirected to the home page", "被转到首页"),
    ("redirected to a column: {text}", "被转到栏目页：{text}"),
    ("redirected to a column", "被转到栏目页"),
    ("redirected to an error page", "被转到错误页"),
    ("redirected to {url}", "被转到 {url}"),
    ("{status}, {sign}", "{status}，{sign}"),
    # in place of a file
    ("a page in place of the file", "得到的是网页"),
    ("a message in place of the file", "得到的是一段提示"),
    ("two answers in a row differ", "连续两次得到的不同"),
    ("asked again: {sign}", "再次请求时：{sign}"),
    # no answer
    ("time-out", "超时"),
    ("host name not found", "找不到主机名"),
    ("connection refused", "连接被拒绝"),
    ("connection lost", "连接中断"),
    ("too large", "过大"),
    ("too large when unpacked", "解压后过大"),
    ("TLS: the certificate is for another host", "TLS：证书属于别的主机"),
    ("TLS: certificate verify failed", "TLS：证书验证失败"),
    ("TLS: certificate has expired", "TLS：证书已过期"),
    ("TLS: certificate is not yet valid", "TLS：证书尚未生效"),
    ("TLS: self-signed certificate", "TLS：证书是自签名的"),
    ("TLS: self-signed certificate in certificate chain", "TLS：证书链中有自签名的证书"),
    ("TLS: unable to get local issuer certificate", "TLS：不认识证书的签发者"),
    ("TLS: handshake failed", "TLS：握手失败"),
    ("TLS: wrong version number", "TLS：对方说的不是 TLS"),
    ("TLS: unsafe legacy renegotiation disabled", "TLS：服务器只会不安全的旧式重新协商"),
    ("TLS: dh key too small", "TLS：服务器的密钥太短"),
    ("TLS: unexpected eof while reading", "TLS：连接中途断开"),
    ("TLS: {text}", "TLS：{text}"),
    ("forbidden by robots.txt", "robots.txt 不允许"),
    ("RobotsUnknown: robots.txt: {sign}", "未能取得 robots.txt：{sign}"),  # older archives
    ("robots.txt: {sign}", "robots.txt：{sign}"),
    (
        "ForbiddenAddress: {text} leads to {url}, which is not public; where the portal stands on "
        "an intranet, its file allows that: private_network = true",
        "{text} 指向 {url}，不是公网地址；门户在内网时，可在门户文件中写 private_network = true",
    ),
    (
        "ForbiddenAddress: {text} leads to {url}, which is not public",
        "{text} 指向 {url}，不是公网地址",
    ),
    ("ForbiddenAddress: {text} is no host of this portal", "{text} 不是这个门户的主机"),
    ("ForbiddenAddress: no plain http or https address: {url}", "不是普通的网址：{url}"),
)
REFUSALS: Forms = (
    ("not a letter: no sign of a reply to a suggestion or proposal", "没有答复建议或提案的迹象"),
    ("not a letter: co-handler's opinion", "是会办意见"),
    ("not a letter: citizen mailbox reply", "是对群众来信的回复"),
    ("not a letter: letter between offices", "是机关之间的来往函件"),
    ("not a letter: list of letters", "是复函的列表"),
    ("not a letter: reply to a standing committee's review", "是对常委会审议意见的回复"),
    ("not a letter: speech", "是讲话稿"),
    ("not a letter: answer to a request for information", "是对信息公开申请的答复"),
    ("not a letter: annual summary of handling", "是办理情况的总结"),
    ("not a letter: notice", "是通知公告"),
    ("not a letter: another kind of document", "是别种文件"),
    ("not a letter: news", "是新闻"),
    ("not a letter: the submission itself", "是建议或提案本身"),
    ("not a letter: {text}", "不是复函：{text}"),
    ("unreadable: no article text", "找不到正文"),
    ("unreadable: no article text found", "找不到正文"),
    ("unreadable: no article text found, only pictures", "找不到正文，页上只有图片"),
    ("unreadable: {text}", "读不出：{text}"),
    ("attachment only", "正文只在附件中"),
)
DELIVERIES: Forms = (
    ("HTTP {status}", "HTTP {status}"),
    ("no usable address", "地址不可用"),
    ("no usable host name or login", "主机名或登录名不可用"),
    ("no connection ({text})", "连接不上（{text}）"),
    ("connection closed without an answer", "对方没有应答就断开了"),
    ("the server closed the connection", "服务器断开了连接"),
    ("TLS: certificate not valid", "TLS：证书无效"),
    ("TLS: failed", "TLS：握手失败"),
    (
        "SMTP: SMTP AUTH extension not supported by server.",
        "SMTP：服务器不接受登录；看协议（mailto 或 mailtos）和端口对不对，或不写用户和密码",
    ),
    ("SMTP: STARTTLS extension not supported by server.", "SMTP：服务器不支持加密（STARTTLS）"),
    ("SMTP: No suitable authentication method found.", "SMTP：没有双方都支持的登录方式"),
    ("SMTP: {text}", "SMTP：{text}"),
    ("SMTP {status}: login refused", "SMTP {status}：登录被拒绝"),
    ("SMTP {status}: {text} ({n} recipients)", "SMTP {status}：{text}（{n} 位收件人）"),
    ("SMTP {status}: {text}", "SMTP {status}：{text}"),
    ("not done within {name} s", "{name} 秒内未完成"),
    ("no message can be made: {text}", "写不成消息：{text}"),
    ("not taken by the service", "服务没有接收"),
    ("cannot be started: {system}", "无法启动：{system}"),
    ("cannot be started: no usable arguments", "无法启动：参数不可用"),
    ("exit code {n}", "退出码 {n}"),
    ("A Connection error occurred sending {text} notification.", "发送 {text} 通知时连接出错"),
    ("A Connection error occured sending {text} notification.", "发送 {text} 通知时连接出错"),
    ("Failed to send {text} notification: {rest}", "{text} 通知没有送出：{rest}"),
    ("{file}: {system}", "{file}：{system}"),
    ("{system}", "{system}"),
    ("{sign}", "{sign}"),
)

# what was odd in a page; each names the field or the part of the page it speaks of
WARNINGS: Forms = (
    ("encoding: {n} lone surrogates left out", "编码：略去 {n} 个不成对的代理码"),
    ("encoding: utf-8 and gb18030 on one page", "编码：一页中混有 utf-8 和 gb18030"),
    ("encoding: declared {name}, read as {text}", "编码：网页声明为 {name}，实际按 {text} 读出"),
    ("encoding: {n} broken characters in {name} text", "编码：按 {name} 读有 {n} 个坏字符"),
    ("select.body: nothing readable under {text}", "select.body：{text} 之下没有可读的内容"),
    ("page: more than {n} lines, the rest is not read", "网页：超过 {n} 行，其余未读"),
    ("body: it goes on at further pages, which are not read", "正文：后面还有分页，没有读到"),
    ("attachments: {text} leads to no web address", "附件：{text} 的链接不是网址，无法取得"),
    (
        "body: {n} paragraphs behind the date are no part of the letter",
        "正文：落款日期之后有 {n} 段不属于这份复函",
    ),
    (
        "index_number: {text} fails the check digits of a social credit code",
        "索引号：{text} 不符合统一社会信用代码的校验码",
    ),
    (
        "index_number: {text} fails the check digits of an organisation code",
        "索引号：{text} 不符合组织机构代码的校验码",
    ),
    (
        "submission_number: {name} in the letter, {text} in its title",
        "编号：复函中为 {name}，标题中为 {text}",
    ),
    ("{field}: the page prints {n} values: {text}", "{field}：页面印有 {n} 个不同的值：{text}"),
    ("{field}: '{text}' is no whole date", "{field}：“{text}”不是完整的日期"),
    ("{field}: {text} is no whole date", "{field}：{text} 不是完整的日期"),
)
FIELD_NAMES: Forms = tuple((name, field_label(name, "zh")) for name in ("title", "body", *FIELDS))

# what Python's tomllib says of a file, and where
TOML: Forms = (("{fault} ({place})", "{place}：{fault}"),)
TOML_PLACES: Forms = (
    ("at line {n}, column {m}", "第 {n} 行第 {m} 列"),
    ("at line {n}, the last", "最后一行（第 {n} 行）"),
    ("at line {n}", "第 {n} 行"),
)
TOML_FAULTS: Forms = (
    ("not UTF-8", "不是 UTF-8 编码"),
    ("Invalid statement", "这一行看不懂；键要用英文字母、数字、“-”和“_”"),
    ("Invalid value", "值不对；文字要写在英文引号里"),
    ("Invalid initial character for a key part", "键只能用英文字母、数字、“-”和“_”，或写在引号里"),
    ("Invalid date or datetime", "日期或时间不对"),
    ("Expected '=' after a key in a key/value pair", "键的后面缺少等号"),
    ("Expected newline or end of document after a statement", "值的后面多出了内容，应当换行"),
    ("Expected ']' at the end of a table declaration", "表名的后面缺少 ]"),
    ("Expected ']]' at the end of an array declaration", "表名的后面缺少 ]]"),
    ("Unclosed array", "列表缺少右边的 ]"),
    ("Unclosed inline table", "表缺少右边的 }}"),
    ("Unterminated string", "文字缺少后面的引号"),
    ("Unescaped '\\' in a string", "引号里的反斜杠要写成两个，或改用单引号"),
    ("Illegal character {text}", "文字里不能有 {text}：可能缺少后面的引号"),
    ("Found invalid character {text}", "不能有 {text}"),
    ("Cannot declare {text} twice", "表 {text} 写了两次"),
    ("Cannot overwrite a value", "同一个键写了两次"),
    ("Duplicate inline table key {text}", "键 {text} 写了两次"),
)
