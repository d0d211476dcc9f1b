"""Letters go once. What is not surely there is failed or uncertain, said so, and only what may be is sent again."""

import base64
import itertools
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reportpack.errors import DeliveryError, InputError, OutputError
from reportpack.ledger import Ledger, open_ledger
from reportpack.model.edition import Audience
from reportpack.model.event import Event
from reportpack.model.letter import Addressee, Enclosure, Letter, LetterKind
from reportpack.model.office import Mail, SignIn, Tls
from reportpack.model.outbox import AttemptBegun, DeliveryReport, LetterSettled, LetterState
from reportpack.run.letters.outbox import Manner, deliver, write_drafts
from reportpack.run.letters.send_settle import settle_letters
from reportpack.run.office_files import Folders
from reportpack.send.smtp import Patience
from tests.send.servers import Authority, Fault, faulty, strict_server

MEETING = "2019-05-28-assurance"
NOON = datetime(2019, 5, 21, 12, 0, tzinfo=UTC)
LATER = datetime(2019, 5, 21, 13, 0, tzinfo=UTC)
FIVE = ("cc", "dcc", "acc", "staff", "hpa")
QUICK = Patience(2, 2, 2)
MANNER = Manner(QUICK, (0.01, 0.01), lambda _: None)
SECRET = "correct horse é battery"


def letter(who: str, text: str = "Dear colleague", version: int = 1) -> Letter:
    to = Addressee(f"The {who}", f"{who}@force.example", who, Audience.FORCE)
    pack = Enclosure.of("2019-05-28 assurance briefing pack v1 force.pdf", "application/pdf", b"%PDF-1.7\n.\n..\n" * 2000)
    return Letter(
        LetterKind.PACK, MEETING, "briefing-pack", version, Audience.FORCE, to, "OFFICIAL: pack", text, "<p>Dear</p>", (pack,)
    )


LETTERS = tuple(letter(who) for who in FIVE)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    (tmp_path / "inputs").mkdir()
    return Folders(tmp_path / "inputs", tmp_path / "build")


@pytest.fixture
def ledger(folders: Folders) -> Iterator[Ledger]:
    with open_ledger(folders.memory) as opened:
        yield opened


def mail(port: int, **settings: object) -> Mail:
    plain: dict[str, object] = {"tls": Tls.NONE, "sign_in": SignIn.NONE, "server": "127.0.0.1", "sender": "policy@opcc.example"}
    return Mail(port=port, **(plain | settings))  # type: ignore[arg-type]


def kept_in(place: str) -> dict[str, object]:
    return {"sign_in": SignIn.PASSWORD, "password_from": place}


def send(folders: Folders, ledger: Ledger, settings: Mail, letters: tuple[Letter, ...] = LETTERS) -> DeliveryReport:
    return deliver(folders, ledger, letters, settings, NOON, manner=MANNER)


def states(report: DeliveryReport) -> dict[str, LetterState]:
    return {one.letter.to.post: one.state for one in report.letters}


def test_each_goes_to_one_person_and_however_often_it_is_run_never_again(folders: Folders, ledger: Ledger) -> None:
    with faulty() as server:
        first = send(folders, ledger, mail(server.port))
        again = send(folders, ledger, mail(server.port))
    assert [to for to, _ in server.taken] == [f"{who}@force.example" for who in FIVE]
    assert set(states(first).values()) == {LetterState.SENT}
    assert len(first.fresh) == 5
    assert (again.fresh, again.failed, set(states(again).values())) == (frozenset(), False, {LetterState.SENT})
    assert all(
        b"\nBcc" not in text and text.count(b"To: ") >= 1 and text.count(b"@force.example") == 1 for _, text in server.taken
    )


@pytest.mark.parametrize("step", ["connect", "EHLO", "MAIL", "RCPT", "DATA", "text"])
def test_a_line_cut_before_the_final_dot_is_tried_again_and_nobody_gets_two(folders: Folders, ledger: Ledger, step: str) -> None:
    with faulty(Fault(step, times=2)) as server:
        report = send(folders, ledger, mail(server.port))
    if step == "text":  # a small text is handed over before the cut is felt: nobody can tell whether it was taken
        uncertain = [one for one in report.letters if one.state is LetterState.UNCERTAIN]
        assert len(uncertain) <= 2
        assert all(server.to(one.letter.to.email) == (one.state is LetterState.SENT) for one in report.letters)
    else:
        assert set(states(report).values()) == {LetterState.SENT}
        assert [server.to(f"{who}@force.example") for who in FIVE] == [1] * 5


def test_a_line_cut_after_the_dot_leaves_it_uncertain_and_it_is_never_sent_by_itself(folders: Folders, ledger: Ledger) -> None:
    with faulty(Fault("dot", times=1, after=2)) as server:
        first = send(folders, ledger, mail(server.port))
        second = send(folders, ledger, mail(server.port))
        assert states(first)["acc"] is LetterState.UNCERTAIN
        assert [one.letter.to.post for one in first.missing] == ["acc", "staff", "hpa"]  # the round stopped there
        assert [one.letter.to.post for one in second.missing] == ["acc"]
        assert second.failed
        assert server.to("acc@force.example") == 1
        settle_letters(folders, LETTERS[2].key, sent=False, why="she has not got it", by="officer", now=LATER)
        third = send(folders, ledger, mail(server.port))
    assert not third.failed
    one, other = [text for to, text in server.taken if to == "acc@force.example"]
    assert one == other  # the very same message, and so the same Message-ID
    assert len(server.taken) == 6


def test_no_answer_to_the_text_in_time_is_uncertain(folders: Folders, ledger: Ledger) -> None:
    manner = Manner(Patience(1, 1, 0.2), (), lambda _: None)
    with faulty(Fault("dot", seconds=0.6, times=1)) as server:
        report = deliver(folders, ledger, LETTERS[:2], mail(server.port), NOON, manner=manner)
        assert states(report) == {"cc": LetterState.UNCERTAIN, "dcc": LetterState.WAITING}
        assert [server.to("cc@force.example"), server.to("dcc@force.example")] == [1, 0]


@pytest.mark.parametrize(("step", "answer"), [("RCPT", b"550 no such person"), ("dot", b"552 mailbox full"), ("DATA", b"554 no")])
def test_one_of_five_refused_for_good_and_the_others_go(folders: Folders, ledger: Ledger, step: str, answer: bytes) -> None:
    with faulty(Fault(step, answer, to="acc@force.example")) as server:
        report = send(folders, ledger, mail(server.port))
        again = send(folders, ledger, mail(server.port))
    refused = LetterState.REFUSED
    assert states(report) == {who: refused if who == "acc" else LetterState.SENT for who in FIVE}
    assert [one.reply for one in report.missing] == [answer.decode()]
    assert again.failed
    assert server.to("acc@force.example") == 0
    assert len(server.taken) == 4


def test_greylisting_is_waited_out(folders: Folders, ledger: Ledger) -> None:
    with faulty(Fault("RCPT", b"451 greylisted, come back", times=5)) as server:
        report = send(folders, ledger, mail(server.port))
    assert not report.failed
    assert sorted(to for to, _ in server.taken) == sorted(f"{who}@force.example" for who in FIVE)


def test_what_a_run_cannot_get_rid_of_goes_with_the_next(folders: Folders, ledger: Ledger) -> None:
    with faulty(Fault("RCPT", b"451 later", to="dcc@force.example", times=3)) as server:
        first = send(folders, ledger, mail(server.port))
        second = send(folders, ledger, mail(server.port))
    assert states(first)["dcc"] is LetterState.WAITING
    assert first.failed
    assert second.fresh == {LETTERS[1].key}
    assert not second.failed
    assert len(server.taken) == 5


def test_a_server_that_turns_the_sender_away_settles_nothing(folders: Folders, ledger: Ledger) -> None:
    with faulty(Fault("MAIL", b"550 who are you")) as server:
        report = send(folders, ledger, mail(server.port))
    assert set(states(report).values()) == {LetterState.WAITING}
    assert "who are you" in report.trouble


def test_no_server_leaves_everything_waiting(folders: Folders, ledger: Ledger) -> None:
    with faulty() as server:
        port = server.port
    report = send(folders, ledger, mail(port))
    assert set(states(report).values()) == {LetterState.WAITING}
    assert "cannot be used now" in report.trouble
    assert all(one.attempts == 0 for one in report.letters)


def test_an_attempt_that_a_killed_run_left_open_is_uncertain(folders: Folders, ledger: Ledger) -> None:
    with faulty(Fault("RCPT", b"451 later")) as server:
        send(folders, ledger, mail(server.port))
    ledger.record([Event(AttemptBegun(MEETING, LETTERS[0].key, "mail"), LATER)])
    with faulty() as server:
        report = send(folders, ledger, mail(server.port))
    assert states(report)["cc"] is LetterState.UNCERTAIN
    assert server.to("cc@force.example") == 0
    assert len(server.taken) == 4


def test_a_letter_that_somebody_settles_meanwhile_is_left(folders: Folders, ledger: Ledger) -> None:
    with faulty(Fault("RCPT", b"451 later")) as server:
        send(folders, ledger, mail(server.port))

    def settle(_: float) -> None:
        ledger.record([Event(LetterSettled(MEETING, one.key, sent=True), LATER) for one in LETTERS])

    with faulty(Fault("RCPT", b"451 later", times=5)) as server:
        report = deliver(folders, ledger, LETTERS, mail(server.port), NOON, manner=Manner(QUICK, (0.01,), settle))
    assert server.taken == []
    assert set(states(report).values()) == {LetterState.SENT}


def test_new_words_replace_those_of_a_letter_that_waits_and_of_no_other(folders: Folders, ledger: Ledger) -> None:
    with faulty(Fault("RCPT", b"451 later", to="cc@force.example")) as server:
        send(folders, ledger, mail(server.port))
    with faulty() as server:
        report = send(folders, ledger, mail(server.port), tuple(letter(who, "Other words") for who in FIVE))
    assert [to for to, _ in server.taken] == ["cc@force.example"]
    assert b"Other words" in server.taken[0][1]
    assert not report.failed


def test_without_a_server_it_is_a_rehearsal_and_counts_for_nothing(folders: Folders, ledger: Ledger) -> None:
    report = send(folders, ledger, mail(0, server=""))
    assert len(list((folders.build / "letters").glob("*.eml"))) == 5
    assert set(states(report).values()) == {LetterState.WAITING}
    with faulty() as server:
        assert not send(folders, ledger, mail(server.port)).failed
    assert len(server.taken) == 5


def test_drafts_are_opened_unsent_and_not_sent_behind_a_persons_back(folders: Folders, ledger: Ledger) -> None:
    report = write_drafts(folders, ledger, LETTERS[:2], mail(0, server=""), NOON)
    files = sorted((folders.build / "drafts").glob("*.eml"))
    assert len(files) == 2
    assert all(b"X-Unsent: 1\r\n" in one.read_bytes() for one in files)
    with faulty() as server:
        after = send(folders, ledger, mail(server.port))
    assert set(states(report).values()) == {LetterState.DRAFTED}
    assert (states(after)["cc"], states(after)["acc"]) == (LetterState.DRAFTED, LetterState.SENT)
    assert len(server.taken) == 3


@pytest.mark.parametrize(
    "email",
    [
        "cc@force.example\r\nBcc: other@x.example",
        "cc@force.example\nRCPT TO:<o@x.example>",
        "a b@x.example",
        "x@@y.example",
        "cc@force.example>",
        "",
        "@x.example",
        "two@x.example, three@x.example",
        "é@x.example",
    ],
)
def test_an_address_that_is_not_one_is_refused_and_the_others_go(folders: Folders, ledger: Ledger, email: str) -> None:
    to = Addressee("Somebody", email, "cc", Audience.FORCE)
    bad = Letter(LetterKind.PACK, MEETING, "briefing-pack", 1, Audience.FORCE, to, "Pack", "text", "<p>text</p>")
    with faulty() as server:
        report = send(folders, ledger, mail(server.port), (bad, LETTERS[1]))
    assert [to for to, _ in server.taken] == ["dcc@force.example"]
    assert [one.who for one in report.not_sent] == ["Somebody"]
    assert report.failed
    assert b"".join(server.said).lower().count(b"rcpt") == 1


def test_starttls_and_a_password(folders: Folders, ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("OFFICE_PASSWORD", SECRET)
    seen: list[tuple[bytes, bytes]] = []

    def check(mechanism: str, user: bytes, password: bytes) -> bool:
        seen.append((user, password))
        return password.decode() == SECRET

    settings = {
        "server": "localhost",
        "tls": Tls.STARTTLS,
        "sign_in": SignIn.PASSWORD,
        "password_from": "env:OFFICE_PASSWORD",
        "ca_file": str(authority.file),
    }
    with strict_server(authority.context(), check) as (port, taken):
        report = send(folders, ledger, mail(port, **settings))
        assert not report.failed, report.trouble
        assert len(taken) == 5
        assert seen == [(b"policy@opcc.example", SECRET.encode())]
    with strict_server(authority.context(), starttls=False) as (port, taken):
        report = send(folders, ledger, mail(port, **(settings | {"tls": Tls.TLS, "sign_in": SignIn.NONE})), (letter("late"),))
        assert not report.failed, report.trouble


def test_a_token_signs_in_where_the_server_takes_tokens(folders: Folders, ledger: Ledger, tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    (tmp_path / "token.txt").write_text(f"{SECRET}\n", encoding="utf-8")
    seen: list[tuple[str, bytes, bytes]] = []

    def check(mechanism: str, user: bytes, token: bytes) -> bool:
        seen.append((mechanism, user, token))
        return token.decode() == SECRET

    settings = {"server": "localhost", "tls": Tls.STARTTLS, "sign_in": SignIn.XOAUTH2, "ca_file": str(authority.file)}
    with strict_server(authority.context(), check) as (port, taken):
        report = send(folders, ledger, mail(port, password_from=f"file:{tmp_path / 'token.txt'}", **settings))
    assert not report.failed, report.trouble
    assert seen == [("XOAUTH2", b"policy@opcc.example", SECRET.encode())]
    assert len(taken) == 5


@pytest.mark.parametrize(
    ("name", "until", "trusted", "words"),
    [
        ("localhost", datetime(2020, 1, 1, tzinfo=UTC), True, "expired"),
        ("other.example", datetime(2040, 1, 1, tzinfo=UTC), True, "localhost"),
        ("localhost", datetime(2040, 1, 1, tzinfo=UTC), False, "issuer"),
    ],
)
def test_a_certificate_that_is_not_good_stops_everything(
    folders: Folders, ledger: Ledger, tmp_path: Path, name: str, until: datetime, trusted: bool, words: str
) -> None:
    authority = Authority(tmp_path)
    own = str(authority.file) if trusted else ""
    with strict_server(authority.context(name, until)) as (port, taken):
        report = send(folders, ledger, mail(port, server="localhost", tls=Tls.STARTTLS, ca_file=own))
    assert "certificate" in report.trouble
    assert words in report.trouble
    assert taken == []
    assert set(states(report).values()) == {LetterState.WAITING}


def test_a_server_without_encryption_gets_nothing(folders: Folders, ledger: Ledger) -> None:
    with faulty() as server:
        report = send(folders, ledger, mail(server.port, tls=Tls.STARTTLS))
    assert "no encryption" in report.trouble
    assert server.taken == []
    assert not any(words.lower().startswith(b"mail") for words in server.said)


@pytest.mark.parametrize("answer", [b"535 5.7.8 not you: %s", b"454 later: %s"])
@pytest.mark.parametrize("sign_in", [SignIn.PASSWORD, SignIn.XOAUTH2])
def test_a_wrong_password_is_told_and_never_shown(
    folders: Folders, ledger: Ledger, tmp_path: Path, answer: bytes, sign_in: SignIn
) -> None:
    (tmp_path / "password.txt").write_text(f"{SECRET}\n", encoding="utf-8")
    user = "policy@opcc.example"
    plain = base64.b64encode(f"\0{user}\0{SECRET}".encode())
    token = base64.b64encode(f"user={user}\x01auth=Bearer {SECRET}\x01\x01".encode())
    echoed = answer % (token if sign_in is SignIn.XOAUTH2 else plain + b" " + SECRET.encode())
    settings = {"sign_in": sign_in, "password_from": f"file:{tmp_path / 'password.txt'}"}
    with faulty(Fault("AUTH", echoed)) as server:
        report = send(folders, ledger, mail(server.port, **settings))
    said = report.trouble + "".join(str(one) for one in ledger.letters(MEETING))
    assert "not let" in report.trouble
    assert not any(one in said for one in (SECRET, plain.decode(), token.decode()))
    assert set(states(report).values()) == {LetterState.WAITING}
    assert server.taken == []


def test_a_password_among_the_inputs_is_refused(folders: Folders, ledger: Ledger) -> None:
    (folders.inputs / "password.txt").write_text(SECRET, encoding="utf-8")
    with faulty() as server, pytest.raises(InputError, match="Move it out") as told:
        send(folders, ledger, mail(server.port, **kept_in("file:password.txt")))
    assert SECRET not in str(told.value)


def test_a_password_comes_from_a_command_and_its_complaints_are_not_repeated(folders: Folders, ledger: Ledger) -> None:
    with faulty(Fault("AUTH", b"235 in")) as server:
        good = mail(server.port, **kept_in("command:printf hunter2"))
        assert not send(folders, ledger, good).failed
        assert base64.b64encode(b"\0policy@opcc.example\0hunter2") in b"".join(server.said)
    bad = mail(server.port, **kept_in("command:sh -c 'echo hunter2 >&2; exit 3'"))
    with pytest.raises(InputError, match="ended with 3") as told:
        send(folders, ledger, bad, (letter("other"),))
    assert "hunter2" not in str(told.value)


def test_the_line_is_opened_anew_for_many_letters(folders: Folders, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportpack.send.smtp.LETTERS_A_LINE", 3)
    many = tuple(letter(f"post{number}") for number in range(7))
    with faulty() as server:
        report = send(folders, ledger, mail(server.port), many)
    assert len(server.taken) == 7
    assert server.lines == 3
    assert not report.failed


def test_of_two_runs_at_once_the_second_says_so_and_each_letter_goes_once(folders: Folders, ledger: Ledger) -> None:
    second = threading.Event()

    def meanwhile(_: str) -> None:
        with open_ledger(folders.memory) as other, pytest.raises(DeliveryError, match="Another run is sending letters just now"):
            send(folders, other, mail(server.port))
        second.set()

    with faulty() as server:
        report = deliver(folders, ledger, LETTERS, mail(server.port), NOON, meanwhile, MANNER)
    assert second.is_set()
    assert set(states(report).values()) == {LetterState.SENT}
    assert [server.to(f"{who}@force.example") for who in FIVE] == [1] * 5


def test_a_server_that_breaks_every_line_after_the_dot_gets_one_letter_and_the_rest_wait(
    folders: Folders, ledger: Ledger
) -> None:
    with faulty(Fault("dot")) as server:
        report = send(folders, ledger, mail(server.port))
    assert [one.state for one in report.letters] == [LetterState.UNCERTAIN] + [LetterState.WAITING] * 4
    assert len(server.taken) == 1
    assert "left a letter without an answer" in report.trouble
    with faulty() as server:
        again = send(folders, ledger, mail(server.port))
    assert [to for to, _ in server.taken] == [f"{who}@force.example" for who in FIVE[1:]]
    assert again.failed


@pytest.mark.parametrize("early", [b"250 queued", b"550 no", b"250-que", b"\0"])
def test_an_answer_that_comes_before_the_dot_is_none_to_it(folders: Folders, ledger: Ledger, early: bytes) -> None:
    with faulty(Fault("DATA", b"354 go on\r\n" + early), Fault("dot", b"554 no")) as server:
        report = send(folders, ledger, mail(server.port))
    assert set(states(report).values()) == {LetterState.WAITING}
    assert server.taken == []
    with faulty() as server:
        assert not send(folders, ledger, mail(server.port)).failed
    assert len(server.taken) == 5


def test_while_letters_go_no_backup_is_written_and_room_is_kept(folders: Folders, ledger: Ledger) -> None:
    seen: list[tuple[list[str], bool]] = []
    room = folders.memory / "sending" / "room"

    def look(_: str) -> None:
        seen.append((sorted(one.name for one in (folders.memory / "backups").iterdir()), room.stat().st_size > 100_000))

    with faulty() as server:
        deliver(folders, ledger, LETTERS, mail(server.port), NOON, look, MANNER)
    assert len(seen) == 5
    assert all(one == (seen[0][0], True) for one in seen)
    assert not room.exists()


def test_without_room_to_record_what_becomes_of_them_none_goes(folders: Folders, ledger: Ledger) -> None:
    (folders.memory / "sending" / "room").mkdir(parents=True)
    with faulty() as server, pytest.raises(OutputError, match=r"no room in .*sending to record"):
        send(folders, ledger, mail(server.port))
    assert server.said == []


def test_what_went_before_the_ledger_could_not_be_written_is_told(folders: Folders, ledger: Ledger) -> None:
    letters = itertools.count(1)

    def full_at_the_third(_: str) -> None:
        if next(letters) == 3:
            refuse = "CREATE TRIGGER full BEFORE INSERT ON event WHEN NEW.body LIKE '%127.0.0.1%' BEGIN SELECT RAISE(FAIL, 'disk full'); END"
            with closing(sqlite3.connect(folders.memory / "ledger.sqlite")) as other:
                other.execute(refuse)
                other.commit()

    with faulty() as server:
        report = deliver(folders, ledger, LETTERS, mail(server.port), NOON, full_at_the_third, MANNER)
    assert [one.state for one in report.letters] == [LetterState.SENT] * 2 + [LetterState.WAITING] * 3
    assert len(server.taken) == 2
    assert report.trouble
