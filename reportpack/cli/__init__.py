"""The door: the only room that prints, prompts, exits or reads a clock."""
