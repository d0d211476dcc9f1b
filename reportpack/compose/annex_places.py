"""What an edition of the annex may carry, and where things in it stand."""

from reportpack.compose.audience import REASON, UNTITLED
from reportpack.compose.setting import anchor
from reportpack.model.audience import Audience
from reportpack.model.noted import NotedView, PlacedItem
from reportpack.model.office import Office
from reportpack.model.pack import Link
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class AnnexSetting:
    """Whose annex it is, and of which notes."""

    view: NotedView
    edition: Audience
    office: Office

    def reads(self, audience: Audience, line: str = "") -> bool:
        """Whether the edition carries it. Lines with private details are in no public edition."""
        private = self.edition is Audience.PUBLIC and line in self.view.private
        return self.edition.may_read(audience) and not private

    def reason(self, audience: Audience) -> str:
        """Why items of that audience are left out, in the office's words."""
        given = (one.reason for one in self.office.withholdings if one.audience is audience)
        return next(given, REASON[audience])

    def link(self, item: PlacedItem | None) -> Link | None:
        """`2.1.5 Outcome 16`, where it stands among the notes."""
        if item is None:
            return None
        return Link(f"{item.number} {self.title(item)}".strip(), note_id(item))

    def title(self, item: PlacedItem) -> str:
        """The item's own title, where this edition may show it."""
        return item.noted.title if self.reads(item.audience) else item.public_title or UNTITLED


def note_id(item: PlacedItem) -> str:
    """The anchor of an item among the notes."""
    return anchor("note", item.noted.path)
