"""Running a step of a run in a process that is killed, or whose disk fails, at its nth sync or rename: SQLite's own among them."""

import ctypes
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reportpack.errors import ReportpackError

FORK = multiprocessing.get_context("fork")
HERE = Path(__file__).parent
_LOADED = "REPORTPACK_FAULTS"


def with_shim(module: str, arguments: list[str]) -> int | None:
    """Run the module again below the shim, and give its exit code; None where that is so already, or no C compiler is here."""
    compiler = shutil.which("cc")
    if compiler is None or os.environ.get(_LOADED) or sys.platform != "linux":
        return None
    with tempfile.TemporaryDirectory(prefix="reportpack-shim-") as place:
        library = Path(place) / "shim.so"
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, HERE / "shim.c", "-ldl"], check=True)
        environment = os.environ | {"LD_PRELOAD": str(library), _LOADED: str(library)}
        return subprocess.run([sys.executable, "-m", module, *arguments], env=environment, check=False).returncode


def sees_the_database() -> bool:
    """Whether SQLite's own syncs are struck too."""
    return _LOADED in os.environ


def struck(step: Callable[[], object], at: int = 0, error: int = 0) -> tuple[int, str]:
    """Run the step in a process of its own, struck at its nth point and all after it (0: never). Gives how many it met, and what was said if that is no sentence."""
    hears, tells = FORK.Pipe(duplex=False)
    run = FORK.Process(target=_run, args=(step, at, error, tells))
    run.start()
    tells.close()
    try:
        met, said = hears.recv()
    except EOFError:
        met, said = at, ""
    run.join()
    return met, said


def shared(items: Sequence[Any], work: Callable[[Any, int], list[str]]) -> list[str]:
    """The work done on each item, in as many processes as there are processors, each of which has a number; all that it says is wrong."""
    count = min(os.cpu_count() or 1, len(items))
    pipes = [FORK.Pipe(duplex=False) for _ in range(count)]
    runs = [FORK.Process(target=_work, args=(work, list(items[at::count]), at, pipe[1])) for at, pipe in enumerate(pipes)]
    for run in runs:
        run.start()
    said = list[str]()
    for hears, tells in pipes:
        tells.close()
        try:
            said += hears.recv()
        except EOFError:
            said.append("a process that strikes ended before its time")
    for run in runs:
        run.join()
    return said


def _work(work: Callable[[Any, int], list[str]], items: list[Any], number: int, tells: Any) -> None:
    try:
        said = [one for item in items for one in work(item, number)]
    except BaseException as fault:  # noqa: BLE001 - whatever it is must be heard of
        said = [f"{type(fault).__name__}: {fault}"]
    tells.send(said)
    tells.close()
    os._exit(0)


def _run(step: Callable[[], object], at: int, error: int, tells: Any) -> None:
    met = _arm(at, error)
    said = ""
    try:
        step()
    except ReportpackError:
        pass
    except BaseException as fault:  # noqa: BLE001 - whatever else it is must be heard of
        said = f"{type(fault).__name__}: {fault}"
    reached = met()
    _arm(0, 0)
    tells.send((reached, said))
    tells.close()
    os._exit(0)


def _arm(at: int, error: int) -> Callable[[], int]:
    if sees_the_database():
        library = ctypes.CDLL(None)
        library.fault_arm(ctypes.c_long(at), ctypes.c_int(error))
        library.fault_met.restype = ctypes.c_long
        return lambda: int(library.fault_met())
    met = 0

    def wrapped(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            nonlocal met
            met += 1
            if at and met >= at:
                if not error:
                    os.kill(os.getpid(), 9)
                raise OSError(error, os.strerror(error))
            return real(*given, **named)

        return call

    for name in ("fsync", "replace", "rename", "link"):
        setattr(os, name, wrapped(getattr(os, name)))
    return lambda: met
