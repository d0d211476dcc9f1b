"""Mail servers on this machine: one that fails on purpose at any step, and aiosmtpd with certificates made for the test."""

import base64
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

Step = str
"""connect, EHLO, MAIL, RCPT, DATA, text, dot."""


@dataclass
class Fault:
    """What goes wrong at a step, how many times, and for whom: a line cut, an answer, or nothing for so long."""

    step: Step
    answer: bytes = b""
    seconds: float = 0
    times: int = 1_000_000
    to: str = ""
    after: int = 0
    """How many letters were taken before it goes wrong."""


@dataclass
class FaultyServer:
    """Takes letters as a mail server does, but for its faults. `taken` are the letters whose final dot it answered, or saw."""

    faults: list[Fault] = field(default_factory=list)
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    lines: int = 0
    port: int = 0
    said: list[bytes] = field(default_factory=list)
    _listener: socket.socket | None = None

    def to(self, address: str) -> int:
        """How many letters that address has been given."""
        return sum(one == address for one, _ in self.taken)

    def start(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def stop(self) -> None:
        if self._listener is not None:
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits for lines, and frees the port at once
            self._listener.close()

    def _listen(self) -> None:
        while self._listener is not None:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self.lines += 1
            threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        with line:
            try:
                _Talk(self, line).all()
            except (OSError, _CutError):
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")

    def fault(self, step: Step, to: str) -> Fault | None:
        for one in self.faults:
            if one.step == step and one.times > 0 and one.to in ("", to) and len(self.taken) >= one.after:
                one.times -= 1
                return one
        return None


class _CutError(Exception):
    """The server cuts the line."""


class _Talk:
    def __init__(self, server: FaultyServer, line: socket.socket) -> None:
        self.server, self.line, self.file, self.to = server, line, line.makefile("rb"), ""

    def all(self) -> None:
        self.answer("connect", b"220 here")
        while words := self.file.readline():
            self.server.said.append(words)
            verb = words[:4].upper().strip()
            match verb:
                case b"EHLO" | b"HELO":
                    self.answer("EHLO", b"250 here")
                case b"MAIL":
                    self.answer("MAIL", b"250 yes")
                case b"RCPT":
                    self.to = words.partition(b"<")[2].partition(b">")[0].decode()
                    self.answer("RCPT", b"250 yes")
                case b"DATA":
                    if self.answer("DATA", b"354 go on").startswith(b"354"):
                        self.text()
                case b"AUTH":
                    self.answer("AUTH", b"235 in")
                case b"QUIT":
                    self.line.sendall(b"221 bye\r\n")
                    return
                case _:
                    self.line.sendall(b"250 yes\r\n")

    def text(self) -> None:
        fault = self.server.fault("text", self.to)
        if fault is not None:
            self.file.read(200)
            raise _CutError
        data = b""
        while (words := self.file.readline()) not in (b".\r\n", b""):
            data += words
        if words == b"":
            raise _CutError
        fault = self.server.fault("dot", self.to)
        if fault is None or not fault.answer:
            self.server.taken.append((self.to, data))
        self.give(fault, b"250 queued")

    def answer(self, step: Step, good: bytes) -> bytes:
        return self.give(self.server.fault(step, self.to), good)

    def give(self, fault: Fault | None, good: bytes) -> bytes:
        if fault is not None and fault.seconds:
            threading.Event().wait(fault.seconds)
        if fault is not None and not fault.answer and not fault.seconds:
            raise _CutError
        words = fault.answer if fault is not None and fault.answer else good
        self.line.sendall(words + b"\r\n")
        if words.startswith(b"421"):
            raise _CutError
        return words


@contextmanager
def faulty(*faults: Fault) -> Iterator[FaultyServer]:
    """Such a server, while the test lasts."""
    server = FaultyServer(list(faults))
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def strict_server(
    certificate: ssl.SSLContext | None = None,
    sign_in: Callable[[str, bytes, bytes], bool] | None = None,
    *,
    starttls: bool = True,
) -> Iterator[tuple[int, list[tuple[str, bytes]]]]:
    """aiosmtpd, with STARTTLS (or TLS from the start) and a password where they are given; its port and what it took."""
    from aiosmtpd.controller import Controller
    from aiosmtpd.smtp import AuthResult, LoginPassword

    taken: list[tuple[str, bytes]] = []

    class Box:
        async def handle_DATA(self, _: object, __: object, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
            taken.append((envelope.rcpt_tos[0], envelope.content))
            return "250 queued"

        async def auth_XOAUTH2(self, _: object, words: list[str]) -> object:  # noqa: N802 - aiosmtpd's name
            said = re.fullmatch(rb"user=([^\x01]+)\x01auth=Bearer ([^\x01]+)\x01\x01", base64.b64decode(words[1]))
            good = said is not None and sign_in is not None and sign_in("XOAUTH2", said[1], said[2])
            return AuthResult(success=good, handled=good)

    def check(server: object, session: object, envelope: object, mechanism: str, data: object) -> object:
        if isinstance(data, LoginPassword) and sign_in is not None:
            return AuthResult(success=sign_in(mechanism, data.login, data.password))
        return AuthResult(success=False, handled=False)

    wanted: dict[str, Any] = {"hostname": "127.0.0.1", "port": _free_port()}
    if certificate is not None and starttls:
        wanted |= {"tls_context": certificate, "require_starttls": True}
    elif certificate is not None:
        wanted |= {"ssl_context": certificate}
    if sign_in is not None:
        wanted |= {"authenticator": check, "auth_required": True, "auth_require_tls": certificate is not None and starttls}
    controller = Controller(Box(), **wanted)
    controller.start()
    try:
        yield controller.port, taken
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@dataclass
class Authority:
    """An authority of certificates for one test."""

    folder: Path

    def __post_init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An authority of this test")])
        own = self._certificate(self._name, self._key.public_key(), datetime(2040, 1, 1, tzinfo=UTC), authority=True)
        self.file = self.folder / "authority.pem"
        self.file.write_bytes(own.public_bytes(Encoding.PEM))

    def context(self, name: str = "localhost", until: datetime = datetime(2040, 1, 1, tzinfo=UTC)) -> ssl.SSLContext:
        """A server's certificate for that name, signed by this authority."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = self._certificate(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]), key.public_key(), until, name)
        file = self.folder / f"{name}-{until.year}.pem"
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(secret + certificate.public_bytes(Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _certificate(
        self, subject: x509.Name, key: ec.EllipticCurvePublicKey, until: datetime, name: str = "", *, authority: bool = False
    ) -> x509.Certificate:
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(datetime(2010, 1, 1, tzinfo=UTC))
            .not_valid_after(until)
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        )
        if name:
            made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        else:
            usage = x509.KeyUsage(
                digital_signature=True,
                content_commitment=False,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=True,
                crl_sign=True,
                encipher_only=False,
                decipher_only=False,
            )
            made = made.add_extension(usage, critical=True)
        made = made.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
        made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        return made.sign(self._key, hashes.SHA256())
