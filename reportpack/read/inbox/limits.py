"""How much of a reply is read. What is beyond is refused or cut, with a sentence, never in silence."""

MAX_FILE_BYTES = 60 * 1024 * 1024
"""Bytes of the file itself."""
MAX_TEXT = 100_000
"""Characters of a reply's words."""
MAX_ATTACHED = 100
"""Files that hang on one reply."""
MAX_PARTS = 2_000
"""Parts of a letter, inside each other or beside."""
MAX_LINES = 2_000
"""Rows of a reply form."""
