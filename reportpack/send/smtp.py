"""A mail server, spoken to step by step, so that of every letter it is known whether it was taken, surely not taken, or cannot be told.

Until the final dot of the text nothing has been taken. From the dot on, only an answer tells."""

import base64
import smtplib
import ssl
from pathlib import Path

from reportpack import patterns as re
from reportpack.errors import DeliveryError
from reportpack.model.office import Mail, SignIn, Tls
from reportpack.model.outbox import Outcome
from reportpack.records import Record
from reportpack.send.message import one_line, safe_address

LETTERS_A_LINE = 50  # After so many letters the line is opened anew: servers drop long ones.
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_DOT_STUFFED = re.compile(rb"^\.", re.MULTILINE)
_SHOWN = 300
_OWN_NAME = "[127.0.0.1]"
"""What the line says this machine is called: its own name is nobody's business, and asking for it can take long."""


class Patience(Record):
    """Seconds to wait: for the line, for an answer, and for the answer to a whole letter."""

    line: float = 30
    answer: float = 120
    text: float = 600


class Handed(Record):
    """What came of one letter. `trouble` says that the next would fare alike: the line is gone, or the server turns everything away."""

    outcome: Outcome
    reply: str
    trouble: bool = False


class ServerTroubleError(DeliveryError):
    """The server cannot be used; `passing` says that it may be later."""

    def __init__(self, found: str, remedy: str, *, passing: bool) -> None:
        super().__init__(found, remedy)
        self.passing = passing


class MailLine:
    """A line to the mail server: opened, signed in, used for many letters."""

    def __init__(self, mail: Mail, secret: str, patience: Patience) -> None:
        self._mail, self._secret, self._patience = mail, secret, patience
        self._sent = 0
        self._line: smtplib.SMTP | None = None

    @property
    def server(self) -> str:
        """`mail.example:587`."""
        return f"{self._mail.server}:{self._mail.port}"

    @property
    def is_ready(self) -> bool:
        """Whether the next letter needs no new line."""
        return self._line is not None and self._sent < LETTERS_A_LINE

    def close(self) -> None:
        """Leave, without waiting long for the server's goodbye."""
        line, self._line = self._line, None
        if line is None:
            return
        try:
            self._wait(line, 2)
            line.quit()
        except (OSError, smtplib.SMTPException):
            line.close()

    def open(self) -> None:
        """Have a line that is signed in; ServerTroubleError says why there is none."""
        if self.is_ready:
            return
        self.close()
        self._sent = 0
        try:
            self._line = self._connected()
            self._sign_in(self._line)
        except ServerTroubleError:
            self._drop()
            raise
        except ssl.SSLCertVerificationError as error:
            self._drop()
            raise ServerTroubleError(
                f"The certificate of the mail server {self.server} is not to be trusted: {error.verify_message.rstrip('.')}.",
                "Nothing was sent. Tell whoever looks after the server; for one that your own authority signed, name that authority's "
                "file as ca_file in office.toml.",
                passing=False,
            ) from None
        except (OSError, UnicodeError, smtplib.SMTPException) as error:
            self._drop()
            raise ServerTroubleError(
                f"The mail server {self.server} cannot be used now: {self._words(error)}.",
                "Look at server and port in office.toml and whether this machine is on the network; what is missing goes with the next run.",
                passing=True,
            ) from None

    def hand_over(self, sender: str, to: str, message: bytes) -> Handed:
        """One letter to one person. What the server answers is given back, never raised."""
        line = self._line
        if line is None:
            return Handed(Outcome.PUT_OFF, "there was no line to the server", trouble=True)
        self._sent += 1
        try:
            ready = self._before_text(line, sender, to)
            if ready is not None:
                return ready
            self._wait(line, self._patience.text)
            line.send(_DOT_STUFFED.sub(b"..", message) + (b"" if message.endswith(b"\r\n") else b"\r\n"))
            early = "the server answered before the whole text was sent" if _has_spoken(line) else ""
        except (OSError, smtplib.SMTPException) as error:
            early = f"the line was lost before the whole text was sent ({self._words(error)})"
        return self._lost(Outcome.PUT_OFF, early) if early else self._final_dot(line)

    def _lost(self, outcome: Outcome, words: str) -> Handed:
        self._drop()
        return Handed(outcome, words, trouble=True)

    def _before_text(self, line: smtplib.SMTP, sender: str, to: str) -> Handed | None:
        code, reply = line.mail(safe_address(sender))
        if not 200 <= code < 300:
            # 552, too large, is this letter's own fault; any other answer here is about the sender, so about all letters
            outcome = Outcome.REFUSED if code == 552 else Outcome.PUT_OFF
            return self._turned_away(line, code, reply, outcome, trouble=code != 552)
        code, reply = line.rcpt(safe_address(to))
        if 200 <= code < 300:
            line.putcmd("data")
            code, reply = line.getreply()
            if code == 354:
                return None
        return self._turned_away(line, code, reply, _meant(code))

    def _turned_away(self, line: smtplib.SMTP, code: int, reply: bytes, outcome: Outcome, *, trouble: bool = False) -> Handed:
        words = self._cleaned(code, reply)
        if code in (421, -1):
            return self._lost(Outcome.PUT_OFF, words)
        try:
            if not 200 <= line.rset()[0] < 300:
                self._drop()
        except (OSError, smtplib.SMTPException):
            self._drop()
        return Handed(outcome, words, trouble=trouble)

    def _final_dot(self, line: smtplib.SMTP) -> Handed:
        try:
            line.send(b".\r\n")
            code, reply = line.getreply()
        except (OSError, smtplib.SMTPException) as error:
            return self._lost(Outcome.UNCERTAIN, f"no answer came after the whole text ({self._words(error)})")
        except BaseException:
            self._drop()
            raise
        self._wait(line, self._patience.answer)
        words = self._cleaned(code, reply)
        if 200 <= code < 300:
            return Handed(Outcome.ACCEPTED, words)
        if code == 421:
            return self._lost(_meant(code), words)
        if 400 <= code < 600:
            return Handed(_meant(code), words)
        return self._lost(Outcome.UNCERTAIN, f"the answer after the whole text was not one of mail: {words}")

    def _wait(self, line: smtplib.SMTP, seconds: float) -> None:
        if line.sock is not None:
            line.sock.settimeout(seconds)

    def _connected(self) -> smtplib.SMTP:
        mail, patience = self._mail, self._patience
        if mail.tls is Tls.TLS:
            line: smtplib.SMTP = smtplib.SMTP_SSL(mail.server, mail.port, _OWN_NAME, timeout=patience.line, context=self._trust())
        else:
            line = smtplib.SMTP(mail.server, mail.port, _OWN_NAME, timeout=patience.line)
        self._line = line
        self._wait(line, patience.answer)
        line.ehlo_or_helo_if_needed()
        if mail.tls is Tls.STARTTLS:
            if not line.has_extn("starttls"):
                found = f"The mail server {self.server} offers no encryption, and letters do not go without."
                remedy = 'Ask for its port with STARTTLS (often 587), or with tls = "tls" (often 465).'
                raise ServerTroubleError(found, remedy, passing=False)
            code, reply = line.starttls(context=self._trust())
            if code != 220:
                raise smtplib.SMTPResponseException(code, reply)
            line.ehlo_or_helo_if_needed()
        return line

    def _trust(self) -> ssl.SSLContext:
        own = self._mail.ca_file
        try:
            return ssl.create_default_context(cafile=own or None)
        except (OSError, ssl.SSLError) as error:
            found = f"The file of certificates {Path(own).name} cannot be used: {_reason(error)}."
            remedy = "ca_file in office.toml names a file of certificates in PEM form."
            raise ServerTroubleError(found, remedy, passing=False) from None

    def _sign_in(self, line: smtplib.SMTP) -> None:
        mail = self._mail
        if mail.sign_in is SignIn.NONE:
            return
        if mail.tls is Tls.NONE and mail.server not in _LOOPBACK:
            remedy = 'Write tls = "starttls" or tls = "tls" in office.toml, or sign_in = "none" where the server asks for none.'
            raise ServerTroubleError("A password would go to the mail server for everybody to read.", remedy, passing=False)
        code, reply = self._signed_in(line, mail.user or mail.sender)
        if code in (235, 503):
            return
        found = f"The mail server {self.server} does not let {mail.user or mail.sender} in: {self._cleaned(code, reply)}."
        if 400 <= code < 500:
            raise ServerTroubleError(found, "Run it again later.", passing=True)
        remedy = "Look at user, sign_in and password_from in office.toml, and whether the password is still good."
        raise ServerTroubleError(found, remedy, passing=False)

    def _signed_in(self, line: smtplib.SMTP, user: str) -> tuple[int, bytes]:
        offered = line.esmtp_features.get("auth", "").upper().split()
        plain, token, secret = self._coded(user)
        if self._mail.sign_in is SignIn.XOAUTH2:
            code, reply = line.docmd("AUTH", f"XOAUTH2 {token}")
            return line.docmd("") if code == 334 else (code, reply)
        if "PLAIN" in offered or "LOGIN" not in offered:
            return line.docmd("AUTH", f"PLAIN {plain}")
        code, reply = line.docmd("AUTH", f"LOGIN {_base64(user)}")
        return line.docmd(secret) if code == 334 else (code, reply)

    def _coded(self, user: str) -> tuple[str, str, str]:
        """The secret as PLAIN, XOAUTH2 and LOGIN tell it to a server."""
        token = "\x01".join((f"user={user}", f"auth=Bearer {self._secret}", "", ""))
        return _base64("\0".join(("", user, self._secret))), _base64(token), _base64(self._secret)

    def _drop(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def _words(self, error: Exception) -> str:
        if isinstance(error, smtplib.SMTPResponseException):
            reply = error.smtp_error
            return self._cleaned(error.smtp_code, reply if isinstance(reply, bytes) else str(reply).encode())
        return self._without_secret(_reason(error))

    def _cleaned(self, code: int, reply: bytes) -> str:
        """The server's words on one line; what was told it in confidence is never among them."""
        said = one_line(reply.decode("utf-8", "replace"))
        return self._without_secret(f"{code} {said}" if code > 0 else said)[:_SHOWN].strip()

    def _without_secret(self, text: str) -> str:
        for secret in (*self._coded(self._mail.user or self._mail.sender), self._secret) if self._secret else ():
            text = text.replace(secret, "...")
        return text


def _has_spoken(line: smtplib.SMTP) -> bool:
    """Whether words of the server lie unread, which would be taken for the answer to what is said next. Nothing is waited for."""
    if line.sock is None or line.file is None:
        return False
    waits = line.sock.gettimeout()
    line.sock.settimeout(0)
    try:
        return bool(line.file.peek(1))
    except ssl.SSLWantReadError:
        return False
    finally:
        line.sock.settimeout(waits)


def _meant(code: int) -> Outcome:
    return Outcome.REFUSED if 500 <= code < 600 else Outcome.PUT_OFF


def _base64(text: str) -> str:
    return base64.b64encode(text.encode("utf-8")).decode("ascii")


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "it did not answer in time"
    if isinstance(error, ssl.SSLError):
        return f"the connection could not be made private ({one_line(error.reason or 'no reason given').lower()})"
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return one_line(words).rstrip(".") or type(error).__name__
