"""What 500 letters cost: queued, handed over and accounted for, against plain smtplib sending the same bytes to the same server.

python -m bench letters
"""

import os
import smtplib
import socket
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from reportpack.ledger import open_ledger
from reportpack.merge.letters import letters_standing
from reportpack.model.edition import Audience
from reportpack.model.letter import Addressee, Enclosure, Letter, LetterKind
from reportpack.model.office import Mail, SignIn, Tls
from reportpack.run.letters.outbox import deliver
from reportpack.run.office_files import Folders

RECIPIENTS = 500
MEGABYTE = 1_000_000
MEETING = "2019-05-28-assurance"
NOW = datetime(2019, 5, 21, 12, tzinfo=UTC)


class Server:
    """A mail server that takes everything and keeps only the count, and the messages of the first round if asked."""

    def __init__(self) -> None:
        self.taken = 0
        self.kept: list[tuple[str, bytes]] = []
        self.keep = False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            line, _ = self._listener.accept()
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        with line, line.makefile("rb", 1 << 20) as file:
            line.sendall(b"220 here\r\n")
            to = ""
            for words in file:
                verb = words[:4].upper()
                if verb == b"RCPT":
                    to = words.partition(b"<")[2].partition(b">")[0].decode()
                if verb == b"DATA":
                    line.sendall(b"354 go on\r\n")
                    data = list(iter(file.readline, b".\r\n"))
                    self.taken += 1
                    if self.keep:
                        self.kept.append((to, b"".join(data)))
                line.sendall(b"221 bye\r\n" if verb == b"QUIT" else b"250 yes\r\n")
                if verb == b"QUIT":
                    return


def letters(megabytes: float) -> list[Letter]:
    """One a recipient, all with the same file of so many megabytes."""
    pack = Enclosure.of("pack.pdf", "application/pdf", os.urandom(int(megabytes * MEGABYTE)))
    return [
        Letter(
            LetterKind.PACK,
            MEETING,
            "briefing-pack",
            1,
            Audience.FORCE,
            Addressee(f"Person {number}", f"person{number}@force.example", "cc", Audience.FORCE),
            "OFFICIAL: Briefing pack",
            "Dear colleague\n\nHere is the pack.\n" * 10,
            "<p>Here is the pack.</p>" * 10,
            (pack,),
        )
        for number in range(RECIPIENTS)
    ]


def ours(server: Server, sent: list[Letter], folder: Path) -> tuple[float, float]:
    """Seconds for the whole of it, the ledger's writes to the disk among them, and of CPU (the server's share in it)."""
    folders = Folders(folder / "inputs", folder / "build")
    folders.inputs.mkdir()
    mail = Mail("127.0.0.1", server.port, Tls.NONE, SignIn.NONE, sender="policy@opcc.example")
    begun, cpu = time.perf_counter(), time.process_time()
    with open_ledger(folders.memory) as ledger:
        report = deliver(folders, ledger, sent, mail, NOW)
    took = time.perf_counter() - begun, time.process_time() - cpu
    if len(report.fresh) != RECIPIENTS:
        sys.exit(f"only {len(report.fresh)} letters went: {report.trouble}")
    with open_ledger(folders.memory) as ledger:
        begun = time.perf_counter()
        letters_standing(ledger.letters(MEETING))
        print(f"    and to see where they stand afterwards {time.perf_counter() - begun:6.2f} s")
    return took


def plain(server: Server, messages: list[tuple[str, bytes]]) -> tuple[float, float]:
    """The same for smtplib alone: one line, the same bytes, nothing remembered."""
    begun, cpu = time.perf_counter(), time.process_time()
    with smtplib.SMTP("127.0.0.1", server.port, local_hostname="[127.0.0.1]") as line:
        for to, message in messages:
            line.sendmail("policy@opcc.example", [to], message)
    return time.perf_counter() - begun, time.process_time() - cpu


def main() -> None:
    """A line a size: seconds and ratio."""
    print(f"{RECIPIENTS} recipients, a server on this machine, {os.cpu_count()} processors")
    for megabytes in (0.02, 1.0):
        server = Server()
        server.keep = True
        sent = letters(megabytes)
        with tempfile.TemporaryDirectory() as temporary:
            took = ours(server, sent, Path(temporary))
        server.keep = False
        alone = min(plain(server, server.kept) for _ in range(3))
        for name, one, other in zip(("", " of CPU"), took, alone, strict=True):
            print(f"  a file of {megabytes:4.2f} MB: {one:6.2f} s{name}, smtplib alone {other:6.2f} s, ratio {one / other:5.2f}")


if __name__ == "__main__":
    main()
