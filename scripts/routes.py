"""docs/desk-routes.md: each way into the desk and who was let in when it was tried."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "web"))

MARKS = {"let in": "yes", "asked to sign in": "signs in first", "refused": "no"}


def render_routes() -> str:
    """One row a way, in the order of the application's own route list."""
    from desk_roles import WHO, try_all, words_of

    lines = [f"| way | for | {' | '.join(WHO)} |", f"|---|---|{'---|' * len(WHO)}"]
    for way, answers in try_all().items():
        marks = " | ".join(MARKS[answers[who]] for who in WHO)
        lines.append(f"| `{way[0]} {way[1]}` | {words_of(way) or 'anyone'} | {marks} |")
    return "\n".join(lines)
