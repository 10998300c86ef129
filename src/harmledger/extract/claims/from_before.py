"""What only the report so far explains of a passage: one step after another."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.core.claim import Claim
from harmledger.extract.claims.bare_figures import draft_bare_figures
from harmledger.extract.claims.breakdowns import draft_breakdowns
from harmledger.extract.claims.burials import settle_bodies
from harmledger.extract.claims.cut_off import cut_off_from
from harmledger.extract.claims.divided import draft_divided, draft_of_so_many
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.elided import draft_elided
from harmledger.extract.claims.in_turn import draft_in_turn
from harmledger.extract.claims.labelled import without_labels
from harmledger.extract.claims.likewise import draft_likewise
from harmledger.extract.claims.put_figures import draft_put_figures
from harmledger.extract.claims.resumed_parts import mark_resumed
from harmledger.extract.claims.shared_out import draft_shared_out
from harmledger.extract.claims.singled_out import draft_singled_out
from harmledger.extract.claims.survivors import draft_survivors
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon


def draft_from_before(
    passage: Passage, drafts: Sequence[Draft], earlier: Sequence[Claim], persons: PersonLexicon
) -> tuple[Draft, ...]:
    """The drafts of the passage with what only the report so far explains: parts of figures told
    before it, and figures without a harm word."""
    if passage.cells:
        return tuple(drafts)
    drafts = draft_shared_out(passage, drafts, earlier)
    drafts = without_labels(passage, tuple(drafts))
    drafts = cut_off_from(passage, settle_bodies(passage, drafts, earlier), earlier)
    drafts = draft_in_turn(passage, drafts, earlier)
    drafts = draft_elided(passage, drafts, persons)
    drafts = draft_put_figures(passage, drafts, earlier)
    drafts = draft_survivors(passage, drafts, earlier, persons)
    told = draft_breakdowns(passage, drafts, earlier, persons)
    told = draft_likewise(passage, told, persons)
    told = draft_divided(passage, told, earlier, persons)
    told = draft_of_so_many(passage, told, earlier, persons)
    told = draft_bare_figures(passage, told, earlier, persons)
    told = draft_singled_out(passage, told, earlier, persons)
    return mark_resumed(passage, told, earlier)
