"""File names made of what pages say: safe on every file system, and never a way out of a folder."""

from __future__ import annotations

import re
import unicodedata

# a/b  C:\x  "*?<>|  ESC, NUL, U+202E and other characters without a shape, lone surrogates
_UNSAFE = re.compile(r'[/\\:*?"<>|\s\x00-\x20\x7f-\x9f\ud800-\udfff]+')
# NUL, com1.txt, LPT¹: devices on Windows whatever follows the dot
# (https://learn.microsoft.com/windows/win32/fileio/naming-a-file)
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)")
_INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})


def safe_name(text: str, limit: int) -> str:
    """`text` as one part of a path: NFC, at most `limit` bytes of UTF-8; empty where none is left.

    It begins with no dot, dash or tilde, ends in no dot or space, and is no Windows device.
    """
    shown = "".join(
        character
        for character in text
        if character.isspace() or unicodedata.category(character) not in _INVISIBLE
    )
    name = _cut(_UNSAFE.sub("_", unicodedata.normalize("NFC", shown)), limit)
    return _cut(f"x-{name}", limit) if _RESERVED.match(name) else name


def _cut(name: str, limit: int) -> str:
    whole = name.strip("._ ").lstrip(".-~_ ")
    return whole.encode()[:limit].decode("utf-8", "ignore").rstrip("._ ")
