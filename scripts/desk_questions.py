"""What somebody new to the desk asks, and where they click for it: at most three times.

The browser test clicks through it and checks the answers; the pictures are taken on the same walk.
"""

from __future__ import annotations

from dataclasses import dataclass

MOST_CLICKS = 3
KUNDUZ = "text=Kunduz hospital struck"
AL_AHLI = "text=Al-Ahli hospital struck"


@dataclass(frozen=True)
class Question:
    """``clicks`` lead from the overview to ``answer``, a part of the page whose words hold
    ``says`` (a pattern)."""

    name: str
    asks: str
    clicks: tuple[str, ...]
    answer: str
    says: str


QUESTIONS = (
    Question(
        name="how-many",
        asks="How many were killed at the Kunduz hospital?",
        clicks=(KUNDUZ,),
        answer="section:has(#figures)",
        says=r"killed\s+42",
    ),
    Question(
        name="according-to-whom",
        asks="According to whom?",
        clicks=(KUNDUZ, ".jumps >> text=Who said what"),
        answer="section:has(#h-said)",
        says=r"(?s)killed 42 people.*Médecins Sans Frontières",
    ),
    Question(
        name="how-did-it-move",
        asks="How did that number move?",
        clicks=(KUNDUZ, ".jumps >> text=How the figures moved"),
        answer="section:has(#h-moved)",
        says=r"(?s)2015-10-03.*first figure.*killed.*→",
    ),
    Question(
        name="who-disputes",
        asks="Who disputes the Al-Ahli figures?",
        clicks=(AL_AHLI, ".jumps >> text=Who disputes the figures"),
        answer="section:has(#h-conflicts)",
        says=r"European intelligence disputes the figure of 200",
    ),
    Question(
        name="which-words",
        asks="Which exact words say so?",
        clicks=(
            AL_AHLI,
            ".jumps >> text=Who disputes the figures",
            "li:has-text('disputes the figure of 200') >> a:has-text('200–500')",
        ),
        answer=".row:has(:target)",
        says=r"(?s)dead was not 200 or 500.*killed 200–500 people.*disputes",
    ),
    Question(
        name="not-reviewed",
        asks="What is not yet reviewed?",
        clicks=(AL_AHLI, ".jumps >> text=Not reviewed"),
        answer="section:has(#h-open)",
        says=r"(?s)nobody has decided about.*killed 10–50 people",
    ),
)
