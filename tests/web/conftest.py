"""The fixtures of the desk's tests; what they are made of stands in ``desk_setup``."""

from desk_setup import _master, _masters, caller, copied, desk, enter, still, still_desk

__all__ = ["_master", "_masters", "caller", "copied", "desk", "enter", "still", "still_desk"]
