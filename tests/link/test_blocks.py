"""Blocks: what stands in one depends on its members alone, however they came and went."""

from __future__ import annotations

from random import Random

from harmledger.link.blocks import FULL, Blocks, Keys


def keys_of(*named: str, sought: str = "") -> Keys:
    """``sought``: those under which a node is only sought."""
    return {(name,): name in sought for name in named}


def around_all(blocks: Blocks, keys: dict[str, Keys]) -> dict[str, set[str]]:
    return {node: blocks.around(node) for node in keys}


def test_coming_and_going_leaves_what_coming_once_makes() -> None:
    chance, blocks = Random(3), Blocks()
    names = [f"clm_{number}" for number in range(5 * FULL)]
    held: dict[str, Keys] = {}
    for _ in range(12):
        for name in chance.sample(names, FULL):
            if name in held:
                blocks.remove(name, held.pop(name))
            else:
                own = keys_of(*chance.sample("wdt", 2), sought=chance.choice("wdt"))
                blocks.add(name, held.setdefault(name, own))
    anew = Blocks()
    for name in sorted(held):
        anew.add(name, held[name])
    assert around_all(blocks, held) == around_all(anew, held)
    assert all(
        n in blocks.around(o) for n, found in around_all(blocks, held).items() for o in found
    )


def test_a_block_too_full_is_parted_and_says_who_has_to_be_looked_at_again() -> None:
    blocks = Blocks()
    moved = [blocks.add(f"clm_{number}", keys_of("wide")) for number in range(2 * FULL + 1)]
    parted = [number for number, again in enumerate(moved) if again]
    assert parted == [FULL, 2 * FULL]
    assert moved[FULL] == {f"clm_{number}" for number in range(FULL + 1)}
    assert max(len(blocks.around(f"clm_{number}")) for number in range(2 * FULL + 1)) < 1.5 * FULL


def test_who_stands_alone_under_its_keys_is_compared_with_nobody() -> None:
    blocks = Blocks()
    blocks.add("clm_1", keys_of("a", "b"))
    assert blocks.around("clm_1") == set()
    blocks.add("clm_2", keys_of("b"))
    assert (blocks.around("clm_1"), blocks.around("clm_2")) == ({"clm_2"}, {"clm_1"})
    blocks.remove("clm_1", keys_of("a", "b"))
    assert blocks.around("clm_2") == set()
    blocks.add("clm_3", keys_of("a"))
    assert blocks.around("clm_3") == set()


def test_those_only_sought_meet_who_seeks_and_not_each_other() -> None:
    blocks = Blocks()
    blocks.add("town_1", keys_of("province", sought="province"))
    blocks.add("town_2", keys_of("province", sought="province"))
    assert blocks.around("town_1") == set()
    blocks.add("province", keys_of("province"))
    assert blocks.around("town_1") == {"province"}
    assert blocks.around("province") == {"town_1", "town_2"}
    blocks.remove("province", keys_of("province"))
    assert blocks.around("town_2") == set()
