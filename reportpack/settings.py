"""office.toml and measures.toml become frozen settings; the only reader of the environment."""
