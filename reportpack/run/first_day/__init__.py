"""The first day: an office from the files as they lie in a folder. It reads there and never writes there."""
