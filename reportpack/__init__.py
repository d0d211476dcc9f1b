"""reportpack joins what was asked and promised to what the numbers did since."""

from importlib.metadata import version

__version__ = version("reportpack")
