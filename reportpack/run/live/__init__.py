"""Notes typed at the speed of the meeting: kept at once, put into the Word file at every pause, recorded nowhere before the annex is issued."""
