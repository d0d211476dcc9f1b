"""Faults as figures: kills at every sync and rename, errors of the disk, mail servers that fail, pasts put back, and the outbox's model."""
