"""Who was killed and injured in the messages of the Fourth Message Understanding Conference.

``python -m harmledger.evals.muc4 FOLDER`` scores claims against the official answer keys.
"""
