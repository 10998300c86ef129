"""The word by which a place name hangs in its sentence."""

from __future__ import annotations

from harmledger.core.document import SeenPlace
from harmledger.extract.language.tree import Token, Tree


def name_head(tree: Tree, seen: SeenPlace) -> Token | None:
    """The word a place name hangs by: one with a preposition if any, else the last that leads out.

    Parsers often hang both words of "Gaza City" on the noun before.
    """
    inside = tree.within(seen.start, seen.end)
    indexes = {token.index for token in inside}
    leading = [token for token in inside if token.head not in indexes]
    with_case = [token for token in leading if tree.child(token.index, "case") is not None]
    chosen = with_case or leading
    return chosen[-1] if chosen else None
