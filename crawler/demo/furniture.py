"""The furniture of a day: counters, today's date, banners, recommendations, build numbers."""

from __future__ import annotations

from datetime import date

from crawler.demo.pages import Furniture

_BANNERS = (
    None,
    "深入学习贯彻全国两会精神",
    "3·15国际消费者权益日专题",
    "2026年政府网站工作年度报表已发布",
    None,
)
_EPOCH = date(2026, 3, 2)


def furnish(today: date) -> Furniture:
    """The furniture of that day; no two days of a week look alike."""
    days = (today - _EPOCH).days
    return Furniture(
        today=today,
        visits=4100 + 113 * days,
        rotation=days % 7,
        build=f"{today:%Y%m%d}.{days % 3 + 1}",
        banner=_BANNERS[days % len(_BANNERS)],
    )
