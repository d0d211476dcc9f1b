"""The closed classes of words by which a clause is understood; verbs stand under their base form. Open classes (what is done, by whom) are in no list."""

from reportpack.model import period


def listed(text: str) -> frozenset[str]:
    """A class written as running words; `_` stands for a space inside one."""
    return frozenset(word.replace("_", " ") for word in text.split())


def _verbs(text: str) -> dict[str, str]:
    """Forms to their base: `say/says/said`; of a base alone the regular forms are made."""
    forms: dict[str, str] = {}
    for entry in text.split():
        base, *others = entry.split("/")
        stem = base.removesuffix("e")
        s = f"{base}es" if base.endswith(("s", "sh", "ch", "x", "o")) else base + "s"
        if base.endswith("y") and base[-2] not in "aeo":
            s, others = f"{base[:-1]}ies", others or [f"{base[:-1]}ied"]
        forms |= dict.fromkeys((base, s, *(others or [f"{stem}ed"])), base)
    return forms


NUMBERS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
NEGATORS = listed("not never neither nor no-one nobody")
NO = listed("no nothing none neither nowhere")
MODALS = listed("will would shall should must may might can could ought")
BE = listed("be is are was were been being am")
HAVE = listed("have has had having")
DO = listed("do does did")
ADVERBS = listed(
    "also then now again further therefore still just always both jointly kindly thus yet even only hereby soon once all too ever first instead"
)
_IN_LY = listed("reply supply apply rely comply imply multiply fly ally family july early weekly monthly quarterly")
PRONOUNS = listed("he she they i we")
DETERMINERS = listed("the a an all both each every any some this that these those his her their its our no")
RELATIVES = listed("who which whose whom that where")
PREPOSITIONS = listed(
    "in at on by for from with without to of about after before during following since under over within through between among against upon as despite "
    "given regarding concerning per until till via towards into onto near around above below except"
)
CONDITIONALS = listed("if unless once provided providing subject when whenever until depending pending")
SUBORDINATORS = CONDITIONALS | listed("because although though while whilst whereas as since after before should")
QUESTION_WORDS = listed("whether if how what why when where who whom which whose about for")
EARLIER = listed("previously earlier originally formerly historically")
MONTHS = frozenset(month.lower() for month in period.MONTHS)

SAYING = _verbs(
    "say/said state confirm advise report explain reply respond note add comment clarify inform remind tell/told indicate assure stress emphasise reiterate "
    "acknowledge highlight mention outline suggest recommend propose observe remark feel/felt believe think/thought hear/heard answer conclude claim warn announce write/wrote/written update read/read see/saw"
)
COMMISSIVE = _verbs(
    "agree undertake/undertook/undertaken offer/offered promise commit/committed volunteer/volunteered accept/accepted pledge guarantee"
)
DECIDING = _verbs("agree resolve decide determine approve endorse ratify appoint elect adopt")
ASKING = _verbs("ask request task instruct direct urge require invite")
QUERYING = _verbs("query question enquire inquire wonder challenge/challenged/challenge probe")
EXPECTING = _verbs("expect anticipate forecast/forecast predict plan/planned intend project schedule")
HOPING = _verbs("hope aim want wish aspire seek/sought like prefer/preferred")
REFUSING = _verbs("decline refuse fail omit/omitted forget/forgot/forgotten reject hesitate")
DEFERRING = _verbs("defer/deferred postpone adjourn table carry hold/held withdraw/withdrew/withdrawn remove")
DISCUSSING = _verbs(
    "discuss consider/considered review cover/covered address debate examine raise look/looked take/took/taken talk explore scrutinise reach"
)
ANSWERING = listed("confirm explain clarify tell say comment outline describe elaborate expand summarise present talk speak")
"""What one who is asked to do it does at once."""
READY = listed("happy willing content pleased delighted prepared ready keen glad")
UNABLE = listed("unable unwilling reluctant powerless unlikely not")
BODIES = listed(
    "panel group board committee forum meeting members council working_group trustees governors authority senate court"
)
BETWEEN = listed("of and for with")
HELPS = listed("input support help advice assistance")
TASKS = listed("action actions request task invitation point job undertaking commitment pledge")
CLOSED_VERBS = SAYING | COMMISSIVE | DECIDING | ASKING | QUERYING | EXPECTING | HOPING | REFUSING | DEFERRING
"""Every form of a verb that says how the deed is meant, and its base."""
STATIVE = listed(
    "be have participate support consider continue work join serve attend receive see stand remain need want like become mean help allow enable know depend focus benefit "
    "lead keep go feel think believe understand hope expect seem appear apply include contain require cause make aim hope wish prefer want lose win rise fall increase decrease improve reduce reach grow stay "
    "carry hear learn enjoy like end begin start cease live face experience suffer notice recognise welcome appreciate cover hold sit act represent"
)
"""What somebody who 'will' or 'would' do it has not thereby undertaken."""
RULING = listed(
    "adopt approve note accept receive agree endorse authorise appoint elect ratify grant sign refuse reject pay allow carry close defer discharge be record "
    "confirm suspend adjourn withdraw hold move second exclude award set waive extend support thank"
)
"""What a meeting does by deciding it: that it `be adopted` leaves nobody anything to do."""
TAKING = listed("took take takes taken accepted accepts had has pick picked picks")
AWAY = listed("away forward up")
GIVEN = listed("given gave received")
NEVER_DEEDS = listed("that which and or it")
OTHER_VERBS = {
    "carried": "carry", "closed": "close", "discharged": "discharge", "superseded": "supersede", "postponed": "postpone", "adjourned": "adjourn", "returned": "return", "completed": "complete",
    "took": "take", "takes": "take", "gave": "give", "gives": "give", "spoke": "speak", "raised": "raise", "provided": "provide", "discussed": "discuss",
    "deferred": "defer", "put": "put", "sent": "send", "made": "make", "went": "go", "brought": "bring", "presented": "present", "introduced": "introduce",
    "thanked": "thank", "welcomed": "welcome", "expressed": "express", "described": "describe", "considered": "consider", "reviewed": "review", "committed": "commit",
}  # fmt: skip
LINKS = listed("which and but so however that , : - \u2013 \u2022 also then therefore * _")
DASHES = ("-", "\u2013", "\u2014", ":")
PAST_ALIKE = ("read", "put", "forecast", "heard")
_IMPERATIVES = listed(
    "add advise agree allocate amend announce arrange ask assess assign book bring chase check circulate clarify close "
    "co-ordinate collate commission compile complete confirm consider consult contact continue convene coordinate correct "
    "correspond create decide define deliver determine develop discuss disseminate distribute draft email encourage engage "
    "ensure escalate establish evaluate examine explore feed feedback finalise find follow form forward gather get give "
    "identify implement include incorporate inform initiate investigate invite issue keep launch let liaise look make map "
    "meet monitor nominate notify obtain organise pass place plan post prepare present prioritise produce progress propose "
    "provide publish pursue put raise recast recirculate reconsider recruit redraft refer refine refresh reissue remind "
    "remove replace report request research resolve respond review revise revisit schedule scope scrutinise secure seek "
    "send set share source speak strengthen submit suggest summarise take track undertake update upload work write"
)
_PARTICIPLES = listed(
    "put set read held made brought sent kept given taken told left built paid met lost found shown sought taught bought let cut begun spent led"
)


def is_imperative(text: str) -> bool:
    """Whether a text begins with a verb that asks for a deed: `Circulate the draft`, `To write to the council`."""
    first, _, second = text[:60].lower().removeprefix("to ").partition(" ")
    first = first.strip(".,;:()")
    return (first in _IMPERATIVES and (first != "feed" or second.startswith("back"))) or (first[:3] == "re-" and len(first) > 3)


def is_adverb(word: str) -> bool:
    """Whether a word only says how or when: `also`, `urgently`."""
    return word in ADVERBS or (word.endswith("ly") and word not in _IN_LY)


def is_participle(word: str) -> bool:
    """Whether a form can stand after `be` for what is done."""
    return word.endswith(("ed", "wn", "done", "gone", "tten", "ken", "sen", "ven")) or word in _PARTICIPLES


def is_among(deed: str, verbs: frozenset[str]) -> bool:
    """Whether a deed, in its base or its participle, is one of these verbs."""
    return deed in verbs or deed[:-1] in verbs or deed[:-2] in verbs or (deed.endswith("ied") and f"{deed[:-3]}y" in verbs)


def is_bent(word: str) -> bool:
    """Whether a form cannot be a verb's base: `sent on`, `agreed`, `going`."""
    return is_adverb(word) or (word.endswith("s") and not word.endswith("ss")) or (len(word) > 5 and word.endswith(("ed", "ing")))
