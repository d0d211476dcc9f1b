"""Decides what may be said, to whom: finished text with its source."""
