"""What holds for all tests: nobody's own settings file, and one BLAS thread a process."""

from __future__ import annotations

import os

os.environ["CHAINRULE_CONFIG"] = ""
# pytest-xdist has a process a core already; numpy reads it when it is imported
os.environ["OPENBLAS_NUM_THREADS"] = "1"
