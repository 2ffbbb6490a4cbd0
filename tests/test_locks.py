"""The lock files: one version of everything, every file by its hash, and no registry's address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = (
    "requirements.lock",
    "requirements.runtime.lock",
    "benchmarks/requirements.lock",
    "benchmarks/watchers.lock",
)

# "lxml==6.1.3 \"
_PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+) \\$", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    return dict(_PIN.findall((ROOT / lock).read_text(encoding="utf-8")))


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_pins_by_hash_and_names_no_registry(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert len(pins(lock)) > 20
    assert "://" not in text
    for block in re.split(r"\n(?=[a-z0-9])", text.strip()):
        assert "--hash=sha256:" in block, block.partition("\n")[0]


def test_image_runs_with_the_versions_that_were_tested() -> None:
    tested = pins("requirements.lock")
    assert {name: tested.get(name) for name in pins("requirements.runtime.lock")} == pins(
        "requirements.runtime.lock"
    )


def test_image_leaves_the_tools_of_development_out() -> None:
    assert not pins("requirements.runtime.lock").keys() & {"pytest", "mypy", "pandas", "datasette"}


def test_dockerfile_copies_what_is_there() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    copied = re.findall(r"^COPY (?!--from)(\S+) ", text, re.MULTILINE)
    assert copied
    assert all((ROOT / name).exists() for name in copied)
