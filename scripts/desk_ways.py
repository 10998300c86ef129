"""docs/desk.md: every way into the desk and the roles it is open to, from the table the routes are
guarded by."""

from __future__ import annotations


def render_ways() -> str:
    """One row a way; ``+`` open, ``–`` refused."""
    from harmledger.web.access import RIGHTS, ROLES
    from harmledger.web.app import WAYS

    columns = ("nobody", *ROLES)
    lines = [f"| way | right | {' | '.join(columns)} |", "|---|---|" + "---|" * len(columns)]
    for way in WAYS:
        open_to = [way.right == "anyone", *(way.right in RIGHTS[role] for role in ROLES)]
        marks = " | ".join("+" if may else "–" for may in open_to)
        lines.append(f"| `{way.method} {way.path}` | {way.right} | {marks} |")
    return "\n".join(lines)


def render_roles() -> str:
    """What each role may do, in words."""
    from harmledger.web.access import RIGHT_WORDS, RIGHTS, ROLES

    lines = ["| role | may |", "|---|---|"]
    for role in ROLES:
        words = [said for right, said in RIGHT_WORDS.items() if right in RIGHTS[role]]
        lines.append(f"| {role} | {'; '.join(words)} |")
    return "\n".join(lines)
