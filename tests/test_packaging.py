"""The package that ``pip install .`` makes: all it needs is in it, and its command works."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

import simulator
from simulator import paths
from simulator.version import VERSION

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    # With what is installed already: nothing is asked of a package index.
    pip = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-q"]
    subprocess.run([*pip, "-w", folder, ROOT], check=True)
    (file,) = folder.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that has the package, far from the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "-q"]
    subprocess.run([*pip, "--target", folder, wheel], check=True)
    return folder


def run(installed: Path, *arguments: str) -> str:
    """What Python prints in an empty folder, with the installed package before all others."""
    # ``-P``: the folder that Python is started in is not where it looks for modules.
    done = subprocess.run(
        [sys.executable, "-P", *arguments],
        cwd=installed.parent,
        env={**os.environ, "PYTHONPATH": str(installed), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_it_brings_every_file_that_the_checkout_has(wheel: Path) -> None:
    there = set(zipfile.ZipFile(wheel).namelist())
    folders = {"simulator": "simulator", "ui": "ui", "scenarios": "simulator/shipped"}
    wanted = {
        f"{target}/{path.relative_to(ROOT / source).as_posix()}"
        for source, target in folders.items()
        for path in (ROOT / source).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert "simulator/shipped/balanced-shift.json" in wanted and "ui/web/main.js" in wanted
    assert wanted - there == set()
    assert {"ui/entry/app.py", "ui/entry/.streamlit/config.toml"} <= there


@pytest.mark.slow
def test_it_has_the_products_version_and_what_the_app_needs(wheel: Path) -> None:
    assert wheel.name.startswith(f"budget_shift_simulator-{VERSION}-")
    archive = zipfile.ZipFile(wheel)
    (metadata,) = (name for name in archive.namelist() if name.endswith("/METADATA"))
    text = archive.read(metadata).decode()
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    needed = {re.match(r"[\w.-]+", line)[0] for line in lines if "==" in line}  # type: ignore[index]
    required = re.findall(r"^Requires-Dist: ([\w.-]+)(.*)$", text, flags=re.MULTILINE)
    extras = {name for name, rest in required if "extra ==" in rest}
    assert {name for name, _ in required} - extras == needed
    assert extras == {"dask", "distributed"}


@pytest.mark.slow
def test_its_command_knows_what_it_ships(wheel: Path, installed: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (points,) = (name for name in archive.namelist() if name.endswith("/entry_points.txt"))
    name, _, value = archive.read(points).decode().split("\n")[1].partition(" = ")
    assert name == "budget-shift"
    point = EntryPoint(name, value, "console_scripts")
    call = f"from {point.module} import {point.attr} as main; import sys; sys.exit(main())"
    # Simulating, even for a link, would compile the engine once more, for a minute.
    for arguments in (["check", "balanced-shift"], ["schema"], ["parameters"]):
        output = run(installed, "-c", call, *arguments)
        assert output and output == run(ROOT, "-c", call, *arguments)
    where = run(installed, "-c", "import simulator; print(simulator.__file__)")
    assert Path(where.strip()).is_relative_to(installed)


@pytest.mark.slow
def test_it_opens_the_app_with_its_own_settings(installed: Path) -> None:
    from_there = run(installed, "-c", "from ui.__main__ import entry; print(entry())").strip()
    assert Path(from_there).is_relative_to(installed)
    assert Path(from_there).read_bytes() == (ROOT / "app.py").read_bytes()
    settings = Path(from_there).parent / ".streamlit" / "config.toml"
    assert settings.read_bytes() == (ROOT / ".streamlit" / "config.toml").read_bytes()


def test_a_checkout_uses_its_own_scenarios() -> None:
    assert paths.scenarios_dir() == ROOT / "scenarios"
    assert simulator.load("balanced-shift").name
