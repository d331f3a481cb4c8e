"""Profiles in `jupyter_stream.toml`, in Jupyter's configuration directories."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_core.paths import jupyter_config_path

from jupyter_stream.errors import ProfileError
from jupyter_stream.kafka.profile import Profile, Properties
from jupyter_stream.kafka.secret import SOURCES, read_secret

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FILE_NAME = "jupyter_stream.toml"
SECTIONS = ("broker", "producer", "consumer")


def profile_names() -> list[str]:
    """Return the names of all profiles that are configured."""
    return sorted(_profiles())


def load_profile(name: str) -> Profile:
    """Load a profile by its name.

    Parameters
    ----------
    name
        NAME of a section `[profiles.NAME]`.

    Raises
    ------
    ProfileError
        There is no such profile, or it cannot be used.
    """
    profiles = _profiles()
    if name not in profiles:
        raise ProfileError(_no_such_profile(name, sorted(profiles)))
    sections = profiles[name]
    unknown = sections.keys() - set(SECTIONS)
    if unknown:
        raise ProfileError(
            f"profile {name!r} has {sorted(unknown)}; properties go under {', '.join(SECTIONS)}"
        )
    broker, producer, consumer = (_properties(name, sections, kind) for kind in SECTIONS)
    return Profile(name, broker, producer, consumer)


def _profiles() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    # Jupyter lists its most important directory first, so it is taken last.
    for directory in reversed(jupyter_config_path()):
        path = Path(directory) / FILE_NAME
        if path.is_file():
            found.update(_read(path))
    return found


def _read(path: Path) -> dict[str, dict[str, Any]]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ProfileError(f"{path} cannot be read: {error}") from None
    profiles = content.get("profiles", {})
    if not isinstance(profiles, dict) or not all(
        isinstance(sections, dict) for sections in profiles.values()
    ):
        raise ProfileError(f"{path}: each profile is a section [profiles.NAME.broker]")
    return profiles


def _no_such_profile(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, 3)
    if near:
        return f"there is no profile {name!r}; did you mean {' or '.join(near)}?"
    listed = ", ".join(known) if known else "none are configured"
    return (
        f"{name!r} is neither an address (host:port), nor an existing .config file, nor a profile "
        f"in {FILE_NAME} (profiles: {listed}; `jupyter --paths` shows where that file may be)"
    )


def _properties(profile: str, sections: Mapping[str, Any], kind: str) -> Properties:
    section = sections.get(kind, {})
    if not isinstance(section, dict):
        raise ProfileError(f"profile {profile!r}: {kind} must be a section")
    return dict(_flattened(section, f"{profile}.{kind}", ""))


def _flattened(
    section: Mapping[str, Any], where: str, prefix: str
) -> Iterator[tuple[str, str | int | float | bool]]:
    """Yield properties; TOML reads an unquoted `a.b = 1` as a table in a table."""
    for key, value in section.items():
        name = prefix + key
        if isinstance(value, dict) and len(value) == 1 and value.keys() <= SOURCES:
            ((source, place),) = value.items()
            yield name, read_secret(source, str(place), f"{where}: {name}")
        elif isinstance(value, dict):
            yield from _flattened(value, where, f"{name}.")
        elif isinstance(value, str | int | float | bool):
            yield name, value
        else:
            raise ProfileError(f"{where}: {name} must be a text, a number or true or false")
