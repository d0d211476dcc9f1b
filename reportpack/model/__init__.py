"""The nouns. Standard library only; nothing here reads, writes or prints."""
