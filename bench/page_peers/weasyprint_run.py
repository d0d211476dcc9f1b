"""WeasyPrint's part of bench.pages: `python -m bench.page_peers.weasyprint_run EDITION.html OUT.pdf`."""

import sys

import weasyprint

weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], pdf_variant="pdf/ua-1")
