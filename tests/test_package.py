"""The wheel holds all that runs: built, installed into an empty environment, and used."""

from __future__ import annotations

import json
import os
import site
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LETTER = """关于市政协六届二次会议第0233号提案的复函
陆清和委员：
您提出的《关于规范共享单车停放的建议》（第0233号）收悉，现答复如下：
一、全市已施划停放点位1260处。
二、下一步将于2026年底前再施划300处。
此复函已经江晚舟局长审签。
澜江市城市管理局
2025年5月9日
"""


def run(*command: str | Path, cwd: Path) -> str:
    hidden = ("PYTHONPATH", "FUHAN_CONFIG", "FUHAN_NOW")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**environment, "FUHAN_LANG": "en"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the tree with the build tools that are installed."""
    folder = tmp_path_factory.mktemp("wheel")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("no git here to tell the project's files from others")
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file() and not name.startswith("tests/"):
            copy = folder / "tree" / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes((ROOT / name).read_bytes())
    run(
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "-o",
        folder,
        folder / "tree",
        cwd=folder,
    )
    return next(folder.glob("*.whl"))


def test_wheel_holds_every_module_and_data_file(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    rooms = ("crawler", "pipelines", "schedules", "storage")
    wanted = {
        str(path.relative_to(ROOT))
        for room in rooms
        for path in (ROOT / room).rglob("*")
        if path.suffix in (".py", ".toml", ".typed") and "__pycache__" not in path.parts
    }
    assert wanted - packed == set()
    assert {"fuhan.py", "fuhan-stubs/__init__.pyi"} <= packed
    strangers = {name.split("/")[0] for name in packed} - {*rooms, "fuhan.py", "fuhan-stubs"}
    assert {name for name in strangers if not name.endswith(".dist-info")} == set()


def test_installed_wheel_runs_from_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    target = Path(sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)}))
    python = home / "bin" / "python"
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        wheel,
        cwd=tmp_path,
    )
    # its dependencies from the tests' own environment; a path alone brings no editable install
    paths = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), *site.getsitepackages()]
    (target / "dependencies.pth").write_text("\n".join(dict.fromkeys(paths)), encoding="utf-8")

    empty = tmp_path / "empty"
    empty.mkdir()
    fuhan = home / "bin" / "fuhan"
    assert run(fuhan, "--version", cwd=empty).startswith("fuhan ")
    origin = run(python, "-c", "import schedules.cli.cli as c; print(c.__file__)", cwd=empty)
    assert Path(origin.strip()).is_relative_to(home)
    (empty / "letter.txt").write_text(LETTER, encoding="utf-8")
    letter = json.loads(run(fuhan, "clean", "letter.txt", "--json", cwd=empty))
    assert letter["is_letter"] is True
    assert (letter["submission_number"], letter["date_signed"]) == ("0233", "2025-05-09")
    assert "cq-kjj" in run(fuhan, "portals", "list", cwd=empty)
