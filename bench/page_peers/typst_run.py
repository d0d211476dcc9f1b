"""Typst's part of bench.pages: `python -m bench.page_peers.typst_run SOURCE.typ OUT.pdf`."""

import sys
from importlib.util import find_spec
from pathlib import Path

import typst

found = find_spec("font_source_sans_pro")
fonts = str(Path(str(found.origin)).parent / "files") if found is not None else ""
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[fonts], ignore_system_fonts=True, pdf_standards=["ua-1"])
