"""Lines of site names, services and notes to a browser's user are told from letters' lines."""

from __future__ import annotations

import pytest

from pipelines.page.furniture.browser_notes import is_browser_note
from pipelines.page.furniture.rules import furniture_rule
from pipelines.page.furniture.site_bars import bar_rule


@pytest.mark.parametrize(
    "line",
    [
        "中国政府网 | 省人民政府 | 市人民政府 | 无障碍浏览 | 长者版",
        "欢迎访问本网站! 设为首页 加入收藏 简体 繁体",
        "欢迎光临云岭市林业局门户网站!",
        "您好,欢迎来到清河县政府网!",
        "简繁无障碍长者模式",
        "云岭市人民政府网站 English 登录",
    ],
)
def test_bars_of_site_names_and_tools_are_site_bars(line: str) -> None:
    assert bar_rule(line) == "site-bar"


def test_links_to_service_pages_are_a_footer() -> None:
    assert bar_rule("关于我们 | 网站地图 | 联系我们") == "footer"


@pytest.mark.parametrize(
    "line",
    [
        "云岭市人民政府",
        "市人民政府 县人民政府",
        "清河县水利局",
        "欢迎您继续对我们的工作提出宝贵意见",
        "首页设计与网站改版",
    ],
)
def test_lines_a_letter_may_hold_are_no_bar(line: str) -> None:
    assert bar_rule(line) is None


@pytest.mark.parametrize(
    "note",
    [
        "您的浏览器不支持JavaScript,请启用后重试。",
        "请使用IE9及以上浏览器访问本站,以获得最佳浏览效果。",
        "本网站需要启用脚本才能正常浏览。",
        "页面加载中,请稍候...",
        "正在加载,请稍候…",
        "请稍候",
        "Loading...",
        "We're sorry but portal doesn't work properly without JavaScript enabled.",
        "建议使用1024*768分辨率、谷歌浏览器浏览本网站,效果最佳。",
    ],
)
def test_notes_to_the_browsers_user_are_known(note: str) -> None:
    assert is_browser_note(note)
    assert furniture_rule(note)


@pytest.mark.parametrize(
    "sentence",
    [
        "我局已为政务大厅的电脑升级浏览器,支持办事系统正常访问。",
        "下一步,将推动浏览器兼容,提升用户体验。",
        "群众可使用浏览器登录平台查询进度。",
        "项目正在加快推进,请您放心。",
    ],
)
def test_a_letters_sentences_about_browsers_stay(sentence: str) -> None:
    assert not is_browser_note(sentence)
    assert furniture_rule(sentence) is None
