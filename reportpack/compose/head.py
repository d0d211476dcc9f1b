"""The head that every document shares, for the readers of one edition."""

from datetime import date
from typing import Any

from reportpack.model.edition import Audience
from reportpack.model.office import Office


def head_of(office: Office, edition: Audience, on: date, version: str, title: str, running: str, about: str) -> dict[str, Any]:
    """The fields of the head: `running` stands at the foot of each page, `about` in the file's own properties."""
    return {
        "edition": edition,
        "language": office.language,
        "title": title,
        "running_title": running,
        "author": office.name,
        "description": about,
        "marking": office.edition(edition).marking,
        "version": version,
        "on": on,
    }
