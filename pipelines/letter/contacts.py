"""Owns what stands round a letter's end: contact lines, copies (抄送), receipts and notes."""

from __future__ import annotations

import re

_S = r" {0,4}"

# 联 系 人:余某某 · 联系电话:023-67… · 邮 编:401147 · 地  址:… · 传真 · 承办科室:…
# · (联系人:…;电话:…)
_CONTACT = re.compile(
    rf"[(【\[]?{_S}(?:联{_S}系{_S}(?:单{_S}位|科{_S}室|处{_S}室|部{_S}门|人|电{_S}话|方{_S}式"
    rf"|地{_S}址)"
    rf"|(?:办公|固定|移动|咨询|监督|值班|座机)?电{_S}话|手{_S}机(?:号码?)?|传{_S}真"
    rf"|邮{_S}(?:政{_S})?编{_S}码?"
    rf"|(?:通[讯信]|办公|单位|详细|邮寄)?{_S}地{_S}址|电子(?:邮箱|邮件|信箱)|邮{_S}箱|E-?mail"
    rf"|(?:承{_S}办|经{_S}办|具体承办|填{_S}报|办{_S}理){_S}(?:人|科室|处室|单位|部门)|(?:承|经){_S}办(?={_S}:)"
    rf"|责任(?:科室|人)|网{_S}址)[及和与/、一-鿿 ()]{{0,12}}[::;\t]",
    re.IGNORECASE,
)
# 联系领导及电话:罗某 13912345678 · 分管领导:赵某 手机:0536-3221100, under whatever label
_REACHED = re.compile(
    r"[(【\[]?[一-鿿 ]{2,12}:[^。]{0,60}?(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}[-—]\d{7,8})(?!\d)"
)
_CALL = re.compile(r"\d{7}")
# 办复类别:A类;|联系人:余某某
_WITHIN = re.compile(
    rf"[;,。、 (](?:联{_S}系{_S}(?:人|电{_S}话|方{_S}式)|(?:办公)?电{_S}话|手{_S}机)"
    r"(?:及[一-鿿]{2,4})?[:]"
)
# 电话 67511393 · 联系人 余某某, a label without a colon
_CONTACT_BARE = re.compile(
    rf"(?:联{_S}系{_S}(?:人|电{_S}话|方{_S}式)|电{_S}话|邮{_S}编|传{_S}真|手{_S}机"
    rf"|地{_S}址)(?:\s|[\d(]|$)"
)
# 抄送:市政府办公厅,市政协提案委。 · 抄 报： · 主题词：
_COPIES = re.compile(
    rf"[(]?{_S}(?:抄{_S}[送报致]|分{_S}送|报{_S}送|发{_S}送|主{_S}送|主{_S}题{_S}词){_S}[::\s]"
)
# (回执请寄某某办公室) · 附:征询意见表 · 附件: · (此件公开发布) · 公开方式:主动公开 · 共印5份
# · 2024年5月16日印发 · 满意程度:满意 · 代表意见\t满意
_NOTE = re.compile(
    rf"[(【\[]?{_S}(?:回{_S}执|附{_S}件|附{_S}[::]|附{_S}注|附表|此[件文]|本件"
    rf"|(?:政[府务])?(?:信息)?公开(?:属性|选项"
    rf"|类别|方式|审核)|公开(?:方式|属性|类型|选项|类别|范围|形式|程度)"
    rf"|(?:主动|依申请|不予|全文|同意)公开|是否(?:同意)?公开|校{_S}对|打{_S}字|拟{_S}稿"
    rf"|核{_S}稿|共印|印发|满意(?:程?度|情况)|征询|反馈意见"
    r"|(?:代表|委员|提案[人者]|建议人)(?:反馈|评价)?意见(?=[:\t]|$))"
)
_PRINTED = re.compile(rf"(?:印{_S}发|印制|印)\)?$|\(?共印.{{0,8}}份\)?$")
# 回  执 · 提案办理征询意见表 · 满意度测评表
_RECEIPT = re.compile(
    r"(?:附件?\d?:)?[^。:]{0,12}对[^。:]{0,12}(?:办理|答复)[^。:]{0,8}(?:意见|评价)"
    r"|(?:附件?\d?:)?[^。:]{0,30}(?:回 {0,4}执(?:单|联)?|(?:征询|征求|反馈|评价|测评"
    r"|满意度)[^。:]{0,8}(?:表|单|卡))[^。:]{0,8}"
)
# How contacts without a colon, copies and notes begin, brackets and blanks apart: next to no
# paragraph does, which is quicker asked than by three patterns.
_BEGINS = frozenset("([【 联电邮传手地抄分报发主回附此本政信公依不全同是校打拟核共印满征反代委提建")
# 67511393 15902388235 and nothing else
_PHONE = re.compile(r"[(（]?[\d \-—()、,;/转]{7,60}")


def is_contact(folded: str) -> bool:
    """Whether a passage tells how to reach the office: 联系人, 电话, 邮编, 地址."""
    if _is_labelled(folded):
        return True
    if len(folded) <= 60 and folded[:1] in _BEGINS and _CONTACT_BARE.match(folded):
        return True
    return _PHONE.fullmatch(folded) is not None and sum(c.isdigit() for c in folded) >= 7


def is_after_signature(folded: str) -> bool:
    """Whether a passage belongs behind a signature: contacts, copies, receipts, notes."""
    if is_contact(folded):
        return True
    if folded[:1] in _BEGINS and (_COPIES.match(folded) or _NOTE.match(folded)):
        return True
    printed = "印" in folded and len(folded) <= 80
    return printed and _PRINTED.search(folded) is not None


def is_certain_contact(folded: str) -> bool:
    """Whether a passage before the signature is a contact line and no sentence of the letter."""
    if len(folded) > 120 or "。" in folded[:-1]:
        return False
    return _is_labelled(folded) or _is_reached(folded)


def holds_contact(folded: str) -> bool:
    """Whether a contact's label stands within a line: (办复类别:A类;联系人:余某某)."""
    return ("联系" in folded or "电话" in folded) and _WITHIN.search(folded) is not None


def _is_labelled(folded: str) -> bool:
    """Whether a passage begins with a contact's label, which all end with one of these marks."""
    may = ":" in folded or ";" in folded or "\t" in folded
    return may and _CONTACT.match(folded) is not None


def _is_reached(folded: str) -> bool:
    """Whether a number to call stands behind a label; in an annex it may be anybody's."""
    may = ":" in folded and _CALL.search(folded)
    return bool(may and _REACHED.match(folded))


def is_receipt_heading(folded: str) -> bool:
    """Whether a passage heads a form to be sent back: 回执, 征询意见表."""
    if len(folded) > 60:
        return False
    may = "执" in folded or "意" in folded or "评" in folded or "征" in folded or "反馈" in folded
    return (may or "测" in folded) and bool(_RECEIPT.fullmatch(folded))
