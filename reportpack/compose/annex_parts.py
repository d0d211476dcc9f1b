"""What an edition of the annex may carry, and what was said after the meeting; and its parts: matters, actions arising, decisions, what comes back when.

The notes stay as they are: answers and accepted corrections stand beside them."""

from collections.abc import Callable, Iterator
from datetime import date

from reportpack import patterns as re
from reportpack.compose.setting import anchor, join_words, occasion_words
from reportpack.model.action import ActionState
from reportpack.model.agenda_view import Occasion
from reportpack.model.annex import AnnexAction, AnnexComing, AnnexCorrection, AnnexMatter, AnnexRemark, AnnexReturn, AnnexSaid
from reportpack.model.answer import Answer, Cause, Stands, Verdict, kind_of
from reportpack.model.correction import Correction, CorrectionKind
from reportpack.model.edition import NOT_HERE, UNTITLED, Audience, Part, may_read, shows
from reportpack.model.minutes import ActionKind, MatterEnd, NotedState, Query
from reportpack.model.noted import NotedView, PlacedAction, PlacedCommitment, PlacedItem, PlacedMatter
from reportpack.model.office import Office
from reportpack.model.pack import Link
from reportpack.model.period import Period, long_date
from reportpack.model.words import Sentence
from reportpack.records import Record


class AnnexSetting(Record):
    """Whose annex it is, and of which notes."""

    view: NotedView
    edition: Audience
    office: Office

    def reads(self, audience: Audience, *lines: str) -> bool:
        """Whether the edition carries what stands on those lines: passages with private details only where its policy says so."""
        private = not shows(self.edition, Part.PRIVATE_PASSAGES) and not self.view.private.isdisjoint(lines)
        return may_read(self.edition, audience) and not private

    def told(self, item: PlacedItem) -> str:
        """What stands in the place of an item that the edition leaves out: the reason that a person gave, or that it is not here."""
        return self.office.reason(item.withheld) or NOT_HERE

    def link(self, item: PlacedItem | None) -> Link | None:
        """`2.1.5 Outcome 16`, where it stands among the notes."""
        if item is None:
            return None
        return Link(f"{item.number} {self.title(item)}".strip(), anchor("note", item.noted.path))

    def title(self, item: PlacedItem) -> str:
        """The item's own title, where this edition may show it."""
        return item.noted.title if self.reads(item.audience) else item.public_title or UNTITLED


_FEW = 6


def remarks_on(setting: AnnexSetting, place: Stands, fits: Callable[[Query], bool]) -> tuple[AnnexRemark, ...]:
    """The answers to queries that stand there, where they fit. What was left as it is says nothing."""
    return tuple(
        remark
        for one in setting.view.asked
        if one.answer is not None and kind_of(one.query.kind).stands is place and fits(one.query)
        for remark in _remark(one.query, one.answer, setting)
    )


def marks_on(setting: AnnexSetting, place: Stands, fits: Callable[[Query], bool]) -> tuple[AnnexRemark, ...]:
    """What is open there and nobody is asked: said in the office's draft alone."""
    if setting.view.standing.issued is not None or not shows(setting.edition, Part.WORKINGS):
        return ()
    left = (
        one.query.found.partition(': "')
        for one in setting.view.asked
        if one.answer is None and one.cause is Cause.MARKED and kind_of(one.query.kind).stands is place and fits(one.query)
    )
    return tuple(
        AnnexRemark("", Sentence.of(f"Left open: {said.rstrip('.')}"), about=quoted.removesuffix('"')) for said, _, quoted in left
    )


def item_remarks(item: PlacedItem, setting: AnnexSetting) -> tuple[AnnexRemark, ...]:
    """The answers and the corrections to what stands in an item."""
    lines = {line for passage in item.passages for line in passage.lines} | {item.noted.line}

    def is_here(query: Query) -> bool:
        return query.line in lines and setting.reads(item.audience, query.line)

    corrections = correction_remarks(setting, lambda one: one.proposed.found.place.item == item.noted.path)
    return (*remarks_on(setting, Stands.ITEM, is_here), *marks_on(setting, Stands.ITEM, is_here), *corrections)


def correction_remarks(setting: AnnexSetting, fits: Callable[[Correction], bool]) -> tuple[AnnexRemark, ...]:
    """That it is corrected, with a link to how."""
    links = (Link(f"correction {one.number}", f"correction-{one.number}") for one in accepted(setting) if fits(one))
    return tuple(AnnexRemark("", Sentence.of("Corrected"), link) for link in links)


def _remark(query: Query, answer: Answer, setting: AnnexSetting) -> Iterator[AnnexRemark]:
    given = answer.given
    who = f" by {answer.by}" if answer.by and shows(setting.edition, Part.ANSWERERS) else ""
    about = _quoted(query.found) if kind_of(query.kind).stands is Stands.ITEM else ""
    if given.verdict is Verdict.ANSWERED:
        yield AnnexRemark(given.words, Sentence.of(f"Answered{who} on {long_date(given.on)}"), about=about)
    elif given.verdict is Verdict.NOT_KNOWN:
        said = f"{kind_of(query.kind).short} Not known, said{who} on {long_date(given.on)}".strip()
        yield AnnexRemark("", Sentence.of(said), about=about)


def _quoted(found: str) -> str:
    start = found.find('"')
    end = found.find('"', start + 1) if start == 0 else found.rfind('"')
    return found[start + 1 : end] if 0 <= start < end else ""


def accepted(setting: AnnexSetting) -> Iterator[Correction]:
    """The accepted corrections that this edition may carry: each as the item it stands in is now; one at no item, as when it was proposed."""
    for one in setting.view.corrections:
        item = _item(one, setting)
        audience = item.audience if item is not None else one.proposed.audience
        if one.accepted and setting.reads(audience, one.proposed.found.place.line):
            yield one


def _item(correction: Correction, setting: AnnexSetting) -> PlacedItem | None:
    path = correction.proposed.found.place.item
    return next((one for one in setting.view.items if one.noted.path == path), None) if path else None


def compose_correction(correction: Correction, setting: AnnexSetting) -> AnnexCorrection:
    """What should read otherwise, with who proposed and who accepted it, where the edition may name them."""
    found = correction.proposed.found
    before, after = correction.reading
    return AnnexCorrection(
        id=f"correction-{correction.number}",
        number=correction.number,
        place=setting.link(_item(correction, setting)),
        section=found.place.section,
        before=before,
        after=after,
        comment=found.kind is CorrectionKind.COMMENT,
        note=_note(correction, setting),
        beside=" ".join(found.passage.split()[:_FEW]) if found.kind is CorrectionKind.ADDED else "",
    )


def _note(correction: Correction, setting: AnnexSetting) -> Sentence:
    settled = correction.settled
    on: date | None = settled.on if settled is not None else None
    when = f"on {long_date(on)}" if on is not None else ""
    if not shows(setting.edition, Part.CHANGES):
        return Sentence.of(f"Accepted {when}")
    author = correction.proposed.found.author
    proposed = f"Proposed by {author}; accepted" if author else "Changed in the returned copy without tracking; accepted"
    return Sentence.of(f"{proposed} by {correction.by} {when}")


_MONTH = re.compile(r"(\d{4})-(\d{2})(?:-\d{2})?")


def compose_matters(setting: AnnexSetting) -> tuple[AnnexMatter, ...]:
    """Each matter with where it was discussed and what came of it; that nothing did is said."""
    numbered = enumerate(setting.view.matters, start=1)
    return tuple(_matter(one, at, setting) for at, one in numbered if setting.reads(one.audience, one.noted.line))


def _matter(placed: PlacedMatter, number: int, setting: AnnexSetting) -> AnnexMatter:
    noted = placed.noted
    items = [one for one in setting.view.items if any(line in each.lines for each in one.passages for line in noted.evidence)]
    claimed = "Not discussed, as the notes say" if noted.not_reached else "No passage discusses it"
    if noted.discussed_at:
        not_so = "the notes of that say that it was not" if noted.not_reached else "no passage there discusses it"
        claimed = f"Said to have been discussed at {noted.discussed_at}; {not_so}"
    places = tuple(link for one in items if (link := setting.link(one)) is not None)
    return AnnexMatter(
        id=f"matter-noted-{number}",
        ref=placed.ref,
        title=noted.title,
        words=noted.words,
        origin=_origin(noted.origin),
        discussed=Sentence.of("Discussed at" if places else claimed),
        places=places,
        outcome=Sentence.of(noted.outcome or "No outcome recorded"),
        decided=bool(noted.outcome),
        discussed_remarks=remarks_on(setting, Stands.DISCUSSED, lambda query: query.line == noted.line),
        remarks=(
            *remarks_on(setting, Stands.OUTCOME, lambda query: query.line == noted.line),
            *correction_remarks(setting, lambda one: bool(placed.ref) and one.proposed.found.place.row == placed.ref),
        ),
    )


def _origin(origin: str | None) -> Sentence:
    match = _MONTH.fullmatch(origin or "")
    if match is None:
        return Sentence.of(f"From {origin}" if origin else "The notes do not say which meeting it came from")
    return Sentence.of(f"From {Period.month(int(match[1]), int(match[2])).label}")


def compose_coming(setting: AnnexSetting) -> AnnexComing | None:
    """The next meeting as the notes name it; one of another kind is no date for what this one brings back."""
    coming = setting.view.minutes.next_meeting
    if coming is None:
        return None
    later = [one for one in (coming.title, coming.type) if one]
    return AnnexComing(
        title=later[0] if later else "",
        day=coming.day,
        time=f"{coming.time:%H:%M}" if coming.time else "",
        venue=coming.venue or "",
        remarks=remarks_on(setting, Stands.COMING, lambda _: True),
    )


NOT_STATED = "Not stated"


def compose_arising(setting: AnnexSetting) -> tuple[AnnexAction, ...]:
    """Every action that the notes call one and that is new, in their order."""
    arising = [one for one in setting.view.actions if one.noted.marked and one.noted.state is NotedState.NEW]
    return tuple(_action(one, setting) for one in arising if setting.reads(one.audience, one.noted.line))


def compose_earlier(setting: AnnexSetting) -> tuple[AnnexSaid, ...]:
    """What was said of actions and commitments from before."""
    actions = (
        AnnexSaid("", one.ref, one.noted.words, _owner(one), _news(one), setting.link(one.item))
        for one in setting.view.actions
        if one.noted.state is not NotedState.NEW and setting.reads(one.audience, one.noted.line)
    )
    settled = (one for one in setting.view.settled if setting.reads(one.audience, one.line))
    states = ((one, Sentence.of(one.state.value.capitalize())) for one in settled)
    commitments = (AnnexSaid("", one.ref, one.words, "", state, setting.link(one.item)) for one, state in states)
    return (*actions, *commitments)


def _news(placed: PlacedAction) -> Sentence:
    noted = placed.noted
    state = {ActionState.OPEN: "Still open", ActionState.PROPOSED: "Reported done"}.get(noted.came, noted.came.value.capitalize())
    moved = Sentence.of(", due now: ", _due_words(placed)) if noted.put_off else ""
    return Sentence.of(state, moved, f": \u201c{noted.update}\u201d" if noted.update else "")


def compose_decisions(setting: AnnexSetting) -> tuple[AnnexSaid, ...]:
    """Decisions, word for word."""
    shown = (one for one in setting.view.decisions if setting.reads(one.audience, one.noted.line))
    return tuple(AnnexSaid("", "", one.noted.words, "", Sentence.of(), setting.link(one.item)) for one in shown)


def compose_commitments(setting: AnnexSetting) -> tuple[AnnexSaid, ...]:
    """What somebody said would happen, and how it will be known."""
    told = (one for one in setting.view.commitments if one.recorded and setting.reads(one.audience, one.noted.line))
    return tuple(
        AnnexSaid("", one.ref, one.noted.words, _said_by(one, setting), _tested(one), setting.link(one.item)) for one in told
    )


def compose_returns(setting: AnnexSetting) -> tuple[AnnexReturn, ...]:
    """What is carried again and what is to come back, by the meeting it comes back to, soonest first; those without one stand last."""
    groups: dict[tuple[date, str], tuple[bool, list[tuple[str, str]]]] = {}
    for due, day, line in _returning(setting):
        when = due.day if due is not None else day
        words = occasion_words(due) if due is not None else long_date(when) if when else ""
        is_set = due is not None and due.meeting is not None
        groups.setdefault((when or date.max, words), (is_set, []))[1].append(line)
    return tuple(
        AnnexReturn(words or "No meeting stated", is_set, tuple(lines))
        for (_, words), (is_set, lines) in sorted(groups.items(), key=lambda one: one[0])
    )


def _returning(setting: AnnexSetting) -> Iterator[tuple[Occasion | None, date | None, tuple[str, str]]]:
    for matter in setting.view.matters:
        if matter.noted.became is MatterEnd.CARRIED and setting.reads(matter.audience, matter.noted.line):
            yield matter.due, None, (matter.ref, matter.noted.title)
    for one in setting.view.actions:
        back = one.noted.marked and one.noted.state is NotedState.NEW and one.noted.kind is ActionKind.BRING_BACK
        if back and setting.reads(one.audience, one.noted.line):
            yield one.due, one.noted.due, (one.ref, one.noted.words)


def _action(placed: PlacedAction, setting: AnnexSetting) -> AnnexAction:
    noted = placed.noted
    posts = [post.title for owner in noted.owners if owner.post and (post := setting.office.post(owner.post))]
    owner = _owner(placed)
    return AnnexAction(
        id=anchor("arising", f"{placed.noted.line}-{placed.noted.words[:30]}"),
        ref=placed.ref,
        words=noted.words,
        owner=owner,
        post="" if join_words(posts) == owner else join_words(posts),
        due=_due_words(placed),
        stated=noted.due is not None or bool(noted.due_meeting or noted.due_as_written),
        condition=noted.condition or "",
        comes_back=noted.kind is ActionKind.BRING_BACK,
        item=setting.link(placed.item),
        remarks=(
            *remarks_on(setting, Stands.ACTION, lambda query: query.line == noted.line and query.about.startswith(noted.words)),
            *correction_remarks(setting, lambda one: one.proposed.found.place.line == noted.line and _corrects(one, placed)),
        ),
    )


def _corrects(correction: Correction, placed: PlacedAction) -> bool:
    found = correction.proposed.found
    return found.place.row == placed.ref if found.place.row else placed.noted.words in found.passage


def _owner(placed: PlacedAction) -> str:
    return join_words([owner.as_written.removeprefix("The ").removeprefix("the ") for owner in placed.noted.owners])


def _due_words(placed: PlacedAction) -> Sentence:
    noted = placed.noted
    if noted.due is not None:
        return Sentence.of(long_date(noted.due))
    if placed.due is not None and occasion_words(placed.due):
        words = occasion_words(placed.due)
        if "meetings" in (noted.due_as_written or ""):
            words = f"{words} (“{noted.due_as_written}”)"
        return Sentence.of(f"The meeting of {words}" if placed.due.meeting is not None else words)
    return Sentence.of(f"“{noted.due_as_written}”" if noted.due_as_written else NOT_STATED)


def _said_by(placed: PlacedCommitment, setting: AnnexSetting) -> str:
    owner = placed.noted.owner or ""
    post = next((one.title for one in setting.office.posts if owner.casefold() in (one.abbreviation.casefold(), one.id)), "")
    return f"{owner}, {post}" if post else owner


def _tested(placed: PlacedCommitment) -> Sentence:
    noted, month = placed.noted, placed.due.month if placed.due is not None else None
    test = f"Test: {noted.test}{f', {noted.measure}' if noted.measure else ''}" if noted.test else ""
    shown = f"to be shown in {month.label}" if month is not None else ""
    return Sentence.of("; ".join(filter(None, (test, noted.condition, shown))))


def place_words(line: str) -> str:
    """`Line 14`, `Paragraph 3`, `Table 2, row 3`."""
    if line.isdigit():
        return f"Line {line}"
    if line[:1] == "p" and line[1:].isdigit():
        return f"Paragraph {line[1:]}"
    table, _, row = line.removeprefix("t").partition("r")
    return f"Table {table}, row {row}" if table.isdigit() and row.isdigit() else line
