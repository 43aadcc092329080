"""The versions that a report of a fault should name."""

VERSION = "0.7.0"
"""Of the product: goes up with every release, see ``CHANGELOG.md``."""

MODEL_VERSION = "2.0.0"
"""Of the model: goes up with every change that moves a number."""
