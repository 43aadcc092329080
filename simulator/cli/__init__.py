"""The command line, ``python -m simulator``; what it prints is documented in ``docs/CLI.md``.

A file for each command, which brings its own options; everything that takes long to import is
imported by the command that needs it.
"""

from simulator.cli.main import main

__all__ = ["main"]
