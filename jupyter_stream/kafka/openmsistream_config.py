"""Configuration files of OpenMSIStream, read as they are."""

from __future__ import annotations

import configparser
from typing import TYPE_CHECKING

from jupyter_stream.errors import ProfileError
from jupyter_stream.kafka.profile import Profile, Properties
from jupyter_stream.kafka.secret import read_secret

if TYPE_CHECKING:
    from pathlib import Path

# These choose classes of OpenMSIStream's own, or its way to name a fresh group.
NOT_LIBRDKAFKA = frozenset(
    {"key.serializer", "value.serializer", "key.deserializer", "value.deserializer"}
)
FRESH_GROUP = "create_new"


def load_openmsistream_config(path: Path) -> Profile:
    """Read a configuration file of OpenMSIStream as a profile.

    Parameters
    ----------
    path
        The file: sections [broker], [producer] and [consumer]; others are left alone.

    Raises
    ------
    ProfileError
        The file cannot be read, or needs encryption, or an environment variable is not set.
    """
    parser = _parsed(path)
    if parser.has_section("kafkacrypto"):
        raise ProfileError(f"{path} asks for encryption (kafkacrypto), which is not supported yet")
    if not parser.has_section("broker"):
        raise ProfileError(f"{path} has no section [broker]")
    broker, producer, consumer = (
        _section(parser, kind, path) for kind in ("broker", "producer", "consumer")
    )
    return Profile(path.name, broker, producer, consumer)


def _parsed(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    # Property names are case-sensitive, which ConfigParser is not unless told.
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        parser.read_string(path.read_text(encoding="utf-8"), source=str(path))
    except OSError as error:
        raise ProfileError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ProfileError(f"{path} cannot be read: it is not UTF-8 text") from None
    except configparser.Error as error:
        # Its own text quotes the line, which may hold a password.
        raise ProfileError(f"{path} cannot be read: mistake in line {_line(error)}") from None
    return parser


def _line(error: configparser.Error) -> int:
    # Some of these errors know one line, others a list of them.
    line = getattr(error, "lineno", None)
    return int(line if line is not None else getattr(error, "errors")[0][0])  # noqa: B009


def _section(parser: configparser.ConfigParser, kind: str, path: Path) -> Properties:
    if not parser.has_section(kind):
        return {}
    items = {name: value for name, value in parser.items(kind) if name not in NOT_LIBRDKAFKA}
    if items.get("group.id") == FRESH_GROUP:
        del items["group.id"]
    return {name: _value(value, f"{path}: {name}") for name, value in items.items()}


def _value(value: str, where: str) -> str:
    if value.startswith("$"):
        return read_secret("env", value[1:].strip("{}"), where)
    return value
