"""GeoVirus, where the corpus lies beside the checkout: the gazetteer is held to floors."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmledger.evals.geovirus import load_passages, score_gazetteer
from harmledger.lexicon.gazetteer import Gazetteer, find_gazetteer

CORPUS = Path(__file__).parents[3] / "shared" / "data" / "geo" / "GeoVirus.xml.gz"

pytestmark = [
    pytest.mark.skipif(not CORPUS.is_file(), reason="GeoVirus is not part of the repository"),
    pytest.mark.skipif(find_gazetteer() is None, reason="needs `harmledger gazetteer`"),
]


def test_geovirus_floors() -> None:
    score = score_gazetteer(load_passages(CORPUS), Gazetteer())
    assert score.names_f >= 0.80
    for (right, of), floor in (
        (score.countries, 0.97),
        (score.towns, 0.80),
        (score.regions, 0.80),
    ):
        assert of > 0
        assert right / of >= floor
