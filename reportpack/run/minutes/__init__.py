"""After the meeting: notes read, asked about, and made into the annex; old notes into history."""
