"""Topic: everything on record about one, over all meetings: what its figures say, what was asked and promised, the words said, its papers."""

from starlette.responses import Response

from reportpack.model.edition import Audience
from reportpack.run.dossier import DossierOrder, MadeDossier, make_dossier
from reportpack.run.find import FindRequest, find_words
from reportpack.run.steps.documents import set_web_page
from reportpack.web.frame import office_of, page
from reportpack.web.pack import CLOSED_POLICY, sealed
from reportpack.web.visit import Visit

_LOOKED = 200


def topic(visit: Visit) -> Response:
    """What `register topic` says, for the office's own eyes, with the newest words at meetings that have its title in them."""
    made, (settings, meetings) = _made(visit), office_of(visit)
    known = next(one for one in settings.office.topics if one.id == made.dossier.topic)
    visit.runs("register topic", known.title)
    request = FindRequest((known.title,), None, _LOOKED)
    said = visit.desk.look(f"said {known.id}", lambda: find_words(visit.folders, request, lambda _: None).passages)
    names = {"topic": known, "found": made.dossier, "passages": said, "meetings": sorted(meetings, key=lambda one: one.day)}
    return page(visit, "topic.jinja", "register")(title=known.title, **names)


def figures(visit: Visit) -> Response:
    """What its figures say, with their charts, for the frame in the page."""
    return sealed(set_web_page(_made(visit).laid, visit.folders, "trend").decode(), CLOSED_POLICY)


def _made(visit: Visit) -> MadeDossier:
    order = DossierOrder(visit.named["topic"], Audience.OFFICE, visit.today)
    return visit.desk.look(f"topic {order.name}", lambda: make_dossier(visit.folders, order, lambda _: None))
