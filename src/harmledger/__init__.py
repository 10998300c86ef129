"""harmledger keeps an accountable ledger of civilian harm.

Every claim keeps its exact words, its voice and its hedge; rival numbers stand beside
each other; numbers are ranges under named policies, each walkable back to hashed bytes.
"""

__version__ = "0.1.0"
