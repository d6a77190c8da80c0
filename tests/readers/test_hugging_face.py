"""The reader of trainer_state.json, on those that Hugging Face's Trainer writes."""

import random
from pathlib import Path
from typing import Any

import pytest

from engine import SettingError
from engine.logs.formats import open_log
from engine.logs.log import read_all
from engine.logs.scalars import Found, Scalar
from engine.logs.schema import BrokenLine, LoggedStep
from engine.logs.trainer_state import TrainerStateReader

pytestmark = [pytest.mark.heavy, pytest.mark.filterwarnings("ignore")]


class Run:
    """A run that is followed from checkpoint to checkpoint."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.history: list[dict[str, float]] = []
        self.found: list[list[Found]] = []
        self._reader = TrainerStateReader(folder)

    def read_on(self) -> None:
        """What the Trainer has written since."""
        self.found.append([*self._reader.read_on()])


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Of a small network: an entry each two steps, a checkpoint each five, of which two stay."""
    import torch
    from transformers import Trainer, TrainerCallback, TrainingArguments

    run = Run(tmp_path_factory.mktemp("hugging_face"))

    class Network(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.net = torch.nn.Linear(4, 2)

        def forward(self, x: Any = None, labels: Any = None) -> dict[str, Any]:
            logits = self.net(x)
            return {"loss": torch.nn.functional.cross_entropy(logits, labels), "logits": logits}

    class Follow(TrainerCallback):  # type: ignore[misc]
        def on_save(self, *_: Any, **__: Any) -> None:
            run.read_on()

    torch.manual_seed(0)
    data: Any = [{"x": torch.randn(4), "labels": torch.tensor(n % 2)} for n in range(40)]
    arguments = TrainingArguments(
        str(run.folder),
        max_steps=20,
        logging_steps=2,
        save_steps=5,
        save_total_limit=2,
        eval_strategy="steps",
        eval_steps=5,
        report_to="none",
        use_cpu=True,
        disable_tqdm=True,
    )
    trainer = Trainer(
        Network(), arguments, train_dataset=data, eval_dataset=data, callbacks=[Follow()]
    )
    trainer.train()
    trainer.save_state()
    run.read_on()
    run.history = trainer.state.log_history
    return run


def expected(entries: list[dict[str, float]]) -> list[Scalar]:
    """All numbers but those of the whole run."""
    return [
        Scalar(int(entry["step"]), key, float(value))
        for entry in entries
        if "train_runtime" not in entry
        for key, value in entry.items()
        if key != "step"
    ]


def test_every_number_is_equal(run: Run) -> None:
    """And comes with the first checkpoint after it, once."""
    found = [str(each) for part in run.found for each in part]
    assert sorted(found) == sorted(map(str, expected(run.history)))
    last = 0
    for part, checkpoint in zip(run.found[:4], (5, 10, 15, 20), strict=True):
        steps = {each.step for each in part if isinstance(each, Scalar)}
        assert steps == {
            int(entry["step"]) for entry in run.history if last < entry["step"] <= checkpoint
        }
        last = checkpoint
    assert run.found[4:] == [[]]


def test_it_is_a_log_of_curves(run: Run) -> None:
    """By the folder, by a checkpoint's, by the file."""
    for place in (".", "checkpoint-20", "trainer_state.json"):
        log = open_log(run.folder / place)
        read_all(log)
        steps = [each for i in range(len(log)) if isinstance(each := log.step(i), LoggedStep)]
        log.close()
        assert (log.format, log.header.layers, log.problems) == ("trainer_state", (), [])
        entries = {int(entry["step"]): entry for entry in run.history if "grad_norm" in entry}
        losses = {int(entry["step"]): entry for entry in run.history if "eval_loss" in entry}
        assert {each.step for each in steps} == {*entries, *losses}
        for step in steps:
            assert step.arrays == {}
            assert step.numbers.get("test_loss") == losses.get(step.step, {}).get("eval_loss")
            for metric, key in (
                *(("loss", "loss"), ("gradient_norm", "grad_norm")),
                ("learning_rate", "learning_rate"),
            ):
                assert step.numbers.get(metric) == entries.get(step.step, {}).get(key)


def test_bytes_that_are_cut_or_changed_never_crash_it(run: Run, tmp_path: Path) -> None:
    """They are numbers, something left out, or one clear error."""
    content = (run.folder / "trainer_state.json").read_bytes()
    generator, path = random.Random(0), tmp_path / "trainer_state.json"
    outcomes = set[type]()
    for size in range(len(content) + 300):
        other = bytearray(content[:size])
        if size > len(content):
            for _ in range(generator.choice((1, 1, 3))):
                other[generator.randrange(len(other))] = generator.randrange(256)
        path.write_bytes(other)
        try:
            outcomes |= {*map(type, TrainerStateReader(path).read_on())}
        except SettingError:
            outcomes.add(SettingError)
    assert outcomes - {SettingError} == {Scalar, BrokenLine}
