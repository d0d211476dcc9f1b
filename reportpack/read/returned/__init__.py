"""A Word copy that came back: what was changed in it, tracked or not, and what was said of it."""
