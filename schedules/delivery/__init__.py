"""Reports, letters and the feed handed to where the configuration sends them."""

from __future__ import annotations
