"""One run of `send` in a process of its own, to be killed: `python -m tests.send.killed INPUTS BUILD PORT LETTERS`."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from reportpack.ledger import open_ledger
from reportpack.model.edition import Audience
from reportpack.model.letter import Addressee, Enclosure, Letter, LetterKind
from reportpack.model.office import Mail, SignIn, Tls
from reportpack.model.outbox import DeliveryReport
from reportpack.run.letters.outbox import Manner, deliver
from reportpack.run.office_files import Folders
from reportpack.send.smtp import Patience

MEETING = "2019-05-28-assurance"


def letter(number: int) -> Letter:
    to = Addressee(f"Person {number}", f"person{number}@force.example", f"post{number}", Audience.FORCE)
    pack = Enclosure.of("pack.pdf", "application/pdf", b"%PDF-1.7\n" * 2000)
    return Letter(LetterKind.PACK, MEETING, "briefing-pack", 1, Audience.FORCE, to, "Pack", "Dear", "<p>Dear</p>", (pack,))


def run(folders: Folders, port: int, count: int) -> DeliveryReport:
    settings = Mail("127.0.0.1", port, Tls.NONE, SignIn.NONE, sender="policy@opcc.example")
    with open_ledger(folders.memory) as ledger:
        now = datetime(2019, 5, 21, 12, tzinfo=UTC)
        letters = [letter(number) for number in range(count)]
        return deliver(folders, ledger, letters, settings, now, manner=Manner(Patience(5, 5, 5), (0.01,)))


if __name__ == "__main__":
    run(Folders(Path(sys.argv[1]), Path(sys.argv[2])), int(sys.argv[3]), int(sys.argv[4]))
