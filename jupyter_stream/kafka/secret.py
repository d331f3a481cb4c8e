"""Secrets of a profile, from where they are kept."""

from __future__ import annotations

import importlib
import os
from pathlib import Path

from jupyter_stream.errors import ProfileError

SOURCES = frozenset({"env", "file", "keyring"})


def read_secret(source: str, place: str, wanted_by: str) -> str:
    """Read a secret from the environment, a file or the keyring.

    Parameters
    ----------
    source
        One of "env", "file" and "keyring".
    place
        The variable, the path, or "service/user".
    wanted_by
        The property that needs it, for the error text.

    Raises
    ------
    ProfileError
        The secret is not there, or cannot be read.
    """
    if source == "env":
        return _from_environment(place, wanted_by)
    if source == "file":
        return _from_file(place, wanted_by)
    return _from_keyring(place, wanted_by)


def _from_environment(variable: str, wanted_by: str) -> str:
    try:
        return os.environ[variable]
    except KeyError:
        raise ProfileError(
            f"{wanted_by} is kept in the environment variable {variable}, which is not set"
        ) from None


def _from_file(path: str, wanted_by: str) -> str:
    try:
        return Path(path).expanduser().read_text(encoding="utf-8").rstrip("\r\n")
    except OSError as error:
        raise ProfileError(f"{wanted_by} is kept in {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ProfileError(f"{wanted_by} is kept in {path}, which is not UTF-8 text") from None


def _from_keyring(place: str, wanted_by: str) -> str:
    try:
        keyring = importlib.import_module("keyring")
    except ImportError:
        raise ProfileError(
            f"{wanted_by} is kept in the keyring; install it with: pip install keyring"
        ) from None
    service, _, user = place.rpartition("/")
    try:
        secret = keyring.get_password(service, user)
    except Exception as error:  # noqa: BLE001 - each keyring of a system has errors of its own
        raise ProfileError(f"{wanted_by}: the keyring cannot be asked: {error}") from None
    if secret is None:
        raise ProfileError(f"{wanted_by}: the keyring has nothing for {place!r}")
    return str(secret)
