"""The program works from an installed wheel, away from the checkout."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel was installed."""
    wheels, target = tmp_path_factory.mktemp("wheels"), tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", wheels, ROOT], check=True)
    subprocess.run([*pip, "install", "--no-deps", "--target", target, *wheels.glob("*.whl")], check=True)
    return target


def test_the_wheel_holds_the_templates_and_the_new_offices_files(installed: Path) -> None:
    assert (installed / "reportpack" / "program" / "templates" / "pack.html").is_file()
    assert (installed / "reportpack" / "program" / "templates" / "desk" / "today.jinja").is_file()
    assert (installed / "reportpack" / "run" / "new_office" / "inputs" / "office.toml").is_file()


def test_the_wheel_holds_no_tests_and_no_example(installed: Path) -> None:
    assert not (installed / "tests").exists()
    assert not (installed / "inputs").exists()


def test_a_new_office_builds_with_the_installed_program(installed: Path, tmp_path: Path) -> None:
    environment = {"PYTHONPATH": str(installed), "PATH": ""}
    program = [sys.executable, "-m", "reportpack"]
    where = subprocess.run(
        [sys.executable, "-c", "import reportpack; print(reportpack.__file__)"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(installed)
    subprocess.run([*program, "init", "office"], cwd=tmp_path, env=environment, check=True, capture_output=True)
    built = subprocess.run(
        [*program, "pack"], cwd=tmp_path / "office", env=environment, check=True, capture_output=True, text=True
    )
    assert (tmp_path / "office" / built.stdout.splitlines()[0]).read_bytes().startswith(b"%PDF-")
