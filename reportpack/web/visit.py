"""One request as a page sees it: what was asked for and typed, and the page or the step that answers."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import field
from datetime import date, datetime
from functools import partial
from http import HTTPStatus
from pathlib import PurePosixPath
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from reportpack import patterns as re
from reportpack.errors import Command, InputError, RefusedError, ReportpackError
from reportpack.records import dataclass
from reportpack.run.office_files import Folders
from reportpack.web.desk import Desk, fault
from reportpack.web.sessions import Said, Session, Sessions

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
            raise RefusedError(
                "Nobody has said who is at the desk.", "Say who you are, at the top of the page. Your words are still here."
            )
        return self.session.who

    def runs(self, verb: str, *about: str, **options: str) -> None:
        """The command that does the same."""
        self.ran.append(Command(verb, about, tuple((key.replace("_", "-"), value) for key, value in options.items())).line)


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was taken: the page that shows it, and what that says; `undo` is the number of the event that can be undone."""

    to: str
    words: str = ""
    undo: int = 0
    remedy: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)


View = Callable[[Visit], Response]
Step = Callable[[Visit], Done]
Wrong = Callable[[Visit, ReportpackError], Response]
Held = Callable[[Visit], Response | None]
"""Where a browser is held to another edition, the page that it gets whatever it asks for."""


def looks(view: View, wrong: Wrong, held: Held, desk: Desk, sessions: Sessions) -> Callable[[Request], Awaitable[Response]]:
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


def takes(step: Step, back: Callable[[Visit], str], desk: Desk, sessions: Sessions) -> Callable[[Request], Awaitable[Response]]:
    """A step, as an endpoint: its number is used up, and it ends on a page. Where it could not be taken, `back` is that page, with the words."""

    async def endpoint(request: Request) -> Response:
        try:
            async with request.form(max_files=40, max_fields=_FIELDS, max_part_size=_LONGEST) as form:
                visit = Visit(request, desk, sessions, form)
                return await run_in_threadpool(_taken, step, back, visit)
        except (ClientDisconnect, HTTPException) as error:
            raise HTTPException(HTTPStatus.BAD_REQUEST, "What was sent is no form of the desk. Nothing was recorded.") from error

    return endpoint


def _taken(step: Step, back: Callable[[Visit], str], visit: Visit) -> Response:
    try:
        visit.sessions.spend(visit.typed(NUMBER))
        _refuse_held(visit)
        done = visit.desk.record(partial(step, visit))
        said = Said(done.words, done.remedy, undo=done.undo, typed=done.typed)
        return _redirect(done.to, visit.sessions.say(said) if done.words or done.typed else "")
    except Exception as error:  # noqa: BLE001 - no traceback reaches a person
        return _redirect(back(visit), visit.sessions.say(_not_done(fault(error), visit)))


def _refuse_held(visit: Visit) -> None:
    if visit.session.shows and not visit.path.startswith(f"/as/{visit.session.shows}/"):
        raise RefusedError("This window shows another edition.", "Go back to the office edition first. Nothing was recorded.")


def _not_done(error: ReportpackError, visit: Visit) -> Said:
    return Said(error.found, plain_remedy(error.remedy), wrong=True, typed=visit.every_word())


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
