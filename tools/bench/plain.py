"""What one would write in plain numpy: shares of ranks over weights and rating intervals, and nothing else.

plain.py TABLE.json SAMPLES, for a table with weights of kind "none".
"""

import json
import sys
from pathlib import Path

import numpy as np

table = json.loads(Path(sys.argv[1]).read_text())
samples = int(sys.argv[2])
criteria = [criterion["id"] for criterion in table["criteria"]]
cells = np.array([[table["values"][option][criterion] for criterion in criteria] for option in table["options"]])
low, high = cells[..., 0], cells[..., 1]
rng = np.random.default_rng(0)
weights = rng.dirichlet(np.ones(len(criteria)), samples)
ratings = low + rng.random((samples, *low.shape)) * (high - low)
values = np.einsum("noc,nc->no", ratings, weights)
order = np.argsort(-values, axis=1)
shares = [np.bincount(order[:, place], minlength=len(low)) / samples for place in range(len(low))]
print(json.dumps(dict(zip(table["options"], np.transpose(shares).tolist(), strict=True))))
