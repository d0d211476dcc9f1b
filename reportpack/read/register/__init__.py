"""The register workbook, and trackers that become part of it: rows as typed, then matters, actions, commitments, questions, risks."""
