"""The browser's files that need no browser: pure modules, run by Node."""
