"""Settings of plots: what each takes, and messages that say what is wrong with a value."""

from __future__ import annotations

import math
from numbers import Real
from typing import TYPE_CHECKING, Any, NamedTuple

from jupyter_stream.errors import UsageMistake

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Rule(NamedTuple):
    """What a setting takes.

    Attributes
    ----------
    expects
        That in words.
    accept
        Returns the value in its own form; raises ValueError for one that is wrong.
    """

    expects: str
    accept: Callable[[Any], Any]


def checked(rules: Mapping[str, Rule], settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings in their own forms.

    Parameters
    ----------
    rules
        What can be set.
    settings
        What is to be set.

    Raises
    ------
    UsageMistake
        There is no such setting, or it does not take this value.
    """
    for name in settings:
        if name not in rules:
            raise UsageMistake(
                f"this plot has no setting {name!r}; it has {', '.join(rules) or 'none'}"
            )
    return {name: _accepted(name, rules[name], value) for name, value in settings.items()}


def _accepted(name: str, rule: Rule, value: Any) -> Any:
    try:
        return rule.accept(value)
    except (ValueError, TypeError, OverflowError):
        raise UsageMistake(f"{name} cannot be {value!r}: it takes {rule.expects}") from None


def one_of(*names: str) -> Rule:
    """Return the rule of a choice.

    Parameters
    ----------
    names
        What there is to choose from.
    """

    def accept(value: Any) -> str:
        return names[names.index(value)]

    return Rule(f"one of {', '.join(names)}", accept)


def flag() -> Rule:
    """Return the rule of what is on or off."""

    def accept(value: Any) -> bool:
        if not isinstance(value, bool):
            raise TypeError
        return value

    return Rule("true or false", accept)


def number(at_least: float = -math.inf, at_most: float = math.inf) -> Rule:
    """Return the rule of a finite number.

    Parameters
    ----------
    at_least, at_most
        Its limits.
    """

    def accept(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, Real):
            raise TypeError
        real = float(value)
        if not (math.isfinite(real) and at_least <= real <= at_most):
            raise ValueError
        return real

    return Rule(f"a number{_limits(at_least, at_most)}", accept)


def text(longest: int) -> Rule:
    """Return the rule of a text that is not empty.

    Parameters
    ----------
    longest
        How many characters it may have.
    """

    def accept(value: Any) -> str:
        if not isinstance(value, str):
            raise TypeError
        clean = value.strip()
        if not 0 < len(clean) <= longest:
            raise ValueError
        return clean

    return Rule(f"a text of at most {longest} characters", accept)


def count(at_least: int = 1, at_most: int = 1_000_000) -> Rule:
    """Return the rule of a whole number.

    Parameters
    ----------
    at_least, at_most
        Its limits.
    """
    real = number(at_least, at_most)

    def accept(value: Any) -> int:
        whole = real.accept(value)
        if whole != int(whole):
            raise ValueError
        return int(whole)

    return Rule(f"a whole number{_limits(at_least, at_most)}", accept)


def interval(at_least: float = -math.inf, at_most: float = math.inf) -> Rule:
    """Return the rule of two numbers, the lower one first.

    Parameters
    ----------
    at_least, at_most
        Their limits.
    """
    real = number(at_least, at_most)

    def accept(value: Any) -> tuple[float, float]:
        low, high = (real.accept(part) for part in value)
        if not low < high or math.isinf(high - low):
            raise ValueError
        return low, high

    return Rule(f"two rising numbers{_limits(at_least, at_most)}", accept)


def optional(rule: Rule) -> Rule:
    """Return the rule of what may be left open.

    Parameters
    ----------
    rule
        What a value has to follow.
    """
    return Rule(
        f"{rule.expects}, or nothing",
        lambda value: None if value is None else rule.accept(value),
    )


def _limits(at_least: float, at_most: float) -> str:
    lower = "" if at_least == -math.inf else f" of at least {at_least:g}"
    upper = "" if at_most == math.inf else f" of at most {at_most:g}"
    return " and".join(part for part in (lower, upper) if part)
