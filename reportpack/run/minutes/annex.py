"""`annex`: from the notes taken at a meeting to the minutes-and-actions annex, one call a step. A draft changes nothing.

Once issued and unchanged since, the same command gives the issued annex again, byte for byte.
"""

from reportpack.run.folders import Folders
from reportpack.run.gather import Progress
from reportpack.run.memory import open_memory
from reportpack.run.minutes.annex_pages import BuiltAnnex, set_annex
from reportpack.run.minutes.annex_reading import AnnexOrder, read_for_annex
from reportpack.run.writing import write_files


def build_annex(folders: Folders, order: AnnexOrder, progress: Progress) -> BuiltAnnex:
    """Make the draft and the queries; nothing is recorded."""
    with open_memory(folders) as ledger:
        read = read_for_annex(folders, order, ledger, progress)
        progress("Setting the pages")
        made = set_annex(folders, read, (order.edition or read.own,), ledger, strict=order.strict)
    write_files(made.files)
    return made.built
