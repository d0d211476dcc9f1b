"""`reportpack publish`: a released public edition put where the web site takes it from."""

from pathlib import Path
from typing import Annotated

import typer

from reportpack.cli.clock import instant, london_day
from reportpack.cli.options import BuildOption, InputsOption, JsonOption, NowOption, TemplatesOption
from reportpack.cli.say import answer, answer_json, confirmed, remark


def publish(
    meeting: Annotated[str, typer.Argument(metavar="MEETING", help="A meeting's id, or its date.", show_default=False)],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who publishes it; the name is kept.", show_default=False)],
    document: Annotated[str, typer.Option("--document", help="pack or annex.")] = "pack",
    folder: Annotated[
        Path | None,
        typer.Option(
            "--folder",
            metavar="FOLDER",
            help="Where the web site takes it from (default: public inside build).",
            show_default=False,
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Publish without asking.")] = False,
    inputs: InputsOption = None,
    templates: TemplatesOption = None,
    build: BuildOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put a released public edition into the folder for the web site, with an index; recorded with its version."""
    from reportpack.run.folders import office_folders
    from reportpack.run.letters.publish import PublishOrder, prepare_publishing, record_publishing
    from reportpack.run.letters.release import DOCUMENTS

    if document not in ("pack", "annex"):
        raise typer.BadParameter(f"{document!r} is none of pack, annex", param_hint="--document")
    if not by.strip():
        raise typer.BadParameter("say who publishes it", param_hint="--by")
    moment = instant(now)
    folders = office_folders(inputs, build, templates)
    order = PublishOrder(meeting, DOCUMENTS[document], folder, " ".join(by.split()), moment, london_day(moment))
    publishing = prepare_publishing(folders, order)
    release = publishing.release
    remark(
        f"{publishing.meeting.title}, {publishing.meeting.id}: v{release.version} of the public {document}, to {publishing.folder}"
    )
    if not publishing.known:
        confirmed("Publish it for everybody to read?", yes=yes, otherwise="Nothing was published.")
    paths = record_publishing(folders, order, publishing)
    if as_json:
        answer_json(
            {
                "meeting": release.meeting,
                "document": release.document,
                "version": release.version,
                "paths": [str(path) for path in paths],
            }
        )
    else:
        for path in paths:
            answer(str(path))
    remark(
        "It was published before; the files are as they were." if publishing.known else f"Published by {order.by}, and recorded."
    )
