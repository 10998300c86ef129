"""The claim extractor, opened once: it loads the model and the gazetteer."""

from __future__ import annotations

import pytest

from harmledger.core.errors import MissingResource
from harmledger.extract import ClaimExtractor
from harmledger.lexicon.gazetteer import Gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    try:
        return Gazetteer()
    except MissingResource as missing:
        pytest.skip(f"needs the local place file: {missing}")


@pytest.fixture(scope="session")
def extractor(gazetteer: Gazetteer) -> ClaimExtractor:
    return ClaimExtractor(gazetteer)


@pytest.fixture(scope="session")
def rules_only(gazetteer: Gazetteer) -> ClaimExtractor:
    """Without the learned parser: fast enough for long texts."""
    return ClaimExtractor(gazetteer, rules_only=True)
