"""The folder in which things are kept between runs, because making them takes time."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def folder() -> Path:
    """In the user's cache folder, or where the environment variable ``SIMULATOR_CACHE_DIR`` says.

    It need not exist yet, and what is in it may vanish at any time.
    """
    chosen = os.environ.get("SIMULATOR_CACHE_DIR")
    return Path(chosen or platformdirs.user_cache_dir("budget-shift-simulator"))
