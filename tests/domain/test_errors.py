"""The errors: each is explained by its docstring unless something better is said."""

import pytest

from optout.domain import errors


def every_error() -> list[type[errors.OptoutError]]:
    found: list[type[errors.OptoutError]] = []
    waiting = [errors.OptoutError]
    while waiting:
        kind = waiting.pop()
        found.append(kind)
        waiting += kind.__subclasses__()
    return [kind for kind in found if kind.__module__ == errors.__name__]


@pytest.mark.parametrize("kind", every_error())
def test_the_default_message_is_the_first_line_of_the_docstring(
    kind: type[errors.OptoutError],
) -> None:
    assert str(kind()) == (kind.__doc__ or "").splitlines()[0]
    assert str(kind("What.", remedy="Do.")) == "What. Do." or kind is errors.InvalidFile


def test_a_bad_file_lists_every_problem_on_its_own_line() -> None:
    error = errors.InvalidFile("Two faults.", problems=["a:1: x", "a:2: y"], remedy="Mend them.")
    assert str(error) == "Two faults.\na:1: x\na:2: y\nMend them."
