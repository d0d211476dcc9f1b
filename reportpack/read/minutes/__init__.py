"""Notes of a meeting in, Minutes and problems out: what they say, with the line; what they don't say stays unknown."""
