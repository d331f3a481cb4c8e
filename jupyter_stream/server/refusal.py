"""What a route answers instead of what was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tornado.web import HTTPError

from jupyter_stream import errors

if TYPE_CHECKING:
    from jupyter_stream.errors import StreamError

_KINDS: tuple[tuple[type[StreamError], int, str | None], ...] = (
    (errors.TopicNotFound, 404, "Reload the list of topics."),
    (errors.RecordNotFound, 404, "Reload the records."),
    (errors.RecordTooLarge, 413, "Set it in jupyter_stream.toml, and restart the Jupyter server."),
    (errors.ClusterUnreachable, 503, "Check that the cluster runs and that the address is right."),
    (errors.ProfileError, 503, "Correct the profile in jupyter_stream.toml."),
    (errors.LocalBrokerError, 503, "Start the local broker."),
    (errors.ClusterRefused, 403, "Ask who runs the cluster for the right to do this."),
    (errors.TimeUsedUp, 504, "Try again, or narrow down what you ask for."),
    (errors.UsageMistake, 400, None),
    (errors.WriteFailed, 502, None),
    (errors.FileTooLarge, 413, "Use `jupyter-stream download` for large files."),
    (errors.FileChanged, 409, "Reload the list of files."),
    (errors.FormatError, 422, "Choose another format, or download the bytes."),
    (errors.UnsafePath, 422, None),
)


class Refusal(HTTPError):
    """A request that is refused, or cannot be served.

    Parameters
    ----------
    status
        The HTTP status.
    message
        What to show.
    reason
        The cause; None if the message says all.
    remedy
        What to do; None if nothing can be done.
    """

    def __init__(
        self, status: int, message: str, reason: str | None = None, remedy: str | None = None
    ) -> None:
        # A percent sign of the message must not be taken for a place to put something.
        super().__init__(status, message.replace("%", "%%"))
        self.message = message
        self.cause = reason
        self.remedy = remedy

    def content(self) -> dict[str, str | None]:
        """Return what is sent."""
        return {"message": self.message, "reason": self.cause, "remedy": self.remedy}


class BadParameter(Refusal):
    """A parameter that cannot be used.

    Parameters
    ----------
    name
        Which.
    fault
        What is wrong with it, and what is right.
    """

    def __init__(self, name: str, fault: str) -> None:
        super().__init__(400, f"parameter {name!r} {fault}")


def refusal_of(error: StreamError) -> Refusal:
    """Return what is answered for one of our errors.

    Parameters
    ----------
    error
        The error.
    """
    for kind, status, remedy in _KINDS:
        if isinstance(error, kind):
            return Refusal(status, str(error), remedy=remedy)
    return Refusal(500, str(error))
