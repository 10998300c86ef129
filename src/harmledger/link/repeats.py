"""Who repeats whom, for one incident or any set of claims: copies to the report that was first,
reports to the voices they quote (R2, R15)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from harmledger.core.claim import Claim
from harmledger.core.document import Document
from harmledger.core.incident import Origin
from harmledger.core.repeats import RepeatEdge, RepeatNode, RepeatReason, Repeats
from harmledger.link.credit import find_credit


def find_repeats(
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    origins: Mapping[str, Origin],
    groups: Mapping[str, str],
    texts: Mapping[str, str] | None = None,
) -> Repeats:
    """The graph over the documents of ``claims``.

    A document of a group repeats the group's earliest one; a correction repeats what it
    supersedes. Each document rests on the origins of its claims. What one outlet tells in its own
    voice and not from the scene rests on nobody, and is an origin only when nothing else is.

    Args:
        claims: the claims asked about, each with an origin in ``origins``.
        documents: by id; those of the claims must be among them.
        origins: by claim id (``propose_origins``).
        groups: document id to origin group (``propose_origin_groups``).
        texts: text by sha256, to find agency credits in; without it a copy is a copy.
    """
    told = sorted(claims, key=lambda c: (c.document, c.span.start, c.id))
    held = sorted({c.document for c in told if c.document in documents})
    edges = _edges_of_copies(held, documents, groups, texts or {}) + _edges_of_voices(told, origins)
    voices = {origins[c.id].key: origins[c.id] for c in told if c.id in origins}
    named = {key: one for key, one in voices.items() if one.kind != "unattributed"}
    nodes = [
        RepeatNode(id=d, kind="document", label=documents[d].source or documents[d].name)
        for d in held
    ]
    nodes += [RepeatNode(id=k, kind="origin", label=one.label) for k, one in sorted(named.items())]
    return Repeats(
        nodes=tuple(nodes),
        edges=tuple(sorted(edges, key=lambda e: (e.repeater, e.source))),
        origins=len(named) or min(1, len(voices)),
    )


def _edges_of_copies(
    held: Sequence[str],
    documents: Mapping[str, Document],
    groups: Mapping[str, str],
    texts: Mapping[str, str],
) -> list[RepeatEdge]:
    first: dict[str, Document] = {}
    for name in held:
        group = groups.get(name, name)
        one = documents[name]
        known = first.setdefault(group, one)
        first[group] = min(known, one, key=lambda d: (d.published_at or "9999", d.id))
    found = []
    for name in held:
        one = documents[name]
        corrected = one.supersedes if one.supersedes in held else None
        source = documents[corrected] if corrected else first[groups.get(name, name)]
        if source.id != name:
            reason, detail = _why_copy(one, source, texts)
            found.append(RepeatEdge(repeater=name, source=source.id, reason=reason, detail=detail))
    return found


def _why_copy(
    copy: Document, source: Document, texts: Mapping[str, str]
) -> tuple[RepeatReason, str]:
    if copy.supersedes == source.id:
        return "correction", ""
    mine, theirs = (texts.get(d.text_sha256) for d in (copy, source))
    if mine is None or theirs is None:
        return "copy", ""
    credit = find_credit(mine)
    if credit is not None and credit == find_credit(theirs):
        return "agency credit", credit
    return "near-duplicate text", ""


def _edges_of_voices(told: Iterable[Claim], origins: Mapping[str, Origin]) -> list[RepeatEdge]:
    quoted: dict[tuple[str, str], list[str]] = {}
    for claim in told:
        origin = origins.get(claim.id)
        if origin is not None and origin.kind != "unattributed":
            quoted.setdefault((claim.document, origin.key), []).append(claim.id)
    return [
        RepeatEdge(repeater=document, source=key, reason="quotes", claims=tuple(ids))
        for (document, key), ids in quoted.items()
    ]
