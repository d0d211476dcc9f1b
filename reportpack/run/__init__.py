"""The line: a file a verb, one call a step. Only this room writes files."""
