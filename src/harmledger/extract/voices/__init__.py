"""Who says what in a text: attributions, and the chain of voices over a stretch."""

from harmledger.extract.voices.chain import find_chain, find_innermost
from harmledger.extract.voices.find import find_attributions

__all__ = ["find_attributions", "find_chain", "find_innermost"]
