"""Files in, records and problems out. A reader never raises for a row and never drops one in silence."""
