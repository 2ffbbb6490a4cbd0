"""Each rule drops what is furniture as a whole, and no line that merely sounds like it."""

from __future__ import annotations

import time

import pytest

from pipelines.page.furniture.rules import edge_rule, furniture_rule

FURNITURE = {
    "site-bar": ["中国政府网 云岭市人民政府网", "无障碍浏览 | 长者模式 | 繁体 | 登录"],
    "breadcrumb": [
        "您当前的位置: 首页>政务公开>建议提案办理复函",
        "当前位置：首页 / 建议提案",
        "首页>>政务公开>>政协提案办理情况公开",
    ],
    "qr-code": [
        "扫一扫在手机打开当前页",
        "用微信“扫一扫”分享到朋友圈",
        "扫描二维码，在手机上查看本页",
    ],
    "satisfaction": ["您觉得这篇内容对您有帮助吗？", "用户评论"],
    "share": ["微信", "分享到：微信 新浪微博 QQ空间 更多"],
    "font-size": ["【字体：大 中 小】", "字号： 默认 大 超大", "大 中 小", "A- A A+"],
    "print": [
        "【打印本页】【关闭窗口】",
        "打 印",
        "】",
        "【返回】",
        "回到顶部",
        "导出Word",
        "点赞(7) 收藏 评价",
    ],
    "view-counter": [
        "阅读 312 在看 4",
        "点赞3分享12",
        "浏览次数：1024次",
        "[点击数:12]",
        "阅读量：36",
    ],
    "today": ["今天是：2024年5月16日 星期四"],
    "neighbours": [
        "上一篇：关于市政协三届四次会议第0156号提案的复函",
        "下一条：没有了",
        "【下一篇】",
        "前一篇：关于市政协三届四次会议第0156号提案的复函",
        "上一条 关于市政协三届四次会议第0156号提案的复函",
    ],
    "related-links": [
        "相关阅读",
        "往期精彩回顾",
        "【相关链接】",
        "相关文章：更多>>",
        "为您推荐",
        "点击排行榜",
    ],
    "clue-collection": ['"六稳""六保"', "“六稳”“六保”线索征集", "线索征集"],
    "speech": ["语音播报", "（点击播放）", "智能播报 播放 暂停 停止"],
    "fragment-mark": ["<!--EndFragment-->", "]]>"],
    "page-break": [
        "#PAGE_BREAK#",
        "— 2 —",
        "－3－",
        "- 12 -",
        "第2页",
        "第 2 页 共 5 页",
        "第2页/共5页",
    ],
    "pager": ["上一页 1 2 3 下一页 尾页"],
    "footer": [
        "滇ICP备00000000号-1　滇公网安备 99000000000000号",
        "主办单位：云岭市林业局 网站标识码：9900000001",
        "网站地图 | 联系我们 | 隐私声明",
        "Produced By 大汉网络 大汉版通发布系统",
    ],
    "script-note": ["请开启浏览器的JavaScript功能"],
}

BELOW = {
    "publish-info": ["（编辑：张三 审核：李四）", "一审：张三 二审：李四 三审：王五", "稿源：本网"],
    "satisfaction": ["满意度评价", "非常满意 满意 一般 不满意", "我要评价"],
    "end-mark": ["— END —", "（全文完）", "-完-"],
    "policy-service": ["政策问答", "智能问答 政策咨询", "我要咨询"],
    "site-bar": ["无障碍阅读 进入关怀版"],
    "download-hint": ["附件下载：", "点击下载附件", "如需下载，请点击右键另存为"],
    "disclaimer": ["版权声明：本网站所有内容未经授权不得转载"],
}

OF_A_LETTER = [
    "抄送：市政协提案委、市政府督查室",
    "（此件公开发布）",
    "审核人：江岩 签发人：程某",
    "责任单位：市林业局",
    "附件1",
    "附件：提案办理情况征询意见表",
    "一、满意度评价体系建设",
    "第2页第三段改为：",
    "-2",
    "2",
    "（一）政策问答服务",
    "二、语音播报系统",
    "上一年度工作",
    "浏览量突破100万人次",
    "校对工作",
    "大中小企业",
    "关闭落后产能",
    "满意",
    "评价：满意",
    "对页面进行改版后用户满意度评价提升",
    "政策咨询服务热线12345",
    "正文内容如下：",
    "下载安装国家反诈中心APP",
    "您对本复函如有意见，请填写征询意见表",
    "推进微信公众号建设，打印宣传手册",
    "（三）完善隐私政策和版权声明制度",
    "下一步打算",
    "下一条生产线将于年内投产",
    "下一个阶段，我们将加大投入",
    "相关政策措施",
    "扫码支付全覆盖",
    "云岭市林业局",
    "云岭市人民政府",
    "云岭市林业信息网",
    "2024年5月16日",
    "二〇二四年五月十六日",
    "主办单位：云岭市林业局",
    "签发人：江岩　联系人：程某",
    "办理结果：A",
    "A",
    "大",
    "(12)",
    "完成",
    "特此答复。",
    "加强版权所有权保护",
    "一、位置服务",
    "此件公开发布",
    "联系电话：0990-0000000",
    "附件：回执",
]


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule, texts in FURNITURE.items() for text in texts]
)
def test_furniture_is_dropped_under_its_name(rule: str, text: str) -> None:
    assert furniture_rule(text) == rule


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in BELOW for text in BELOW[rule]])
def test_what_may_be_a_heading_is_furniture_below_the_letter_only(rule: str, text: str) -> None:
    assert furniture_rule(text) is None
    assert edge_rule(text, tail=True) == rule


@pytest.mark.parametrize("text", OF_A_LETTER)
def test_a_letters_own_lines_are_never_furniture(text: str) -> None:
    assert furniture_rule(text) is None
    assert edge_rule(text, tail=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "日期:2024-10-12",
        "发布时间：2021-07-08 16:02　来源：办公室　浏览次数：次",
        "[ 信息来源：市局 ] 时间：2024-01-01",
        "2005年08月16日　来源：新华网",
        "2024-10-12 10:19",
    ],
)
def test_publishing_information_goes_from_the_head(text: str) -> None:
    assert edge_rule(text, tail=False) == "publish-info"


def test_an_aggregators_time_stamp_has_its_own_name() -> None:
    assert edge_rule("09.07.2017  20:49", tail=False) == "time-stamp"


def test_below_the_letter_only_sources_go_never_dates() -> None:
    assert edge_rule("（责任编辑：黄某）", tail=True) == "publish-info"
    assert edge_rule("日期：2024年5月16日", tail=True) is None
    assert edge_rule("2024-05-16", tail=True) is None


def test_a_label_of_the_letters_own_keeps_its_line() -> None:
    assert edge_rule("来源：办公室 签发人：张某", tail=False) is None


def test_no_line_takes_long_to_judge() -> None:
    units = [
        "大",
        "大小",
        "A+",
        "1",
        "微信",
        "返回",
        "中国政府网",
        "请打开",
        "来源:",
        "六稳",
        "首页/",
    ]
    begun = time.process_time()
    for unit in units:
        for end in ("", "X", " X"):
            line = (unit * 160)[: 160 - len(end)] + end
            furniture_rule(line)
            edge_rule(line, tail=False)
    assert time.process_time() - begun < 2
