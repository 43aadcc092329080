"""Versions of the model and of scenario files."""

MODEL_VERSION = "1.0.0"
"""Goes up with every change that moves a number."""

SCHEMA_VERSION = 2
"""Version of the file format; goes up with every change that an older reader would not take.
With it a migration comes to :mod:`simulator.scenario.format_migrations`."""
