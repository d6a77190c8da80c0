"""Which kernels numpy's OpenBLAS uses, decided before numpy is imported."""

import os
from itertools import takewhile
from pathlib import Path

SWITCH = "CHAINRULE_BLAS"
"""Set to `auto` to leave the choice to OpenBLAS."""

_CPUINFO = Path("/proc/cpuinfo")
_NEEDED = {"avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512cd"}


def choose_kernels() -> None:
    """Ask OpenBLAS for its AVX-512 kernels on an AMD processor that has AVX-512.

    Releases of OpenBLAS that do not know such a processor take their AVX2 kernels, at about half
    the speed. Nothing is done elsewhere, or where the user has set OPENBLAS_CORETYPE or the switch.
    """
    if os.environ.get(SWITCH) == "auto" or "OPENBLAS_CORETYPE" in os.environ:
        return
    if _is_amd_with_avx512():
        os.environ["OPENBLAS_CORETYPE"] = "SkylakeX"


def _is_amd_with_avx512() -> bool:
    try:
        with _CPUINFO.open() as file:
            # the first processor speaks for all
            lines = [line.partition(":") for line in takewhile(str.strip, file)]
    except (OSError, ValueError):
        return False
    facts = {name.strip(): value.strip() for name, _, value in lines}
    return (
        facts.get("vendor_id") == "AuthenticAMD" and set(facts.get("flags", "").split()) >= _NEEDED
    )
