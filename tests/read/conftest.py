"""Items made in place."""

import pytest
from making import Make

from harmledger.core.document import Item
from harmledger.core.ids import sha256_of


@pytest.fixture(scope="session")
def make_item() -> Make:
    def make(content: bytes | str, media_type: str = "text/markdown", name: str = "a") -> Item:
        raw = content.encode("utf-8") if isinstance(content, str) else content
        return Item(
            name=name, path=f"in/{name}", media_type=media_type, content=raw, sha256=sha256_of(raw)
        )

    return make
