"""The app's message catalogues, and what refreshes them: ``python -m ui.i18n``."""
