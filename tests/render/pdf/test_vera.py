"""veraPDF finds nothing to say against the page source that holds every element, and does against a broken one."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.render.pdf.made import ROOT, every_element
from tests.render.pdf.test_mutations import MUTATIONS, broken


@pytest.mark.needs("java")
def test_verapdf_passes_every_element_and_catches_a_broken_file(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(every_element().pdf)
    bad.write_bytes(broken(MUTATIONS["a figure without alternative text"]))
    program = str(Path(__file__).parent / "vera.py")
    done = subprocess.run([sys.executable, program, str(good), str(bad)], capture_output=True, check=True, text=True, cwd=ROOT)
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["bad.pdf"]
    assert "7.3-1" in done.stdout
