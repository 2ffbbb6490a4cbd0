"""The names of the rules under which a page's blocks are kept or dropped, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from schedules.words.language import Language, Words

# keys are the rules of the account (`Block.rule`), those of kept blocks first
RULES: Mapping[str, Words] = {
    "body": Words("正文", "body"),
    "title": Words("标题", "title"),
    "metadata": Words("元数据", "metadata"),
    "attachments": Words("附件", "attachments"),
    "contacts": Words("联系方式", "contacts"),
    "annex": Words("页内附件", "annex"),
    "outcome_class": Words("办理结果", "outcome"),
    "behind-letter": Words("复函之后的其他内容", "behind the letter, no part of it"),
    "outside": Words("正文之外", "outside the article"),
    "site-bar": Words("网站栏", "site bar"),
    "breadcrumb": Words("当前位置", "breadcrumb"),
    "qr-code": Words("二维码", "QR code"),
    "share": Words("分享", "share links"),
    "font-size": Words("字号", "font size"),
    "print": Words("打印关闭", "print and close"),
    "view-counter": Words("浏览次数", "view counter"),
    "today": Words("今日日期", "today's date"),
    "neighbours": Words("上一篇下一篇", "neighbours"),
    "related-links": Words("相关链接", "related links"),
    "navigation": Words("导航", "navigation"),
    "clue-collection": Words("线索征集", "clue collection"),
    "speech": Words("语音播报", "read aloud"),
    "satisfaction": Words("满意度评价", "satisfaction survey"),
    "policy-service": Words("政策服务", "policy service"),
    "download-hint": Words("下载提示", "download hint"),
    "fragment-mark": Words("粘贴标记", "paste mark"),
    "page-break": Words("分页标记", "page break"),
    "pager": Words("翻页", "pager"),
    "footer": Words("页脚", "footer"),
    "disclaimer": Words("声明", "disclaimer"),
    "end-mark": Words("文末标记", "end mark"),
    "script-note": Words("脚本提示", "script note"),
    "publish-info": Words("来源时间", "source and date"),
    "time-stamp": Words("时间戳", "time stamp"),
    "second-copy": Words("重复正文", "second copy"),
    "hidden": Words("隐藏", "hidden"),
    "form": Words("表单", "form"),
    "noscript": Words("无脚本提示", "noscript"),
    "frame": Words("嵌入框", "frame"),
    "word-markup": Words("Word 标记", "Word mark-up"),
    "removed": Words("已删除的文字", "removed text"),
    "no-text": Words("脚本样式", "scripts and styles"),
}
METHODS: Mapping[str, Words] = {
    "select": Words("门户文件 [select]", "the portal's [select]"),
    "platform": Words("网站系统", "the platform's mark"),
    "profile": Words("从本站页面学得", "learnt from the site's pages"),
    "general": Words("一般规则", "general rules"),
}
DECIDED: Mapping[str, Words] = {
    "mark": Words("字节顺序标记", "byte order mark"),
    "header": Words("HTTP 头声明", "declared by the HTTP header"),
    "meta": Words("网页自身声明", "declared by the page"),
    "bytes": Words("由字节判断", "told from the bytes"),
}
ENCODING = Words("编码：{encoding}（{decided}）", "encoding: {encoding} ({decided})")
FOUND = Words("正文位置：{container}（{method}）", "article: {container} ({method})")
WARNING = Words("提示：{warning}", "warning: {warning}")
SIZE = Words("{count} 字", "{count} chars")
TOTAL = Words(
    "保留 {kept} 字（{kept_blocks} 块），略去 {dropped} 字（{dropped_blocks} 块）",
    "kept {kept} characters in {kept_blocks:block|blocks}, dropped {dropped} in {dropped_blocks}",
)


def rule_name(rule: str, language: Language) -> str:
    """A rule's name for people; a rule without one is named as it is."""
    words = RULES.get(rule)
    if words is None:
        return rule
    return words.zh if language == "zh" else words.en
