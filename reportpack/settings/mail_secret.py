"""Where the mail server's password or token is kept is in office.toml; what it is, only here and only while a run lasts."""

import os
import shlex
import subprocess
from pathlib import Path

from reportpack.errors import InputError
from reportpack.model.office import Mail, SignIn

_PATIENCE = 60
_REMEDY = "See password_from in office.toml: env:NAME, file:PATH or command:WORDS."


def mail_secret(mail: Mail, inputs: Path) -> str:
    """The password or token, from where office.toml says; empty where none is needed. It is in no message, whatever goes wrong."""
    if not mail.server or mail.sign_in is SignIn.NONE:
        return ""
    kind, _, where = mail.password_from.partition(":")
    if not where:
        found = f"The mail server {mail.server} asks for a password, and office.toml does not say where it is kept."
        remedy = 'Add password_from to [mail], such as password_from = "env:MAIL_PASSWORD"; or sign_in = "none".'
        raise InputError(found, remedy)
    match kind:
        case "env":
            secret = os.environ.get(where, "")
            if not secret:
                found = f"The environment variable {where} is not set, and the mail server's password should be in it."
                raise InputError(found, _REMEDY)
            secret = secret.strip()
        case "command":
            secret = _from_command(where)
        case _:
            secret = _from_file(where, inputs)
    if not secret or any(letter in secret for letter in "\r\n\0"):
        raise InputError("The place that password_from names holds no password of one line.", _REMEDY)
    return secret


def _from_file(name: str, inputs: Path) -> str:
    """A file that belongs to nobody's version control: not one among what people put in."""
    path = (inputs / Path(name).expanduser()).resolve()
    if path.is_relative_to(inputs.resolve()):
        found = f"The password file {path.name} lies among the office's own files, which are copied and shared."
        raise InputError(found, "Move it out of inputs/, to where only you may read it, and name it with its whole path.")
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise InputError(f"The password file {path.name} cannot be read: {reason}.", _REMEDY) from None


def _from_command(words: str) -> str:
    """What a password manager prints; its own complaints are not repeated, for they may hold what they are about."""
    try:
        parts = shlex.split(words, posix=os.name != "nt")
        done = subprocess.run(parts, capture_output=True, timeout=_PATIENCE, check=True, stdin=subprocess.DEVNULL)  # noqa: S603 - the office's own words
        return done.stdout.decode("utf-8").strip()
    except subprocess.CalledProcessError as error:
        reason = f"it ended with {error.returncode}"
    except subprocess.TimeoutExpired:
        reason = f"it took longer than {_PATIENCE} seconds"
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else "") or "it cannot be run"
    raise InputError(f"The command that gives the mail server's password failed: {reason}.", _REMEDY)
