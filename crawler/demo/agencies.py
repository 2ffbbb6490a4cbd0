"""The invented offices of 澜江市, a city that is on no map, and what they are called in print."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.demo.codes import organisation_code, social_credit_code

REGION = "509900"  # no city has this code of GB/T 2260


@dataclass(frozen=True, slots=True)
class Agency:
    """An office that answers submissions and publishes its letters."""

    key: str  # stands in the letters' keys: `science-017`
    name: str  # under the letter
    short: str  # in the metadata and in other offices' letters
    head: str  # what its head is called: 局长, 主任
    document_word: str  # before the year in its document numbers
    organisation: str  # 9-character organisation code
    pronoun: str  # what it calls itself: 我局, 我委

    @property
    def credit_code(self) -> str:
        """Its unified social credit code."""
        return social_credit_code("11", REGION, self.organisation)


SCIENCE = Agency(
    key="science",
    name="澜江市科学技术局",
    short="市科技局",
    head="局长",
    document_word="澜科局函",
    organisation=organisation_code("MB990173"),
    pronoun="我局",
)
ECONOMY = Agency(
    key="economy",
    name="澜江市经济和信息化委员会",
    short="市经济信息委",
    head="主任",
    document_word="澜经信函",
    organisation=organisation_code("00990286"),
    pronoun="我委",
)

# Offices that other offices consult; the two above are left out of their own letters.
CONSULTED = (
    "市发展改革委",
    "市教委",
    "市科技局",
    "市经济信息委",
    "市财政局",
    "市人力社保局",
    "市规划自然资源局",
    "市生态环境局",
    "市住房城乡建委",
    "市交通局",
    "市农业农村委",
    "市商务委",
    "市卫生健康委",
    "市市场监管局",
    "市金融管理局",
    "市知识产权局",
)
DISTRICTS = ("青溪区", "临津区", "北埠区", "南屏区", "云浦县", "石槛县", "丰泉县", "高新区")
