"""A weapon that does something to a building or a vehicle, whatever the verb.

"A drone caught a minibus", "grenades ripped through a shop", "a missile sheared off the corner of
a block": that a weapon is the subject says more than any list of verbs can. Misses weapons named
only by a pronoun or a number ("two landed on the tank").
"""

from __future__ import annotations

from harmledger.extract.harms.arguments import find_phrases, find_subjects, is_passive
from harmledger.extract.harms.heads import make_mention
from harmledger.extract.harms.mention import Mention
from harmledger.extract.passage import Passage
from harmledger.lexicon.harms import HarmWord

_WEAPONS = frozenset(
    {"shell", "rocket", "missile", "drone", "grenade", "bomb", "mortar", "round", "projectile",
     "fragment", "shrapnel", "bullet", "gunfire", "shellfire", "blast", "explosion", "airstrike",
     "warhead", "debris", "torpedo", "munition", "salvo", "barrage", "shelling", "strike", "uav",
     "artillery", "fire", "flame", "bombardment", "raid", "wave"}
)  # fmt: skip
_NO_CONTACT = frozenset(
    {"miss", "kill", "wound", "injure", "hurt", "fly", "pass", "be", "have", "fail", "carry",
     "cause", "leave", "follow", "hear", "wake", "come", "continue", "begin", "start", "aim",
     "threaten", "reach", "take", "force", "drive", "send", "displace", "trap", "use", "include",
     "originate", "target", "kindle", "bring", "prompt", "mark", "make", "give", "cost", "claim",
     "frighten", "shake", "rock", "empty", "light"}
)  # fmt: skip
"""Verbs by which a weapon touches nothing, or that other rules read."""
_INTO = ("on", "into", "onto", "through", "against", "upon", "across")
_CONTACT = HarmWord(
    harm="object_struck", lemma="weapon", company=("contact",), pattern="object", weak=False
)


_AIMED = HarmWord(
    harm="object_struck", lemma="shelling", company=(), pattern="of_event", weak=False
)
_THROWN = frozenset({"mortar", "shell", "rocket", "missile", "bomb", "grenade", "round", "drone"})
"""Weapons of headlines and posts: "Mortars on Sotk", "shell through the roof of the school"."""


def contact_at(passage: Passage, at: int) -> Mention | None:
    """The object that a weapon acts on by the verb at ``at``."""
    token, tree = passage.tokens[at], passage.tree
    if token.upos == "NOUN" and passage.lemmas[at] in _THROWN:
        aimed = find_phrases(tree, at, "on", "through", "into", "onto")
        return make_mention(passage, _AIMED, at, at, aimed, "event") if aimed else None
    if token.upos != "VERB" or passage.lemmas[at] in _NO_CONTACT or is_passive(tree, at):
        return None
    if not any(passage.lemmas[s] in _WEAPONS for s in find_subjects(tree, at)):
        return None
    heads = (*(c.index for c in tree.children(at, "obj")), *find_phrases(tree, at, *_INTO))
    struck = tuple(
        h for h in heads
        if h > at
        and any(s.first <= n <= s.last for s in passage.sites for n in (h, *_inside(passage, h)))
    )  # fmt: skip
    return make_mention(passage, _CONTACT, at, at, struck, "verb+") if struck else None


def _inside(passage: Passage, head: int) -> tuple[int, ...]:
    """ "The corner of a block", "the balcony of a flat": the building of a part."""
    tree = passage.tree
    return (*find_phrases(tree, head, "of"), *(c.index for c in tree.children(head, "nmod:poss")))
