"""Texts that tell of no harm by force: every claim read in them is a false one.

``python -m harmledger.evals.harmless FILE … [--show]`` prints how many claims are made of them:
matches, floods, films, elections and accidents told in the words of war, as a feed of general news
holds them, all written for this. A text begins with a line ``=== title | style | day``; of files
with marks of harm (``training/texts``) only the texts without any are read.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.document import Item
from harmledger.core.errors import CannotParse
from harmledger.core.ids import sha256_of
from harmledger.pipeline.rooms import Rooms, open_rooms

_HEAD = re.compile(r"^=== (.+)$", re.M)


class HarmlessScore(Value, frozen=True, kw_only=True):
    """Texts, texts of which something is claimed, false claims and lines left for a person, and the
    words of all."""

    texts: int
    with_claims: int
    claims: int
    lines: int
    words: int
    shown: tuple[str, ...] = ()


def load_harmless(path: Path) -> Iterator[tuple[str, str]]:
    """Title and text of each without marks.

    Raises:
        CannotParse: the file is not there, is no UTF-8 text or holds no text.
    """
    try:
        _, *parts = _HEAD.split(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CannotParse(f"{path}: not readable as UTF-8 text ({error})") from error
    if not parts:
        raise CannotParse(f"{path}: no text; each begins with a line “=== title”")
    for title, body in zip(parts[::2], parts[1::2], strict=True):
        if "{" not in body:
            yield title.partition(" | ")[0], body.strip() + "\n"


def score_harmless(paths: Sequence[Path], rooms: Rooms | None = None) -> HarmlessScore:
    """Read every text and count what is claimed. Denials and zeros claim no harm."""
    rooms = rooms or open_rooms()
    texts = with_claims = claims = lines = words = 0
    shown: list[str] = []
    for title, body in chain.from_iterable(map(load_harmless, paths)):
        content = body.encode()
        item = Item(name=title, path=f"{title}.txt", media_type="text/plain", content=content,
                    sha256=sha256_of(content))  # fmt: skip
        extraction = rooms.extractor.extract(*rooms.read_item(item))
        false = [claim for claim in extraction.claims if _claims_harm(claim)]
        texts, words = texts + 1, words + len(body.split())
        with_claims += bool(false)
        claims += len(false)
        lines += len(extraction.unresolved)
        shown += [f"{title}: {c.harm} {c.quantity.low} “{c.span.quote}”" for c in false]
    return HarmlessScore(
        texts=texts, with_claims=with_claims, claims=claims, lines=lines, words=words,
        shown=tuple(shown),
    )  # fmt: skip


def _claims_harm(claim: Claim) -> bool:
    return claim.stance == "asserts" and claim.quantity.high != 0


def main(arguments: Sequence[str]) -> int:
    """Print one line, and the false claims where asked."""
    parser = argparse.ArgumentParser(prog="python -m harmledger.evals.harmless")
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args(arguments)
    score = score_harmless(options.files)
    print(
        f"{score.claims} false claims in {score.with_claims} of {score.texts} "
        f"texts, {1000 * score.claims / score.words:.2f} per 1,000 words; "
        f"{100 * score.lines / score.words:.2f} lines per 100 words"
    )
    if options.show:
        print(*score.shown, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
