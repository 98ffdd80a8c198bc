"""References: random, readable, found again in any text."""

import re

from optout.domain.reference import ALPHABET, new_id, references_in


def test_a_reference_has_no_look_alikes() -> None:
    assert not set("01ILOSUZB") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET)
    assert re.fullmatch(rf"OPT-[{ALPHABET}]{{6}}", new_id("OPT"))


def test_references_do_not_repeat() -> None:
    assert len({new_id("OPT") for _ in range(2_000)}) > 1_990


def test_references_are_found_in_order_and_once() -> None:
    text = "Re: opt-7k3m9q, see OPT-AAAAAA and OPT-7K3M9Q; not XOPT-7K3M9Q1 nor OPT-0000OO"
    assert references_in(text) == ("OPT-7K3M9Q", "OPT-AAAAAA")
