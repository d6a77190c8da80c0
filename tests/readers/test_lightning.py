"""The reader of metrics.csv, on one that Lightning writes while it trains."""

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from engine.logs.formats import open_log
from engine.logs.lightning_csv import LightningCsvReader
from engine.logs.log import read_all
from engine.logs.scalars import Found, Scalar
from engine.logs.schema import LoggedStep

pytestmark = [pytest.mark.heavy, pytest.mark.filterwarnings("ignore")]

EPOCHS, BATCHES = 4, 5


class Run:
    """A run that is followed from its first row on: what was logged, and what the reader found."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "lightning_logs" / "version_0" / "metrics.csv"
        self.logged: list[tuple[int, Mapping[str, float]]] = []
        self.found: list[Found] = []
        self._reader: LightningCsvReader | None = None

    def read_on(self) -> None:
        """What Lightning has written since."""
        if self._reader is None and self.path.exists():
            self._reader = LightningCsvReader(self.path)
        if self._reader is not None:
            self.found += self._reader.read_on()

    def close(self) -> None:
        """Training has ended."""
        self.read_on()
        assert self._reader is not None
        self._reader.close()


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Of a small network, with its gradient's norms at each step and a validation each epoch."""
    import pytorch_lightning as lightning
    import torch
    from pytorch_lightning.loggers import CSVLogger
    from pytorch_lightning.utilities import grad_norm

    run = Run(tmp_path_factory.mktemp("lightning"))

    class Network(lightning.LightningModule):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            inner = [each for _ in range(10) for each in (torch.nn.Linear(4, 4), torch.nn.Tanh())]
            self.net = torch.nn.Sequential(*inner)

        def training_step(self, batch: Any, index: int) -> Any:
            loss = self.net(batch[0]).square().mean()
            self.log("train_loss", loss)
            run.read_on()
            return loss

        def validation_step(self, batch: Any, index: int) -> None:
            # a column that comes with the second epoch, and is not finite
            self.log("val_loss", self.net(batch[0]).square().mean())
            if self.current_epoch > 1:
                self.log("a new one", float("inf"))

        def on_before_optimizer_step(self, optimizer: Any) -> None:
            self.log_dict(grad_norm(self, norm_type=2))

        def configure_optimizers(self) -> Any:
            return torch.optim.SGD(self.parameters(), lr=0.1)

    class Logger(CSVLogger):  # type: ignore[misc]
        def log_metrics(self, metrics: Mapping[str, float], step: int | None = None) -> None:
            assert step is not None
            run.logged.append((step, dict(metrics)))
            super().log_metrics(metrics, step)

    torch.manual_seed(0)
    data = torch.utils.data.TensorDataset(torch.randn(BATCHES, 4))
    loader = torch.utils.data.DataLoader(data)
    lightning.Trainer(
        max_epochs=EPOCHS,
        accelerator="cpu",
        logger=Logger(run.path.parent.parent.parent, flush_logs_every_n_steps=2),
        log_every_n_steps=1,
        enable_progress_bar=False,
        enable_model_summary=False,
        enable_checkpointing=False,
    ).fit(Network(), loader, loader)
    run.close()
    return run


def test_every_number_is_equal(run: Run) -> None:
    """Bit by bit, each once, in the order of the rows, over files that were written over."""
    assert {*map(type, run.found)} == {Scalar}
    scalars = (each for each in run.found if isinstance(each, Scalar))
    found = [(step, key, struct.pack("<d", value)) for step, key, value, _ in scalars]
    assert found == [
        (step, key, struct.pack("<d", metrics[key]))
        for step, metrics in run.logged
        for key in sorted(metrics)
    ]
    assert {key for _, key, _ in found} >= {"train_loss", "val_loss", "a new one"}


def test_it_is_a_log(run: Run) -> None:
    """With the layers in their order, which the columns are not in."""
    for path in (run.path, run.path.parent, run.path.parent.parent):
        log = open_log(path)
        read_all(log)
        steps = [each for i in range(len(log)) if isinstance(each := log.step(i), LoggedStep)]
        log.close()
        assert [each.step for each in steps] == [*range(EPOCHS * BATCHES)]
        assert log.header.layers == tuple(f"net.{2 * n}" for n in range(10))
        for step in steps:
            logged = [metrics for at, metrics in run.logged if at == step.step]
            metrics = {name: value for each in logged for name, value in each.items()}
            assert step.arrays["weight_grad_norm"].tolist() == [
                metrics[f"grad_2.0_norm/net.{2 * n}.weight"] for n in range(10)
            ]
            assert step.numbers["loss"] == metrics["train_loss"]
            assert step.numbers["gradient_norm"] == metrics["grad_2.0_norm_total"]
            assert step.numbers.get("test_loss") == metrics.get("val_loss")


def test_a_file_that_grows_byte_by_byte(run: Run, tmp_path: Path) -> None:
    """Is read as well as at once, and at no moment anything else."""
    grown = tmp_path / "metrics.csv"
    grown.write_bytes(b"")
    reader, found = LightningCsvReader(grown), []
    with grown.open("ab", buffering=0) as file:
        for byte in run.path.read_bytes():
            file.write(bytes([byte]))
            found += [*reader.read_on()]
    reader.close()
    assert sorted(map(str, found)) == sorted(map(str, run.found))
