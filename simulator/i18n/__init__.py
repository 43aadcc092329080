"""The app's message catalogues, and what refreshes them: ``python -m simulator.i18n``."""
