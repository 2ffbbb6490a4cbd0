"""Letters in the layouts of old and small sites read in full: same body, nothing of the page."""

from __future__ import annotations

import pytest

from pipelines.read import read_page
from storage.records import ReplyLetter

TITLE = "关于县政协十一届三次会议第036号提案的答复"
LINES = (
    "赵文博委员：",
    "您提出的《关于修缮龙门古渡口的提案》收悉。经与县文旅局共同研究，现答复如下：",
    "一、现状与措施",
    "龙门古渡口2022年列入县级文物保护单位，投入修缮资金120万元。",
    "感谢您对水利工作的关心和支持。",
    "清河县水利局",
    "2023年5月18日",
)
BODY = "\n".join(LINES)
HEAD = f"<html><head><meta charset='utf-8'><title>{TITLE}-清河县水利局</title></head><body>"
TOP = "<table><tr><td><a href='/'>首页</a> | <a href='/b'>政务公开</a></td></tr></table>"
FOOT = (
    "<table><tr><td>版权所有：清河县水利局　地址：清河县人民路8号<br>冀ICP备05001234号"
    "　建议使用IE6.0以上浏览器，1024*768分辨率</td></tr></table></body></html>"
)
SIDE = "<table><tr><td>热点文章</td></tr><tr><td><a href='1'>水利会议召开</a></td></tr></table>"


def paragraphs(tag: str = "p") -> str:
    return "".join(f"<{tag}>{line}</{tag}>" for line in LINES)


def breaks(gap: str = "<br>") -> str:
    return gap.join(f"　　{line}" for line in LINES)


def read(body: str) -> ReplyLetter:
    source = f"{HEAD}{TOP}{body}{FOOT}"
    return read_page(source.encode(), "https://slj.example.gov.cn/info/1.htm").letter


@pytest.mark.parametrize(
    "body",
    [
        f"<table><tr><td>{SIDE}</td><td><table><tr><td><b>{TITLE}</b></td></tr><tr><td>{breaks()}"
        "</td></tr><tr><td>【<a href='#'>打印</a>】【<a href='#'>关闭</a>】</td></tr></table></td>"
        "</tr></table>",
        f"<center><font size=5>{TITLE}</font></center><hr><font size=3>{breaks('<br><br>')}</font>",
        "<table>"
        + "".join(f"<tr><td>　　{line}</td></tr>" for line in (TITLE, *LINES))
        + "</table>",
        f"<div class=t>{TITLE}</div><div class=nr>{paragraphs('div')}</div>",
        f"<table><tr><td><table><tr><td>{TITLE}</td></tr><tr><td><table><tr><td>{paragraphs()}</td>"
        f"</tr></table></td></tr></table></td><td>{SIDE}</td></tr></table>",
        f"<h2>{TITLE}</h2><pre>" + "\n".join(f"　　{line}" for line in LINES) + "</pre>",
        f"<div><h2>{TITLE}</h2><div>\n" + "\n".join(f"　　{x}" for x in LINES) + "\n</div></div>",
        f"<div><h1>{TITLE}</h1>{LINES[0]}<p>{LINES[1]}</p>" + "<br>".join(LINES[2:]) + "</div>",
        f"<table class='header-content'><tr><td><h1>{TITLE}</h1>{paragraphs()}</td></tr></table>",
        f"<div class='b'><p>本栏目将于6月10日维护，届时暂停访问。</p></div><div class='b'>"
        f"<h1>{TITLE}</h1>{paragraphs()}</div><div class='b'>"
        "<p>本站内容未经许可不得转载。</p></div>",
        f"<table border=1><tr><td>提案编号</td><td>036</td></tr><tr><td>承办单位</td>"
        f"<td>清河县水利局</td></tr><tr><td>答复内容</td><td>{paragraphs()}</td></tr></table>",
        f"<table border=1><tr><td>提案编号</td><td>036</td><td>提案人</td><td>赵文博</td></tr><tr>"
        f"<td>答复内容</td><td colspan=3>{breaks()}</td></tr></table>",
    ],
)
def test_a_letter_reads_in_full(body: str) -> None:
    letter = read(body)
    assert (letter.title, letter.is_letter) == (TITLE, True)
    assert letter.body == BODY
    assert letter.addressees == ("赵文博",)


def test_a_forms_first_row_keeps_its_label() -> None:
    rows = (("承办单位", "清河县经济委员会"), ("提案编号", "036"), ("答复内容", "渡口石阶已修复。"))
    cells = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in rows)
    letter = read(f"<h1>{TITLE}</h1><div class='c'><table>{cells}</table></div>")
    assert letter.body == "\n".join("\t".join(row) for row in rows)
    assert letter.addressees == ()


@pytest.mark.parametrize(
    "labels",
    [
        "<table><tr><td>索引号：</td><td>000014349/2017-00110</td><td>发布机构：</td><td>清河县水利局"
        "</td></tr><tr><td>版　　别：</td><td>甲版;乙类</td></tr></table>",
        "<ul><li>版别：甲版;乙类</li><li>索引号：000014349/2017-00110</li><li>发布机构：清河县水利局"
        "</li><li>归口：甲版</li></ul>",
    ],
)
def test_an_unknown_label_goes_with_its_table(labels: str) -> None:
    letter = read(f"<div id='zoom'>{labels}{paragraphs()}</div>")
    assert letter.body == BODY
    assert letter.index_number == "000014349/2017-00110"
    assert (letter.subject_category, letter.genre_category) == (None, None)


def test_a_note_below_the_title_is_no_part_of_it() -> None:
    letter = read(f"<div id='zoom'><p>{TITLE}</p><p>（主办）</p>{paragraphs()}</div>")
    assert (letter.title, letter.body) == (TITLE, BODY)


def test_how_a_character_is_read_aloud_is_no_text() -> None:
    ruby = paragraphs().replace("博委员", "<ruby>博<rp>(</rp><rt>bó</rt><rp>)</rp></ruby>委员")
    assert read(f"<div id='zoom'>{ruby}</div>").body == BODY
