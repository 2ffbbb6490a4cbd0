"""Owns the labels under which portals print a letter's metadata, and which key each one fills."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import lru_cache

from pipelines.fold import fold

# Labels by key, the one nearest to the key's meaning first: it wins where a page prints several.
# `索引号` … `发布日期`: Chongqing's table; `名称` … `生效日期`: tables seen elsewhere.
_LABELS: Mapping[str | None, str] = {
    "index_number": "索引号 索引编号 信息索引号 索引 索取号 信息索引 公开索引号",
    "document_number": (
        "发文字号 文号 文件编号 公文文号 发文文号 文件字号 文件号 公文字号 备注/文号"
    ),
    "subject_category": (
        "主题分类 主题类别 所属主题 信息分类 组配分类 公开类别 信息类别 所属分类 分类"
    ),
    "genre_category": "体裁分类 体裁 体裁类别 公文种类 信息体裁 文种 公文体裁",
    "issuing_agency": (
        "发布机构 发布单位 发文机关 发文单位 发文机构 发布部门 制发机关 制发单位 制文机关 公开机构"
        " 公开单位 公开主体 公开部门 责任部门 公开责任部门 印发机关 产生机构 成文单位 信息产生部门"
        " 制发机构 制发部门 制定机关 公布机构 公布单位 印发单位 印发机构 发文部门 公开责任单位"
    ),
    "date_written": (
        "成文日期 成文时间 发文日期 发文时间 生成日期 产生日期 印发日期 印发时间 制发日期 形成日期"
        " 制文日期 生成时间"
    ),
    "date_published": (
        "发布日期 发布时间 公开日期 公开时间 上网日期 上网时间 发表时间 公布日期 公布时间 登载日期"
    ),
    "title": "名称 标题 信息名称 文件名称 公文名称 信息标题 文件标题",
    # Labels without a key: known so that the value before them ends there.
    None: (
        "有效性 时效性 效力状态 文件状态 文件有效性 生效日期 实施日期 失效日期 废止日期"
        " 著录日期 公开方式 公开形式 公开范围 公开属性 公开时限 公开程序 公开期限 主题词"
        " 关键词 关键字 服务对象 内容概述 内容简介 语种 载体类型 来源 信息来源 文章来源"
        " 浏览次数 浏览量 浏览 点击数 点击率 点击量 点击次数 阅读次数 阅读量 访问量 作者 编辑"
        " 责任编辑 字体 字号 分享 分享到 打印 下载 编号 信息编号 备注 更新时间 更新日期"
        " 统一编号 登记号 审核 发布人 时间 日期 概述 内容概要 所属机构 所属栏目"
    ),
}

# Labels that a letter or its form may print too: by themselves they prove no metadata.
_WEAK = frozenset(
    re.findall(
        r"\S+",
        "索引 文号 文件编号 文件号 信息类别 公开类别 所属分类 体裁 文种 发文单位 公开单位"
        " 公开部门 责任部门 名称 标题 文件名称 文件标题 公文名称 主题词 关键词 关键字 服务对象"
        " 内容简介 语种 来源 文章来源 信息来源 浏览次数 浏览量 浏览 点击数 点击率 点击量 点击次数"
        " 阅读次数 阅读量 访问量 作者 编辑 责任编辑 字体 字号 分享 分享到 打印 下载 编号 备注 审核"
        " 发布人 时间 日期 发文日期 发文时间 公开时间 公布时间 公布日期 更新时间 更新日期 生效日期"
        " 实施日期 失效日期 废止日期 印发时间 印发日期 登记号 统一编号 产生机构 公开范围 公开形式"
        " 公开属性 公开期限 分类 概述 内容概要 所属机构 所属栏目",
    )
)


@dataclass(frozen=True, slots=True, eq=False)
class LabelTable:
    """Known labels, white space removed: their keys, their rank within a key, which are weak."""

    keys: Mapping[str, str | None]
    ranks: Mapping[str, int]
    weak: frozenset[str]
    pattern: re.Pattern[str]  # a label in brackets or before a colon, within folded text
    unmarked: re.Pattern[str]  # a label before a blank, a digit or the end, within folded text
    first: frozenset[str]  # the characters a line with a label can begin with
    opening: re.Pattern[str]  # how a line with a label begins, by the label's first characters
    beginning: re.Pattern[str]  # how a text begins that may be a line of labels

    def label(self, text: str) -> str | None:
        """The label a piece of text is, with or without brackets and colon, else None."""
        return _label(text, self) if len(text) <= 30 else None


@lru_cache(maxsize=4096)
def _label(text: str, table: LabelTable) -> str | None:
    """The answer for a text short enough; a page's lines and cells are asked several times."""
    bare = "".join(fold(text).split()).strip("[]【】〔〕():·•*")
    return bare if bare in table.keys else None


LABEL_START = 14  # characters within which an unknown label ends
_LEADING = "[［【〔(（·•●■*>-、,;| \t\n\u3000\xa0"  # before a label


@lru_cache(maxsize=256)
def label_table(extra: tuple[tuple[str, str], ...] = ()) -> LabelTable:
    """The general labels with a portal's own before them, as (printed label, key) pairs."""
    keys: dict[str, str | None] = {}
    ranks: dict[str, int] = {}
    for key, labels in _LABELS.items():
        for rank, label in enumerate(labels.split()):
            keys[label], ranks[label] = key, rank
    own = {"".join(fold(label).split()).strip("[]【】():"): key for label, key in extra}
    own.pop("", None)
    keys |= own
    ranks |= dict.fromkeys(own, -1)
    weak = _WEAK - own.keys()
    return LabelTable(
        keys,
        ranks,
        weak,
        _pattern(keys),
        _unmarked(keys),
        frozenset(label[0] for label in keys) | frozenset(_LEADING),
        opening := _opening(keys.keys()),
        _beginning(opening),
    )


def _pattern(keys: Mapping[str, str | None]) -> re.Pattern[str]:
    """Finds labels within a line, blanks allowed between their characters.

    `[ 索引号 ] 1150…` · `索 引 号:1150…  文  号:渝科局函〔2024〕274号` · `【索引号】1150…`; behind
    a value without a blank, as inline elements leave it, only long ones: `…厅成文日期:2024…`.
    """
    ordered = sorted(keys, key=len, reverse=True)
    spaced = [r"[ \u3000]*".join(map(re.escape, label)) for label in ordered]
    any_label = "|".join(spaced)
    long_label = "|".join(one for one, label in zip(spaced, ordered, strict=True) if len(label) > 3)
    return re.compile(
        rf"[\[【〔(]\s*(?P<boxed>{any_label})\s*[\]】〕)]\s*:?"
        rf"|(?<![\u4e00-\u9fff])(?P<named>{any_label})\s*:"
        rf"|(?P<inner>{long_label})\s*:"
    )


def _unmarked(keys: Mapping[str, str | None]) -> re.Pattern[str]:
    """Finds labels that only blanks set apart: `索引号 1150…　发文字号 云民函〔2024〕12号`."""
    telling = sorted((one for one in keys if keys[one] or len(one) > 2), key=len, reverse=True)
    spaced = "|".join(r"[ \u3000]*".join(map(re.escape, label)) for label in telling)
    return re.compile(rf"(?:^|(?<=\s))({spaced})(?=[\s\dA-Za-z]|$)")


def _opening(labels: Set[str]) -> re.Pattern[str]:
    """Finds where a line begins with a label, by its first two characters: [ 发文 · 【索引"""
    seconds: dict[str, set[str]] = {}
    for label in labels:
        seconds.setdefault(label[0], set()).add(label[1:2])
    starts = (
        rf"{re.escape(first)}\s*(?:{'|'.join(map(re.escape, sorted(following)))})"
        for first, following in sorted(seconds.items())
    )
    any_first = "".join(map(re.escape, sorted(seconds)))  # looked at before them all
    return re.compile(rf"[{re.escape(_LEADING)}]*(?=[{any_first}])(?:{'|'.join(starts)})")


def _beginning(opening: re.Pattern[str]) -> re.Pattern[str]:
    """Finds whether a text begins with a label's beginning, or has a colon soon behind its own.

    ` 索引号：1150…` · `承办单位：某局 发布时间：…`, not `首页`.
    """
    return re.compile(rf"\s*+(?:{opening.pattern}|[^:：]{{0,{LABEL_START - 1}}}+[:：])")
