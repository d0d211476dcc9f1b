"""`make bench`: every measured comparison, or those that are named (python -m bench running reading).

Options go to the part before them: python -m bench running --against b662a7c.
"""

import subprocess
import sys
from pathlib import Path

PARTS = tuple(sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("__")))


def main() -> None:
    """Each part in a process of its own, so that one leaves nothing warm for the next."""
    words = sys.argv[1:]
    first = next((number for number, word in enumerate(words) if word.startswith("-")), len(words))
    wanted, options = words[:first] or list(PARTS), words[first:]
    unknown = [name for name in wanted if name not in PARTS]
    if unknown:
        sys.exit(f"there is no part called {', '.join(unknown)}; the parts are {', '.join(PARTS)}")
    for name in wanted:
        print(f"\n== {name}", flush=True)
        own = options if name == wanted[-1] else []
        if code := subprocess.run([sys.executable, "-m", f"bench.{name}", *own], check=False).returncode:
            sys.exit(code)


if __name__ == "__main__":
    main()
