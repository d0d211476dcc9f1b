"""What stands: read for a run and brought into step, changed by a person, taken in from trackers, handed out."""
