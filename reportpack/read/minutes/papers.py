"""What kind of paper a file is, where it is none of notes (an agenda, a transcript, a letter, a policy), and what is wrong with it as a whole.

It is told by what such papers carry, against what notes carry: who was there, what was said and agreed, when it ended.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportpack import patterns as re
from reportpack.model.meeting import Meeting
from reportpack.model.minutes import Attended, Minutes
from reportpack.model.problem import Problem, Source, Weight
from reportpack.read.minutes.action_rows import is_log
from reportpack.read.minutes.dates import find_days
from reportpack.read.minutes.grammar.classes import listed
from reportpack.read.minutes.grammar.words import has, words_of
from reportpack.read.minutes.labels import ITEM_NUMBER
from reportpack.read.minutes.people import looks_like_name
from reportpack.read.minutes.queries.sentences import place_of
from reportpack.read.minutes.wraps import Passage

LOG = "a log of actions"  # Of all kinds of paper the one whose actions are those of meetings.
AGENDA = "an agenda"
OTHER = "another kind of paper"
_KINDS = {
    AGENDA: ("agenda", "order of business", "running order", "notice of meeting", "notice of a meeting", "forward plan", "work programme"),
    "terms of reference": ("terms of reference", "constitution", "standing orders", "rules of procedure", "membership of the"),
    "a policy": (
        "policy", "procedure", "code of conduct", "code of practice", "protocol", "guidance", "guide", "strategy", "framework", "manual", "handbook",
        "privacy notice", "how to", "template for", "scheme of", "memorandum of understanding", "job description", "role profile", "person specification",
    ),
    "a report": (
        "report of the", "report by the", "report to the", "annual report", "information report", "progress report", "impact report", "press release", "news release", "decision notice", "decision record", "consultation",
        "briefing note", "business case", "impact assessment", "newsletter", "frequently asked questions", "speech by",
    ),
}  # fmt: skip
_SECTIONS = listed(
    "purpose scope aim aims objectives introduction background definitions responsibilities membership quorum frequency frequency_of_meetings remit "
    "role roles reporting review review_date version_control accountability recommendation recommendations financial_implications legal_implications "
    "risk_implications equality_implications background_papers purpose_of_report purpose_of_the_report executive_summary conclusion contents "
    "references monitoring_and_review legal_framework policy_statement principles appendices document_control related_policies implications options "
    "consultation key_messages notes_to_editors contact contacts complaints authority"
)
_SPOKE = re.compile(
    r"(?:\b[A-Z][\w.'\u2019-]*\)?|\b(?:he|she|they|members|it was|was|were|had|been)) (?:\w+ly |also |then |further |not )?(?:said|asked|replied|responded|noted|agreed"
    r"|approved|reported|updated|commented|discussed|explained|welcomed|thanked|confirmed|presented|resolved|carried|proposed|seconded|informed|advised"
    r"|raised|queried|stated|told|gave|outlined|highlighted|requested|suggested|felt|added|declared|received|considered|questioned|opened|closed)\b"
)
_CUE = re.compile(r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?")
_MINUTES_TITLE = re.compile(
    r"(?i)\b(?:minutes|notes?)\b.{0,30}\b(?:of|from)\b.{0,60}(?:\b(?:meeting|board|panel|committee|forum|council|group|trustees|held)\b|\d{4})"
    r"|\b(?:minutes|notes)\b(?!.*\bof\b).{0,70}\b(?:19|20)\d\d\b|\brecord of (?:the )?meeting|\bmeeting (?:notes?|minutes|record)\b|\b(?:minutes|notes)\W*$"
)
_ASKED_FOR = re.compile(
    r"(?i)\(to (?:agree|note|receive|consider|approve|follow)\)|\bto (?:receive|consider|note|agree|approve|review|present|discuss)\b"
    r"|\bverbal(?: update)?\b|\bpaper [A-Z0-9]\b|\ball to\b|\b\d{1,2} ?min(?:ute)?s\b|^\d{1,2}[.:]\d{2}\b"
)
_DATED = re.compile(r"^\d{4}-\d\d-\d\d[ :]+")
_A_PAGE = 30  # paragraphs
_MET = listed("meeting board panel committee trustees forum working_group assurance held")
_PRESENT = listed("present attendees attendance attending attended apologies")
_RULES = listed("shall must should")
_OWN = listed("i i'm i'll i've we'll we're we've let's um yeah okay you")
_MAIL = ("from:", "to:", "cc:", "sent:", "date:", "subject:")
_YOURS = ("yours", "kind regards", "best wishes", "with best")
_RECITALS = ("whereas", "having considered ", "having regard ", "having noted ", "having heard ", "recalling ", "mindful ")
_ENDED = listed(
    "meeting_closed meeting_ended meeting_finished meeting_concluded no_further_business no_other_business closed_the_meeting"
)


def paper_of(passages: Sequence[Passage], minutes: Minutes) -> str | None:
    """The kind of paper that these passages are when they are not notes; None when they are, or may be."""
    texts = [one.text for one in passages if len(one.text) > 1]
    if _is_transcript(texts):
        return "a transcript of what was spoken"
    letter = covering_letter(passages)
    body = [one.text for at, one in enumerate(passages) if at not in letter and len(one.text) > 1]
    spoken = len({text for text in body if len(text) > 25 and _SPOKE.search(text)})
    known = _is_known(body, minutes, silent=(len(texts) > _A_PAGE and not spoken and minutes.day is None))
    if is_log(passages) and not known and spoken < 3:
        return LOG
    asked = sum(1 for text in texts if len(text) < 160 and _ASKED_FOR.search(text))
    titled = _titled([minutes.title or "", *texts[:6]])
    minuted = known and any(one.level and one.text.strip(" :").casefold() in ("minutes", "meeting notes") for one in passages)
    titled = "" if titled == AGENDA and minuted else titled
    if (titled == AGENDA or (not known and asked * 3 >= max(len(texts), 9))) and spoken < 2:
        return AGENDA
    if known and (titled not in ("terms of reference", "a report") or spoken > 9 or minutes.day is not None):
        return None
    if letter or sum(1 for text in texts[:8] if text.lower().startswith(_MAIL)) >= 3:
        return "a letter"
    if titled:
        return titled
    sections = sum(1 for text in texts if text.strip(" .:0123456789").casefold() in _SECTIONS)
    met = any(has(text, _MET) for text in texts[:4]) and minutes.day is not None
    short = minutes.day is not None or len(texts) <= _A_PAGE
    asks = short and any(one.marked and one.owners for one in minutes.actions)
    held = (met and (spoken or minutes.decisions or minutes.brought_forward)) or asks or spoken >= 3
    return None if held and sections < 3 else OTHER


def _is_known(body: Sequence[str], minutes: Minutes, *, silent: bool) -> bool:
    """Whether it says that it is notes: who was there (not in a `silent` paper: long, without a day, in which nobody said or did anything), a title, how it ended."""
    there = not silent and any(one.status is Attended.PRESENT for one in minutes.attendance)
    headed = (text for text in body[:40] if not silent and not has(text, _RULES))  # `the CFOs shall attend` lists nobody
    people = there or any(not _PRESENT.isdisjoint(words_of(text[:80]).low[:2]) for text in headed)
    titles = [text for text in body[:6] if len(text) < 130 and not text[:1].isdigit()]
    title = any(_MINUTES_TITLE.search(text) and "how to" not in text.lower() for text in titles)
    return people or title or any(words in text.lower() for text in body[-15:] for words in _ENDED)


def others_words(passages: Sequence[Passage]) -> frozenset[int]:
    """The passages that are quoted, recite what a resolution rests on, or are a letter before the notes: nothing in them was said or agreed at the meeting."""
    bare = [one.text.rstrip(" .,;:") for one in passages]
    whole = {at for at, one in enumerate(bare) if one[:1] + one[-1:] in ("\u201c\u201d", '""') and one[-1] not in one[1:-1]}
    begun = (one.text.lstrip(" \u2022-*(").lower() for one in passages)
    recites = (low.startswith(_RECITALS) and " resolved" not in low for low in begun)
    recited = (at for at, (one, told) in enumerate(zip(passages, recites, strict=True)) if one.quoted or told)
    marks = [at for at, one in enumerate(passages) if one.text == "Minutes:"]
    printed: set[int] = set()  # of a published agenda what stands between the number of an item and its minutes
    for last in marks if len(marks) > 1 else ():
        first = next((at for at in range(last - 1, max(last - 20, -1), -1) if ITEM_NUMBER.fullmatch(passages[at].text)), last)
        printed.update(range(first, last))
    return covering_letter(passages).union(whole, recited, printed)


def covering_letter(passages: Sequence[Passage]) -> frozenset[int]:
    """The passages of a letter, from its greeting through its close and the name below."""
    texts = [one.text for one in passages]
    begin = next((at for at, text in enumerate(texts) if text[:5].lower() == "dear " and len(text) < 86), len(texts))
    end = next((at for at, text in enumerate(texts[begin:], begin) if len(text) < 60 and text.lower().startswith(_YOURS)), -1)
    if end < 0:
        return frozenset()
    signed = next((at for at, text in enumerate(texts[end + 1 : end + 3], end + 1) if not looks_like_name(text)), end + 1)
    return frozenset(range(begin, max(signed, end + 1)))


def _titled(texts: Sequence[str]) -> str:
    """The paper that the first title among the first lines names; the agenda inside notes stands below their own title."""
    for text in texts:
        line = _DATED.sub("", text.casefold().strip(" *#:."), count=1)
        if len(line) < 110 and not line[:1].isdigit():
            said = f" {' '.join(words_of(line).low)} "
            found = next((name for name, titles in _KINDS.items() if any(f" {title} " in said for title in titles)), "")
            if _MINUTES_TITLE.search(line) or found:
                return "" if _MINUTES_TITLE.search(line) and "how to" not in line else found
    return ""


def _is_transcript(texts: Sequence[str]) -> bool:
    cues = sum(1 for text in texts if _is_cue(text))
    timed = sum("-->" in text for text in texts) > 1 or (cues >= 4 and cues * 4 >= len(texts))
    if timed or (texts and texts[0].startswith("WEBVTT")):
        return True
    turns = [text for text in texts if ":" in text[:40] and _is_speaker(text.split(":", maxsplit=1)[0])]
    own = sum(1 for text in turns if has(text.replace("\u2019", "'"), _OWN) or "'ll " in text or "\u2019ll " in text)
    return len(turns) >= 5 and len(turns) * 2 > len(texts) and own * 3 > len(turns)


def _is_cue(text: str) -> bool:
    """`00:00:03.120 --> 00:00:07`, `Ann Bell   0:03`, `[00:01:02] ...`; an agenda's `10:30 Fleet` is none."""
    if (found := _CUE.search(text[:90])) is None:
        return False
    before = text[: found.start()].strip(" [(")
    return "-->" in text or (found[0].count(":") == 2 if not before else _is_speaker(before))


def _is_speaker(text: str) -> bool:
    words = text.strip(" []()-\u2013|").split()
    return 0 < len(words) <= 4 and all(word[:1].isupper() for word in words)


_TITLE = re.compile(
    r"(?i)(?:draft )?(?:minutes|notes|meeting notes?|record) (?:of|from)\b|.{0,80}\b(?:meeting )?(?:minutes|notes|meeting note)\W*(?: ?- ?actions)?$|(?:draft )?minutes of (?:the|a) "
)
_HEAD = ("present", "attend", "apologies", "in attendance", "date", "chair", "venue")


def document_problems(
    minutes: Minutes, passages: Sequence[Passage], source: Source, paper: str | None = None, meetings: Sequence[Meeting] = ()
) -> Iterator[Problem]:
    """Each with where and what to do."""
    name = source.file.rsplit("/", maxsplit=1)[-1]
    named = re.match(r"(\d{4}-\d{2}-\d{2})-", name)
    moved = any(minutes.day in one.days and name.rpartition(".")[0] in one.names for one in meetings)
    if named is not None and minutes.day is not None and minutes.day.isoformat() != named[1] and not moved:
        found = f"The file is named after the meeting of {named[1]}, and the notes are of {minutes.day.isoformat()}."
        yield Problem("notes-other-meeting", source, found, "Rename the file, or correct the date in the notes.")
    if (second := _second_meeting(minutes, passages)) is not None:
        found = f'Notes of a second meeting seem to begin here: "{second.text[:80]}".'
        where = replace(source, cell=place_of(second.line))
        yield Problem("notes-two-meetings", where, found, "Give the notes of each meeting in a file of their own.")
    if paper is not None:
        kept = "What it lists is shown" if paper == LOG else "No action, decision or promise is taken from it"
        seems = f"This seems to be {paper}, not the notes of a meeting."
        if paper == OTHER:
            seems = "This may not be notes of a meeting: it says neither who met nor what was said."
        kind = "notes-agenda-only" if paper == AGENDA else "notes-other-paper"
        yield Problem(kind, source, f"{seems} {kept}.", "Give the notes.")
    elif not minutes.items and not minutes.actions and minutes.day is None:
        found = "No date, agenda or action was found in it: these may not be notes of a meeting."
        yield Problem("notes-not-found", source, found, "Check that this is the right file.", Weight.WRONG)


def _second_meeting(minutes: Minutes, passages: Sequence[Passage]) -> Passage | None:
    for at, passage in enumerate(passages[12:] if minutes.day is not None else (), 12):
        if passage.mark or not 14 < len(passage.text) <= 120 or not _TITLE.match(passage.text.strip(" :*")):
            continue
        near = " ".join(one.text for one in passages[at : at + 6] if len(one.text) < 120)
        day = next((one.day for one in find_days(near) if one.day), minutes.day)
        if day != minutes.day and any(one.text.lower().startswith(_HEAD) for one in passages[at + 1 : at + 12]):
            return passage
    return None
