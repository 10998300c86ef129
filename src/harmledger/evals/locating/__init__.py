"""Learning the weights of ``lexicon/locating.yaml``: which place and which day are a claim's own.

``python -m harmledger.evals.locating tests/gold FOLDER`` prints what reports not learned from say;
with ``--write`` it learns from all of them and writes the file. Needs a checkout.
"""
