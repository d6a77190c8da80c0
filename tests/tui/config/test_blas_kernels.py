"""The kernels that OpenBLAS is told to use."""

import os
from pathlib import Path

import pytest

from tui.config import blas_kernels as blas

AMD = (
    "processor\t: 0\nvendor_id\t: AuthenticAMD\n"
    "flags\t\t: fpu avx512f avx512dq avx512bw avx512vl avx512cd\n\n"
)


@pytest.mark.parametrize(
    ("cpuinfo", "environment", "expected"),
    [
        (AMD, {}, "SkylakeX"),
        (AMD, {"CHAINRULE_BLAS": "auto"}, None),
        (AMD, {"OPENBLAS_CORETYPE": "Zen"}, "Zen"),
        (AMD.replace("AuthenticAMD", "GenuineIntel"), {}, None),
        (AMD.replace(" avx512vl", ""), {}, None),
        ("", {}, None),
        (None, {}, None),
    ],
)
def test_kernels_are_chosen_only_where_it_helps(
    cpuinfo: str | None,
    environment: dict[str, str],
    expected: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """AMD with AVX-512, and never over the user's own setting."""
    file = tmp_path / "cpuinfo"
    if cpuinfo is not None:
        file.write_text(cpuinfo)
    monkeypatch.setattr(blas, "_CPUINFO", file)
    for name in ("OPENBLAS_CORETYPE", "CHAINRULE_BLAS"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    # set through monkeypatch, so that it is undone
    monkeypatch.setenv("OPENBLAS_CORETYPE", environment.get("OPENBLAS_CORETYPE", ""))
    if "OPENBLAS_CORETYPE" not in environment:
        monkeypatch.delenv("OPENBLAS_CORETYPE")
    blas.choose_kernels()
    assert os.environ.get("OPENBLAS_CORETYPE") == expected
