"""The errors of the program: a person's mistake is explained, each with its remedy.

Every class stands for one mistake; its default message is the first line of its docstring.
Messages never hold personal data: they name files, lines, fields and brokers.
"""

from __future__ import annotations

from collections.abc import Sequence


class OptoutError(Exception):
    """Something could not be done.

    Args:
        message: what is wrong, in one sentence; default: the docstring's first line.
        remedy: what to do about it, in one sentence; empty where there is nothing to do.
    """

    remedy = ""

    def __init__(self, message: str = "", *, remedy: str = "") -> None:
        self.message = message or (self.__doc__ or "").strip().splitlines()[0]
        self.remedy = remedy or self.remedy
        super().__init__(self.message)

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class NotFound(OptoutError):
    """There is no such thing."""


class InvalidInput(OptoutError):
    """A value that was entered cannot be used.

    Args:
        field: the path of the offending field, such as `addresses[0].country`.
    """

    def __init__(self, message: str = "", *, field: str = "", remedy: str = "") -> None:
        self.field = field
        super().__init__(message, remedy=remedy)


class InvalidFile(OptoutError):
    """A file does not follow its schema.

    Args:
        problems: each `file:line: field: what is wrong`, in the file's order.
    """

    def __init__(
        self, message: str = "", *, problems: Sequence[str] = (), remedy: str = ""
    ) -> None:
        self.problems = tuple(problems)
        super().__init__(message, remedy=remedy)

    def __str__(self) -> str:
        return "\n".join([self.message, *self.problems, *([self.remedy] if self.remedy else [])])


class Refused(OptoutError):
    """The act is refused."""


class Outdated(Refused):
    """What was prepared says something else by now than the law gives: prepare it anew."""


class GateClosed(Refused):
    """A safety question must be answered first.

    Args:
        gates: ids of the gates that hold the act back.
    """

    def __init__(self, message: str = "", *, gates: Sequence[str] = (), remedy: str = "") -> None:
        self.gates = tuple(gates)
        super().__init__(message, remedy=remedy)


class UnknownEvent(OptoutError):
    """There is no such event."""


class ForbiddenEvent(Refused):
    """The event is not possible for a request in this standing.

    Args:
        allowed: the events that are possible now, by name.
    """

    def __init__(self, message: str = "", *, allowed: Sequence[str] = (), remedy: str = "") -> None:
        self.allowed = tuple(allowed)
        super().__init__(message, remedy=remedy)


class MissingFact(Refused):
    """The document needs a fact that is not there.

    Args:
        names: the names of the missing facts or placeholders.
    """

    def __init__(self, message: str = "", *, names: Sequence[str] = (), remedy: str = "") -> None:
        self.names = tuple(names)
        super().__init__(message, remedy=remedy)


class UnwritableText(Refused):
    """The fonts have no shape for a character of the text.

    Args:
        characters: the characters by their Unicode names, such as `CJK UNIFIED IDEOGRAPH-738B`.
    """

    def __init__(
        self, message: str = "", *, characters: Sequence[str] = (), remedy: str = ""
    ) -> None:
        self.characters = tuple(characters)
        super().__init__(message, remedy=remedy)


class Cancelled(OptoutError):
    """The work was stopped; what is whole stays.

    Args:
        done: how many pieces are whole.
        total: of how many.
    """

    def __init__(
        self, message: str = "", *, done: int = 0, total: int = 0, remedy: str = ""
    ) -> None:
        self.done = done
        self.total = total
        super().__init__(message, remedy=remedy)


class InstanceUnusable(OptoutError):
    """The data folder cannot be used."""


class InstanceMissing(OptoutError):
    """The data folder has not been set up yet."""


class InstanceExists(Refused):
    """The data folder has been set up already."""


class WrongPassphrase(OptoutError):
    """The passphrase is wrong."""


class Locked(OptoutError):
    """The data is locked."""


class Tampered(OptoutError):
    """A sealed file was changed or damaged since it was written."""


class DriverMissing(OptoutError):
    """The encrypted database driver is missing."""


class DiskFull(OptoutError):
    """There is no room left on the disk."""


class PortInUse(OptoutError):
    """Another program is using this port."""


class TooSoon(WrongPassphrase):
    """After several wrong passphrases the next try has to wait a moment.

    Args:
        wait_seconds: how long until the next try, in whole seconds.
    """

    def __init__(
        self, message: str = "", *, wait_seconds: int = 0, remedy: str = ""
    ) -> None:
        self.wait_seconds = wait_seconds
        super().__init__(message, remedy=remedy)
