"""The desk is opened once, by its own address, on this machine alone, and is closed again."""

import json
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from reportpack.errors import ExitCode
from tests.web.conftest import desk_of

pytestmark = [pytest.mark.needs("chromium")]


def serve(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    program = [sys.executable, "-m", "reportpack", "serve", "--no-browser", *words]
    return subprocess.run(program, cwd=folder, capture_output=True, text=True, check=False, timeout=60)


def test_the_address_opens_it_once_and_its_token_leaves_it(plain_office: Path, browser: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "office"
    shutil.copytree(plain_office, folder)
    with desk_of(folder) as desk:
        context = browser.new_context()
        page = context.new_page()
        page.goto(desk.entry)
        assert page.url == f"{desk.origin}/"
        assert page.locator("h1").inner_text() == "The pack is not built yet"
        cookie = context.cookies()[0]
        assert (cookie["httpOnly"], cookie["sameSite"], cookie["domain"]) == (True, "Strict", "127.0.0.1")
        assert cookie["value"] not in desk.entry
        context.close()
        other = browser.new_context()
        page = other.new_page()
        page.goto(desk.entry)
        assert "was used already" in page.content()
        page.goto(f"{desk.origin}/")
        assert "has not opened the desk" in page.content()
        other.close()


def test_it_listens_on_this_machine_alone_and_ends_quietly(plain_office: Path) -> None:
    with desk_of(plain_office) as desk:
        port = int(desk.host.partition(":")[2])
        for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]:
            address, _, found = line.split()[1].partition(":")
            if int(found, 16) == port and line.split()[3] == "0A":
                assert address == "0100007F"
        desk.process.send_signal(signal.SIGINT)
        _, said = desk.process.communicate(timeout=20)
    assert "The desk is closed." in said
    assert "Traceback" not in said


def test_it_stops_when_nobody_looks(plain_office: Path) -> None:
    said = serve(plain_office, "--idle", "0.03")
    assert said.returncode == ExitCode.DONE, said.stderr
    assert said.stdout.startswith("http://127.0.0.1:")


def test_a_port_in_use_is_said(plain_office: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = serve(plain_office, "--port", str(port))
    assert said.returncode == ExitCode.OUTPUT
    assert f"The port {port} of this machine is in use" in said.stderr


def test_without_an_office_it_says_so_and_opens_nothing(tmp_path: Path) -> None:
    said = serve(tmp_path)
    assert said.returncode == ExitCode.INPUT
    assert said.stdout == ""
    assert "There is no folder inputs." in said.stderr


def test_no_other_command_imports_the_web_stack(plain_office: Path) -> None:
    look = (
        "import sys, json; sys.argv = ['reportpack', 'meeting', 'list']\n"
        "from reportpack.cli.main import app\n"
        "try: app()\nexcept SystemExit: pass\n"
        "print(json.dumps([one for one in sys.modules if one.split('.')[0] in ('starlette', 'uvicorn', 'anyio') or one.startswith('reportpack.web')]))"
    )
    said = subprocess.run([sys.executable, "-c", look], cwd=plain_office, capture_output=True, text=True, check=True)
    assert json.loads(said.stdout.splitlines()[-1]) == []
