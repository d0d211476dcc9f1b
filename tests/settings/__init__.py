"""The settings of an office."""
