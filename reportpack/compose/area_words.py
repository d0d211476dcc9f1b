"""Areas, peers and ranks in words: how an area stands beside the rest of the force, how many pass, where the force ranks."""

from reportpack.compose.comparison_words import amount_words
from reportpack.compose.numbers import FEW, LOW, ordinal_word, printed, rank_printed, rests_on_few, target_printed
from reportpack.model.chart import ordinal
from reportpack.model.finding import AreaFinding, CountAbove, MeasureFinding, PeerFinding, RankFinding, Standing
from reportpack.model.measure import Better, Measure, Target
from reportpack.model.observation import Status, Unit, cells_of
from reportpack.model.office import Office
from reportpack.model.period import long_date
from reportpack.model.words import Printed, Sentence

STANDING = {
    Standing.OUTLIER_HIGH: "an outlier, higher than the rest of the force",
    Standing.OUTLIER_LOW: "an outlier, lower than the rest of the force",
    Standing.WATCH_HIGH: "worth watching, higher than the rest of the force",
    Standing.WATCH_LOW: "worth watching, lower than the rest of the force",
    Standing.ORDINARY: "no different from the rest of the force beyond chance",
}
NOT_JUDGED = {
    "": "not judged",
    "no-figure": "no figure",
    "no-counts": "not judged: the counts behind the percentage are not given",
    "no-populations": "not judged against the others: counts need populations",
    "small-base": "not judged: fewer than 30 cases",
    "too-few-areas": "not judged: too few areas to compare",
    "over-dispersed": "not judged: most areas differ, so only rank and change are shown",
    "not-comparable": "not judged: figures of this kind are compared only with their own past",
}
NO_AREA_JUDGED = {
    "over-dispersed": "Areas are not held against each other: most of them differ by more than chance, as places do.",
    "no-populations": "Areas are not held against each other: counts could be compared only with populations.",
    "no-counts": "Areas are not held against each other: the counts behind their percentages are not given.",
    "small-base": "Areas are not held against each other: with fewer than 30 cases each, chance alone makes them differ.",
    "too-few-areas": "Areas are not held against each other: fewer than three have figures.",
}
HISTORY = {
    "merged-summed": "Figures before {start} are the sum of the areas that became {area}.",
    "merged-not-summed": "There are no figures before {start}: the areas that became {area} cannot be added up.",
    "renamed": "Figures before {start} are those of the area of the earlier name.",
    "split": "There are no figures before {start}: {area} was part of a larger area.",
}
HIDDEN = "[c] (small number, not shown)"
TOO_FEW = "not shown: fewer than 10 cases"


def area_name(area: str, office: Office) -> str:
    """The name of an area; an unknown one stays as it was written."""
    return next((one.name for one in office.areas if one.id == area), area)


def area_value_words(area: AreaFinding, finding: MeasureFinding) -> Sentence:
    """`72.1% (137 of 190)`, `[c]` where hidden, or why there is no figure."""
    if area.latest is not None and area.latest.status is Status.SUPPRESSED:
        return Sentence.of(HIDDEN)
    if area.latest is None or area.amount is None:
        return Sentence.of("no figure")
    if area.not_printed:
        return Sentence.of(TOO_FEW)
    words = amount_words(area.amount, finding.measure)
    return Sentence.of(words, f" {LOW}") if is_low(area, finding) else words


def is_low(area: AreaFinding, finding: MeasureFinding) -> bool:
    """Whether its percentage rests on so few cases that a few move it far."""
    return area.latest is not None and rests_on_few(area.latest, finding.measure, FEW)


def standing_words(area: AreaFinding) -> Sentence:
    """`an outlier, lower than the rest of the force`, or why the area is not judged."""
    if area.standing is Standing.NOT_JUDGED or area.amount is None:
        return Sentence.of(NOT_JUDGED.get(area.standing_reason, NOT_JUDGED[""]))
    return Sentence.of(STANDING[area.standing])


def area_words(area: AreaFinding, finding: MeasureFinding, office: Office) -> Sentence:
    """What is not in its row: `North Worcestershire: 75.0% over 12 months to April 2019, against 80.2% in the rest of the force`."""
    value = area_value_words(area, finding)
    name = area_name(area.area, office)
    if not value.numbers or area.rest is None or area.standing is Standing.NOT_JUDGED or area.amount is None:
        return Sentence.of(f"{name}: ", value)
    others = (one.amount for one in finding.areas if one.area != area.area and one.amount is not None)
    rest = printed(finding.measure, area.rest, tuple(source for one in others for source in one.sources))
    beside = " at the others' rate" if finding.measure.unit is Unit.COUNT else " in the rest of the force"
    if area.held is not None and area.held.value is not None and area.held.period != area.amount.first:
        value = Sentence.of(printed(finding.measure, area.held.value, area.held.cells), f" over {area.held.period.label}")
    return Sentence.of(f"{name}: ", value, ", against ", rest, beside)


def areas_caution_words(finding: MeasureFinding, office: Office) -> tuple[Sentence, ...]:
    """Why no area is held against the others, where none is; and which areas are gone."""
    cautions = [_why_none_is_judged(finding, office)]
    for area in office.areas:
        if area.id in finding.former_areas:
            until = f" until {long_date(area.end)}" if area.end else ""
            article = "an" if office.area_noun[:1].lower() in "aeiou" else "a"
            cautions.append(Sentence.of(f"{area.name} was {article} {office.area_noun}{until}; no area took over its figures."))
    return tuple(one for one in cautions if one.spans)


def any_area_shown(finding: MeasureFinding) -> bool:
    """Whether any area has a figure that may be printed; where none has, a sentence stands in place of tables and panels."""
    return any(
        area.latest is not None and area.latest.status is not Status.SUPPRESSED and not area.not_printed for area in finding.areas
    )


def _why_none_is_judged(finding: MeasureFinding, office: Office) -> Sentence:
    if finding.areas and not any_area_shown(finding):
        return Sentence.of(f"No {office.area_noun} is shown by itself: each has too few cases, or no figure.")
    reasons = [area.standing_reason for area in finding.areas if area.standing is Standing.NOT_JUDGED]
    if not reasons or len(reasons) < len(finding.areas):
        return Sentence.of()
    return Sentence.of(next((words for reason, words in NO_AREA_JUDGED.items() if reason in reasons), ""))


def history_words(area: AreaFinding, office: Office) -> Sentence:
    """Where the figures before an area began come from; nothing for one that always was."""
    noun = next((one for one in office.areas if one.id == area.area), None)
    if not area.history or noun is None or noun.start is None:
        return Sentence.of()
    return Sentence.of(HISTORY[area.history].format(start=f"{noun.start:%B %Y}", area=noun.name))


def above_words(above: CountAbove | None, measure: Measure, office: Office) -> Sentence:
    """`3 of 5 local policing areas above 80% in April 2019; no figure for Shropshire`."""
    if above is None:
        return Sentence.of()
    count = Printed(f"{above.passing} of {above.of}", above.passing, above.sources)
    noun = office.area_noun_plural if above.of != 1 else office.area_noun
    side = "below" if above.below else "above"
    words = Sentence.of(count, f" {noun} {side} ", target_printed(measure, Target(above.threshold)), f" in {above.period.label}")
    if above.missing:
        names = ", ".join(area_name(area, office) for area in above.missing)
        words = Sentence.of(words, f"; no figure to count for {names}")
    return words


def quartile_words(rank: RankFinding) -> str:
    """`in the top quartile`, `in the bottom quartile`, or nothing: a quartile holds a quarter of those ranked, rounded down."""
    if rank.in_top_quartile:
        return "in the top quartile"
    return "in the bottom quartile" if rank.in_bottom_quartile else ""


def rank_words(rank: RankFinding | None, measure: Measure) -> Sentence:
    """`35th of 41 in 2018/19 (1st is best), in the bottom quartile; 33rd of 41 in 2017/18. Top quartile is 10th or better`."""
    if rank is None:
        return Sentence.of()
    best = ordinal(rank.of if rank.last_is_best else 1)
    words = Sentence.of(rank_printed(rank), f" in {rank.period.label} ({best} is best)")
    if rank.tied > 1:
        words = Sentence.of(words, f", shared by {rank.tied}")
    quartile = quartile_words(rank)
    words = Sentence.of(words, f", {quartile}" if quartile else "")
    words = Sentence.of(words, previous_words(rank))
    if rank.top_quartile_rank and quartile != "in the top quartile":
        top = ordinal(rank.top_quartile_rank)
        words = Sentence.of(words, f". Top quartile is {top if top == best else f'{top} or better'}")
        if rank.needed_value is not None:
            bound = "at most" if measure.better is Better.LOWER else "at least"
            words = Sentence.of(words, f", which takes {bound} ", printed(measure, rank.needed_value, rank.sources))
    return words


def previous_words(rank: RankFinding) -> Sentence:
    """`; 33rd of 41 in 2017/18`: the rank before, to go on with; nothing where there is none."""
    before = rank.previous
    if before is None:
        return Sentence.of()
    return Sentence.of("; ", rank_printed(before), f" in {before.period.label}")


def peer_words(peers: PeerFinding | None, measure: Measure, office: Office) -> Sentence:
    """`The force is third of 8; the average of the others is 78.2%, weighted by their size`."""
    if peers is None or peers.mean is None:
        return Sentence.of()
    others = tuple(entry for entry in peers.entries if entry.area != peers.force)
    mean = printed(measure, peers.mean, cells_of(*others))
    how = ", weighted by their size" if peers.weighted else ", each counted alike"
    average = Sentence.of(f"The average of the other {len(others)} is ", mean, how)
    if peers.rank is None:
        return average
    words = Sentence.of(
        f"{office.force} is ", _place(peers.rank), ". ", average, _beside_others(peers), _quarters(peers.rank, measure)
    )
    if peers.similar is None or peers.similar.rank is None or peers.similar.mean is None:
        return words
    alike = tuple(entry for entry in peers.similar.entries if entry.area != peers.force)
    mean = printed(measure, peers.similar.mean, cells_of(*alike))
    return Sentence.of(
        words,
        ". Among the most similar forces it is ",
        _place(peers.similar.rank),
        f"; the average of the other {len(alike)} is ",
        mean,
    )


def _place(rank: RankFinding) -> Sentence:
    return Sentence.of(Printed(ordinal_word(rank.rank), rank.rank, rank.sources), f" of {rank.of}")


def _beside_others(peers: PeerFinding) -> str:
    """Whether the rank is more than chance: most ranks lie among figures that chance alone would reorder."""
    if peers.standing is Standing.NOT_JUDGED:
        return ". Most forces differ by more than chance, as places do" if peers.standing_reason == "over-dispersed" else ""
    if peers.standing is Standing.ORDINARY:
        return ". The force is no different from the others beyond chance, so its rank says little"
    return ". The force differs from the others by more than chance"


def _quarters(rank: RankFinding, measure: Measure) -> Sentence:
    """`. The middle is at 75.0, the bottom quartile begins at 90.2`; what the top one takes stands beside the rank."""
    if rank.middle_value is None or rank.bottom_value is None:
        return Sentence.of()
    middle, bottom = (printed(measure, value, rank.sources) for value in (rank.middle_value, rank.bottom_value))
    return Sentence.of(". The middle is at ", middle, ", the bottom quartile begins at ", bottom)
