"""A failing step says what failed, shows the last lines, and names the remedy."""

import os
import sys
from pathlib import Path

import pytest

from deploy.local import commands
from deploy.local.failures import StepFailed
from deploy.local.remedies import remedy_for


def test_a_command_returns_what_it_printed(tmp_path: Path) -> None:
    assert commands.run(["echo", "done"], log=tmp_path / "log", what="echo").strip() == "done"


def test_a_failed_command_shows_its_last_lines_and_its_log(tmp_path: Path) -> None:
    with pytest.raises(StepFailed) as failure:
        commands.run(["sh", "-c", "echo broken pipe in the cellar; exit 4"], log=tmp_path / "log", what="plumbing")
    text = failure.value.text()
    assert "plumbing (exit 4)" in text
    assert "broken pipe in the cellar" in text
    assert str(tmp_path / "log") in text


def test_only_the_failed_commands_own_output_is_shown(tmp_path: Path) -> None:
    commands.run(["echo", "yesterday"], log=tmp_path / "log", what="echo")
    with pytest.raises(StepFailed) as failure:
        commands.run(["false"], log=tmp_path / "log", what="false")
    assert "yesterday" not in failure.value.tail


def test_a_missing_program_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match="is not there"):
        commands.run(["/no/such/program"], log=tmp_path / "log", what="nothing")


def test_a_command_that_does_not_end_is_ended(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    with pytest.raises(StepFailed, match="no end after"):
        words = f"import os, time; open({str(pid_file)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
        commands.run([sys.executable, "-c", words], log=tmp_path / "log", what="sleeping", timeout=1)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid_file.read_text()), 0)


@pytest.mark.parametrize(
    ("symptom", "word"),
    [
        ("OSError: [Errno 28] No space left on device", "disk"),
        ("npm error code ETIMEDOUT", "registry"),
        ("Temporary failure in name resolution", "registry"),
        ("Error: ensurepip is not available", "python3-venv"),
        ("E: Could not get lock /var/lib/dpkg/lock", "package installation"),
        ("bind: Address already in use", "port"),
        ("PermissionError: [Errno 13] Permission denied: 'x'", "user"),
    ],
)
def test_known_symptoms_have_remedies(symptom: str, word: str) -> None:
    assert word in remedy_for(symptom, "otherwise", fetches=True)


def test_a_database_that_refuses_is_not_taken_for_a_registry() -> None:
    assert remedy_for("connection to server failed: Connection refused", "Check DATABASE_URL") == "Check DATABASE_URL"


def test_an_unknown_symptom_gets_the_steps_own_advice() -> None:
    assert remedy_for("nobody knows", "otherwise") == "otherwise"
