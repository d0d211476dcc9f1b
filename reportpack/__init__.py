"""reportpack joins what was asked and promised to what the numbers did since."""

__version__ = "0.3.0"
