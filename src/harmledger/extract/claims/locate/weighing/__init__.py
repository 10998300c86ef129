"""Which of the places and days a report offers is a claim's own.

Rules find what may be meant: the names and times of the sentence, the incidents told before and
after, headings, the place the report stands at. Each offer is marked with what speaks for it, and
a small table of learned weights (``lexicon/locating.yaml``) says which offer wins; that there is no
place or day is an offer like any other. The trace names the winner and its main marks.
"""

from harmledger.extract.claims.locate.weighing.offers import Offer, Offers
from harmledger.extract.claims.locate.weighing.report import Report, look_over
from harmledger.extract.claims.locate.weighing.scales import Scales, Weighed
from harmledger.extract.claims.locate.weighing.weigh import Course, weigh

__all__ = ["Course", "Offer", "Offers", "Report", "Scales", "Weighed", "look_over", "weigh"]
