"""`reportpack publish`: a released public edition put where the web site takes it from."""

from pathlib import Path
from typing import Annotated

from reportpack.cli.options import Asked, By, Document, Meeting, Yes, asks, document_named, told
from reportpack.cli.say import confirmed, give, remark


@asks("templates", "build", "json")
def publish(
    asked: Asked,
    meeting: Meeting,
    by: By,
    document: Document = "pack",
    folder: Annotated[
        Path | None, told("--folder", "FOLDER", "Where the web site takes it from (default: public inside build).")
    ] = None,
    yes: Yes = False,
) -> None:
    """Put a released public edition into the folder for the web site, with an index; recorded with its version."""
    from reportpack.run.letters.publish import PublishOrder, prepare_publishing, record_publishing

    order = PublishOrder(meeting, document_named(document), folder, by, asked.moment, asked.today)
    publishing = prepare_publishing(asked.folders, order)
    name = f"{publishing.meeting.title}, {publishing.meeting.id}"
    remark(f"{name}: v{publishing.release.version} of the public {document}, to {publishing.folder}")
    if not publishing.known:
        confirmed("Publish it for everybody to read?", yes=yes, otherwise="Nothing was published.")
    give(publishing, record_publishing(asked.folders, order, publishing), as_json=asked.json)
    remark("It was published before; the files are as they were." if publishing.known else f"Published by {by}, and recorded.")
