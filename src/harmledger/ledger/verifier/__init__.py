"""The two files that lie in every evidence pack and check it with nothing but Python.

They are copied as they stand and import nothing of ours: whoever gets a pack can read them.
"""

from importlib.resources import files

NAMES = ("verify.py", "chain.py")


def load_verifier() -> dict[str, bytes]:
    """Each file by its name in a pack."""
    return {name: files(__name__).joinpath(name).read_bytes() for name in NAMES}
