"""Each counting rule broken on purpose, and the test that must notice (contract §5).

A mutation changes one passage in the source of one function and puts the changed code in the
function's place, whoever has imported it; nothing on disk changes. A rule that can be broken
without a failing test is a rule nobody checks.
"""

from __future__ import annotations

import importlib
import inspect
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FunctionType
from typing import NamedTuple


class Mutation(NamedTuple):
    """``rule`` broken by writing ``new`` for ``old`` in ``where``; ``test`` must then fail."""

    rule: str
    breaks: str
    where: str
    """Module and function, below ``harmledger``."""
    old: str
    new: str
    test: str
    """Module and function, below ``tests``."""


RULES = {
    "R1": "a correction is a new claim that supersedes",
    "R2": "count independent origins, not articles",
    "R3": "scope before value: totals are never added to incidents",
    "R4": "low and high of whole figures; floors; words beside numbers",
    "R5": "a speaker's later statement supersedes; as of a date",
    "R6": "parts are checked against their whole and never add to it",
    "R7": "a denial changes neither count nor grade",
    "R8": "two readings where the status is contested or not stated",
    "R9": "one incident or two: different counts are no evidence; one `different` keeps apart",
    "R10": "the remainder of a total is shown and may be negative",
    "R11": "a total is never split over days or places",
    "R12": "sums over distinct incidents say what they rest on",
    "R13": "missing and killed are never added together",
    "R14": "facilities, attacks and persons are different units",
    "R15": "a relayed claim keeps its speaker",
}
_R = "count.test_rules."
_F = "count.test_rules_further."
MUTATIONS = (
    Mutation(
        "R1",
        "the corrected figure stays",
        "count.statements.find_superseded",
        "if len(wholes) < 2:",
        "if True:",
        _R + "test_r01_a_correction_is_a_new_claim_that_supersedes",
    ),
    Mutation(
        "R1",
        "a retraction takes nothing back",
        "count.statements._takes_back",
        "return retraction.claim.about == figure.id",
        "return False",
        _R + "test_r01_a_retracted_figure_is_set_aside",
    ),
    Mutation(
        "R1",
        "what a page said before it was corrected stays",
        "count.statements.find_corrected",
        "if said and not any(",
        "if False and not any(",
        _R + "test_r01_r02_an_earlier_version_of_a_page_is_no_second_origin",
    ),
    Mutation(
        "R2",
        "every report is an origin",
        "count.figures.count_origins",
        "f.origin.key: f.origin.kind",
        "f.claim.document: f.origin.kind",
        _R + "test_r02_copies_add_no_origin",
    ),
    Mutation(
        "R2",
        "the unattributed make a second origin",
        "count.figures.count_origins",
        'kind != "unattributed"',
        'kind != "nothing"',
        _R + "test_r02_unattributed_never_makes_a_second_origin",
    ),
    Mutation(
        "R3",
        "a siege's total counts for the strike",
        "count.screens.drop_totals",
        'f.claim.quantity.scope != "incident"',
        "False",
        _R + "test_r03_scope_before_value",
    ),
    Mutation(
        "R4",
        "the largest lower bound is the low",
        "count.bounds.smallest_low",
        "return min(",
        "return max(",
        _R + "test_r04_low_and_high_of_whole_figures",
    ),
    Mutation(
        "R4",
        "an unstated high is filled in",
        "count.bounds.largest_high",
        "(f.high for f in wholes if f.high is not None)",
        "(f.high or f.low for f in wholes if f.high or f.low)",
        _R + "test_r04_high_is_open_when_none_is_stated",
    ),
    Mutation(
        "R4",
        "high stays closed below another voice's low",
        "count.bounds.largest_high",
        "return None if exceeded else high",
        "return high",
        _R + "test_r04_high_is_open_when_a_whole_low_exceeds_it_unless_it_is_a_word",
    ),
    Mutation(
        "R4",
        "one family's dead is the low",
        "count.figures.figure_of",
        'floor=claim.quantity.extent == "some" or',
        "floor=",
        _R + "test_r04_a_family_beside_the_toll_is_a_floor",
    ),
    Mutation(
        "R4",
        "floors are added",
        "count.bounds.largest_floor",
        "return max((f.low for f in floors if f.low is not None), default=None)",
        "return sum(f.low for f in floors if f.low is not None) or None",
        _R + "test_r04_low_is_never_below_a_floor_and_floors_are_never_added",
    ),
    Mutation(
        "R4",
        "a vague word lowers its own voice's number",
        "count.statements.drop_vague_beside_number",
        "f.vague and f.speaker in numbered",
        "False",
        _R + "test_r04_a_vague_word_beside_a_number_of_the_same_voice",
    ),
    Mutation(
        "R4",
        "later deaths are not said",
        "count.bounds._lies_beside",
        "return True",
        "return False",
        _R + "test_r04_later_deaths_are_printed_beside",
    ),
    Mutation(
        "R5",
        "an earlier statement stands beside the later one",
        "count.statements._overtakes",
        "is_later(new.first, old.first)",
        "False",
        _R + "test_r05_later_statement_of_the_same_speaker_supersedes",
    ),
    Mutation(
        "R5",
        "equal times supersede",
        "core.instant.is_later",
        "a[0] > b[1]",
        "a[0] >= b[0]",
        _R + "test_r05_equal_times_and_no_date_supersede_nothing",
    ),
    Mutation(
        "R5",
        "a figure told again is a new statement",
        "count.statements.first_said",
        "return min(times",
        "return max(times",
        _R + "test_r05_repeating_a_superseded_figure_is_the_old_claim_told_again",
    ),
    Mutation(
        "R5",
        "another speaker supersedes",
        "count.statements.by_speaker",
        "speakers.setdefault(f.speaker, [])",
        'speakers.setdefault("", [])',
        _R + "test_r05_different_speakers_give_a_range",
    ),
    Mutation(
        "R5",
        "a reading as of a day takes what was said later",
        "count.screens.drop_not_yet_said",
        "elif f.said[0] > end:",
        "elif False:",
        _R + "test_r05_as_of_a_date",
    ),
    Mutation(
        "R6",
        "parts larger than their whole pass",
        "count.conflicts._parts",
        "low > high",
        "low < 0",
        _R + "test_r06_parts_are_checked_against_their_whole",
    ),
    Mutation(
        "R6",
        "a part outlives its superseded whole",
        "count.screens.drop_parts_of",
        "f.claim.part_of in gone",
        "False",
        _R + "test_r06_a_part_falls_with_its_superseded_whole",
    ),
    Mutation(
        "R6",
        "a part counts as a whole figure",
        "count.figures.figure_of",
        "or claim.part_of is not None",
        "",
        _R + "test_r06_parts_never_add_to_their_whole",
    ),
    Mutation(
        "R7",
        "a denial takes the figure out",
        "count.statements.find_retracted",
        'f.claim.stance == "retracts"',
        'f.claim.stance in ("retracts", "denies")',
        _F + "test_r07_a_denial_of_a_claim_takes_nothing_out",
    ),
    Mutation(
        "R7",
        "a denial counts as nought",
        "count.screens.drop_stances",
        "if f.claim.stance in _STANCES",
        'if f.claim.stance in _STANCES and f.claim.stance != "denies"',
        _F + "test_r07_a_denied_number_is_counted_nowhere",
    ),
    Mutation(
        "R7",
        "who denies makes a second origin for the grade",
        "count.grade.grade_incident",
        'if c.stance == "asserts" and c.modality not in UNCOUNTED',
        "if c.modality not in UNCOUNTED",
        _F + "test_r07_who_denies_is_no_origin_of_the_grade",
    ),
    Mutation(
        "R8",
        "strict takes those of unstated status",
        "count.screens.keep_status",
        "if f.claim.victims.status != wanted",
        'if f.claim.victims.status == "combatant"',
        _R + "test_r08_two_readings_where_the_status_is_not_stated",
    ),
    Mutation(
        "R8",
        "combatants are counted as civilians",
        "count.screens._without",
        "if not combatants:",
        "if True:",
        _R + "test_r08_combatants_are_apart",
    ),
    Mutation(
        "R8",
        "the accused's label moves people",
        "count.screens._combatant_parts",
        "if f.accused:",
        "if False:",
        _R + "test_r08_a_label_that_only_the_accused_gives_moves_nobody",
    ),
    Mutation(
        "R9",
        "different counts are evidence against",
        "link.incidents.propose_incidents",
        "judgements, groups,",
        "[Judgement(left=a.id, right=b.id, judgement='different', by='', decision='')"
        " for a in claims for b in claims if a.quantity != b.quantity], groups,",
        _R + "test_r09_different_counts_are_no_evidence_against_one_incident",
    ),
    Mutation(
        "R9",
        "a chain goes round one `different`",
        "link.bundles.read_judgements",
        "if judgement in sides and",
        'if judgement == "same" and',
        "link.test_incidents.test_a_chain_with_one_different_does_not_join",
    ),
    Mutation(
        "R10",
        "a negative remainder is clipped",
        "count.totals._less",
        "total - known",
        "max(0, total - known)",
        _R + "test_r10_the_remainder_may_be_negative",
    ),
    Mutation(
        "R10",
        "a state is compared with incidents",
        "count.totals._inside",
        "if key.harm in STATES or",
        "if",
        _F + "test_r10_states_are_compared_with_no_incident",
    ),
    Mutation(
        "R11",
        "a total founds an incident",
        "link.page.read_page",
        ' if c.quantity.scope == "incident"',
        "",
        _R + "test_r11_a_total_is_never_split_over_incidents",
    ),
    Mutation(
        "R12",
        "an incident given twice is summed twice",
        "count.sums.tally_sums",
        "{i.id: i for i in incidents}.values()",
        "list(incidents)",
        _F + "test_r12_an_incident_is_summed_once",
    ),
    Mutation(
        "R12",
        "what rests on one origin is not said",
        "count.sums._sum",
        "r.origins <= 1",
        "False",
        _R + "test_r12_sums_say_what_they_rest_on",
    ),
    Mutation(
        "R13",
        "missing and killed in one sum",
        "count.sums.tally_sums",
        "(r.harm, r.unit, r.victims, r.policy)",
        '("killed", r.unit, r.victims, r.policy)',
        _R + "test_r13_missing_and_killed_are_never_added",
    ),
    Mutation(
        "R13",
        "missing and killed in one reading",
        "count.tally._by_harm",
        "(claim.harm, claim.quantity.unit)",
        '("killed", claim.quantity.unit)',
        _R + "test_r13_missing_and_killed_are_never_added",
    ),
    Mutation(
        "R14",
        "attacks are facilities",
        "count.tally._by_harm",
        "(claim.harm, claim.quantity.unit)",
        '(claim.harm, "facilities")',
        _R + "test_r14_facilities_attacks_and_persons_are_different_units",
    ),
    Mutation(
        "R15",
        "the relayer is the speaker",
        "link.speaker.find_speaker",
        "voices[0]",
        "voices[-1]",
        _R + "test_r15_a_relayed_claim_keeps_its_speaker",
    ),
)


def find_function(where: str, package: str = "harmledger") -> FunctionType:
    """The function, or the method, that ``where`` names."""
    parts = where.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        try:
            found: object = importlib.import_module(".".join([package, *parts[:cut]]))
        except ModuleNotFoundError:
            continue
        for name in parts[cut:]:
            found = getattr(found, name)
        assert isinstance(found, FunctionType), where
        return found
    raise AssertionError(f"no such function: {where}")


@contextmanager
def broken(mutation: Mutation) -> Iterator[None]:
    """The function with the passage changed, for as long as the block lasts."""
    function = find_function(mutation.where)
    source = textwrap.dedent(inspect.getsource(function))
    assert source.count(mutation.old) == 1, f"{mutation.where} has changed: {mutation.old!r}"
    names: dict[str, object] = {}
    changed = source.replace(mutation.old, mutation.new)
    code = compile(f"from __future__ import annotations\n{changed}", mutation.where, "exec")
    exec(code, dict(function.__globals__), names)
    replacement = names[function.__name__]
    assert isinstance(replacement, FunctionType)
    whole = function.__code__
    function.__code__ = replacement.__code__
    try:
        yield
    finally:
        function.__code__ = whole


def find_test(mutation: Mutation) -> Callable[[], None]:
    """The named test, a plain function without fixtures."""
    module, _, name = mutation.test.rpartition(".")
    found: Callable[[], None] = getattr(importlib.import_module(module), name)
    return found


def notices(mutation: Mutation) -> bool:
    """The test passes as the code stands, and while the rule is broken an assertion of it fails:
    a mutation that merely crashes shows nothing."""
    test = find_test(mutation)
    test()
    with broken(mutation):
        try:
            test()
        except AssertionError:
            return True
    return False
