"""`make check`: style, types and the arrows between rooms, one command after another; the first that fails stops it."""

import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent
CHECKS = (
    ("style", ["ruff", "check", "reportpack", "tests", "bench"]),
    ("format", ["ruff", "format", "--check", "reportpack", "tests", "bench"]),
    ("types", ["mypy"]),
    ("arrows between rooms", ["lint-imports"]),
)


def main() -> int:
    """Run each check; 0 when all pass."""
    for name, (program, *arguments) in CHECKS:
        print(f"check: {name}", flush=True)  # noqa: T201 - a command that prints what it does
        if code := subprocess.run([BIN / program, *arguments], check=False).returncode:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
