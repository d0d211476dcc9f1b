"""A meeting's agenda with everything that belongs to it: papers, matters, actions, measures, words. What compose builds the pack from."""

from datetime import date

from reportpack.model.action import Action
from reportpack.model.commitment import Commitment
from reportpack.model.matter import Matter
from reportpack.model.meeting import Meeting, Paper
from reportpack.model.office import AgendaItem, MeetingSeries, Topic
from reportpack.model.passage import HeldBack
from reportpack.model.period import Period
from reportpack.model.register import Register
from reportpack.model.statement import Question, Statement
from reportpack.records import Record


class Occasion(Record):
    """A meeting that somebody named. `meeting` is None when there is none yet; then `month` says when, if that can be read.
    `written` is what the register says; empty when nothing was said."""

    written: str
    meeting: Meeting | None = None
    month: Period | None = None

    @property
    def day(self) -> date | None:
        """Where it stands in the order of time: the meeting's day, else the month's last."""
        if self.meeting is not None:
            return self.meeting.day
        return self.month.end if self.month is not None else None


class MatterView(Record):
    """A matter, where it came from and where it goes. `item` is the agenda number it is taken at, empty where none fits. `missed`
    when it was due at an earlier meeting and is still carried; `actions` are the live ones on its topic; `measures` the ids of
    those that show what the numbers did since; `topic` an id of the office's topics or empty."""

    matter: Matter
    origin: Occasion
    due: Occasion
    topic: str = ""
    item: str = ""
    missed: bool = False
    actions: tuple[Action, ...] = ()
    measures: tuple[str, ...] = ()


class ActionView(Record):
    """A live action. `overdue` as at the pack's day; `due_here` when it falls due by this meeting, `item` the agenda number it
    fits. `due` is the meeting it is due at, None for a plain date or none."""

    action: Action
    raised: Occasion
    overdue: bool
    due_here: bool
    due: Occasion | None = None
    topic: str = ""
    item: str = ""
    measures: tuple[str, ...] = ()  # the ids of those that are on its topic


class TopicView(Record):
    """What there is on one topic, at this meeting. `item` is the agenda line it is taken at, None when it is not on the agenda.
    `questions` are to be asked now; `past_questions` were put at earlier meetings, newest first."""

    topic: Topic
    item: AgendaItem | None
    measures: tuple[str, ...] = ()
    matters: tuple[MatterView, ...] = ()
    actions: tuple[ActionView, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    statements: tuple[Statement, ...] = ()
    questions: tuple[Question, ...] = ()
    past_questions: tuple[Question, ...] = ()


class ItemView(Record):
    """One line of the agenda with its papers, and the words that are on the item itself rather than on a topic."""

    item: AgendaItem
    papers: tuple[Paper, ...] = ()
    topics: tuple[str, ...] = ()
    matters: tuple[MatterView, ...] = ()
    statements: tuple[Statement, ...] = ()
    questions: tuple[Question, ...] = ()


class ForwardEntry(Record):
    """What comes back at one later occasion; with no meeting the occasion is not yet scheduled, with no month it is not known."""

    occasion: Occasion
    matters: tuple[MatterView, ...] = ()
    actions: tuple[ActionView, ...] = ()
    commitments: tuple[Commitment, ...] = ()


class AgendaView(Record):
    """A meeting as at `on` (the pack's day), joined to what stands. Nothing here is filtered by audience: compose does that.
    `previous` are the earlier meetings of the series, newest first; `following` the later ones, soonest first. `matters` are
    due here or missed earlier; `actions` all live ones, overdue first, then by due day; `commitments` all that stand;
    `settled` are actions closed, accepted, superseded or withdrawn since the previous meeting. The `unplaced_` ones fit no
    line of the agenda and no topic."""

    meeting: Meeting
    series: MeetingSeries | None
    on: date
    items: tuple[ItemView, ...]
    topics: tuple[TopicView, ...]
    matters: tuple[MatterView, ...]
    actions: tuple[ActionView, ...]
    commitments: tuple[Commitment, ...]
    forward: tuple[ForwardEntry, ...]
    previous: tuple[Meeting, ...] = ()
    following: tuple[Meeting, ...] = ()
    settled: tuple[Action, ...] = ()
    risks: tuple[ActionView, ...] = ()  # those whose review falls due by the meeting
    unplaced_papers: tuple[Paper, ...] = ()
    unplaced_statements: tuple[Statement, ...] = ()
    unplaced_questions: tuple[Question, ...] = ()
    held: tuple[HeldBack, ...] = ()  # passages of any meeting that not every edition carries
    register: Register = Register()  # what stands, with every topic by its id

    def topic(self, topic_id: str) -> TopicView | None:
        """The view of that topic."""
        return next((one for one in self.topics if one.topic.id == topic_id), None)
