"""What an edition of the annex may carry, and where things in it stand."""

from reportpack.compose.setting import anchor
from reportpack.model.audience import Audience
from reportpack.model.edition import NOT_HERE, UNTITLED, Part, may_read, shows
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

    def reads(self, audience: Audience, *lines: str) -> bool:
        """Whether the edition carries what stands on those lines: passages with private details only where its policy says so."""
        private = not shows(self.edition, Part.PRIVATE_PASSAGES) and not self.view.private.isdisjoint(lines)
        return may_read(self.edition, audience) and not private

    def told(self, item: PlacedItem) -> str:
        """What stands in the place of an item that the edition leaves out: the reason that a person gave, or that it is not here."""
        return self.office.reason(item.withheld) or NOT_HERE

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
