"""A ledger of made-up reporting for the desk's benchmark: truth known, texts of its own sentences.

The claims are `harmledger.evals.synthetic`'s; here they are given sentences that say what they
claim, among other sentences, so that searching and reading have real work. No two documents share
a run of words by the making of it: what is a copy stays a copy, and nothing else becomes one.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from random import Random
from zlib import crc32

import msgspec

from harmledger.core.claim import Claim
from harmledger.core.document import Block, Capture, Document, Sentence, Text
from harmledger.core.extraction import Extraction
from harmledger.core.ids import document_id, sha256_of
from harmledger.core.span import Span
from harmledger.evals.synthetic import make_reporting
from harmledger.ledger import Gathered, open_ledger

BATCH = 200
CLAIMS_PER_INCIDENT = 9.2
WHO = ("Residents", "Traders", "Drivers", "Teachers", "Nurses", "Farmers", "Fishermen", "Students")
WHAT = (
    "power and water",
    "bread and fuel",
    "closed roads",
    "empty shelves",
    "broken bridges",
    "long queues",
    "the cold",
    "lost harvests",
    "night patrols",
    "rising prices",
)
DID = ("spoke of", "complained about", "feared", "described", "wrote about", "waited through")
HARM_WORDS = {
    "killed": "were killed",
    "injured": "were wounded",
    "detained": "were arrested",
    "abducted": "were abducted",
    "displaced": "were driven from their homes",
    "object_struck": "building was hit",
}


def say_claim(claim: Claim) -> str:
    """A sentence that says what the claim claims, as its report would."""
    chance = Random(crc32(claim.id.encode()))  # noqa: S311
    voice = claim.voice[0].organisation if claim.voice else ""
    figure = claim.quantity.as_written or "a"
    whom = "" if claim.harm == "object_struck" else "children " if claim.part_of else "people "
    said = f"{figure} {whom}{HARM_WORDS.get(claim.harm, claim.harm.replace('_', ' '))}"
    if claim.site is not None:
        said += f" at a {claim.site.kind.replace('_', ' ')}"
    if claim.place is not None and claim.place.name:
        said += f" in {claim.place.name}"
    if claim.occurred is not None and claim.occurred.earliest:
        said += f" on {claim.occurred.earliest}"
    if voice:
        said = f"the {voice} said that {said}"
    return f"{said[0].upper()}{said[1:]}, according to notes {chance.randrange(10**6)}."


def say_filler(chance: Random) -> str:
    """Two sentences of nothing in particular, hardly ever the same twice."""
    who, did, what = chance.choice(WHO), chance.choice(DID), chance.choice(WHAT)
    other = chance.choice(WHAT)
    return (
        f"{who} of street {chance.randrange(999)} {did} {what} for {chance.randrange(2, 90)} days. "
        f"House {chance.randrange(9999)} had seen {other} since year {chance.randrange(1950, 2020)}"
        f", said neighbour {chance.randrange(10**5)} by the gate. "
    )


def print_document(document: Document, claims: list[Claim]) -> Gathered:
    """A document whose text is its claims' sentences among others."""
    chance = Random(crc32(document.name.encode()))  # noqa: S311
    parts: list[str] = []
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    spans: dict[str, Span] = {}
    at = 0
    for claim in claims:
        filler, sentence = say_filler(chance), say_claim(claim)
        parts += [filler, sentence, "\n\n"]
        start = at + len(filler)
        end = start + len(sentence)
        spans[claim.id] = Span(start=start, end=end, quote=sentence, sentence=sentence)
        sentences.append(Sentence(start=start, end=end, block=len(sentences)))
        blocks.append(Block(start=at, end=end))
        at = end + 2
    body = "".join(parts) or say_filler(chance)
    content = f"{document.name}\n{body}".encode()
    digest, text_digest = sha256_of(content), sha256_of(body.encode())
    key = document_id(digest)
    text = Text(
        sha256=text_digest,
        reader=document.reader,
        text=body,
        blocks=tuple(blocks),
        sentences=tuple(sentences),
    )
    own = tuple(
        msgspec.structs.replace(c, document=key, text_sha256=text_digest, span=spans[c.id])
        for c in claims
    )
    kept = msgspec.structs.replace(
        document, id=key, sha256=digest, text_sha256=text_digest, supersedes=None
    )
    return Gathered(
        content=content,
        document=kept,
        text=text,
        extraction=Extraction(
            document=key, text_sha256=text_digest, extractor=document.reader, claims=own
        ),
        captures=(
            Capture(
                captured_at=datetime.now(UTC).isoformat(),
                path=None,
                method="made up",
                tool="benchmark",
            ),
        ),
    )


def build(place: Path | str, documents: int, claims: int) -> None:
    """Write the ledger: made-up reports, several bound into each document as a digest, so that
    ``documents`` hold about ``claims`` claims."""
    began = time.perf_counter()
    incidents = max(1, round(claims / CLAIMS_PER_INCIDENT))
    reporting = make_reporting(incidents, 5 * incidents, seed=7)
    bound = max(1, round(len(reporting.documents) / documents))
    home = {d.id: n // bound for n, d in enumerate(reporting.documents)}
    by_document: dict[int, list[Claim]] = {}
    for claim in reporting.claims:
        by_document.setdefault(home[claim.document], []).append(claim)
    digests = reporting.documents[::bound]
    gathered = (print_document(d, by_document.get(n, [])) for n, d in enumerate(digests))
    with open_ledger(place, write=True) as ledger:
        for batch in batches(gathered):
            ledger.write_documents(batch)
    print(
        f"ledger: {len(digests)} documents, {len(reporting.claims)} claims,"
        f" {time.perf_counter() - began:.0f} s",
        flush=True,
    )


def batches(values: Iterator[Gathered]) -> Iterator[list[Gathered]]:
    while batch := list(islice(values, BATCH)):
        yield batch
