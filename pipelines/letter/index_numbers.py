"""Owns the index number (索引号): one normal form, and the check digits it may carry."""

from __future__ import annotations

import re
import unicodedata

_WHITE = re.compile(r"\s+")

_GB32100 = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_GB11714 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_GB11714_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

# 11500000MB15895317/2024-00078; never a time stamp such as 202304072332156680
_CREDIT_CODE = re.compile(r"(?!20[0-4]\d[01]\d)[1-9A-Y][0-9A-Z]{17}(?=[/_-]|$)", re.ASCII)


def normalize_index_number(printed: str) -> str | None:
    """The number under NFKC, in upper case, without white space; None where nothing is left."""
    text = _WHITE.sub("", unicodedata.normalize("NFKC", printed)).upper()
    return text.strip("[]【】:") or None


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
    if len(code) != 18 or any(char not in _GB32100 for char in code):
        return False
    total = sum(_GB32100.index(char) * pow(3, i, 31) for i, char in enumerate(code[:17]))
    return _GB32100[(31 - total % 31) % 31] == code[17] and organisation_code_is_valid(code[8:17])


def organisation_code_is_valid(code: str) -> bool:
    """Whether 9 characters pass the check of GB 11714-1997: 11 − Σ mod 11, X for 10, 0 for 11."""
    if len(code) != 9 or any(char not in _GB11714 for char in code):
        return False
    total = sum(
        _GB11714.index(char) * weight
        for char, weight in zip(code[:8], _GB11714_WEIGHTS, strict=True)
    )
    return "0123456789X0"[11 - total % 11] == code[8]


def check_index_number(index_number: str) -> str | None:
    """What is wrong with the social credit code a normalized number carries; None if nothing is."""
    code = credit_code(index_number)
    if code is None or credit_code_is_valid(code):
        return None
    return f"index_number: {code} fails the check digits of a social credit code"
