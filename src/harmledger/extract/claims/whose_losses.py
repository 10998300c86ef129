"""Status said beside the counted: a label of losses, and civilians whom a denial speaks of."""

from __future__ import annotations

import re

import msgspec

from harmledger.core.claim import Claim

_SIDE = r"(?:enemy|hostile|friendly|own|army|military|rebel|insurgent|guerrilla|government|militia)"
_LOSSES = re.compile(
    rf"\b{_SIDE}(?:'s|’s)? (?:losses|casualties|dead|ranks|forces|troops|side)\s*:|"
    rf"\bon (?:the |our )?(?:side of the )?{_SIDE} (?:side|forces)\s*[,:]|"
    r"\b(?:fighters|soldiers|troops|men) (?:lost|killed|fallen)\s*:|\bon our side\s*[,:]",
    re.I,
)
"""What heads figures of those who bear arms."""
_CIVILIANS = re.compile(
    r"\bcivilians\b|\bcivilian (?:deaths?|casualt\w+|victims?|loss(?:es)?|fatalit\w+|toll)\b|"
    r"\buninvolved (?:people|persons|civilians)\b",
    re.I,
)
_PERSONS = frozenset({"killed", "injured", "killed_or_injured", "detained", "abducted"})


def stand_under_losses(text: str, before: int) -> bool:
    """ "Enemy losses: twelve killed, nine wounded": whether such a label stands in a sentence in
    front of the offset ``before``."""
    return _LOSSES.search(text, 0, max(0, before)) is not None


def with_civilians_denied(claim: Claim) -> Claim:
    """ "Denied having attacked civilians": nobody is counted, and who they would be is said."""
    victims = claim.victims
    silent = victims.as_written is None and victims.status == "undetermined"
    if not silent or claim.harm not in _PERSONS or claim.stance == "asserts":
        return claim
    if _CIVILIANS.search(claim.span.quote) is None:
        return claim
    return msgspec.structs.replace(
        claim, victims=msgspec.structs.replace(victims, status="civilian")
    )
