"""office.toml and measures.toml become frozen settings; the only reader of the environment."""

from reportpack.settings.reading import read_settings

__all__ = ["read_settings"]
