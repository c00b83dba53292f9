"""Partner Wizard: which partnering model fits a trust, how firmly, and why."""

import os

__version__ = "0.1.0"

# Before numpy loads. Draws are spread over threads of our own (decision/parallel.py); threads inside each of the many
# small products besides would have them wait for each other, by a factor of ten and more on a busy machine.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
