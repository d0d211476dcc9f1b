"""Time that does not explode, whatever is put in."""
