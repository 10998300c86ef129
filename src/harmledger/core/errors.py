"""Every error harmledger raises on purpose, on one screen.

HarmledgerError
├── CannotDecode        bytes that are no text of any kind we know
├── CannotParse         text that is not what its file type promises
├── UnknownMediaType    a file type no reader takes
├── LedgerError
│   ├── LedgerBusy      somebody else is writing
│   ├── LedgerDamaged   the record does not verify
│   └── LedgerRefused   a decision or entry the record cannot take
├── MissingResource     the gazetteer or a lexicon file is not there
├── LexiconError        a lexicon file says something it may not say
└── WrongUsage          what was asked for does not exist or does not fit

A message says what happened, where, and what to do next.
"""

from __future__ import annotations


class HarmledgerError(Exception):
    """Base of everything raised on purpose."""


class CannotDecode(HarmledgerError):
    """The bytes are not text in any encoding we recognise."""


class CannotParse(HarmledgerError):
    """The text is not what its file type promises (front matter, JSON, HTML)."""


class UnknownMediaType(HarmledgerError):
    """No reader takes this kind of file."""


class LedgerError(HarmledgerError):
    """Base of what can go wrong with the record itself."""


class LedgerBusy(LedgerError):
    """Another process is writing to this ledger."""


class LedgerDamaged(LedgerError):
    """The record does not verify; nothing was changed."""


class LedgerRefused(LedgerError):
    """The ledger cannot take this entry (unknown claim, empty reason, ...)."""


class MissingResource(HarmledgerError):
    """A file that set-up makes is not there; the message names the command that makes it."""


class LexiconError(HarmledgerError):
    """A lexicon file says something it may not say; the message names file and key."""


class WrongUsage(HarmledgerError):
    """What was asked for does not exist or does not fit."""
