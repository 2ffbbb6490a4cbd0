"""Pages without a text: script shells are unreadable, files and scans may be letters."""

from __future__ import annotations

import pytest

from pipelines.read import read_page
from storage.records import ReplyLetter

TITLE = "关于县政协十一届三次会议第036号提案的答复"
BARS = (
    "中国政府网 | 省人民政府 | 市人民政府 | 无障碍浏览 | 长者版",
    "欢迎访问本网站！ 设为首页 加入收藏 简体 繁体",
    "您好，欢迎光临清河县水利局门户网站！今天是2023年6月1日 星期四",
)


def page(body: str, title: str = TITLE, bar: str = BARS[0]) -> ReplyLetter:
    source = f"""<html><head><meta charset="utf-8"><title>{title}_清河县水利局</title></head><body>
<div class="w0">{bar}</div><div class="header"><img src="/images/20230101/logo.png"></div>
<div class="nav"><a href="/">首页</a><a href="/zwgk/">政务公开</a></div>
<h1>{title}</h1><div class="inf">发布时间：2023-06-01 来源：本站</div>{body}
<div class="foot">主办单位：清河县水利局<br>地址：清河县人民路8号 电话：0000-1234567
<br>冀ICP备05001234号 <a href="/help/user.pdf">使用帮助</a></div></body></html>"""
    return read_page(source.encode(), "https://slj.example.gov.cn/zwgk/1.html").letter


@pytest.mark.parametrize("bar", BARS)
@pytest.mark.parametrize("title", [TITLE, "清河县水利局"])
@pytest.mark.parametrize(
    "shell",
    [
        "<div id='app'></div><script>fetch('/a.json')</script>",
        "<div id='app'>您的浏览器不支持JavaScript，请启用后重试。</div>",
        "<noscript>本网站需要启用JavaScript才能正常浏览。</noscript><div>正在加载，请稍候…</div>",
        "<div id='app'></div><p>本网站由清河县水利局主办，信息中心维护，欢迎提出宝贵意见</p>",
        "<div class='TRS_Editor'></div>",
    ],
)
def test_a_script_shell_is_unreadable_whatever_stands_around(
    bar: str, title: str, shell: str
) -> None:
    letter = page(shell.replace("<div id='app'></div>", f"<div>{bar}</div>"), title, bar)
    assert not letter.is_letter
    assert (letter.refusal or "").startswith("unreadable")
    assert letter.body == ""
    assert letter.attachments == ()


@pytest.mark.parametrize(
    "link",
    [
        '<p><a href="/upload/2.doc">x.doc</a></p>',
        '<p><a href="/upload/2.doc">点击下载</a></p>',
        '<p>附件：<a href="/upload/2.doc">任务分解表.doc</a></p>',
        '<a href="/upload/2.doc">附件</a>',
        '<embed src="/upload/2.doc">',
        '<object data="/upload/2.doc">您的浏览器不支持预览</object>',
        '<iframe src="/pdfjs/web/viewer.html?file=/upload/2.doc"></iframe>',
    ],
)
def test_a_letter_that_is_a_file_keeps_it_in_any_container(link: str) -> None:
    letter = page(f'<div class="c7">{link}</div>')
    assert (letter.is_letter, letter.refusal, letter.body) == (True, "attachment only", "")
    assert [file.url for file in letter.attachments] == ["https://slj.example.gov.cn/upload/2.doc"]


@pytest.mark.parametrize("container", ['class="TRS_Editor"', 'id="zoom"', 'class="c7"'])
def test_a_letter_of_scans_is_attachment_only(container: str) -> None:
    pictures = '<img src="/upload/W02023060141.jpg" width="800"><img src="./W02023060142.png">'
    icon = '<img src="/upload/W02023060199.png" width="16">'
    letter = page(f"<div {container}><p>{pictures}{icon}</p></div>")
    assert (letter.is_letter, letter.refusal, letter.body) == (True, "attachment only", "")
    assert [file.name for file in letter.attachments] == ["W02023060141.jpg", "W02023060142.png"]


def test_scans_under_another_title_are_no_letter() -> None:
    letter = page('<div id="zoom"><img src="/upload/W02023060141.jpg"></div>', "清河县水利局")
    assert not letter.is_letter


def test_a_list_of_files_is_no_letter() -> None:
    items = "".join(
        f'<p><a href="/u/{n}.pdf">关于县政协十一届三次会议第{n}号提案的答复.pdf</a></p>'
        for n in range(31, 35)
    )
    letter = page(f'<div id="zoom">{items}</div>', "建议提案")
    assert (letter.is_letter, letter.refusal) == (False, "not a letter: list of letters")


LETTER = (
    '<div id="zoom"><p>赵文博委员：</p><p>您提出的《关于修缮渡口的提案》收悉。现答复如下：</p>'
    "<p>石阶修复将于2024年6月底前完成。</p><p>清河县水利局</p><p>2023年5月18日</p></div>"
)


def test_links_of_a_related_box_are_no_attachments() -> None:
    box = '<div class="xg"><h4>相关解读</h4><a href="/jd/1.pdf">一图读懂.pdf</a></div>'
    assert page(LETTER + box).attachments == ()
    own = '<div class="fj">附件：<a href="/fj/1.doc">工期表.doc</a></div>'
    assert [file.name for file in page(LETTER + own + box).attachments] == ["工期表.doc"]


@pytest.mark.parametrize(
    "notice",
    ["请使用IE9及以上浏览器访问本站，以获得最佳浏览效果。", "本栏目信息每日更新，请关注官方渠道。"],
)
def test_a_notice_in_a_container_of_the_same_class_stays_out(notice: str) -> None:
    letter = LETTER.replace('id="zoom"', 'class="TRS_Editor"')
    body = page(f'<div class="TRS_Editor"><p>{notice}</p></div>{letter}').body
    assert body.startswith("赵文博委员：")
    assert "浏览器" not in body and "官方" not in body


@pytest.mark.parametrize("source", ["/u/1.jpg", "data:image/png;base64,iVBORw0KGgo="])
def test_letter_whose_pages_are_only_pictures_says_so(source: str) -> None:
    letter = page(f"<div class='article'><p><img src='{source}'></p></div>")
    assert letter.refusal == "unreadable: no article text found, only pictures"


@pytest.mark.parametrize(
    ("picture", "title"),
    [
        ("<img src='/u/logo.png'>", TITLE),
        ("<img src='/u/1.jpg' width=40>", TITLE),
        ("<div class=footer><img src='/u/1.jpg'></div>", TITLE),
        ("<img src='data:image/gif;base64,R0lGODlh'>", TITLE),
        ("<img src='/u/1.jpg'>", "清河县水利局"),  # a portal's own page, filled by a script
    ],
)
def test_ornaments_and_other_pages_pictures_are_no_letters(picture: str, title: str) -> None:
    assert page(picture, title).refusal == "unreadable: no article text found"
