"""What holds for all tests: nobody's own settings file."""

from __future__ import annotations

import os

os.environ["CHAINRULE_CONFIG"] = ""
