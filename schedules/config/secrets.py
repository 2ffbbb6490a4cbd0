"""Secrets in the configuration: put in from the environment, masked wherever they would show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote, urlsplit

MASK = "***"

# "mailtos://user:${MAIL_PASSWORD}@example.org"
VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")

# the password of "mailtos://user:pa:ss@example.org": up to the last @ before the path
_PASSWORD = re.compile(r"(?P<before>[A-Za-z][A-Za-z0-9+.-]*://[^\s/:@]*:)[^\s/]+(?=@)")

# "mailtos://robot:${MAIL_PASSWORD}@" of an address: where user and password stand
_USER_PLACE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s/?#]*@")

# host and recipients of a mail address: "smtp.example.org:587/li@example.org/a%40example.org"
_MAIL_HOST = (
    r"(?:\[[0-9A-Fa-f:.]+\]|[^\s/?#@:]+)(?::\d{1,5})?"
    r"(?:/(?:[^/?#]*(?:@|%40)[^/?#]*|\*\*\*)?)*"
)
# "mailtos://robot:***@smtp.example.org/"
_MAIL_SHOWN = re.compile(rf"[a-z]+://(?:[^\s/?#@:]*(?::\*\*\*)?@)?{_MAIL_HOST}")
# "mailtos://robot:p%40ss@smtp.example.org/?to=you@example.org"
_MAIL = re.compile(rf"[^:]+://(?:[^\s/?#]*@)?{_MAIL_HOST}(?:\?(?:[^=&@/?#]+=.*)?)?")

# "TIiajkdnlazkcOXrIdevi7FQ", "8f14e45f-ceea-467f": what stands between the marks of an address
_PIECE = re.compile(r"[^/?#&=:@,\s]+")
_SHORTEST_KEY = 10  # characters of what is taken for a key rather than a word


class UnsetVariableError(Exception):
    """A `${NAME}` the environment does not have."""

    def __init__(self, key: str, name: str) -> None:
        super().__init__(name)
        self.key = key
        self.name = name


def fill_in(value: Any, environment: Mapping[str, str], key: str = "") -> tuple[Any, set[str]]:
    """`value` (what TOML gives) with each `${NAME}` in its strings replaced, and what was put in.

    Where an address has its user and password, what is put in is percent-encoded: a password is
    taken as it is, also with `@ / ? # %` in it. Everywhere else it stands as it is.
    Raises UnsetVariableError with the key path of the string whose variable is not set.
    """
    if isinstance(value, str):
        return _fill_text(value, environment, key)
    if isinstance(value, dict):
        filled = {k: fill_in(v, environment, f"{key}.{k}" if key else k) for k, v in value.items()}
        return {k: v for k, (v, _) in filled.items()}, _union(s for _, s in filled.values())
    if isinstance(value, list):
        items = [fill_in(item, environment, f"{key}[{n}]") for n, item in enumerate(value)]
        return [item for item, _ in items], _union(s for _, s in items)
    return value, set()


def mask(text: str, secrets: Iterable[str] = ()) -> str:
    """`text` without the given secrets and without the passwords of the addresses in it."""
    return _PASSWORD.sub(rf"\g<before>{MASK}", _without(secrets, text))


def mask_all(value: Any, secrets: Iterable[str] = ()) -> Any:
    """`value` (what JSON can hold) with every string in it masked."""
    if isinstance(value, str):
        return mask(value, secrets)
    if isinstance(value, dict):
        return {key: mask_all(item, secrets) for key, item in value.items()}
    return [mask_all(item, secrets) for item in value] if isinstance(value, list) else value


def mask_target(target: str, secrets: Iterable[str] = ()) -> str:
    """A delivery target as it may be shown: its scheme and, for http(s) and mail, its host.

    Chat services carry their key in the path or in the host's place, so both go.
    """
    known = frozenset(secrets)
    scheme = target.partition(":")[0].lower()
    if scheme in ("file", "tree") or "://" not in target:
        return mask(target, known)
    if scheme in ("http", "https"):
        return f"{scheme}://{mask(_host(target), known)}/{MASK}"
    if scheme.startswith("mailto"):
        shown = mask(_without(known, target).partition("?")[0])
        whole = is_mail_address(target) and _MAIL_SHOWN.fullmatch(shown)
        return shown if whole else f"{scheme}://{MASK}"
    return f"{scheme}://{MASK}"


def is_mail_address(url: str) -> bool:
    """Whether a `mailto:` address falls into its parts as it was meant.

    A password with `/ ? #` that are not percent-encoded is cut: what is behind them would be taken
    for a path or a query, and what is before them for a host.
    """
    return _MAIL.fullmatch(url) is not None


def secret_parts(url: str) -> set[str]:
    """What of a target's address is a password or looks like a key, as written and unquoted.

    Chat services and webhooks carry their key as host, path or query; a piece that is long and
    holds letters and digits is taken for one.
    """
    scheme, _, rest = url.partition("://")
    if not rest or scheme.lower() in ("file", "tree"):
        return set()
    found = {match[0].rstrip("@") for match in re.finditer(r"(?<=:)[^\s/:]+(?=@)", rest)}
    if not scheme.lower().startswith("mailto"):
        host = _host(url) if scheme.lower() in ("http", "https") else ""
        found |= {piece for piece in _PIECE.findall(rest) if _is_key(piece) and piece != host}
    return {text for piece in found for text in (piece, unquote(piece)) if len(text) > 2}


def _is_key(piece: str) -> bool:
    return (
        len(piece) >= _SHORTEST_KEY
        and any(sign.isdigit() for sign in piece)
        and any(sign.isalpha() for sign in piece)
    )


def _fill_text(text: str, environment: Mapping[str, str], key: str) -> tuple[str, set[str]]:
    names = VARIABLE.findall(text)
    for name in names:
        if name not in environment:
            raise UnsetVariableError(key, name)
    place = _USER_PLACE.match(text)
    encoded_to = place.end() if place else 0

    def value(match: re.Match[str]) -> str:
        plain = environment[match[1]]
        return quote(plain, safe="") if match.start() < encoded_to else plain

    return VARIABLE.sub(value, text), _union(_forms(environment[name]) for name in names)


def _forms(value: str) -> set[str]:
    """A secret as it may show: as it is, as it was meant where it is percent-encoded itself, as a
    host name, and its parts that are keys."""
    forms = {value, unquote(value), value.lower()}
    if "://" not in value:  # of a whole address `secret_parts` tells the keys
        forms |= {piece for piece in _PIECE.findall(value) if _is_key(piece)}
    # a value of one or two characters masks everything and hides nothing
    return {form for form in forms if len(form) > 2}


def _without(secrets: Iterable[str], text: str) -> str:
    for secret in sorted(secrets, key=len, reverse=True):
        if secret.isascii() and secret.isalnum():  # is written in one way only
            text = text.replace(secret, MASK)
        else:
            text = _written(secret).sub(MASK, text)
    return text


@lru_cache(maxsize=1024)
def _written(secret: str) -> re.Pattern[str]:
    """A secret in every form it is written in: which of its characters are percent-encoded is up
    to whoever writes the address, and quotes and backslashes are escaped in JSON."""
    return re.compile("".join(map(_character, secret)))


def _character(sign: str) -> str:
    """`/` as itself, %2F and %2f; a blank as `+`, too."""
    plain = re.escape(sign)
    if sign.isascii() and sign.isalnum():
        return plain
    encoded = "".join(f"%{byte:02X}" for byte in sign.encode("utf-8", "surrogateescape"))
    further = {" ": r"|\+", '"': r"|\\\"", "\\": r"|\\\\"}.get(sign, "")
    return f"(?:(?i:{encoded}){further}|{plain})"


def _host(address: str) -> str:
    """The host of an http(s) address; masked where a password that is not encoded was cut."""
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises for the begin of a password: "https://robot:pa/ss@example.org"
    except ValueError:
        return MASK
    rest = parts.path + parts.query + parts.fragment
    cut = ":" in parts.netloc.rpartition("@")[0] and "@" in rest
    return MASK if cut else parts.hostname or MASK


def _union(sets: Iterable[set[str]]) -> set[str]:
    return set().union(*sets)
