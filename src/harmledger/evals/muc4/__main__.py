"""Score the reader on MUC-4: ``python -m harmledger.evals.muc4 FOLDER [--errors | --test LOG]``.

Without a flag split dev is scored, ``--errors`` also lists what was missed and what was false in
it. ``--test`` scores tst1 and tst2 once per version of the extractor, prints no message and adds
the result to LOG (``docs/evaluation-log.jsonl``).
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from harmledger import __version__
from harmledger.core.errors import HarmledgerError, WrongUsage
from harmledger.core.ids import canonical_json, sha256_of
from harmledger.evals.frozen import FrozenRun, refuse_second
from harmledger.evals.muc4.keys import Message, load_messages
from harmledger.evals.muc4.score import MessageScore, measure_scores, read_messages, score_message
from harmledger.evals.prints import render_measures
from harmledger.pipeline.rooms import Rooms, open_rooms

USAGE = "python -m harmledger.evals.muc4 FOLDER [--errors | --test LOG]"


def main(words: list[str]) -> int:
    """Score and print.

    Raises:
        WrongUsage: other words than ``USAGE`` says.
        MissingResource: the corpus, the gazetteer or the model is not there.
    """
    if not words or len(words) > 3 or (len(words) > 1 and words[1] not in {"--errors", "--test"}):
        raise WrongUsage(USAGE)
    data, rooms = Path(words[0]), open_rooms()
    if words[1:2] == ["--test"]:
        log = Path(words[2]) if len(words) == 3 else Path("docs") / "evaluation-log.jsonl"
        return _test(data, log, rooms)
    scores = _score(load_messages(data, ["dev"]), rooms)
    _print(scores, rooms, "dev")
    if words[1:] == ["--errors"]:
        sys.stdout.write("\n".join(_mistakes(scores)) + "\n")
    return 0


def _test(data: Path, log: Path, rooms: Rooms) -> int:
    messages = load_messages(data, ["tst1", "tst2"])
    corpus = sha256_of(canonical_json([m.name for m in messages]))
    refuse_second(log, rooms.extractor.version, corpus)
    scores = _score(messages, rooms)
    run = FrozenRun(
        version=__version__,
        extractor=rooms.extractor.version,
        date=datetime.now(UTC).date().isoformat(),
        corpus=corpus,
        results={"muc4 tst1+tst2": measure_scores(scores)},
    )
    with log.open("ab") as file:
        file.write(msgspec.json.encode(run) + b"\n")
    _print(scores, rooms, "tst1 and tst2")
    return 0


def _score(messages: tuple[Message, ...], rooms: Rooms) -> list[MessageScore]:
    read = read_messages(messages, rooms)
    return [score_message(m, claims) for m, claims in zip(messages, read, strict=True)]


def _print(scores: list[MessageScore], rooms: Rooms, split: str) -> None:
    asked = sum(score.asked for score in scores)
    sys.stdout.write(
        f"MUC-4 {split} · {rooms.extractor.version} · {asked} messages with a key, "
        f"{len(scores) - asked} without\n{render_measures(measure_scores(scores))}\n"
    )


def _mistakes(scores: list[MessageScore]) -> list[str]:
    """A line for each message that is not all right: tuples only, no words of the message."""
    return [
        f"{score.name}{'' if score.asked else ' (no key)'}: "
        f"missed {_written(score.missed)} · false {_written(score.false)}"
        for score in scores
        if score.missed or score.false
    ]


def _written(tuples: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(f"{effect} {number}" for effect, number in tuples) or "none"


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except HarmledgerError as error:
        sys.exit(str(error))
