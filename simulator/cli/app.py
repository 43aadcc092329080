"""``app``: opens the app in a browser."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys

from simulator.cli.options import Commands, add_command


def add_app(commands: Commands) -> None:
    """The command ``app``."""
    # No option is the command's own: what begins with a hyphen is Streamlit's.
    parser = add_command(commands, "app", _app, "open the app in a browser", prefix_chars="+")
    parser.add_argument("options", nargs="*", metavar="...", help='options of "streamlit run"')


def _app(options: argparse.Namespace) -> int:
    # The front end imports the simulator, and never the other way round: it is started.
    command = [sys.executable, "-m", "ui", *options.options]
    if os.name == "nt":
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the app as well
        return subprocess.run(command, check=False).returncode  # noqa: S603
    os.execv(command[0], command)  # noqa: S606 - signals and the exit status are its own
