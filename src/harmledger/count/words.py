"""Number words as a policy's own profile reads them (contract §3)."""

from __future__ import annotations

import msgspec

from harmledger.count.figures import Figure, Standing, drop
from harmledger.lexicon.numbers import find_vague_term, load_number_profile
from harmledger.lexicon.policies import Policy


def read_words(standing: Standing, policy: Policy) -> Standing:
    """Vague figures with the numbers the policy's profile gives their words; what it gives none
    for keeps its literal reading, or is set aside where the policy refuses such words."""
    if policy.profile.name == "literal" or not any(f.vague for f in standing.figures):
        return standing
    figures, why = [], {}
    for f in standing.figures:
        read = _reread(f, policy) if f.vague else f
        if read is None:
            why[f.id] = f"a word: no value under {policy.name}"
        figures.append(read or f)
    return drop(Standing(figures=tuple(figures), aside=standing.aside), why)


def _reread(figure: Figure, policy: Policy) -> Figure | None:
    term, times = find_vague_term(figure.claim.quantity.as_written or "")
    low, high = policy.profile.value(term)
    if low is None and high is None:
        return None if policy.refuse_vague else figure
    literal = load_number_profile().value(term)[0]
    if figure.low != (None if literal is None else literal * times):
        return figure  # hedged, or changed by a person: the word alone does not say it
    return msgspec.structs.replace(
        figure,
        low=None if low is None else low * times,
        high=None if high is None else high * times,
    )
