"""Lists that stand in a page's script as JSON: `var listData = [{"title": …, "url": …}]`."""

from __future__ import annotations

import json
import re
from itertools import islice

from crawler.lists.json_lists import JsonItem, json_items

_MOST_ARRAYS = 40
_LONGEST = 1 << 22  # characters of one array
# listData = [{"title":"…" · "rows":[ {"id":7,"name":…
_ARRAY = re.compile(r"[=:(]\s{0,9}(?=\[\s{0,9}\{\s{0,9}\")")
_DECODER = json.JSONDecoder()


def script_items(source: str) -> tuple[JsonItem, ...]:
    """The longest array of entries with address and title among a page's scripts; never raises."""
    longest: tuple[JsonItem, ...] = ()
    end = 0
    for array in islice(_ARRAY.finditer(source), _MOST_ARRAYS):
        if array.end() < end:
            continue  # within the one before
        try:
            data, length = _DECODER.raw_decode(source[array.end() : array.end() + _LONGEST])
        except (ValueError, RecursionError):
            continue
        end = array.end() + length
        longest = max(longest, json_items(data), key=len)
    return longest
