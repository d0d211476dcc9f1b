"""How much of a workbook is read. A file beyond these is refused or read in part, with a sentence, never in silence."""

MAX_FILE_BYTES = 256 * 1024 * 1024  # bytes of the file itself
MAX_PART_BYTES = 320 * 1024 * 1024  # unpacked bytes of one part of a zip; a sheet of 5 million cells needs about 230 MB
MAX_CELLS = 5_000_000  # cells with something in them, in the whole workbook
MAX_SLOTS = 32_000_000  # places, empty ones among them, that a sheet's rows take up as long as each reaches
MAX_SMALL_PART_BYTES = 64 * 1024 * 1024  # unpacked bytes of a part that lists things: the workbook, its styles, its relations
MAX_LISTED = 500_000  # things that such a part lists
MAX_TOKEN_BYTES = 16 * 1024 * 1024  # bytes of XML without the end of a tag
MAX_DEPTH = 256  # elements inside each other
MAX_OLD_BYTES = 64 * 1024 * 1024  # bytes of an xls, which cannot hold more than 16.7 million cells a sheet.
MAX_TEXT_BYTES = 128 * 1024 * 1024  # bytes of a text with separators
MAX_PAGE_BYTES = 16 * 1024 * 1024  # bytes of a web page
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384  # excel's own; what stands beyond is no sheet that people made
MAX_MERGES = 100_000  # merged blocks of one sheet
MAX_SHEETS = 1_000
MAX_TEXT = 32_767  # characters of one cell, as in Excel; the rest is cut off and said
MAX_TEXT_TOTAL = 200_000_000  # characters of all texts when every cell gets its own copy
DENSE = 8  # a sheet counts as dense while it has a filled cell in every so many of its rectangle
