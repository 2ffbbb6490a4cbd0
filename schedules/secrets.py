"""Secrets in the configuration: put in from the environment, masked wherever they would show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

MASK = "***"

# "mailtos://user:${MAIL_PASSWORD}@example.org"
VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")

# the password of "mailtos://user:pa:ss@example.org": up to the last @ before the path
_PASSWORD = re.compile(r"(?P<before>[A-Za-z][A-Za-z0-9+.-]*://[^\s/:@]*:)[^\s/]+(?=@)")


class UnsetVariableError(Exception):
    """A `${NAME}` the environment does not have."""

    def __init__(self, key: str, name: str) -> None:
        super().__init__(name)
        self.key = key
        self.name = name


def fill_in(value: Any, environment: Mapping[str, str], key: str = "") -> tuple[Any, set[str]]:
    """`value` (what TOML gives) with each `${NAME}` in its strings replaced, and what was put in.

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
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, MASK)
    return _PASSWORD.sub(rf"\g<before>{MASK}", text)


def mask_target(target: str, secrets: Iterable[str] = ()) -> str:
    """A delivery target as it may be shown: its scheme and, for http(s) and mail, its host.

    Chat services carry their key in the path or in the host's place, so both go.
    """
    masked = mask(target, secrets)
    scheme = masked.partition(":")[0].lower()
    if scheme == "file" or "://" not in masked:
        return masked
    if scheme in ("http", "https"):
        return f"{scheme}://{_host(masked)}/{MASK}"
    if scheme.startswith("mailto"):
        return masked.partition("?")[0]
    return f"{scheme}://{MASK}"


def _fill_text(text: str, environment: Mapping[str, str], key: str) -> tuple[str, set[str]]:
    names = VARIABLE.findall(text)
    for name in names:
        if name not in environment:
            raise UnsetVariableError(key, name)
    filled = VARIABLE.sub(lambda match: environment[match[1]], text)
    # a value of one or two characters masks everything and hides nothing
    return filled, {environment[name] for name in names if len(environment[name]) > 2}


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or MASK
    except ValueError:
        return MASK


def _union(sets: Iterable[set[str]]) -> set[str]:
    return set().union(*sets)
