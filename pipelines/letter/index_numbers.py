"""Owns the index number (索引号): one normal form, and the check digits it may carry."""

from __future__ import annotations

import re
import unicodedata
from operator import mul

_GB32100 = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_GB11714 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_GB32100_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_GB11714_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

# 索引号:1150…, printed once more in the value
_LABEL = re.compile(r"^(?:信息)?索引号:?")
# 000014349/2017–00110, a dash for a hyphen
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))

# 11500000MB15895317/2024-00078; never a time stamp such as 202304072332156680
_CREDIT_CODE = re.compile(r"(?!20[0-4]\d[01]\d)[1-9A-Y][0-9A-Z]{17}(?=[/_-]|$)", re.ASCII)

# 01527918X-2020-153077 · MB1589531/2024-00078
_ORGANISATION_CODE = re.compile(r"(?:\d{8}X|M[AB][0-9A-Z]{6}[0-9X])(?=[/_-])", re.ASCII)


def normalize_index_number(printed: str) -> str | None:
    """The number under NFKC, without white space; None where nothing is left.

    One that begins with a social credit or an organisation code is in upper case, as both
    standards have them; a slug of a site's own (`zkx_swj/2025-00008`) stays as printed.
    """
    text = "".join(unicodedata.normalize("NFKC", printed).split()).translate(_DASHES)
    text = _LABEL.sub("", text.strip("[]【】:")).strip("[]【】:")
    upper = text.upper()
    if credit_code(upper) or _ORGANISATION_CODE.match(upper):
        text = upper
    return text if any(char.isalnum() for char in text) else None


def credit_code(index_number: str) -> str | None:
    """The 18 characters of a social credit code a normalized index number begins with, if any."""
    match = _CREDIT_CODE.match(index_number)
    return match[0] if match else None


def organisation_code(index_number: str) -> str | None:
    """The 9-character organisation code inside the social credit code, if there is one."""
    code = credit_code(index_number)
    return code[8:17] if code else None


def credit_code_is_valid(code: str) -> bool:
    """Whether 18 characters pass the check of GB 32100 and, from the 9th on, of GB 11714.

    GB 32100-2015: weights 3^i mod 31, check character (31 − Σ mod 31) mod 31.
    """
    if len(code) != 18 or not set(code) <= set(_GB32100):
        return False
    total = sum(map(mul, map(_GB32100.index, code), _GB32100_WEIGHTS))
    return _GB32100[(31 - total % 31) % 31] == code[17] and organisation_code_is_valid(code[8:17])


def organisation_code_is_valid(code: str) -> bool:
    """Whether 9 characters pass the check of GB 11714-1997: 11 − Σ mod 11, X for 10, 0 for 11."""
    if len(code) != 9 or not set(code) <= set(_GB11714):
        return False
    total = sum(map(mul, map(_GB11714.index, code), _GB11714_WEIGHTS))
    return "0123456789X0"[11 - total % 11] == code[8]


def check_index_number(index_number: str) -> str | None:
    """What is wrong with the code a normalized number carries; None if nothing is.

    18 characters in a social credit code's form are checked by GB 32100; 9 characters by
    GB 11714 only where their form says that they are an organisation code (eight digits and X,
    or the letters MA or MB such codes have had since 2015). Nine digits alone may as well name a
    region or a site, and are never checked.
    """
    if code := credit_code(index_number):
        valid, kind = credit_code_is_valid(code), "a social credit code"
    elif match := _ORGANISATION_CODE.match(index_number):
        code = match[0]
        valid, kind = organisation_code_is_valid(code), "an organisation code"
    else:
        return None
    return None if valid else f"index_number: {code} fails the check digits of {kind}"
