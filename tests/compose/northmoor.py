"""Northmoor: a small invented office with a mayor, a meeting, two measures and a register, for the tests of this room and of the page."""

from dataclasses import replace
from datetime import date, time

from reportpack.analyse.comparisons import compare
from reportpack.analyse.intervals import wilson
from reportpack.analyse.verdict import judge
from reportpack.model.action import Action, ActionState, Redating
from reportpack.model.agenda_view import ActionView, AgendaView, ForwardEntry, ItemView, MatterView, Occasion, TopicView
from reportpack.model.commitment import Commitment, CommitmentState, Comparator, Test
from reportpack.model.edition import Audience
from reportpack.model.finding import (
    Amount,
    AreaFinding,
    CommitmentFinding,
    CountAbove,
    Enquiry,
    EnquiryKind,
    Findings,
    MeasureFinding,
    SmallCell,
    Standing,
    Verdict,
)
from reportpack.model.matter import Matter, MatterState
from reportpack.model.measure import Better, DatedNote, Measure, Target
from reportpack.model.meeting import Meeting, Paper, PaperStatus
from reportpack.model.observation import Observation, Series, Status, Unit
from reportpack.model.office import (
    Abbreviation,
    AgendaItem,
    Area,
    AreaKind,
    Edition,
    MeetingSeries,
    Office,
    Person,
    Post,
    Side,
    Topic,
)
from reportpack.model.period import Period
from reportpack.model.problem import Source
from reportpack.model.statement import Answered, Block, BlockKind, Question, Statement

MEETING_DAY = date(2031, 3, 18)
ON = date(2031, 3, 11)
FIRST = Period.month(2028, 3)
MONTHS = 36
REGISTER = Source("register.xlsx", "Actions", "A2", "c" * 64, date(2031, 3, 1))
AREAS = ("coast", "vale", "fells")

BURGLARY = Measure(
    id="burglary",
    title="Residential burglary",
    unit=Unit.COUNT,
    better=Better.LOWER,
    places=(),
    topic="burglary",
    per="offences",
    definition="Burglaries of homes recorded in the month",
    notes=(DatedNote(date(2030, 4, 1), "Sheds are counted as homes from this month", "analyst", audience=Audience.PUBLIC),),
    source_title="Police recorded crime open data tables",
    audience=Audience.PUBLIC,
)
SATISFACTION = Measure(
    id="satisfaction",
    title="Victims satisfied with the service",
    short_title="Victim satisfaction",
    unit=Unit.PER_CENT,
    better=Better.HIGHER,
    places=(),
    topic="satisfaction",
    decimals=1,
    targets=(Target(85.0),),
    survey=True,
    small_under=5,
    audience=Audience.FORCE,
)


def an_office(*, hide_small_in_public: bool = True) -> Office:
    """Other titles than those that most offices use, so that none can be written into the program."""
    return Office(
        name="Office of the Mayor of Northmoor",
        short_name="OMN",
        force="Northmoor Police",
        areas=(
            Area("northmoor", "Northmoor", AreaKind.FORCE),
            Area("coast", "Coast"),
            Area("vale", "Vale"),
            Area("fells", "Fells & Moors"),
        ),
        posts=(
            Post("mayor", "Mayor", "M", Side.OFFICE),
            Post("chief", "Chief Officer", "CO", Side.FORCE),
            Post("second", "Second Officer", "SO", Side.FORCE),
            Post("analyst", "Head of Analysis", "HA", Side.FORCE),
        ),
        people=(
            Person("Ines Moorcroft", "mayor", date(2029, 5, 8)),
            Person("Tom Garrow", "chief", end=date(2031, 3, 17)),
            Person("Adeola Finch", "chief", date(2031, 3, 18)),
            Person("Lowri Penn", "analyst"),
        ),
        topics=(
            Topic("burglary", "Burglary", audience=Audience.PUBLIC),
            Topic("satisfaction", "Victim satisfaction", audience=Audience.FORCE),
        ),
        series=(a_series(),),
        editions=(
            Edition(Audience.OFFICE, "OFFICIAL", hide_small=False),
            Edition(Audience.FORCE, "OFFICIAL", hide_small=False),
            Edition(Audience.PUBLIC, "", hide_small=hide_small_in_public),
        ),
        abbreviations=(Abbreviation("CSP", "community safety partnership"),),
        figures_note="All figures are invented.",
        contact="policy@northmoor.example",
        area_noun="district",
        area_noun_plural="districts",
    )


def a_series() -> MeetingSeries:
    """One series."""
    return MeetingSeries("scrutiny", "Scrutiny meeting")


AGENDA = (
    AgendaItem("1", "Matters brought forward", audience=Audience.PUBLIC),
    AgendaItem("2", "Performance", audience=Audience.PUBLIC),
    AgendaItem("2.1", "Burglary", topic="burglary", lead="chief", audience=Audience.PUBLIC),
    AgendaItem(
        "2.2", "Victim satisfaction", topic="satisfaction", lead="second", audience=Audience.FORCE, public_title="Service"
    ),
    AgendaItem("3", "Any other business", audience=Audience.PUBLIC),
)


def a_meeting() -> Meeting:
    """The meeting that the pack is for."""
    return Meeting(
        id="2031-03-18-scrutiny",
        series="scrutiny",
        day=MEETING_DAY,
        title="Scrutiny meeting",
        start_time=time(9, 30),
        venue="The Moot Hall",
        chair="mayor",
        note_taker="analyst",
        expected=("mayor", "chief", "second"),
        apologies=("second",),
        agenda=AGENDA,
    )


ORIGIN = replace(a_meeting(), id="2030-09-17-scrutiny", day=date(2030, 9, 17))
LATER = replace(a_meeting(), id="2031-06-17-scrutiny", day=date(2031, 6, 17))
MATTER = Matter(
    "M1/2030",
    "Burglary in Vale",
    "Burglary in <Vale> to come back in March.",
    MatterState.CARRIED,
    replace(REGISTER, sheet="Matters", cell="A2"),
    topic="burglary",
    said="We will have halved it & more by spring.",
    audience=Audience.FORCE,
    public_title="Burglary in one district",
)
ACTION = Action(
    "4/2030",
    "Chief Officer to share the audit of closed cases.",
    ActionState.OPEN,
    REGISTER,
    owners=("chief",),
    due=date(2031, 1, 31),
    redatings=(Redating(date(2030, 11, 30), date(2031, 1, 31), "waiting for the auditor"),),
    topic="burglary",
    audience=Audience.FORCE,
)
OFFICE_ACTION = Action(
    "5/2030", "Draft a letter about zebras.", ActionState.PROPOSED, replace(REGISTER, cell="A3"), owners=("mayor",)
)
COMMITMENT = Commitment(
    "C1/2030",
    "Two districts will be over 80% by January.",
    replace(REGISTER, sheet="Commitments"),
    owner="chief",
    said_at="2030-09-17-scrutiny",
    measure="satisfaction",
    test=Test(Comparator.OVER, 80.0, areas=2),
    period=Period.month(2031, 1),
    topic="satisfaction",
    audience=Audience.FORCE,
    state=CommitmentState.NOT_KEPT,
    decided_at="2031-03-18-scrutiny",
)
QUESTION = Question("Why is Vale so high?", Source("notes/a.md", "", "line 9"), "mayor", "2031-03-18-scrutiny", "burglary")
PAST = Question(
    "What changed in Vale?",
    Source("register.xlsx", "Questions", "A2"),
    "mayor",
    "2030-09-17-scrutiny",
    "burglary",
    answered=Answered.PARTLY,
    answer="A new team.",
    audience=Audience.FORCE,
)
STATEMENT = Statement(
    "analyst",
    "2031-03-18-scrutiny",
    (Block(BlockKind.PARAGRAPH, "Two series in Vale\nended with arrests."), Block(BlockKind.BULLET, "CSP funding ends.")),
    Source("notes/a.md", "", "line 3"),
    topic="burglary",
    audience=Audience.FORCE,
)
OFFICE_STATEMENT = replace(
    STATEMENT, author="mayor", blocks=(Block(BlockKind.PARAGRAPH, "Press on the xylophone."),), audience=Audience.OFFICE
)


def a_view(meeting: Meeting | None = None) -> AgendaView:
    """The agenda joined to the register, as merging would hand it over."""
    meeting = meeting or a_meeting()
    origin = Occasion("September 2030", ORIGIN)
    actions = (
        ActionView(ACTION, origin, overdue=True, due_here=True, topic="burglary", item="2.1"),
        ActionView(OFFICE_ACTION, origin, overdue=False, due_here=False),
    )
    matters = (
        MatterView(MATTER, origin, Occasion("March 2031", meeting), "burglary", "2.1", actions=(ACTION,), measures=("burglary",)),
    )
    paper = Paper("Burglary plan", "2.1", PaperStatus.AWAITED, "chief", date(2031, 3, 4), audience=Audience.FORCE)
    by_number = {item.number: item for item in AGENDA}
    topics = (
        TopicView(
            Topic("burglary", "Burglary", audience=Audience.PUBLIC),
            by_number["2.1"],
            ("burglary",),
            matters,
            actions[:1],
            (),
            (STATEMENT, OFFICE_STATEMENT),
            (QUESTION,),
            (PAST,),
        ),
        TopicView(
            Topic("satisfaction", "Victim satisfaction", audience=Audience.FORCE),
            by_number["2.2"],
            ("satisfaction",),
            commitments=(COMMITMENT,),
        ),
    )
    items = tuple(
        ItemView(item, (paper,) if item.number == "2.1" else (), (item.topic,) if item.topic else ()) for item in AGENDA
    )
    return AgendaView(
        meeting,
        a_series(),
        ON,
        items,
        topics,
        matters,
        actions,
        (COMMITMENT,),
        (ForwardEntry(Occasion("June 2031", LATER), matters),),
        previous=(ORIGIN,),
        following=(LATER,),
    )


def figure(measure: Measure, area: str, index: int, value: float, cases: float | None = None) -> Observation:
    """One month's figure: rows are months, columns areas."""
    column = "BCDE"[("northmoor", *AREAS).index(area)]
    counts = (None, None) if cases is None else (value * cases / 100, cases)
    return Observation(
        measure.id,
        area,
        FIRST.shifted(index),
        value,
        Status.NUMBER,
        Source(f"performance/{measure.id}.xlsx", "Months", f"{column}{index + 4}", "a" * 64, date(2031, 3, 3)),
        *counts,
    )


def burglaries() -> tuple[Series, ...]:
    """Quiet until seven months ago, higher since."""
    wave = (0, 9, -6, 4, -11, 7, 2, -8, 12, -3, 5, -9)
    force = tuple(
        figure(BURGLARY, "northmoor", index, 240 + wave[index % 12] + (40 if index >= MONTHS - 7 else 0))
        for index in range(MONTHS)
    )
    shares = {"coast": 0.3, "vale": 0.5, "fells": 0.2}
    parts = tuple(
        Series(
            "burglary",
            area,
            tuple(figure(BURGLARY, area, index, round(one.value * share)) for index, one in enumerate(force) if one.value),
        )
        for area, share in shares.items()
    )
    return (Series("burglary", "northmoor", force), *parts)


def satisfactions() -> tuple[Series, ...]:
    """Steady around 81, with one small district; January's force figure is text."""
    wave = (0, 1.5, -2, 0.5, 2, -1, -1.5, 1)
    force = [figure(SATISFACTION, "northmoor", index, 81 + wave[index % 8], 400) for index in range(MONTHS)]
    force[-1] = replace(force[-1], value=None, status=Status.TEXT, raw="to follow", numerator=None, denominator=None)
    cases = {"coast": 210.0, "vale": 170.0, "fells": 20.0}
    parts = tuple(
        Series(
            "satisfaction",
            area,
            tuple(figure(SATISFACTION, area, index, 80 + wave[(index + shift) % 8] * 2, count) for index in range(MONTHS)),
        )
        for shift, (area, count) in enumerate(cases.items())
    )
    return (Series("satisfaction", "northmoor", tuple(force)), *parts)


def area_finding(measure: Measure, series: Series, standing: Standing, reason: str = "") -> AreaFinding:
    """One area's latest figure, as analysing would hand it over."""
    latest = series.latest
    assert latest is not None
    assert latest.value is not None
    amount = Amount(latest.value, latest.period, latest.period, (latest.source,), latest.numerator, latest.denominator)
    low, high = (None, None)
    if latest.numerator is not None and latest.denominator:
        low, high = (100 * bound for bound in wilson(latest.numerator, latest.denominator))
    return AreaFinding(
        area=series.area,
        series=series,
        xmr=judge(series, measure),
        latest=latest,
        amount=amount,
        low=low,
        high=high,
        standing=standing,
        standing_reason=reason,
        change=compare(series, measure)[1],
        not_printed=False,
    )


def burglary_finding() -> MeasureFinding:
    """A measure that got worse."""
    force, *parts = burglaries()
    return MeasureFinding(
        measure=BURGLARY,
        force=force,
        xmr=judge(force, BURGLARY),
        target=None,
        gap=None,
        comparisons=compare(force, BURGLARY),
        areas=tuple(area_finding(BURGLARY, one, Standing.NOT_JUDGED, "no-populations") for one in parts),
        above=None,
        rank=None,
        peers=None,
        small_cells=(),
        enquiries=(
            Enquiry(EnquiryKind.SIGNAL, 3.0, FIRST.shifted(MONTHS - 7)),
            Enquiry(EnquiryKind.MORE_OR_RECORDED, 2.0, FIRST.shifted(MONTHS - 7)),
        ),
        exception=60.0,
    )


def satisfaction_finding() -> MeasureFinding:
    """A measure whose last month is missing and whose smallest district is hidden from the public."""
    force, *parts = satisfactions()
    last = FIRST.shifted(MONTHS - 1)
    judged = judge(force, SATISFACTION)
    latest = force.latest
    assert latest is not None
    assert latest.value is not None
    return MeasureFinding(
        measure=SATISFACTION,
        force=force,
        xmr=judged,
        target=SATISFACTION.targets[0],
        gap=latest.value - 85.0,
        comparisons=compare(force, SATISFACTION),
        areas=tuple(
            area_finding(
                SATISFACTION, one, *((Standing.NOT_JUDGED, "small-base") if one.area == "fells" else (Standing.ORDINARY, ""))
            )
            for one in parts
        ),
        above=CountAbove(1, 3, 85.0, last, ("coast",), (), tuple(one.observations[-1].source for one in parts)),
        rank=None,
        peers=None,
        small_cells=tuple(SmallCell("fells", FIRST.shifted(index)) for index in range(MONTHS)),
        enquiries=(Enquiry(EnquiryKind.MISSING, 4.0, last),),
        exception=30.0,
        expected=last,
        missing=(last,),
    )


def the_findings() -> Findings:
    """Both measures, and the promise held against them."""
    parts = satisfactions()[1:]
    january = [one.observations[-2] for one in parts]
    broken = CommitmentFinding(COMMITMENT, Verdict.NOT_MET, "", Period.month(2031, 1), 1.0, 3, tuple(january))
    return Findings(ON, (satisfaction_finding(), burglary_finding()), (broken,))
