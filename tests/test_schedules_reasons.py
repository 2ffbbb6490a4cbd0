"""Recorded reasons read in Chinese: every form the archive records, and none reworded by guess."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crawler.answers.doubts import REASON
from crawler.answers.faults import _WORDS
from crawler.answers.phrases import Said, Saying
from pipelines.letter.refusals import NO_SIGN
from pipelines.read import read_page
from schedules.one_page.letter_view import letter_lines
from schedules.words.reason_forms import (
    ANSWERS,
    DELIVERIES,
    EVENTS,
    PORTALS,
    REFUSALS,
    SIGNS,
    WARNINGS,
)
from schedules.words.reasons import (
    answer_reason,
    delivery_reason,
    event_reason,
    portal_reason,
    refusal_reason,
    warning_text,
)

ROOT = Path(__file__).parent.parent
# certificate, blocked: English prose, not a code
ENGLISH = re.compile(r"[A-Za-z]{2,}")


@pytest.mark.parametrize(
    ("recorded", "chinese"),
    [
        (
            "404 on 2026-05-03 and 2026-05-04; last seen on 2026-05-02",
            "2026-05-03 和 2026-05-04 得到 404；最后一次见到：2026-05-02",
        ),
        (
            "soft 404: 页面不存在 on 2026-05-03, 2026-05-04 and 2026-05-05; 410 on 2026-05-06",
            "2026-05-03、2026-05-04 和 2026-05-05 页面显示“页面不存在”（软 404）；"
            "2026-05-06 得到 410",
        ),
        (
            "gone on 2026-05-03, 2026-05-04, 2026-05-05 and 2026-05-06",
            "2026-05-03、2026-05-04、2026-05-05 和 2026-05-06 打不开",
        ),
        (
            "redirected to the home page on 7 days from 2026-05-03 to 2026-05-09",
            "2026-05-03 至 2026-05-09 的 7 天 被转到首页",
        ),
        (
            f"{REASON} on 2026-05-03; found at another address",
            "2026-05-03 得到的页面与不存在的地址所得相同（软 404）；在另一地址见到",
        ),
        ("redirected to a column on 2026-05-03", "2026-05-03 被转到栏目页"),
        ("redirected to an error page on 2026-05-03", "2026-05-03 被转到错误页"),
        (
            "redirected to https://x.example/on 1 on 2026-05-03",
            "2026-05-03 被转到 https://x.example/on 1",
        ),
        (
            "answered again on 2026-05-09; first gone on 2026-05-03",
            "2026-05-09 再次可以打开；2026-05-03 起打不开",
        ),
        (
            "answers on 2026-05-09, but its column no longer shows it; last listed on 2026-05-03",
            "2026-05-09 仍可打开，但栏目列表中已不见；最后一次见于列表：2026-05-03",
        ),
        ("the site said 已下线", "the site said 已下线"),
    ],
)
def test_event_reason_in_chinese(recorded: str, chinese: str) -> None:
    assert event_reason(recorded, "zh") == chinese
    assert event_reason(recorded, "en") == recorded


@pytest.mark.parametrize(
    ("recorded", "chinese"),
    [
        ("12 answers blocked (412)", "12 次被拒绝访问（412）"),
        ("1 answer blocked", "1 次被拒绝访问"),
        ("1 answers blocked", "1 次被拒绝访问"),  # so in older archives
        ("1 letter listed, 40 in the last healthy walk", "列表中只有 1 件，上次正常时有 40 件"),
        (
            "1 letter listed, at least 20 expected (min_letters)",
            "列表中只有 1 件，至少应有 20 件（min_letters）",
        ),
        ("1 list page could not be read (404)", "1 个列表页未能读取（404）"),
        ("1 list page could not be read", "1 个列表页未能读取"),
        ("1 answer blocked (412)", "1 次被拒绝访问（412）"),
        ("3 answers blocked (403, block page: 访问过于频繁)", "拦截页：访问过于频繁"),
        ("3 answers blocked (challenge: script)", "浏览器验证脚本"),
        ("3 answers blocked (challenge: __jsl_clearance)", "浏览器验证：__jsl_clearance"),
        ("3 answers blocked (login page)", "登录页"),
        ("3 answers blocked (stub of 48 bytes)", "只有 48 字节的空页"),
        ("3 answers blocked (302 to itself)", "302，转向自己"),
        ("2 list pages could not be read (time-out)", "2 个列表页未能读取（超时）"),
        ("1 list pages could not be read (script shell: the list is not in the page)", "脚本"),
        ("1 list pages could not be read (maintenance: 系统维护)", "维护页：系统维护"),
        ("1 list pages could not be read (no list page)", "不是列表页"),
        (
            "9 of 10 pages could not be fetched (TLS: certificate verify failed)",
            "10 页中有 9 页未能取得（TLS：证书验证失败）",
        ),
        (
            "9 of 10 pages could not be fetched (RobotsUnknown: robots.txt: time-out)",
            "未能取得 robots.txt：超时",
        ),
        (
            "1 of 1 pages could not be fetched "
            "(ForbiddenAddress: x.example leads to 10.0.0.1, which is not public)",
            "x.example 指向 10.0.0.1，不是公网地址",
        ),
        (
            "of 10 known letters 6 came out unreadable or gone and 2 changed alike",
            "10 份已知复函中，6 份读不出或已不在，2 份改动雷同",
        ),
        (
            "4 letters listed, at least 20 expected (min_letters)",
            "列表中只有 4 件，至少应有 20 件（min_letters）",
        ),
        (
            "4 letters listed, 40 in the last healthy walk",
            "列表中只有 4 件，上次正常时有 40 件",
        ),
        ("3 answers blocked (a sign of tomorrow)", "3 次被拒绝访问（a sign of tomorrow）"),
        ("something else (412)", "something else (412)"),
    ],
)
def test_portal_reason_in_chinese(recorded: str, chinese: str) -> None:
    assert chinese in portal_reason(recorded, "zh")
    assert portal_reason(recorded, "en") == recorded


@pytest.mark.parametrize(
    ("recorded", "chinese"),
    [
        (f"not a letter: {NO_SIGN}", "没有答复建议或提案的迹象"),
        ("not a letter: notice", "是通知公告"),
        ("unreadable: no article text found", "找不到正文"),
        ("attachment only", "正文只在附件中"),
    ],
)
def test_refusal_in_chinese(recorded: str, chinese: str) -> None:
    assert refusal_reason(recorded, "zh") == chinese
    assert refusal_reason(recorded, "en") == recorded


def test_every_form_fills_its_values_in_both_languages() -> None:
    for forms in (EVENTS, ANSWERS, PORTALS, SIGNS, REFUSALS, DELIVERIES, WARNINGS):
        for english, chinese in forms:
            assert set(re.findall(r"{(\w+)", english)) == set(re.findall(r"{(\w+)", chinese))


@pytest.mark.parametrize(
    ("warning", "chinese"),
    [
        (
            "index_number: 11500000MB15895318 fails the check digits of a social credit code",
            "索引号：11500000MB15895318 不符合统一社会信用代码的校验码",
        ),
        (
            "issuing_agency: the page prints 2 values: 市科技局, 市教委",
            "发布机构：页面印有 2 个不同的值：市科技局, 市教委",
        ),
        (
            "title: the page prints 2 values: 甲, date_signed: the page prints 2 values",
            "标题：页面印有 2 个不同的值：甲, date_signed: the page prints 2 values",
        ),
        ("date_signed: '2024年5月' is no whole date", "落款日期：“2024年5月”不是完整的日期"),
        ("page: an oddity of tomorrow", "page: an oddity of tomorrow"),
    ],
)
def test_warning_in_chinese(warning: str, chinese: str) -> None:
    assert warning_text(warning, "zh") == chinese
    assert warning_text(warning, "en") == warning


ODD_PAGE = """<html><head><meta charset="gbk"><title>x</title></head><body>
<h1>某市科学技术局关于市政协六届二次会议第0613号提案的复函</h1>
<table><tr><td>索引号</td><td>11500000MB15895318/2024-00078</td></tr>
<tr><td>发布日期</td><td>2024-05</td></tr><tr><td>发布机构</td><td>市科技局</td></tr>
<tr><td>发布机构</td><td>市教委</td></tr></table>
<div id=zoom><p>李某某委员：</p><p>您提出的《关于加强科技的提案》（第0614号）收悉，现答复如下：
我们将加强科技工作，推动科技发展，感谢您的关心。</p><p>某市科学技术局</p><p>2024年5月</p></div>
</body></html>""".encode()


def test_warnings_are_chinese_for_people_and_english_for_programs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FUHAN_LANG", "zh")
    letter = read_page(ODD_PAGE, "https://a.example/1.html").letter
    assert len(letter.warnings) == 6 and all(ENGLISH.search(text) for text in letter.warnings)
    told = "\n".join(letter_lines(letter)).replace("gb18030", "").replace("utf-8", "")
    assert not ENGLISH.search(told.replace("MB15895318", "")), told


def test_every_warning_of_the_reader_is_known() -> None:
    # f"index_number: {code} fails the check digits of {kind}" · f"{key}: the page prints …"
    words = re.compile(
        r'f?"((?:encoding|page|body|select\.body|index_number|submission_number|date_signed'
        r'|\{key\}): [^"]+)"'
    )
    found = set()
    for file in sorted((ROOT / "pipelines").rglob("*.py")):
        found.update(words.findall(file.read_text("utf-8")))
    assert len(found) > 10
    for text in found:
        kind = text.replace("{kind}", "a social credit code").replace("{key}", "title")
        warning = re.sub(r"\{[^{}]*\}", "302", kind)
        told = warning_text(warning, "zh").replace("select.body", "")
        assert not ENGLISH.search(re.sub("utf-8|gb18030", "", told)), f"{text}: {told}"


@pytest.mark.parametrize(
    ("reason", "chinese"),
    [
        ("robots.txt: 412, challenge: script", "robots.txt：412，浏览器验证脚本"),
        ("robots.txt: time-out", "robots.txt：超时"),
        ("no list: JSON was to come", "不是列表：应为 JSON"),
        ("asked again: connection refused", "再次请求时：连接被拒绝"),
        (
            "ForbiddenAddress: x.example leads to 10.0.0.1, which is not public; where the portal "
            "stands on an intranet, its file allows that: private_network = true",
            "x.example 指向 10.0.0.1，不是公网地址；门户在内网时，可在门户文件中写 "
            "private_network = true",
        ),
    ],
)
def test_answer_in_chinese(reason: str, chinese: str) -> None:
    assert answer_reason(reason, "zh") == chinese


@pytest.mark.parametrize(
    ("reason", "chinese"),
    [
        ("HTTP 500", "HTTP 500"),
        ("connection refused", "连接被拒绝"),
        ("no space left on device", "磁盘已满"),
        ("letters.jsonl: no space left on device", "letters.jsonl：磁盘已满"),
        ("cannot be started: no such file or directory", "无法启动：没有这个文件或文件夹"),
        (
            "A Connection error occurred sending WeCom Bot notification.",
            "发送 WeCom Bot 通知时连接出错",
        ),
        ("x: something else", "x: something else"),
        ("SMTP 550: no such user (2 recipients)", "SMTP 550：no such user（2 位收件人）"),
        ("not done within 30 s", "30 秒内未完成"),
    ],
)
def test_failed_delivery_in_chinese(reason: str, chinese: str) -> None:
    assert delivery_reason(reason, "zh") == chinese
    assert delivery_reason(reason, "en") == reason


def recorded_texts(file: str, pattern: str) -> list[str]:
    source = (ROOT / file).read_text(encoding="utf-8")
    return [re.sub(r"\{[^{}]*\}", "302", found) for found in re.findall(pattern, source)]


def test_every_reason_the_crawler_words_is_known() -> None:
    # Verdict(Answer.FAILED, "cut body") · Verdict(Answer.BLOCKED, f"{answer.status} to itself")
    verdict = r'Verdict\(Answer\.\w+, f?"([^"]+)"'
    files = ("crawler/answers/sorting.py", "crawler/answers/redirects.py")
    verdicts = [text for file in files for text in recorded_texts(file, verdict)]
    # return "challenge: script" · return f"stub of {size} bytes"
    signs = recorded_texts("crawler/answers/challenges.py", r'return f?"([^"]+)"')
    signs += [Said(saying, "302").reason for saying in Saying]
    words = [text for _, text in _WORDS]
    assert len(verdicts) > 8 and len(signs) > 8
    for reason in [*verdicts, *signs, *words]:
        told = portal_reason(f"1 answers blocked ({reason})", "zh")
        rest = re.sub("cookie|TLS|JSON|robots.txt", "", told)
        assert not ENGLISH.search(rest), f"{reason}: {told}"


def test_every_kind_of_page_that_is_no_letter_is_known() -> None:
    # ("citizen mailbox reply", is_mailbox)
    kinds = recorded_texts("pipelines/letter/refusals.py", r'\("([a-z -]+)", _?is_\w+\)')
    assert len(kinds) > 4
    for kind in kinds:
        assert not ENGLISH.search(refusal_reason(f"not a letter: {kind}", "zh")), kind
