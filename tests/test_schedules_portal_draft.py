"""A portal's name, agency and region, from addresses and printed names."""

from __future__ import annotations

import pytest

from schedules.portals.agency import agency_names, is_short_for, region_of
from schedules.portals.draft import names_private_host, portal_name


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://kjj.cq.gov.cn/zwgk_176/zwxxgkml/", "cq-kjj"),
        ("https://www.cqqj.gov.cn/zwgk_159/", "cqqj"),
        ("http://jxt.hubei.gov.cn/", "hubei-jxt"),
        ("https://www.gov.cn/x/", "gov"),
        ("http://127.0.0.1:8080/x/", "127-0-0-1"),
        ("http://localhost:8080/x/", "localhost"),
        ("http://科技局.example.org/", "example-xn--dgt58lv2v"),
        ("nonsense", "portal"),
    ],
)
def test_name_comes_from_the_host_the_widest_part_first(url: str, name: str) -> None:
    assert portal_name(url) == name


@pytest.mark.parametrize(
    ("url", "private"),
    [
        ("http://127.0.0.1/x", True),
        ("http://[::1]/x", True),
        ("http://localhost:9/x", True),
        ("http://10.1.2.3/x", True),
        ("http://8.8.8.8/x", False),
        ("https://kjj.cq.gov.cn/", False),
    ],
)
def test_only_an_address_of_this_network_makes_a_private_portal(url: str, private: bool) -> None:
    assert names_private_host(url) is private


@pytest.mark.parametrize(
    ("short", "full", "is_short"),
    [
        ("市科技局", "重庆市科学技术局", True),
        ("市教委", "重庆市教育委员会", True),
        ("市经济信息委", "重庆市经济和信息化委员会", True),
        ("市教育局", "重庆市体育局", False),
        ("市政府", "重庆市綦江区人民政府", False),
        ("区科技局", "重庆市科学技术局", False),
        ("重庆市科学技术局", "重庆市科学技术局", False),
        ("局", "重庆市科学技术局", False),
    ],
)
def test_short_names_hold_the_characters_of_the_full_one_in_order(
    short: str, full: str, is_short: bool
) -> None:
    assert is_short_for(short, full) is is_short


def test_sites_own_name_comes_first_and_letters_short_names_are_aliases() -> None:
    names = agency_names("青岚市科学技术局门户网站", ["市科技局", "市科技局", "白石市水利局"])
    assert names is not None
    assert (names.name, names.aliases) == ("青岚市科学技术局", ("市科技局",))
    assert names.others == ("白石市水利局",) and names.of_site


def test_full_name_in_letters_beats_a_short_one_of_the_site() -> None:
    names = agency_names("市科技局", ["青岚市科学技术局"])
    assert names is not None
    assert (names.name, names.aliases, names.of_site) == ("青岚市科学技术局", ("市科技局",), False)


def test_government_stays_the_agency_where_its_offices_sign() -> None:
    names = agency_names("青岚市石槛区人民政府网", ["石槛区教育委员会", "石槛区水利局"])
    assert names is not None
    assert (names.name, names.aliases) == ("青岚市石槛区人民政府", ())


def test_nothing_that_is_an_office_gives_no_agency() -> None:
    assert agency_names("欢迎访问", ["2024年6月3日", ""]) is None
    assert agency_names(None, []) is None


@pytest.mark.parametrize(
    ("code", "region"),
    [("5000000062", "500000"), ("5099000017", "509900"), ("0100000001", None), (None, None)],
)
def test_region_is_the_beginning_of_a_sites_code(code: str | None, region: str | None) -> None:
    assert region_of(code) == region
