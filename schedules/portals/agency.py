"""Whose letters a site publishes: the office's full name and its short ones, as printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.letter.agencies import agency_alone

# 重庆市綦江区人民政府网 · 某某市科学技术局门户网站 · 某某委官方网站
_OF_SITE = re.compile(r"(?:官方|政务|门户|公众|信息公开){0,3}(?:网站|网|官网|门户|平台)$")
# GB/T 2260: the first two digits of a province
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-6]")
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class AgencyNames:
    """The office a portal belongs to: its name, shorter names for it, and others letters print."""

    name: str
    aliases: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    of_site: bool = False  # the name is the site's, not the letters'


def agency_names(site: str | None, printed: Sequence[str]) -> AgencyNames | None:
    """The office by the site's own name and by what its letters print; None where neither says.

    `市科技局` is taken for a short name of `重庆市科学技术局`: its characters stand in the longer
    name in their order. A government's site prints many offices, so the site's name comes first.
    """
    named = _as_agency(site)
    letters = [name for text in printed if (name := _as_agency(text))]
    if named is None and not letters:
        return None
    full = named or _commonest(letters)
    longer = [name for name in letters if is_short_for(full, name)]
    full = max(longer, key=len, default=full)
    known = dict.fromkeys([*([named] if named else []), *letters])
    aliases = tuple(name for name in known if is_short_for(name, full))
    others = tuple(name for name in known if name != full and name not in aliases)
    return AgencyNames(full, aliases, others, of_site=full == named)


def is_short_for(short: str, full: str) -> bool:
    """Whether a name may be the other one shortened: `市教委` of `某某市教育委员会`.

    Not of governments: 市政府 stands in 某某市某某区人民政府, and is another one.
    """
    if not _SHORTEST <= len(short) < len(full) or short.endswith("政府"):
        return False
    rest = iter(full)
    return all(character in rest for character in short)


def region_of(site_code: str | None) -> str | None:
    """The region in a site's code: the first six of its ten digits; None for a ministry's.

    国办发〔2017〕47号 and the 网站标识码 rules: GB/T 2260 code, then a serial number.
    """
    if site_code is None or not _PROVINCE.match(site_code):
        return None
    return site_code[:6]


def _as_agency(text: str | None) -> str | None:
    """A printed name as an office's, without 网 and white space; None where it is none."""
    name = _OF_SITE.sub("", "".join((text or "").split()))
    return name if 4 <= len(name) <= 40 and agency_alone(name) else None


def _commonest(names: Sequence[str]) -> str:
    """The name printed most often, the longest of equals."""
    counted = Counter(names)
    return max(counted, key=lambda name: (counted[name], len(name)))
