"""The meetings that are set: listed, set, moved, called off, and put into calendars."""
