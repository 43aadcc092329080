"""``python -m ui``: opens the app, as ``streamlit run app.py`` does in a checkout.

All that follows on the command line is for ``streamlit run``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from streamlit.web import cli

INSTALLED = Path(__file__).resolve().parent / "entry" / "app.py"
"""Where an installation has the entry script, with Streamlit's settings beside it."""
CHECKOUT = Path(__file__).resolve().parent.parent / "app.py"


def entry() -> Path:
    """The script that Streamlit is to run."""
    return INSTALLED if INSTALLED.exists() else CHECKOUT


if __name__ == "__main__":
    sys.argv = ["streamlit", "run", str(entry()), *sys.argv[1:]]
    cli.main()
