"""What the guides say is so: every command in them works, every option exists, every table agrees with the program."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand, TyperGroup

from reportpack.cli.main import app
from reportpack.cli.verbs import DefaultGroup
from reportpack.errors import ExitCode

ROOT = Path(__file__).parent.parent
GUIDES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
COMMAND = re.compile(r"(?:\.venv/bin/)?reportpack(?P<words>(?: [^`\n#|;]+)?)")
PLACEHOLDER = re.compile(r"^\[?[A-Z][A-Z.]+[a-z.]*\]?$")


def commands(guide: Path) -> list[str]:
    """Each command line in the guide's code: indented, fenced or between backticks, that begins with the program's name."""
    text = guide.read_text(encoding="utf-8")
    code = re.findall(r"^(?: {4}|\$ )(.*)$", text, re.MULTILINE) + re.findall(r"`([^`\n]+)`", text)
    code += [line for block in re.findall(r"```\w*\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
    found = [COMMAND.match(line.strip()) for line in code]
    return sorted({match["words"].strip() for match in found if match})


CASES = [(guide.name, words) for guide in GUIDES for words in commands(guide)]


def resolve(words: list[str]) -> tuple[TyperCommand | TyperGroup, list[str]]:
    """The command that the words name, and the words that are left."""
    command = typer.main.get_command(app)
    assert isinstance(command, TyperGroup)
    found: TyperCommand | TyperGroup = command
    while isinstance(found, TyperGroup):
        words = found.with_verb(words) if isinstance(found, DefaultGroup) else words  # its own verb may be left out
        if not words or words[0] not in found.commands:
            break
        inner = found.commands[words[0]]
        assert isinstance(inner, TyperCommand | TyperGroup)
        found, words = inner, words[1:]
    return found, words


@pytest.mark.parametrize(("guide", "line"), CASES, ids=[f"{guide}: {line or 'reportpack'}" for guide, line in CASES])
def test_every_command_in_a_guide_exists_with_its_options(guide: str, line: str) -> None:
    command, rest = resolve(shlex.split(line))
    if isinstance(command, TyperGroup):
        assert not [word for word in rest if not word.startswith("-")], f"{guide}: reportpack {line}: there is no such verb"
    known = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)} | {"--help", "-h"}
    assert {word for word in rest if word.startswith("-")} <= known, f"{guide}: reportpack {line}"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("guides") / "office"
    subprocess.run([sys.executable, "-m", "reportpack", "init", str(folder)], check=True, capture_output=True)
    return folder


RUNNABLE = sorted(
    {
        line
        for _, line in CASES
        if not any(PLACEHOLDER.match(word.strip('"[]')) for word in shlex.split(line)) and "our-office" not in line
    }
)


@pytest.mark.parametrize("line", RUNNABLE, ids=lambda line: line or "reportpack")
def test_every_command_without_a_placeholder_runs_in_a_new_office(office: Path, line: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "reportpack", *shlex.split(line)], cwd=office, capture_output=True, text=True, check=False
    )
    assert run.returncode in (ExitCode.DONE, ExitCode.INPUT, ExitCode.REFUSED), f"{run.stdout}\n{run.stderr}"
    assert "Traceback" not in run.stderr


def test_the_readmes_exit_codes_are_the_programs() -> None:
    table = re.findall(r"^\| (\d+) \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert [int(code) for code in table] == [code.value for code in ExitCode]


def test_every_make_target_is_in_the_makefiles_help_and_the_everyday_ones_in_contributing() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))
    phony = set(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split())
    assert targets == phony
    named = set(re.findall(r"`make ([a-z]+)`", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")))
    assert named <= targets
    assert {"pack", "check", "test", "golden", "bench"} <= named


def test_every_link_between_the_guides_leads_somewhere() -> None:
    for guide in GUIDES:
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", guide.read_text(encoding="utf-8")):
            if not target.startswith(("https:", "mailto:")):
                assert (guide.parent / target).exists(), f"{guide.name}: {target}"


@pytest.mark.parametrize(
    "held", re.findall(r"\| `([^`|]+)` \|$", (ROOT / "docs" / "behaviour.md").read_text("utf-8"), re.MULTILINE)
)
def test_what_others_really_do_is_held_by_what_is_named(held: str) -> None:
    path, _, name = held.partition("::")
    assert f"def {name}" in (ROOT / path).read_text(encoding="utf-8") if name else (ROOT / path).is_file()
