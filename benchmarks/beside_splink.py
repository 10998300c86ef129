"""Pairs of reports weighed by splink and by this program: the same blocked pairs, one process each
way in one run. splink's parameters are estimated by itself from the data, without labels; ours are
those of the lexicon. A pair is right when both reports tell of one incident."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterable
from typing import Any
from zlib import crc32

import pyarrow as pa
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink import comparison_library as compare

from harmledger.evals.synthetic import Reporting, find_tellings, make_reporting
from harmledger.lexicon.linking import load_linking
from harmledger.link.blocks import pair_keys
from harmledger.link.bundles import read_judgements
from harmledger.link.evidence import weigh_all
from harmledger.link.nodes import Node, make_node
from harmledger.link.within import bundle_document

INCIDENTS, SEED = 600, 204
COLUMNS = ("place", "province", "day", "published", "site", "launch", "party")
Pair = tuple[str, str]


def print_beside() -> None:
    reporting = make_reporting(INCIDENTS, 5 * INCIDENTS, SEED)
    nodes, truth = read_tellings(reporting)
    pairs = find_pairs(nodes)
    true = {p for p in pairs if truth[p[0]] == truth[p[1]]}
    print(f"{len(nodes)} tellings, {len(pairs)} blocked pairs, {len(true)} of one incident")
    for name, weigh in (("harmledger", weigh_ours), ("splink", weigh_splink)):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start, busy = time.perf_counter(), time.process_time()
        said = weigh(nodes, pairs)
        seconds, processor = time.perf_counter() - start, time.process_time() - busy
        more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
        right = len(said & true)
        precision, recall = right / max(1, len(said)), right / max(1, len(true))
        print(
            f"{name:<10}  {seconds:.1f} s ({processor:.1f} s of processor), {more} MB more,"
            f" pair precision {precision:.3f}, recall {recall:.3f}",
            flush=True,
        )


def read_tellings(reporting: Reporting) -> tuple[dict[str, Node], dict[str, str]]:
    """What one document says of one incident, by id, and the incident it is truly of."""
    documents = {d.id: d for d in reporting.documents}
    nobody, lexicon = read_judgements([]), load_linking()
    nodes, truth = {}, {}
    for (name, event), claims in find_tellings(reporting.claims, reporting.truth).items():
        group = reporting.groups[name]
        for bundle in bundle_document(claims, documents[name], group, nobody, lexicon, None)[:1]:
            nodes[bundle.id] = make_node(bundle, frozenset(), nobody)
            truth[bundle.id] = event
    return nodes, truth


def find_pairs(nodes: dict[str, Node]) -> set[Pair]:
    """Every two that share a block of any rank."""
    held: dict[object, list[str]] = {}
    for i, node in nodes.items():
        for key in pair_keys(node, (0, 1, 2)):
            held.setdefault(key, []).append(i)
    return {(min(a, b), max(a, b)) for ids in held.values() for a in ids for b in ids if a != b}


def weigh_ours(nodes: dict[str, Node], pairs: Iterable[Pair]) -> set[Pair]:
    """Pairs whose evidence reaches the threshold for joining."""
    lexicon = load_linking()
    needed = lexicon.thresholds["across"]
    return {
        (a, b)
        for a, b in pairs
        if weigh_all(nodes[a].signature, nodes[b].signature, lexicon, None)[0] >= needed
    }


def weigh_splink(nodes: dict[str, Node], pairs: Iterable[Pair]) -> set[Pair]:
    """Pairs that splink finds likelier than not."""
    rows = [row_of(node) for node in nodes.values()]
    table = pa.Table.from_pylist(rows)
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[compare.ExactMatch(column) for column in COLUMNS],
        blocking_rules_to_generate_predictions=[
            block_on("blocks", arrays_to_explode=["blocks"]),
        ],
    )
    linker = Linker(DuckDBAPI().register(table), settings, log_level=40)
    training = linker.training
    training.estimate_u_using_random_sampling(max_pairs=1e6)
    for rule in (("place", "day"), ("province", "site", "launch")):
        training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    found = linker.inference.predict(threshold_match_probability=0.5)
    wanted = set(pairs)
    said = found.as_record_list()
    return wanted & {_pair(row["unique_id_l"], row["unique_id_r"]) for row in said}


def row_of(node: Node) -> dict[str, Any]:
    """A telling as a record with one value a column; null where it does not say."""
    s = node.signature
    place = s.places[0] if s.places else None
    precise = place is not None and (place.precision or 9) <= 3
    return {
        "unique_id": node.id,
        "place": place.name if place is not None and precise else None,
        "province": place.admin1 if place is not None else None,
        "day": s.start,
        "published": s.published // 3 if s.published is not None else None,
        "site": min(s.sites, default=None),
        "launch": min(s.launches, default=None),
        "party": min(s.parties, default=None),
        "blocks": sorted({crc32(repr(key).encode()) for key in pair_keys(node, (0, 1, 2))}),
    }


def _pair(a: str, b: str) -> Pair:
    return (min(a, b), max(a, b))


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    print_beside()
