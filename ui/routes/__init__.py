"""The routes that the page asks, one file a subject."""
