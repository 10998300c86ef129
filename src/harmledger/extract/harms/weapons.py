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
     "frighten", "shake", "rock", "empty", "light", "load", "unload"}
)  # fmt: skip
"""Verbs by which a weapon touches nothing, or that other rules read."""
_INTO = ("on", "into", "onto", "through", "against", "upon", "across")
_CONTACT = HarmWord(
    harm="object_struck", lemma="weapon", company=("contact",), pattern="object", weak=False
)


_AIMED = HarmWord(
    harm="object_struck", lemma="shelling", company=(), pattern="of_event", weak=False
)
THROWN = frozenset({"mortar", "shell", "rocket", "missile", "bomb", "grenade", "round", "drone"})
"""Weapons of headlines and posts: "Mortars on Sotk", "shell through the roof of the school"."""


def contact_at(passage: Passage, at: int) -> Mention | None:
    """The object that a weapon acts on by the verb at ``at``."""
    token, tree = passage.tokens[at], passage.tree
    if token.upos == "NOUN" and passage.lemmas[at] in THROWN:
        aimed = find_phrases(tree, at, "on", "through", "into", "onto")
        return make_mention(passage, _AIMED, at, at, aimed, "event") if aimed else None
    if token.upos != "VERB" or is_passive(tree, at):
        return None
    if _named_by_verb(passage, at):
        aimed = find_phrases(tree, at, "on", "through", "into", "onto")
        return make_mention(passage, _AIMED, at, at, aimed, "event") if aimed else None
    delivered = _delivered_on(passage, at)
    if delivered:
        return make_mention(passage, _AIMED, at, at, delivered, "verb+")
    lemma = passage.lemmas[at]
    if lemma in _NO_CONTACT and lemma not in _COMING:
        return None
    if not any(passage.lemmas[s] in _WEAPONS for s in find_subjects(tree, at)):
        return None
    way = ("through", "into", "onto") if lemma in _COMING else _INTO
    way = (*way, "in") if lemma in {"land", "fall"} else way
    objects = () if lemma in _COMING else tree.children(at, "obj")
    heads = (*(c.index for c in objects), *find_phrases(tree, at, *way))
    struck = tuple(
        h for h in heads
        if h > at
        and any(s.first <= n <= s.last for s in passage.sites for n in (h, *_inside(passage, h)))
    )  # fmt: skip
    return make_mention(passage, _CONTACT, at, at, struck, "verb+") if struck else None


def done_by_weapon(passage: Passage, at: int) -> bool:
    """Whether a weapon that is thrown or dropped does what the active verb says."""
    if is_passive(passage.tree, at):
        return False
    return any(passage.lemmas[s] in THROWN for s in find_subjects(passage.tree, at))


def _named_by_verb(passage: Passage, at: int) -> bool:
    """ "Shelling on Nawa since dawn", "Norabak: shell through the roof": a noun of a post that the
    parser takes for a verb; nobody does it and it has no object."""
    alone = passage.tree.child(at, "nsubj", "obj", "aux", "mark") is None
    said = passage.lemmas[at] in THROWN | {"bombard", "strike"}
    return alone and said and passage.tokens[at].xpos in {"VB", "VBG", "VBP"}


_COMING = frozenset({"come", "go", "pass", "fly"})
"""A weapon that comes through or into something touches it."""
_DELIVER = frozenset(
    {"drop", "fire", "lob", "launch", "hurl", "throw", "rain", "pour", "unload", "toss", "shoot",
     "unleash", "release", "send"}
)  # fmt: skip
_CARRIED = _WEAPONS | {"explosive", "explosives", "volley", "ordnance", "cocktail", "stone"}


def _delivered_on(passage: Passage, at: int) -> tuple[int, ...]:
    """ "Dropped four bombs on Kanbalu", "fired rockets into the ward": what a weapon, the object of
    a verb of throwing, is thrown at; sites and named places."""
    if passage.lemmas[at] not in _DELIVER:
        return ()
    tree = passage.tree
    weapons = tuple(
        c.index for c in tree.children(at, "obj") if passage.lemmas[c.index] in _CARRIED
    )
    if not weapons:
        return ()
    aims = ("on", "into", "onto", "at", "upon", "against", "through")
    heads = (h for n in (at, *weapons) for h in find_phrases(tree, n, *aims))
    return tuple(
        h for h in (centre_of(passage, head) for head in heads)
        if any(s.first <= n <= s.last for s in passage.sites for n in (h, *_inside(passage, h)))
        or any(p.start <= tree.tokens[h].start < p.end for p in passage.places)
    )  # fmt: skip


def centre_of(passage: Passage, head: int) -> int:
    """ "Missiles at the centre of Sumy", "shells on the outskirts of Nikopol": the town."""
    if passage.lemmas[head] not in _MIDDLE:
        return head
    return next(iter(find_phrases(passage.tree, head, "of")), head)


_MIDDLE = frozenset(
    {"centre", "center", "heart", "outskirts", "outskirt", "suburb", "part", "edge"}
)


def _inside(passage: Passage, head: int) -> tuple[int, ...]:
    """ "The corner of a block", "the balcony of a flat": the building of a part."""
    tree = passage.tree
    return (*find_phrases(tree, head, "of"), *(c.index for c in tree.children(head, "nmod:poss")))
