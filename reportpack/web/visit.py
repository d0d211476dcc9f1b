"""One request as a page sees it: what was asked for and typed, and the page or the step that answers."""

import os
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from functools import partial
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import TypeVar, cast
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from reportpack import patterns as re
from reportpack.drive_files import sha256_of
from reportpack.errors import Command, InputError, RefusedError, ReportpackError
from reportpack.records import Record
from reportpack.run.office_files import Folders, open_memory
from reportpack.run.steps.recording import Change
from reportpack.web.guard import Said, Session, Sessions

_T = TypeVar("_T")
_Signature = tuple[object, ...]
_NOT_PUT_IN = ("memory", "outbox")
_SHELF = 256  # Answers that are kept; when there are more all of them go.


class Task:
    """A long step: what it is called, how far it is, and what became of it. It goes on whether or not anybody looks."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.line = "Waiting for the step before it"
        self.result: object = None
        self.error: ReportpackError | None = None
        self.done = threading.Event()


class Desk:
    """One office. Several windows and several people may be at it: what one of them changes the others see when they look again."""

    def __init__(self, folders: Folders, clock: Callable[[], datetime]) -> None:
        self.folders = folders
        self.clock = clock
        self._kept: dict[str, tuple[_Signature, object]] = {}
        self._tasks: dict[str, Task] = {}
        self._recording = threading.Lock()
        self._looking: dict[str, threading.Lock] = {}

    @property
    def today(self) -> date:
        """The day in London."""
        return self.clock().date()

    @property
    def is_busy(self) -> bool:
        """Whether a long step goes on."""
        return any(not one.done.is_set() for one in self._tasks.values())

    def look(
        self, name: str, make: Callable[[], _T], of: Sequence[str] = (), recorded: Sequence[type] | None = (), built: str = ""
    ) -> _T:
        """The answer of that name, made anew only where something changed: the day, what lies in inputs (or these parts `of` it), what is
        in the ledger (or events of those kinds; None: it is not opened), the pages `built` for a meeting."""
        with self._looking.setdefault(name, threading.Lock()):  # nobody who types waits for another's long look
            signature = self._signature(of, recorded, built)
            known = self._kept.get(name)
            if known is None or known[0] != signature:
                if len(self._kept) > _SHELF:
                    self._kept.clear()
                known = self._kept[name] = (signature, make())
            return cast("_T", known[1])

    def state(self) -> str:
        """Another one whenever the day, anything in inputs or anything in the ledger is another."""
        return sha256_of(repr(self._signature((), (), "")).encode())[:12]

    def record(self, step: Callable[[], _T]) -> _T:
        """One step at a time: another window's waits, and goes on by itself."""
        with self._recording:
            return step()

    def start(self, name: str, step: Callable[[Callable[[str], None]], object]) -> Task:
        """Begin a long step, unless the same goes on already."""
        known = self._tasks.get(name)
        if known is not None and not known.done.is_set():
            return known
        task = self._tasks[name] = Task(name)
        threading.Thread(target=self._run, args=(task, step), name=name).start()
        return task

    def task(self, name: str) -> Task | None:
        """The long step of that name that was begun last."""
        return self._tasks.get(name)

    def _run(self, task: Task, step: Callable[[Callable[[str], None]], object]) -> None:
        def say(line: str) -> None:
            task.line = line

        try:
            task.result = self.record(lambda: step(say))
        except Exception as error:  # noqa: BLE001 - said on the page, and kept for whoever mends it
            task.error = fault(error)
        finally:
            task.done.set()

    def _signature(self, of: Sequence[str], recorded: Sequence[type] | None, built: str) -> _Signature:
        last = self._last_of(recorded) if recorded is not None else 0
        files = [*_files(self.folders.inputs, of)]
        if self.folders.templates is not None and not of:
            files += _files(self.folders.templates, ())
        if built:
            files += _files(self.folders.build / built, ())
        return (last, self.today, *files)

    def _last_of(self, recorded: Sequence[type]) -> int:
        with open_memory(self.folders) as ledger:
            newest = ledger.last_of(*recorded) if recorded else None
            return ledger.last_number() if not recorded else newest.number if newest is not None else 0


def fault(error: Exception) -> ReportpackError:
    """What stopped a step, as a sentence; of a fault of the program's own the details go to a file for whoever mends it."""
    if isinstance(error, ReportpackError):
        return error
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="reportpack-fault-", suffix=".txt", delete=False, encoding="utf-8") as details:
        traceback.print_exception(error, file=details)
    found = f"reportpack has a fault of its own ({type(error).__name__}). Nothing more was recorded."
    return RefusedError(found, f"Send this file to whoever looks after the program: {details.name}")


def _files(folder: Path, parts: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Everything that people put in there (or in those parts of it), by its name, its time and its length."""
    for place, folders, names in os.walk(folder):
        if Path(place) == folder:
            folders[:] = [one for one in folders if one not in _NOT_PUT_IN and (not parts or one in parts)]
        folders.sort()
        for name in sorted(names):
            if parts and Path(place) == folder and name not in parts:
                continue
            try:
                found = Path(place, name).stat()
            except OSError:
                continue  # gone meanwhile
            yield os.path.join(place, name), found.st_mtime_ns, found.st_size  # noqa: PTH118 - a string is all that is needed


NUMBER = "number"
_OPTION = re.compile(r" \(--[^)]*\)")
_LONGEST = 1_000_000
_FIELDS = 400


class Visit:
    """What one request has before it. `ran` grows by the commands that do the same in a terminal."""

    def __init__(self, request: Request, desk: Desk, sessions: Sessions, form: FormData | None = None) -> None:
        self.desk = desk
        self.sessions = sessions
        self.session: Session = request.scope["state"]["session"]
        self.path: str = request.url.path
        self.named: Mapping[str, str] = {key: str(value) for key, value in request.path_params.items()}
        self.asked: Mapping[str, str] = {key: value[:2000] for key, value in request.query_params.items()}
        self.now: datetime = desk.clock()
        self.ran: list[str] = []
        self._form = form

    @property
    def folders(self) -> Folders:
        """The office's folders."""
        return self.desk.folders

    @property
    def today(self) -> date:
        """The day in London."""
        return self.now.date()

    @property
    def said(self) -> Said | None:
        """What the step before says, where it led here."""
        return self.sessions.said(self.asked.get("said", ""))

    def typed(self, name: str, otherwise: str = "") -> str:
        """What was typed in the field of that name; kept where the step was not done."""
        if self._form is not None:
            value = self._form.get(name, otherwise)
            return value.replace("\r\n", "\n").strip() if isinstance(value, str) else otherwise
        return self.said.typed.get(name, otherwise) if self.said is not None else otherwise

    def ticked(self, name: str) -> tuple[str, ...]:
        """Every value of a field that may be given several times."""
        return tuple(one for one in self._form.getlist(name) if isinstance(one, str)) if self._form is not None else ()

    def files(self, name: str) -> tuple[UploadFile, ...]:
        """The files that were dropped or chosen."""
        found = self._form.getlist(name) if self._form is not None else ()
        return tuple(one for one in found if isinstance(one, UploadFile) and one.filename)

    def every_word(self) -> dict[str, str]:
        """What was typed, for a page that could not do it."""
        pairs = self._form.multi_items() if self._form is not None else ()
        return {key: value for key, value in pairs if isinstance(value, str) and key != NUMBER}

    def by(self) -> str:
        """Who is at the desk; RefusedError where nobody has said so."""
        if not self.session.who:
            found = "Nobody has said who is at the desk."
            raise RefusedError(found, "Say who you are, at the top of the page. Your words are still here.")
        return self.session.who

    def change(self, why: str = "") -> Change:
        """What is changed now by who is at the desk, and why."""
        return Change(self.now, self.by(), why)

    def runs(self, verb: str, *about: str, **options: str) -> None:
        """The command that does the same."""
        self.ran.append(Command(verb, about, tuple((key.replace("_", "-"), value) for key, value in options.items())).line)


class Done(Record):
    """A step that was taken: what is said of it, and where (empty: on the page to go back to); `undo` is the number of the event that can be undone."""

    words: str = ""
    to: str = ""
    undo: int = 0
    remedy: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)


View = Callable[[Visit], Response]
Step = Callable[[Visit], Done]
Wrong = Callable[[Visit, ReportpackError], Response]
Held = Callable[[Visit], Response | None]
"""Where a browser is held to another edition, the page that it gets whatever it asks for."""
Endpoint = Callable[[Request], Awaitable[Response]]


def looks(view: View, wrong: Wrong, held: Held, desk: Desk, sessions: Sessions) -> Endpoint:
    """A page, as an endpoint. It changes nothing; what stops it is a page too."""

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(_looked, view, wrong, held, Visit(request, desk, sessions))

    return endpoint


def _looked(view: View, wrong: Wrong, held: Held, visit: Visit) -> Response:
    try:
        return held(visit) or view(visit)
    except HTTPException:
        raise
    except Exception as error:  # noqa: BLE001 - no traceback reaches a person
        return wrong(visit, fault(error))


def takes(step: Step, back: str, desk: Desk, sessions: Sessions) -> Endpoint:
    """A step, as an endpoint: its number is used up, and it ends on a page. Where it could not be taken, `back` is that page, with the words."""
    return _sent(lambda visit: _taken(step, back.format(**visit.named), visit), desk, sessions)


def tells(view: View, desk: Desk, sessions: Sessions) -> Endpoint:
    """What a page's own script sends and hears while a person types, as an endpoint: it records nothing, and a fault is told in words."""
    return _sent(partial(_told, view), desk, sessions)


def _sent(answer: View, desk: Desk, sessions: Sessions) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        try:
            async with request.form(max_files=40, max_fields=_FIELDS, max_part_size=_LONGEST) as form:
                return await run_in_threadpool(answer, Visit(request, desk, sessions, form))
        except (ClientDisconnect, HTTPException) as error:
            raise HTTPException(HTTPStatus.BAD_REQUEST, "What was sent is no form of the desk. Nothing was recorded.") from error

    return endpoint


def _taken(step: Step, back: str, visit: Visit) -> Response:
    try:
        visit.sessions.spend(visit.typed(NUMBER))
        _refuse_held(visit)
        done = visit.desk.record(partial(step, visit))
        said = Said(done.words, done.remedy, undo=done.undo, typed=done.typed)
        return _redirect(done.to or back, visit.sessions.say(said) if done.words or done.typed else "")
    except Exception as error:  # noqa: BLE001 - no traceback reaches a person
        wrong = fault(error)
        said = Said(wrong.found, plain_remedy(wrong.remedy), wrong=True, typed=visit.every_word())
        return _redirect(back, visit.sessions.say(said))


def _told(view: View, visit: Visit) -> Response:
    try:
        _refuse_held(visit)
        return view(visit)
    except Exception as error:  # noqa: BLE001 - no traceback reaches a person
        wrong = fault(error)
        return JSONResponse({"wrong": f"{wrong.found} {plain_remedy(wrong.remedy)}"}, HTTPStatus.CONFLICT)


def _refuse_held(visit: Visit) -> None:
    if visit.session.shows and not visit.path.startswith(f"/as/{visit.session.shows}/"):
        raise RefusedError("This window shows another edition.", "Go back to the office edition first. Nothing was recorded.")


def whole(words: str) -> int:
    """The number that was typed, or stands in an address; -1 for what is none."""
    return int(words) if words.isascii() and words.isdigit() else -1


def plain_remedy(remedy: str) -> str:
    """What to do, without the command or the option that a terminal would need: `See:` alone says nothing without it."""
    words = _OPTION.sub("", str(getattr(remedy, "words", remedy)))
    if not words.endswith(":"):
        return words
    words = words.removesuffix(":").removesuffix(" with")
    return f"{words}." if " " in words else ""


def _redirect(to: str, key: str) -> Response:
    path, sign, query = to.partition("?")
    query = "&".join(filter(None, (query if sign else "", f"said={key}" if key else "")))
    return RedirectResponse(f"{quote(path, safe='/-._~()')}{'?' + query if query else ''}", HTTPStatus.SEE_OTHER)


def file_called(upload: UploadFile) -> tuple[str, bytes]:
    """An uploaded file's own name, without any folder, and its bytes."""
    name = PurePosixPath((upload.filename or "").replace("\\", "/")).name
    if not name:
        raise InputError("The file has no name.", "Give it one, and choose it again. Nothing was kept.")
    return name, upload.file.read()
