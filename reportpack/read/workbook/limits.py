"""How much of a workbook is read. A file beyond these is refused or read in part, with a sentence, never in silence."""

MAX_FILE_BYTES = 256 * 1024 * 1024
"""Bytes of the file itself."""
MAX_PART_BYTES = 320 * 1024 * 1024
"""Unpacked bytes of one part of a zip; a sheet of 5 million cells needs about 230 MB."""
MAX_CELLS = 5_000_000
"""Cells with something in them, in the whole workbook."""
MAX_SLOTS = 32_000_000
"""Places, empty ones among them, that a sheet's rows take up as long as each reaches."""
MAX_SMALL_PART_BYTES = 64 * 1024 * 1024
"""Unpacked bytes of a part that lists things: the workbook, its styles, its relations."""
MAX_LISTED = 500_000
"""Things that such a part lists."""
MAX_TOKEN_BYTES = 16 * 1024 * 1024
"""Bytes of XML without the end of a tag."""
MAX_DEPTH = 256
"""Elements inside each other."""
MAX_OLD_BYTES = 64 * 1024 * 1024
"""Bytes of an xls, which cannot hold more than 16.7 million cells a sheet."""
MAX_TEXT_BYTES = 128 * 1024 * 1024
"""Bytes of a text with separators."""
MAX_PAGE_BYTES = 16 * 1024 * 1024
"""Bytes of a web page."""
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
"""Excel's own; what stands beyond is no sheet that people made."""
MAX_MERGES = 100_000
"""Merged blocks of one sheet."""
MAX_SHEETS = 1_000
MAX_TEXT = 32_767
"""Characters of one cell, as in Excel; the rest is cut off and said."""
MAX_TEXT_TOTAL = 200_000_000
"""Characters of all texts when every cell gets its own copy."""
DENSE = 8
"""A sheet counts as dense while it has a filled cell in every so many of its rectangle."""
