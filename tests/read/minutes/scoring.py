"""How well notes are read, held against labels made by hand: what was found, what was missed, what was made up."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from reportpack.model.minutes import Minutes, NotedAction
from reportpack.read.minutes.reading import read_minutes

SHARED = Path(__file__).parents[4] / "shared"
LABELLED = SHARED / "data" / "minutes"
READABLE = (".txt", ".md", ".docx", ".odt")


@dataclass(slots=True)
class Tally:
    """Counts over many notes."""

    right: int = 0
    missed: list[str] = field(default_factory=list)
    made_up: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Of what the labels hold, how much was found."""
        return self.right / max(1, self.right + len(self.missed))

    @property
    def precision(self) -> float:
        """Of what was found, how much the labels hold."""
        return self.right / max(1, self.right + len(self.made_up))


@dataclass(slots=True)
class Score:
    """One tally a question."""

    marked: Tally = field(default_factory=Tally)
    unmarked: Tally = field(default_factory=Tally)
    owners: Tally = field(default_factory=Tally)
    states: Tally = field(default_factory=Tally)
    meetings: Tally = field(default_factory=Tally)
    dues: Tally = field(default_factory=Tally)
    days: Tally = field(default_factory=Tally)
    next_days: Tally = field(default_factory=Tally)
    present: Tally = field(default_factory=Tally)
    apologies: Tally = field(default_factory=Tally)
    heads: Tally = field(default_factory=Tally)


def labelled() -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every labelled file in every form that can be read here."""
    for truth in sorted(LABELLED.glob("*.truth.json")):
        labels = json.loads(truth.read_text(encoding="utf-8"))
        for name in labels["texts"]:
            path = (LABELLED / name).resolve()
            if path.suffix in READABLE and path.is_file():
                yield path, labels


def score_all() -> Score:
    """Everything labelled, read without an office."""
    score = Score()
    for path, labels in labelled():
        minutes, problems = read_minutes(path, path.name, None)
        assert minutes is not None, problems
        score_one(score, path.name, minutes, labels)
    return score


def score_one(score: Score, name: str, minutes: Minutes, labels: dict[str, Any]) -> None:
    """Hold one against its labels."""
    wanted = labels["actions"]
    pairs = match_actions(wanted, minutes.actions)
    matched = {id(action) for _, action in pairs if action is not None}
    for label, action in pairs:
        tally = score.unmarked if label["implicit"] else score.marked
        if action is None:
            tally.missed.append(f"{name}: {label['text'][:90]}")
            continue
        tally.right += 1
        _same(score.states, f"{name}: {label['text'][:60]}", label["status"], action.state.value)
        _owners(score.owners, name, label, action)
        _dues(score, name, label, action)
    for action in minutes.actions:
        if id(action) not in matched:
            tally = score.marked if action.marked else score.unmarked
            tally.made_up.append(f"{name} {action.line}: {action.words[:110]}")
    _header(score, name, minutes, labels)


def _header(score: Score, name: str, minutes: Minutes, labels: dict[str, Any]) -> None:
    _same(score.days, name, labels["meeting"]["date"], minutes.day.isoformat() if minutes.day else None)
    coming = labels["next_meeting"] or {}
    found = minutes.next_meeting.day if minutes.next_meeting else None
    _same(score.next_days, name, coming.get("date"), found.isoformat() if found else None)
    for field_name, want, got in (
        ("venue", labels["meeting"]["venue"], minutes.venue),
        ("chair", labels["chair"], minutes.chair),
        ("notes", labels["minutes_by"], minutes.note_taker),
        ("title", labels["meeting"]["title"], minutes.title),
        ("start", _time(labels["meeting"]["start"]), f"{minutes.start:%H:%M}" if minutes.start else None),
    ):
        alike = (want is None) == (got is None) and (want is None or fuzz.token_set_ratio(plain(want), plain(got or "")) > 70)
        _same(score.heads, f"{name} {field_name}: {want!r} {got!r}", True, alike)
    for tally, status, names in (
        (score.present, "present", labels["attendees"]),
        (score.apologies, "apologies", labels["apologies"]),
    ):
        have = {plain_person(one.name) for one in minutes.attendance if one.status.value == status and one.name}
        want_names = {plain_person(one) for one in names}
        tally.right += len(have & want_names)
        tally.missed.extend(f"{name}: {one}" for one in want_names - have)
        tally.made_up.extend(f"{name}: {one}" for one in have - want_names)


def _time(text: str | None) -> str | None:
    match = re.match(r"(\d{1,2})[:.](\d\d)", text or "")
    return f"{int(match[1]):02}:{match[2]}" if match else None


def _same(tally: Tally, name: str, wanted: object, found: object) -> None:
    if wanted == found:
        tally.right += 1
    else:
        tally.missed.append(f"{name}: wanted {wanted}, found {found}")


def _owners(tally: Tally, name: str, label: dict[str, Any], action: NotedAction) -> None:
    wanted = sorted(_owner(one) for one in label["owner"])
    found = sorted(_owner(one.as_written) for one in action.owners)
    _same(tally, f"{name}: {label['text'][:70]}", wanted, found)


def _owner(text: str) -> str:
    bare = re.sub(r"\([^()]*\)|\[[^\]]*\]", " ", text).replace("\u2019", "'").casefold()
    return " ".join(re.sub(r"^the ", "", " ".join(bare.split())).replace("o' hara", "o'hara").strip(" '").split())


def _dues(score: Score, name: str, label: dict[str, Any], action: NotedAction) -> None:
    words = (action.due_as_written or "").casefold()
    for tally, wanted in ((score.meetings, label["bring_back"]), (score.dues, label["due"])):
        if wanted is None or "narrative" in wanted or "when further" in wanted:
            continue
        alike = fuzz.partial_ratio(plain(wanted), plain(words)) > 80 if words else False
        _same(tally, f"{name}: {label['text'][:60]} / {wanted} / {words}", True, alike)
    if label["bring_back"] is None and label["due"] is None and words:
        score.dues.made_up.append(f"{name}: {label['text'][:60]} / {words}")


def match_actions(
    wanted: Sequence[dict[str, Any]], found: Sequence[NotedAction]
) -> list[tuple[dict[str, Any], NotedAction | None]]:
    """Each label with the action most like it, each action at most once."""
    scores = sorted(
        ((likeness(label, action), -at, -number) for number, label in enumerate(wanted) for at, action in enumerate(found)),
        reverse=True,
    )
    pairs: dict[int, NotedAction] = {}
    used: set[int] = set()
    for score, at, number in scores:
        if score >= 75 and -number not in pairs and -at not in used:
            pairs[-number] = found[-at]
            used.add(-at)
    return [(label, pairs.get(number)) for number, label in enumerate(wanted)]


def likeness(label: dict[str, Any], action: NotedAction) -> float:
    """0 to 100: words against words; a shared number helps, another number hinders."""
    text = label["text"]
    if " ..." in text:
        want, have = plain(text.split(" ...")[0]), plain(action.words)
        ratio = 100.0 if want in have else fuzz.partial_ratio(want, have)
    else:
        ratio = fuzz.ratio(plain(text), plain(action.words))
    if label["n"] and action.ref:
        ratio += 20 if str(label["n"]) == action.ref else -20
    return ratio


def plain(text: str) -> str:
    """Small letters and single spaces."""
    return " ".join(re.sub(r"[^\w]+", " ", text.replace("\u2019", "'").casefold()).split())


def plain_person(text: str | None) -> str:
    """A name without titles, brackets and marks."""
    bare = re.sub(r"\([^()]*\)", " ", (text or "").split(",")[0])
    return re.sub(r"^(?:dr|prof|professor|sir|councillor|cllr|mrs) ", "", plain(bare).replace("professor sir", "professor"))


def day(text: str) -> date:
    """A day in ISO form."""
    return date.fromisoformat(text)


if __name__ == "__main__":
    result = score_all()
    for key in Score.__slots__:
        one = getattr(result, key)
        print(f"{key}: right {one.right} precision {one.precision:.3f} recall {one.recall:.3f}")  # noqa: T201
        for text in one.missed:
            print("    missed ", text)  # noqa: T201
        for text in one.made_up:
            print("    made up", text)  # noqa: T201
