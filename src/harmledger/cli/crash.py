"""What is said when harmledger itself fails: where in the program, never what it held.

The message of an unexpected error may quote the text it broke on, and a terminal's output is
copied into mails and trackers. HARMLEDGER_TRACEBACK=full shows it to whoever asks.
"""

from __future__ import annotations

import os
import sys
import traceback
from types import TracebackType

from harmledger import __version__

VARIABLE = "HARMLEDGER_TRACEBACK"


def show_crash(
    kind: type[BaseException], error: BaseException, where: TracebackType | None
) -> None:
    """Stands in for ``sys.excepthook``: the kind of error and the places in the program."""
    if os.environ.get(VARIABLE) == "full" or issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, where)
        return
    sys.stderr.write(render_crash(kind, where))


def render_crash(kind: type[BaseException], where: TracebackType | None) -> str:
    """The report, without the error's message: it may hold words of a document."""
    places = "".join(
        f"  {frame.filename}:{frame.lineno} in {frame.name}\n"
        for frame in traceback.extract_tb(where)
    )
    return (
        f"harmledger {__version__} failed: {kind.__name__}\n{places}"
        "Nothing recorded is lost; run the same command again. If it fails again, please report "
        f"these lines: they hold no word of any document. {VARIABLE}=full shows the message.\n"
    )
