"""People's words for the pack: whose they are, and under which line of the agenda they stand."""
