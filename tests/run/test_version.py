"""A program with another byte in it is another program, and says so."""

import shutil
import subprocess
import sys
from pathlib import Path

from reportpack import __version__
from reportpack.run.program import program_version

ROOT = Path(__file__).resolve().parents[2]


def test_the_command_says_version_and_files() -> None:
    said = subprocess.run([sys.executable, "-m", "reportpack", "--version"], capture_output=True, text=True, check=True).stdout
    assert said == f"reportpack {program_version()}\n"
    assert said.startswith(f"reportpack {__version__} (")


def test_one_byte_changed_is_another_program(tmp_path: Path) -> None:
    for name in ("reportpack", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    same = version_in(tmp_path)
    assert same == program_version()  # wherever it lies, whatever the times of its files
    for path in (tmp_path / "reportpack" / "analyse" / "xmr.py", tmp_path / "templates" / "cover.html"):
        path.write_bytes(path.read_bytes() + b"\n")
        changed = version_in(tmp_path)
        assert changed != same
        same = changed


def version_in(folder: Path) -> str:
    script = "from reportpack.run.program import program_version; print(program_version())"
    ran = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=True)
    return ran.stdout.strip()
