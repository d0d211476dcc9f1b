"""How the public's editions name the rows of the register."""

from collections.abc import Sequence
from dataclasses import replace

from reportpack import patterns as re
from reportpack.ledger import Ledger
from reportpack.model.citing import with_public_references
from reportpack.model.edition import Part, shows
from reportpack.model.inputs import Settings
from reportpack.model.register_row import RegisterRow
from reportpack.model.release import Published, Released, ReleasedRole

REGISTER_CSV = "register.csv"
_REFERENCE = re.compile(r"(?<![\w/.-])[A-Z]{0,4}\d{1,5}/\d{4}(?![\w/])")
"""A reference of the office's own, as documents print it."""


def with_citing(settings: Settings, ledger: Ledger, rows: Sequence[RegisterRow]) -> Settings:
    """The settings with the public's references of these rows; none where the office keeps its own. One that was released before there
    were others stays, for what is out cannot change."""
    if settings.office.publication.own_references:
        return settings
    every: tuple[Released | Published, ...] = (*ledger.happened(Released), *ledger.happened(Published))
    before = [one for one in every if not (shows(one.edition, Part.REFERENCES) or one.cited)]
    out = {file.sha256 for one in before for file in one.files if file.role in (ReleasedRole.WEB, ReleasedRole.APPENDIX_WEB)}
    out |= {sha256 for one in before if isinstance(one, Published) for name, sha256 in one.beside if name == REGISTER_CSV}
    kept = (ledger.kept(one).decode("utf-8", "replace") for one in out if not ledger.is_erased(one))
    stays = {ref for text in kept for ref in _REFERENCE.findall(text)}
    known = with_public_references(rows, ledger.link(1)[1])
    citing = tuple((one.ref, one.public) for one in known if one.ref and one.ref not in stays)
    return replace(settings, office=replace(settings.office, citing=citing))
