"""The two codes that check themselves: organisation codes and unified social credit codes."""

from __future__ import annotations

_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def organisation_code(stem: str) -> str:
    """The 9-character organisation code of an 8-character stem (GB 11714-1997).

    The check character is 11 minus the weighted sum modulo 11, with `X` for 10 and `0` for 11.
    """
    total = sum(
        weight * _ORGANISATION_ALPHABET.index(character)
        for weight, character in zip(_ORGANISATION_WEIGHTS, stem, strict=True)
    )
    return stem + "0123456789X0"[11 - total % 11]


def social_credit_code(authority: str, region: str, organisation: str) -> str:
    """The 18-character social credit code (GB 32100-2015) of an organisation.

    `authority` is two characters (`11`: an organ of the state), `region` six digits of GB/T 2260,
    `organisation` a 9-character organisation code.
    """
    stem = authority + region + organisation
    total = sum(
        pow(3, place, 31) * _CREDIT_ALPHABET.index(character)
        for place, character in enumerate(stem)
    )
    return stem + _CREDIT_ALPHABET[(31 - total % 31) % 31]
