"""Reflect: a reflective supervision assistant for people who protect children."""

import os

# One thread for NumPy, which reads this when it is imported. On a quiet machine one reads a sentence in 10 ms, as two
# do; beside other work on two cores, two took 260 ms (p95 1.4 s) and one 36 ms (p95 50 ms).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
