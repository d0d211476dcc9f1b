"""A TOML text whose every key knows its line, so that a mistake can be named with file, line and remedy."""
