"""What every page and every folder of files says about itself (contract §5 R8, R12 and §7)."""

from __future__ import annotations

from harmledger.core.view import LedgerView
from harmledger.lexicon.gazetteer.paths import ATTRIBUTION

WORKING_COPY = (
    "Working copy. It holds quotes, titles and whole texts of other people’s reports. "
    "It stays on this machine: do not publish it or pass it on."
)
RECORDED = "These are recorded, not actual, harms: what was said, by whom, and nothing beyond it."
ASSUME_CIVILIAN = (
    "Numbers of people are read as assume_civilian: a person no voice calls a combatant is "
    "counted as a civilian. The strict reading counts only those a voice calls civilian."
)
EXAMPLE = "Example text, written for harmledger from public facts. It is no publication."
MAP_DISCLAIMER = (
    "Lines on these maps say nothing about who owns any land. They follow a public data set that "
    "draws who holds the ground; disputed lines are dashed, and no country has a colour."
)
POLICY_DISCLAIMER = (
    "A policy is harmledger’s reading of published rules of a stated edition. "
    "The bodies it is named after have not checked or endorsed it."
)
DEFAULT_POLICY = "literal"


def main_policy(view: LedgerView) -> str:
    """The policy pages print first: ``literal`` in whatever version, else the first there is."""
    literal = [name for name in view.policies if name.partition("@")[0] == DEFAULT_POLICY]
    return (literal or list(view.policies) or [DEFAULT_POLICY])[0]


def standing_lines(view: LedgerView) -> tuple[str, ...]:
    """The lines every print carries: policy, civilian reading, as-of date, recorded harm."""
    policies = ", ".join(view.policies) or main_policy(view)
    as_of = f"Statements up to the end of {view.as_of} (UTC)." if view.as_of else ""
    return tuple(
        line
        for line in (f"Counting policies: {policies}.", ASSUME_CIVILIAN, as_of, RECORDED)
        if line
    )


def render_readme(view: LedgerView) -> str:
    """README.txt of an export folder."""
    lines = [
        "harmledger export",
        "",
        WORKING_COPY,
        "",
        *standing_lines(view),
        POLICY_DISCLAIMER,
        "",
        f"State of the record: {view.head or 'no ledger; read from files'}.",
        "",
        ATTRIBUTION,
        "",
        "Text files are UTF-8 with their line ends as they were; spans count Unicode code points.",
        "A CSV cell that starts with = + - @, a tab or a line end has an apostrophe put before it,",
        "so that no spreadsheet runs it as a formula.",
        "",
    ]
    return "\n".join(lines)
