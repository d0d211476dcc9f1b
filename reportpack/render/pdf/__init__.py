"""Page source in, tagged PDF out."""
