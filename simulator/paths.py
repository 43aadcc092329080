"""Where things lie: the shipped scenarios, and what is kept between runs."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def scenarios_dir() -> Path:
    """The shipped scenarios, their schema and, in ``former/``, what they once were."""
    package = Path(__file__).resolve().parent
    installed = package / "shipped"
    return installed if installed.is_dir() else package.parent / "scenarios"


def cache_dir() -> Path:
    """Things that are kept because making them takes time.

    In the user's cache folder, or where the environment variable ``SIMULATOR_CACHE_DIR`` says. It
    need not exist yet, and what is in it may vanish at any time.
    """
    chosen = os.environ.get("SIMULATOR_CACHE_DIR")
    return Path(chosen or platformdirs.user_cache_dir("budget-shift-simulator"))
