"""TOML whose keys know what they mean and on which line they stand: read, checked, and described."""
