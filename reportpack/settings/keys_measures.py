"""Every key of measures.toml, once: its name, what it means, how it is read. The measures are made by these lines, and docs/settings.md prints them."""

from dataclasses import replace

from reportpack import patterns as re
from reportpack.model.measure import Better, Correction, DatedNote, LetOut, Measure, Place, Rebase, Target
from reportpack.model.observation import Unit
from reportpack.model.period import Period
from reportpack.toml import text as toml
from reportpack.toml.agenda import for_whom

MEASURES_FILE = "measures.toml"
_YEAR = re.compile("[0-9]{4}/[0-9]{2}")


def _period(meaning: str, *, required: bool = True) -> toml.Key[Period | None]:
    return toml.Key(meaning, "text in quotation marks", _read_period, None, required=required, wrong="period-unreadable")


def _read_period(value: object) -> Period:
    """A month (`2019-04`), a financial year (`2018/19`) or a period in full (`2018-04/P1Y`)."""
    words = value if isinstance(value, str) else ""
    try:
        if _YEAR.fullmatch(words):
            return Period.parse(f"{words[:4]}-04/P1Y")
        return Period.parse(words if "/" in words else f"{words}/P1M")
    except ValueError:
        raise toml.WrongValueError("Write a month as 2019-04, a year as 2018/19.") from None


class PlaceKeys(toml.Keys):
    """Where figures stand, by names that `reportpack inspect FILE` shows. What is left out: there is only one, take it."""

    makes = Place

    file = toml.text("the workbook in performance/; * stands for any letters", required=True)
    sheet = toml.text("the sheet; * stands for any letters")
    table = toml.text("words from the title of the table")
    figure = toml.text("the label of the figures; labels that stand above one another are joined as `a / b`")
    numerator = toml.text("the label of the counts that a per cent or rate is made of, above the line")
    denominator = toml.text("the label of the counts below the line")
    area = toml.text("the area (its id) that they are about, where the table names none")
    peers = toml.flag("whether these are other forces' figures: compared with, never added")
    unit = toml.maybe(toml.choice("what the figures count, where the cells leave it open", Unit))
    as_at = toml.day("the day as at which the workbook speaks, where it doesn't say itself")


class TargetKeys(toml.Keys):
    """What should be reached, and when. Of several that hold on a day the latest to begin counts."""

    makes = Target
    stands_at = "value"

    value = toml.number("the figure to reach; 85 for 85 per cent", required=True)
    from_value = toml.maybe(
        toml.number("a trajectory: the figure on the first day, from which a straight line leads to `value` on the last")
    )
    up_to = toml.maybe(toml.number("a band: the upper end, `value` being the lower"))
    cumulative = toml.flag("whether it is for all figures from the first day to the last together")
    change_on = _period(
        "the year (2024/25) or month that `value` is a change on: -10 for down 10 per cent, of percentages 2 for up 2 points",
        required=False,
    )
    from_ = toml.day("the first day on which it holds").into("start")
    to = toml.day("the last day on which it holds").into("end")
    note = toml.text("where it comes from")


class NoteKeys(toml.Keys):
    """A remark on the data, printed beside the chart: a recording change, a known gap."""

    makes = DatedNote

    on = toml.day("the day that it is about", required=True).into("day")
    text = toml.text("the remark, a whole sentence", required=True)
    author = toml.text("whose remark it is")
    redefines = toml.flag(
        "whether the definition changed, so that figures before and after are never judged or compared together"
    )
    audience = for_whom("who may read it")


class RebaseKeys(toml.Keys):
    """A person's decision that the average and expected range start anew, because the process itself was changed."""

    makes = Rebase

    from_ = toml.day("the first day of the new process", required=True).into("day")
    reason = toml.text("what changed", required=True)
    author = toml.text("who decided it", required=True)
    audience = for_whom("who may read the reason and whose it is")


class CorrectionKeys(toml.Keys):
    """A figure put right without touching the force's file. It is printed as corrected, until the workbook says the same."""

    makes = Correction

    area = toml.text("the area (its id); the whole force where it is left out")
    period = _period("the month, such as 2019-04, or another period as inspecting shows it: 2018-04/P1Y")
    value = toml.number("the right figure; 79 for 79 per cent", required=True)
    numerator = toml.maybe(toml.number("the right count above the line, where the figure is made of two"))
    denominator = toml.maybe(toml.number("the right count below the line"))
    by = toml.text("who says so", required=True)
    on = toml.day("when they said so", required=True)
    reason = toml.text("why, a whole sentence", required=True)
    audience = for_whom("who may read the reason and whose it is")


class LetOutKeys(toml.Keys):
    """A cell that was hidden for its small number and may be printed again, now that it is not small. What was hidden stays hidden otherwise."""

    makes = LetOut

    area = toml.text("the area (its id); the whole force where it is left out")
    period = _period("the month, such as 2019-04, or another period as inspecting shows it: 2018-04/P1Y")
    by = toml.text("who decided it", required=True)
    on = toml.day("when they decided it", required=True)
    reason = toml.text("why, a whole sentence", required=True)


class MeasureKeys(toml.Keys):
    """One thing that is measured."""

    makes = Measure

    id_ = toml.slug("its short name in these files and in the register", required=True)
    title = toml.text("its title as printed", required=True)
    short_title = toml.text("a shorter title for narrow columns")
    unit = toml.choice("what its figures are", Unit, Unit.UNKNOWN, required=True)
    better = toml.choice("which way it should move", Better, required=True)
    topic = toml.text("the topic (its id) on whose page it stands")
    part_of = toml.text("the measure (its id) that this one is a part of, such as a type of crime of all crime")
    definition = toml.text("what is counted, and what isn't")
    per = toml.text("what a rate is counted per (1,000 residents), or what a count counts (offences)")
    decimals = toml.whole("how many decimals are printed")
    window = toml.whole("how many of the latest months the chart and its verdict rest on", least=12)
    survey = toml.flag("whether it comes from a survey: its figures are estimates with a margin")
    whole_force_only = toml.flag("whether there are no figures for areas, on purpose")
    small_under = toml.whole("the count below which a cell is small; 0 for never")
    illustrative = toml.flag("whether the figures are made up")
    source_title = toml.text("the published source, as the public should read it")
    supplier = toml.text("who supplies the figures")
    expected_days = toml.maybe(toml.whole("how many days after a month's end its figures are due"))
    matures_days = toml.whole(
        "how many days after a period's end its figures have settled (outcomes still coming in): until then they are not judged"
    )
    audience = for_whom("who may read its figures")
    withheld = toml.text("why it is withheld from others: the id of one of the office's reasons, or your own sentence")
    place = toml.tables("where its figures stand", PlaceKeys, required=True).into("places")
    target = toml.tables("its targets", TargetKeys).into("targets")
    note = toml.tables("remarks on its data", NoteKeys).into("notes")
    rebase = toml.tables("where its average starts anew", RebaseKeys).into("rebases")
    correction = toml.tables("figures put right", CorrectionKeys).into("corrections")
    let_out = toml.tables("cells that may be printed again", LetOutKeys)

    @staticmethod
    def settle(made: Measure) -> Measure:
        """A target that figures of that unit cannot reach is a mistake, and the pack is built without it."""
        return replace(made, targets=tuple(one for one in made.targets if one.is_possible(made.unit)))


class MeasuresKeys(toml.Keys):
    """Everything that is measured, in the order of the pack."""

    measure = toml.tables("the measures", MeasureKeys)
