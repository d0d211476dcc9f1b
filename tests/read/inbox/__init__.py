"""Replies as they come back."""
