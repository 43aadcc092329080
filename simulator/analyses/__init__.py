"""Analyses: what is worked out from a scenario's results."""
