from __future__ import annotations

from pathlib import Path

import pytest
from sample_view import sample_texts, sample_view

from harmledger.core.view import LedgerView
from harmledger.publish import render_site, write_site


@pytest.fixture(scope="session")
def view() -> LedgerView:
    return sample_view()


@pytest.fixture(scope="session")
def pages(view: LedgerView) -> dict[str, str]:
    return dict(render_site(view, sample_texts))


@pytest.fixture(scope="session")
def site(view: LedgerView, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(view, sample_texts, tmp_path_factory.mktemp("site") / "pages").parent
