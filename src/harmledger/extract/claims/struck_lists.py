"""Objects of a long list that the tree tore from it: what one of them suffered, all of them did."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.objects import Objects, draft_site
from harmledger.extract.claims.struck_phrases import INNER, is_named, left_edge, no_object
from harmledger.extract.harms.mention import Mention
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Passage, SiteMention

_JOINS = frozenset({",", "and", "or", "as", "well", "plus", "along", "with", "then"})


_JOINED = frozenset({"and", "or", ",", "plus", "with"})


def list_mates(passage: Passage, drafts: Sequence[Draft], know: Objects) -> list[Draft]:
    """ "The home of the imam, two shops and a school": what is joined to an object struck was
    struck too, unless it has a clause or a place of its own."""
    found: list[Draft] = []
    for site in passage.sites:
        if is_named(site, (*drafts, *found)) or no_object(passage, site, know):
            continue
        mate = next(
            (d for d in (*found, *drafts) if d.kind == "object" and _joined(passage, site, d)), None
        )
        if mate is None:
            continue
        mention = Mention(
            harm="object_struck", first=mate.predicate, last=mate.predicate,
            predicate=mate.predicate, harmed=(site.noun,), pattern="verb",
            rule="harm:object_struck:list_mate", weak=mate.weak,
        )  # fmt: skip
        found.append(draft_site(passage, mention, site.noun, site, know))
    return found


def _joined(passage: Passage, site: SiteMention, draft: Draft) -> bool:
    spot = next((n for n in draft.notes if n.field == "site"), None)
    if spot is None or draft.stance != "asserts" or draft.quantity.high == 0:
        return False
    other = [t.index for t in passage.tokens if spot.start <= t.start < spot.end]
    if not other:
        return False
    behind = site.first > other[-1]
    gap = range(other[-1] + 1, site.first) if behind else range(site.last + 1, other[0])
    if not _is_list(passage, gap) or _placed(passage, site):
        return False
    if behind and _describes(passage, draft.predicate, other[0]):
        return False
    if behind:
        return not _own_clause(passage, site, draft.predicate)
    return draft.predicate > other[-1] and not _acted_on(passage, site)


def _describes(passage: Passage, predicate: int, site: int) -> bool:
    """ "The bombed school and the hospital": said of the first alone."""
    token = passage.tokens[predicate]
    return (
        token.xpos in {"VBN", "JJ"}
        and token.index < site
        and (
            matches(token.deprel, ("amod",)) or passage.tokens[max(0, predicate - 1)].upos == "DET"
        )
    )


def _is_list(passage: Passage, gap: range) -> bool:
    """Whether the words between two objects only join them, describe them or say where."""
    words = [passage.lowered[n] for n in gap]
    if not words or not set(words) & _JOINED or ";" in words or ":" in words:
        return False
    return all(
        passage.tokens[n].upos in INNER | {"CCONJ", "ADP"}
        or passage.lowered[n] in _JOINS
        or _tells_when(passage, n)
        for n in gap
    ) and any(w in _JOINED for w in words)


def _tells_when(passage: Passage, at: int) -> bool:
    """ "A market and, an hour later, a shrine"."""
    start = passage.tokens[at].start
    return passage.lowered[at] == "later" or any(t.start <= start < t.end for t in passage.times)


def _placed(passage: Passage, site: SiteMention) -> bool:
    """ "Hit a mosque and, near the school, a shop": only where it was."""
    before = left_edge(passage, site) - 1
    return (
        before >= 0 and passage.tokens[before].upos == "ADP" and passage.lowered[before] != "with"
    )


def _own_clause(passage: Passage, site: SiteMention, predicate: int) -> bool:
    """ "Shells hit the market and the hospital was full"."""
    after = site.last + 1
    token = passage.tokens[site.noun]
    subject = matches(token.deprel, ("nsubj",)) and token.head != predicate
    verbal = after < len(passage.tokens) and passage.tokens[after].upos in {"AUX", "VERB", "PART"}
    return subject or verbal


def _acted_on(passage: Passage, site: SiteMention) -> bool:
    return matches(passage.tokens[site.noun].deprel, ("obj",))
