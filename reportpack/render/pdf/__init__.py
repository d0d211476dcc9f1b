"""Page source in, tagged PDF out. The only room with reportlab."""
