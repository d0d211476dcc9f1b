"""Commitments held against the figures: met, not met, not yet measurable, with the values."""

from reportpack.compose.commitment_words import VERDICT, commitment_words
from reportpack.compose.enquiry_words import meeting_label
from reportpack.compose.finding_words import capital
from reportpack.compose.setting import Setting, anchor, distinct_ids
from reportpack.model.commitment import Commitment, CommitmentState
from reportpack.model.finding import CommitmentFinding, Verdict
from reportpack.model.pack import CommitmentEntry, Link
from reportpack.model.words import Sentence

_ORDER = (Verdict.NOT_MET, Verdict.MET, Verdict.NOT_YET, Verdict.NO_TEST)
UNCONFIRMED = "Not met by the figures, to be confirmed"


def compose_commitments(setting: Setting) -> tuple[CommitmentEntry, ...]:
    """Those not met first, then met, then those that cannot be told yet."""
    found = sorted((_found(one, setting) for one in setting.view.commitments), key=lambda one: _ORDER.index(one.verdict))
    return distinct_ids(_entry(one, setting) for one in found)


def entries_for(commitments: tuple[Commitment, ...], setting: Setting) -> tuple[CommitmentEntry, ...]:
    """The entries of these commitments, in their order."""
    return tuple(_entry(_found(one, setting), setting) for one in commitments)


def _found(commitment: Commitment, setting: Setting) -> CommitmentFinding:
    found = next((one for one in setting.findings.commitments if one.commitment.ref == commitment.ref), None)
    return found or CommitmentFinding(commitment, Verdict.NO_TEST, "no-test", None, None, None, ())


def _entry(found: CommitmentFinding, setting: Setting) -> CommitmentEntry:
    commitment = found.commitment
    measure = setting.findings.of(commitment.measure)
    owner = setting.people.title(commitment.owner) if commitment.owner else ""
    return CommitmentEntry(
        id=commitment_id(commitment),
        ref=commitment.ref,
        words=commitment.words,
        owner=owner,
        said_at=meeting_label(commitment.said_at),
        verdict=verdict_words(found),
        met=True if found.verdict is Verdict.MET else False if _is_broken(found) else None,
        still=_reported_before(commitment, setting),
        evidence=capital(Sentence.of(commitment_words(found, measure.measure if measure else None, setting.office), ".")),
        topic=setting.topic_link(commitment.topic) or _measure_topic(measure.measure.topic if measure else "", setting),
    )


def verdict_words(found: CommitmentFinding) -> str:
    """What the figures show; that it was not kept is said once a person has confirmed it."""
    if _is_broken(found):
        return "Not kept"
    return UNCONFIRMED if found.verdict is Verdict.NOT_MET else VERDICT[found.verdict]


def _is_broken(found: CommitmentFinding) -> bool:
    return found.commitment.state is CommitmentState.NOT_KEPT and found.verdict is not Verdict.MET


def _reported_before(commitment: Commitment, setting: Setting) -> str:
    """`Still not kept, first reported in June 2019`, when that was to an earlier meeting."""
    then, meeting = commitment.decided_at, setting.view.meeting
    if commitment.state is not CommitmentState.NOT_KEPT or not then or then[:7] == f"{meeting.day:%Y-%m}":
        return ""
    return f"Still not kept, first reported in {meeting_label(then[:7])}"


def _measure_topic(topic: str, setting: Setting) -> Link | None:
    return setting.topic_link(topic) if topic else None


def commitment_id(commitment: Commitment) -> str:
    """The anchor of a commitment's row."""
    return anchor("commitment", commitment.ref)
