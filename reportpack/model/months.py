"""The names of the months, and how people write them. Patterns are in small letters, for text that is or for matching whatever the case."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SHORT_MONTHS = tuple(name[:3].lower() for name in MONTHS)
"""How every way to write one begins."""
WHOLE_MONTH = "|".join(name.lower() for name in MONTHS)
ANY_MONTH = "sept|" + "|".join((*(name.lower() for name in MONTHS), *SHORT_MONTHS))
"""In whole or cut short, without a full stop; to stand before what is no letter."""
MONTH = "|".join(
    (*("sept?(?:ember)?" if one[:3] == "Sep" else f"{one[:3].lower()}(?:{one[3:]})?" for one in MONTHS if one != "May"), "may")
)
"""The same, as much of it as is there."""
