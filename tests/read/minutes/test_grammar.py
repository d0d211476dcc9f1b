"""Who undertakes what, told by the form of a sentence: every verb in every form, said, denied, quoted, asked, of another day, anywhere in a sentence."""

import itertools

import pytest

from reportpack.read.minutes.owners import owners_of
from reportpack.read.minutes.people import people_of
from reportpack.read.minutes.promises import undertaken

PEOPLE = people_of(
    [("Carl Dunn", "Chief Constable"), ("Eve Frost", "Deputy Chief Constable"), ("Ann Bell", "Police and Crime Commissioner")], []
)
VERBS = [
    "publish",
    "visit",
    "brief",
    "ring",
    "review",
    "complete",
    "deliver",
    "test",
    "train",
    "recruit",
    "monitor",
    "audit",
    "examine",
    "explore",
    "discuss",
    "establish",
    "ensure",
    "implement",
    "introduce",
    "launch",
    "commission",
    "appoint",
    "cost",
    "model",
    "survey",
    "trial",
    "remind",
    "write",
    "send",
    "provide",
    "circulate",
    "report",
    "share",
    "draft",
    "arrange",
    "check",
    "investigate",
    "chase",
    "map",
    "rewrite",
    "consult",
    "shadow",
    "benchmark",
    "unblock",
    "interrogate",
    "re-issue",
    "email",
]
ACTORS = ("The CC", "Carl Dunn", "The Deputy Chief Constable", "CC")
UNDERTAKEN = (
    "{who} will {do}", "{who} shall {do}", "{who} is to {do}", "{who} agreed to {do}", "{who} undertook to {do}", "{who} offered to {do}",
    "{who} promised to {do}", "{who} volunteered to {do}", "{who} also agreed to {do}", "{who} has agreed to {do}",
    "{who} said he would {do}", "{who} said that she will {do}", "{who} confirmed that he would {do}", "{who} replied that they would {do}",
    "{who} agreed that he would {do}", "{who} promised that she would {do}", "{who} accepted the request to {do}",
    "{who} took an action to {do}", "{who} was asked to {do}", "{who} was tasked to {do}", "The PCC asked {who} to {do}",
    "The PCC requested that {who} {do}", "It was agreed that {who} would {do}", "It was agreed that {who} should {do}",
    "It was agreed that {who} {do}", "It was resolved that {who} be asked to {do}", "Agreed: {who} to {do}", "{who} to {do}",
    "It was requested that {who} {do}", "It was resolved to ask {who} to {do}", "It was left with {who} to {do}", "The Board agreed that {who} {do}",
    "The Panel agreed that {who} would {do}", "{who} happy to {do}", "{who} confirmed that it had, and agreed to {do}", "(2) That {who} {do}",
    "{who} agreed that it ought to be costed and would {do}", "In response to questions {who} undertook to {do}",
    "{who} will, by the end of June, {do}", "{who}, as the lead, will {do}", "{who} agreed, after a long talk, to {do}", "{who} would be happy to {do}",
)  # fmt: skip
NOT_UNDERTAKEN = (
    "{who} will not {do}", "{who} won't {do}", "{who} would not {do}", "{who} is not to {do}", "{who} declined to {do}", "{who} refused to {do}",
    "{who} was unable to {do}", "{who} has not agreed to {do}", "{who} did not agree to {do}", "{who} would not agree to {do}",
    "{who} could not promise to {do}", "{who} agreed not to {do}", "{who} said he would not {do}", "{who} agreed that he would not {do}",
    "{who} never agreed to {do}", "{who} will no longer {do}", "{who} was not asked to {do}", "{who} could not commit to {do}",
    "{who} might {do}", "{who} could {do}", "{who} may {do}", "{who} hoped to {do}", "The PCC would like {who} to {do}",
    "{who} said he might {do}", "The PCC asked whether {who} would {do}", "The PCC asked if {who} will {do}", "Will {who} {do}?", "When would {who} {do}?",
    "In March {who} had agreed to {do}", "{who} had previously agreed to {do}", "At the October meeting {who} said that he would {do}",
    "{who} said in April that she would {do}", 'A resident wrote: "{who} will {do}"', "A letter said: \u201c{who} has agreed to {do}\u201d",
    "It was not resolved to ask {who} to {do}", "It was not left with {who} to {do}", "The Board did not agree that {who} {do}", "{who} not happy to {do}",
    "{who} spoke of how officers {do}", "Nobody would {do}", "{who} regretted that he could not {do}",
)  # fmt: skip
BEFORE = ("", "However, ", "After discussion, ", "Following the report, ")
AFTER = (".", " by 10 January.", "; the PCC thanked him.", ", which was noted.")


def sentences(form: str) -> list[str]:
    """The form with every verb, each with somebody, in every position."""
    made = []
    for at, verb in enumerate(VERBS):
        who, after = ACTORS[at % len(ACTORS)], AFTER[at % len(AFTER)]
        words = form.format(who=who, do=f"{verb} the rota")
        before = BEFORE[at % 3 if form.startswith(("In ", "At ", "Agreed", "W", "(")) is False else 0]
        made.append(before + words if words.endswith(("?", '"', "\u201d")) else before + words + after)
    return made


@pytest.mark.parametrize("form", UNDERTAKEN)
def test_whoever_says_so_undertakes_it_whatever_the_verb(form: str) -> None:
    missed = [one for one in sentences(form) if undertaken(one, PEOPLE) is None]
    assert missed == []


@pytest.mark.parametrize("form", UNDERTAKEN)
def test_the_one_who_acts_is_named(form: str) -> None:
    wrong = [
        (one, found)
        for one, who in zip(sentences(form), itertools.cycle(ACTORS), strict=False)
        if (found := undertaken(one, PEOPLE)) is None
        or found[0].removeprefix("the ").removeprefix("The ") != who.removeprefix("The ")
    ]
    assert wrong == []


@pytest.mark.parametrize("form", NOT_UNDERTAKEN)
def test_what_is_denied_hoped_asked_quoted_or_old_is_no_undertaking(form: str) -> None:
    made_up = [one for one in sentences(form) if undertaken(one, PEOPLE) is not None]
    assert made_up == []


DONE = ("published", "visited", "reviewed", "completed", "delivered", "audited", "examined", "explored", "costed", "surveyed", "written", "sent",
        "circulated", "drafted", "checked", "chased", "mapped", "brought to the next meeting", "put to the Board", "shared with members")  # fmt: skip
BY = ("by {who}", "by 10 January by {who}", "to the Panel by {who}", "jointly by {who} and the DCC")
PASSIVE = (
    "It was agreed that the rota be {done}", "It was agreed that a list of council tax arrears by ward be {done}", "It was agreed that the rota would be {done}",
    "It was requested that the rota be {done}", "The PCC asked that the rota be {done}", "The rota is to be {done}", "A rota will be {done}",
    "It was resolved that the rota be {done}", "The Board agreed that the rota be {done}",
)  # fmt: skip
NOT_PASSIVE = (
    "It was not agreed that the rota be {done}", "The rota is not to be {done}", "The rota was {done}", "The rota had been {done}", "The rota has been {done}",
    "The rota would not be {done}", "The rota may be {done}", "The PCC asked whether the rota would be {done}", "In March it was agreed that the rota be {done}",
    'A resident wrote: "The rota will be {done}"', "The rota could not be {done}",
)  # fmt: skip


def passives(form: str) -> list[tuple[str, str]]:
    """The form with what is done, by somebody, wherever the sentence names them."""
    cases = itertools.product(DONE, enumerate(BY))
    return [
        (
            form.format(done=f"{done} {by.format(who=ACTORS[at % len(ACTORS)].replace('The', 'the'))}") + ".",
            ACTORS[at % len(ACTORS)],
        )
        for done, (at, by) in cases
    ]


@pytest.mark.parametrize("form", PASSIVE)
def test_what_is_to_be_done_by_somebody_is_theirs(form: str) -> None:
    wrong = [
        (words, owners_of(words, PEOPLE))
        for words, who in passives(form)
        if undertaken(words, PEOPLE) is None or who.removeprefix("The ") not in owners_of(words, PEOPLE)
    ]
    assert wrong == []


@pytest.mark.parametrize("form", NOT_PASSIVE)
def test_what_was_done_or_is_not_to_be_is_nobodys(form: str) -> None:
    assert [words for words, _ in passives(form) if undertaken(words, PEOPLE) is not None] == []


@pytest.mark.parametrize("done", DONE)
@pytest.mark.parametrize("by", ["by Ford", "by the Home Office", "by the end of June", "by area", "in June"])
def test_what_others_will_do_is_no_undertaking(done: str, by: str) -> None:
    assert undertaken(f"The vans will be {done} {by}.", PEOPLE) is None


@pytest.mark.parametrize("noun", ["a strategy", "an overtime report", "the reserves paper", "two options"])
@pytest.mark.parametrize("verb", ["tasked", "tasked again", "also tasked"])
def test_somebody_may_be_tasked_with_a_thing(noun: str, verb: str) -> None:
    first, _, again = verb.partition(" ") if verb.startswith("tasked") else (verb, "", "")
    assert undertaken(f"The CC was {first} {again} with {noun}.".replace("  ", " "), PEOPLE) == ("The CC", 0.6)
    assert undertaken(f"The CC was not {first} with {noun}.", PEOPLE) is None


@pytest.mark.parametrize(
    "words",
    [
        "The CC said he'd send the note.",
        "The CC will see that the panel has a copy.",
        "The CC would attend the liaison group on the Council's behalf.",
        "The CC said he would pick up the VAT point.",
        "The CC and the DCC are to work up options.",
        "Steps to Block Three: CC and DCC to obtain quotes.",
        "Cover(s): CC to ring the builder.",
        "It was agreed that the date be confirmed by the CC.",
        "The PCC asked the CC to speak to the council.",
        "CC will write to the MP and the DCC will ring the school.",
        "The DCC confirmed she was happy to circulate the slides.",
        "It was agreed that the CC and the PCC would meet the mayor.",
        "The CC committed to publishing the data by June.",
        "The CC agreed to the PCC's request to publish the data.",
        "The CC would provide a written answer.",
        "The PCC asked for a report on custody, which the CC agreed to provide.",
        "The CC said that he would, and would also write to the council.",
        "The CC was tasked with drafting a reply.",
        "The CC to, by June, write to the council.",
        "The Chief Constable gave an undertaking to write to the council.",
        "The CC took an action to circulate it.",
        "The CC promised a written answer by June.",
        "The CC is going to write to the council.",
        "The CC has undertaken to write to the council.",
        "It was resolved that the CC write to the council.",
        "The PCC requested the CC to write to the council.",
        "The PCC invited the CC to bring a paper in June.",
        "The CC will ensure that the council is written to.",
        "The CC assured the PCC that he would send the list.",
        "The CC told the PCC he would send the list.",
        "In response, the CC agreed that he would look into it.",
        "The CC agreed he'd ring the school.",
        "The CC noted this and will report back.",
        "The CC, having heard the debate, agreed to write.",
        "Carl Dunn and Eve Frost agreed to write to the council.",
        "The CC will take this away.",
        "The CC will come back to the PCC on this.",
    ],
)
def test_an_undertaking_has_many_forms(words: str) -> None:
    assert undertaken(words, PEOPLE) is not None


@pytest.mark.parametrize(
    "words",
    [
        "The CC was not willing to send the note.",
        "The CC said that he would not be able to send the note.",
        "The CC said it would not be possible to send the note.",
        "The CC ruled out sending the note.",
        "Neither the CC nor the DCC would send the note.",
        "The CC refused to agree to send the note.",
        "The CC did not say that he would send the note.",
        "The CC did not commit to sending the note.",
        "The CC no longer intends to send the note.",
        "The CC doubted that he would send the note.",
        "The CC would have sent the note.",
        "The CC should have sent the note.",
        "The CC had been asked to send the note.",
        "Last year the CC agreed to send the note.",
        "The CC agreed last year to send the note.",
        "The minutes of March record that the CC agreed to send the note.",
        "The report says the CC will send the note.",
        "According to the press, the CC will send the note.",
        "A member of the public asked the CC to send the note.",
        "The PCC wondered whether the CC would send the note.",
        "The PCC hoped that the CC would send the note.",
        "The PCC wished the CC would send the note.",
        "If asked, the CC might send the note.",
        "The CC explained what he would do if the grant came.",
        "There was no agreement that the CC would send the note.",
        "It was not agreed that the CC would send the note.",
        "No one asked the CC to send the note.",
        "The CC has already sent the note.",
        "The CC sent the note.",
        "The CC was sent the note.",
        "The CC used to send the note.",
        "The CC said that he could send the note.",
        "It is unlikely that the CC will send the note.",
        "The CC was unsure whether he would send the note.",
        '"The CC will send the note", a resident wrote.',
        "The letter asks that the CC send the note.",
        "The CC apologised that he would be late.",
        "The CC withdrew his offer to send the note.",
        "The CC reconsidered and will not now send the note.",
        "The CC agreed in principle but would not send the note.",
        "The PCC asked that thanks be recorded.",
        "The PCC asked that it be noted.",
        "It was resolved that the minutes be confirmed.",
        "The CC to action.",
        "The PCC asked the CC to speak about custody.",
        "The CC will see the new vans.",
        "The CC would attend the dinner.",
    ],
)
def test_what_is_near_an_undertaking_is_none(words: str) -> None:
    assert undertaken(words, PEOPLE) is None
