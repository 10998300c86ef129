#!/bin/sh
# Train, export and measure: sh make_model.sh DATA
set -eu
data=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$here/runs
python=${PYTHON:-$here/.venv/bin/python}
cd "$here"
"$python" train.py "$data" "$work"
"$python" export.py "$work" "$here/../src/harmledger/extract/language/model"
"$python" evaluate.py "$data" --part held-out
"$python" evaluate.py "$data"
