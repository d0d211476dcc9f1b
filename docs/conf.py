"""The site of the guides: `make site`. Its pages are README.md, the guides it lists, and what these link to; the list is the order of the site."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
project = "reportpack"
version = release = re.findall(r'"([\d.]+)"', (ROOT / "reportpack" / "__init__.py").read_text(encoding="utf-8"))[0]
extensions = ["myst_parser"]
root_doc = "README"
include_patterns = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/*.md"]
html_theme = "furo"
html_title = f"reportpack {version}"
html_show_copyright = html_show_sphinx = False
html_copy_source = False
myst_heading_anchors = 3


def with_contents(_app, docname, source):
    """The guides that README.md lists, in their order, are what the site's sidebar shows."""
    if docname == root_doc:
        listed = source[0].partition("\n## Guides\n")[2].partition("\n## ")[0]
        pages = "\n".join(dict.fromkeys(re.findall(r"\]\(([\w/-]+)\.md\)", listed)))
        source[0] += f"\n```{{toctree}}\n:hidden:\n\n{pages}\n```\n"


def setup(app):
    """Called by Sphinx."""
    app.connect("source-read", with_contents)
