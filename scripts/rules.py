"""docs/rules.md: each counting rule, the test that guards it, and what happened when the rule was
broken: the mutations of ``tests/count/mutations.py``, carried out while the page is printed."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))


def render_rules() -> str:
    """One row a mutation; a test that does not notice its broken rule is printed as such."""
    from count.mutations import MUTATIONS, RULES, notices

    lines = ["| rule | broken so that | in | its test | then |", "|---|---|---|---|---|"]
    for mutation in MUTATIONS:
        rule = f"**{mutation.rule}** {RULES[mutation.rule]}"
        module, _, name = mutation.test.rpartition(".")
        test = f"`{name}` ({module.replace('.', '/')}.py)"
        then = "failed" if notices(mutation) else "**did not notice**"
        lines.append(f"| {rule} | {mutation.breaks} | `{mutation.where}` | {test} | {then} |")
    return "\n".join(lines)
