"""The cheapest cover: against all subsets, whatever the order, and with a bound that holds."""

from __future__ import annotations

import random
import time
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optout.planning.set_cover import Cover, Option, cheapest

AT_ONCE_GREEDY = -1
"""No looks at all: no component counts as small."""


def option(key: str, covers: str, cost: int = 10) -> Option:
    """An option that covers the elements named by single letters."""
    return Option(key, frozenset(covers), cost)


def keys(cover: Cover) -> list[str]:
    return [chosen.key for chosen in cover.chosen]


def brute_force(wanted: set[str], options: list[Option]) -> tuple[int, int, list[str]]:
    """The least of all subsets that cover, by cost, number and keys: the definition, no more."""
    subsets = (subset for size in range(len(options) + 1)
               for subset in combinations(options, size))
    return min((sum(one.cost for one in subset), len(subset), sorted(one.key for one in subset))
               for subset in subsets
               if wanted <= {element for one in subset for element in one.covers})


@st.composite
def instances(draw: st.DrawFn) -> tuple[set[str], list[Option]]:
    """Small tangles; costs of a narrow range make ties, of a wide one traps."""
    elements = "abcdefgh"[:draw(st.integers(1, 8))]
    costs = st.integers(1, draw(st.sampled_from([1, 2, 40])))
    covers = st.frozensets(st.sampled_from(elements), min_size=0)
    made = draw(st.lists(st.tuples(covers, costs), min_size=1, max_size=9))
    names = draw(st.permutations([f"o{number}" for number in range(len(made))]))
    options = [Option(name, *one) for name, one in zip(names, made, strict=True)]
    return {e for e in elements if any(e in one.covers for one in options)}, options


# --- against the definition ------------------------------------------------------------------

@settings(max_examples=500)
@given(instances())
def test_it_chooses_what_the_least_of_all_subsets_is(
    instance: tuple[set[str], list[Option]],
) -> None:
    wanted, options = instance
    cover = cheapest(wanted, options)
    assert (cover.cost, len(cover.chosen), keys(cover)) == brute_force(wanted, options)
    assert cover.exact
    assert cover.least_cost == cover.cost


@settings(max_examples=300)
@given(instances())
def test_the_greedy_way_covers_all_and_its_bound_is_never_too_high(
    instance: tuple[set[str], list[Option]],
) -> None:
    wanted, options = instance
    cover = cheapest(wanted, options, looks=AT_ONCE_GREEDY)
    least, _, _ = brute_force(wanted, options)
    assert wanted <= {element for one in cover.chosen for element in one.covers}
    assert cover.cost == sum(one.cost for one in cover.chosen)
    assert 0 <= cover.least_cost <= least <= cover.cost
    assert cover.exact == (cover.cost == cover.least_cost)


@settings(max_examples=200)
@given(instances(), st.integers(-1, 40), st.randoms())
def test_the_order_of_the_arguments_never_changes_the_answer(
    instance: tuple[set[str], list[Option]], looks: int, chance: random.Random,
) -> None:
    wanted, options = instance
    shuffled = list(options)
    chance.shuffle(shuffled)
    others = sorted(wanted)
    chance.shuffle(others)
    assert cheapest(others, shuffled, looks=looks) == cheapest(wanted, options, looks=looks)


@settings(max_examples=200)
@given(instances(), st.integers(0, 60))
def test_a_search_that_is_broken_off_still_proves_what_it_says(
    instance: tuple[set[str], list[Option]], looks: int,
) -> None:
    wanted, options = instance
    cover = cheapest(wanted, options, looks=looks)
    assert cover.least_cost <= brute_force(wanted, options)[0] <= cover.cost


def tangle(seed: int, elements: int, options: int, costs: tuple[int, ...]) -> list[Option]:
    chance = random.Random(seed)  # noqa: S311 -- repeatable chance, no secret
    names = [f"e{number}" for number in range(elements)]
    made = [Option(f"o{number:03}", frozenset(chance.sample(names, chance.randint(2, 8))),
                   chance.choice(costs)) for number in range(options)]
    rest = set(names).difference(*(one.covers for one in made))
    return [*made, Option("rest", frozenset(rest | {names[0]}), max(costs))]


@pytest.mark.parametrize("seed", range(5))
def test_middling_tangles_are_proven_and_the_greedy_answer_brackets_the_best(seed: int) -> None:
    options = tangle(seed, 30, 40, (5, 8, 13, 21, 34, 55))
    wanted = {f"e{number}" for number in range(30)}
    best, quick = cheapest(wanted, options), cheapest(wanted, options, looks=AT_ONCE_GREEDY)
    assert best.exact
    assert quick.least_cost <= best.cost <= quick.cost


def test_a_big_tangle_is_answered_in_bounded_work_with_a_bound_that_is_no_formality() -> None:
    options = tangle(1, 120, 160, (20, 25, 30))
    wanted = {f"e{number}" for number in range(120)}
    cover = cheapest(wanted, options)
    assert not cover.exact
    assert wanted <= {element for one in cover.chosen for element in one.covers}
    assert cover.cost * 2 // 3 < cover.least_cost < cover.cost
    redundant = [one for one in cover.chosen if wanted <= {
        element for other in cover.chosen if other is not one for element in other.covers}]
    assert redundant == []


# --- traps -----------------------------------------------------------------------------------

def test_what_costs_least_for_each_new_element_is_not_always_cheapest() -> None:
    options = [option("half-1", "abc", 30), option("half-2", "def", 30),
               option("tempting", "bcde", 36)]
    cover = cheapest("abcdef", options)
    assert keys(cover) == ["half-1", "half-2"]
    assert (cover.cost, cover.exact) == (60, True)


def test_the_harmonic_trap_is_solved_and_the_greedy_answer_says_that_it_is_not_proven() -> None:
    # Greedy pays 60/6 = 10 for f, then 60/5 = 12 for e and so on; one option does it all.
    options = [option("all", "abcdef", 62),
               *(option(f"only-{e}", e, 60 // (6 - n)) for n, e in enumerate("abcdef"))]
    assert keys(cheapest("abcdef", options)) == ["all"]
    quick = cheapest("abcdef", options, looks=AT_ONCE_GREEDY)
    assert quick.cost > 62
    assert quick.least_cost <= 62
    assert not quick.exact


def test_greedy_drops_what_became_redundant() -> None:
    options = [option("first", "bcd", 12), option("ab", "ab", 11), option("cd", "cd", 11),
               option("a", "a", 10), option("cda", "ade", 50)]
    quick = cheapest("abcd", options, looks=AT_ONCE_GREEDY)
    assert len(keys(quick)) == 2


def test_options_that_overlap_in_a_ring_need_more_than_prices_can_prove() -> None:
    # Half of each option is the cheapest cover in fractions (15): the search has to prove 20.
    options = [option("ab", "ab"), option("bc", "bc"), option("ca", "ca")]
    cover = cheapest("abc", options)
    assert (cover.cost, cover.least_cost, keys(cover)) == (20, 20, ["ab", "bc"])
    assert cheapest("abc", options, looks=AT_ONCE_GREEDY).least_cost <= 15


# --- ties ------------------------------------------------------------------------------------

def test_of_equal_costs_the_fewest_options_are_chosen() -> None:
    assert keys(cheapest("ab", [option("a", "a", 5), option("b", "b", 5),
                                option("z", "ab", 10)])) == ["z"]


def test_of_equal_costs_and_numbers_the_first_keys_are_chosen() -> None:
    options = [option("p", "ab"), option("q", "cd"), option("a", "ac"), option("z", "bd")]
    assert keys(cheapest("abcd", options)) == ["a", "z"]


def test_the_first_of_equal_options_is_chosen() -> None:
    assert keys(cheapest("ab", [option("n", "ab"), option("m", "abx"), option("o", "ab")])) == ["m"]


# --- edges -----------------------------------------------------------------------------------

def test_nothing_wanted_costs_nothing() -> None:
    assert cheapest([], [option("a", "a")]) == Cover((), 0, 0, exact=True)
    assert cheapest([], []) == Cover((), 0, 0, exact=True)


def test_what_is_wanted_twice_is_covered_once() -> None:
    assert cheapest(["a", "a", "b"], [option("x", "ab")]).cost == 10


def test_an_option_comes_back_as_it_was_given_with_what_it_covers_beside() -> None:
    given_ = option("x", "abz")
    assert cheapest("ab", [given_, option("y", "yz")]).chosen == (given_,)


def test_what_no_option_covers_is_named() -> None:
    with pytest.raises(ValueError, match="No option covers 'b'"):
        cheapest("abc", [option("x", "a")])


def test_two_options_of_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="Two options have the key 'x'"):
        cheapest("ab", [option("x", "a"), option("x", "b")])


@pytest.mark.parametrize("cost", [0, -1])
def test_an_option_that_costs_nothing_is_refused(cost: int) -> None:
    with pytest.raises(ValueError, match="a cost is 1 or more"):
        option("x", "a", cost)


# --- size ------------------------------------------------------------------------------------

def test_a_registry_full_of_loners_with_some_networks_is_proven_quickly() -> None:
    chance = random.Random(7)  # noqa: S311 -- repeatable chance, no secret
    names = [f"e{number}" for number in range(1_300)]
    options = [Option(f"one {name}", frozenset({name}), chance.choice((15, 25, 40)))
               for name in names]
    options += [Option(f"network {n}", frozenset(chance.sample(names[:300], 12)), 30)
                for n in range(25)]
    started = time.process_time()
    cover = cheapest(names, options)
    assert time.process_time() - started < 20  # hundredths, unless it is stuck
    assert cover.exact
    assert sum(key.startswith("network") for key in keys(cover)) > 10
