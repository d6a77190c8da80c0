"""Make digits.npz, the handwritten digits that chainrule ships.

Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits (1998), UCI Machine
Learning Repository, https://doi.org/10.24432/C50P49, licence CC BY 4.0: its test set of 1,797
samples of 8x8 pixels from 0 to 16, taken here from scikit-learn's copy.

    pip install scikit-learn && python engine/data/make_digits.py
"""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits


def main() -> None:
    """Write digits.npz beside this file: x (1797, 64) and labels (1797,), both uint8."""
    digits = load_digits()
    assert digits.data.shape == (1797, 64)
    np.savez_compressed(
        Path(__file__).with_name("digits.npz"),
        x=digits.data.astype(np.uint8),
        labels=digits.target.astype(np.uint8),
    )


if __name__ == "__main__":
    main()
