"""`chainrule watch FILE --headless`: events, exit codes, and files that come, grow and end."""

import itertools
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engine.logs.formats import LATE, Options
from tests.support.run_logs import HEADER, written
from tests.support.wandb_files import history, wandb_file
from tui.commands.parser import main
from tui.commands.watch_headless import Watch, follow
from tui.config.flags import UNTIL
from tui.words.log_player import LATE as LATE_WORDS

VANISHING = '{"step": 0, "loss": 1, "output_grad_norm": [1e-9, 1]}'
EXPLODING = '{"step": 1, "loss": 1, "output_grad_norm": [1e9, 1]}'
BROKEN = '{"step": 2, "loss": null, "output_grad_norm": [null, null]}'
LAST = '{"step": 3, "last": true}'


def events(
    capsys: pytest.CaptureFixture[str], *arguments: str
) -> tuple[int, list[dict[str, object]]]:
    """The exit code, and what is printed as JSON."""
    code = main(["watch", *arguments, "--headless", "--json"])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_an_event_a_finding(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """With the kind, the step, the layer and its name, and the numbers."""
    path = written(tmp_path / "a.jsonl", VANISHING, "nothing", EXPLODING, LAST)
    code, found = events(capsys, str(path))
    assert code == 0
    assert [(each["kind"], each["step"], each["layer"], each["layer_name"]) for each in found] == [
        ("broken_line", None, None, None),
        ("vanishing", 0, 1, "a"),
        ("exploding", 1, 1, "a"),
        ("done", 3, None, None),
    ]
    assert found[0]["numbers"] == {"line": 3}
    assert "line 3" in str(found[0]["text"])
    assert found[1]["numbers"] == {"decades": -9.0, "factor_per_layer": pytest.approx(1e-9)}


def test_nothing_is_told_after_the_end(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Nor is a line left out without a word by who waits for the end alone."""
    path = written(tmp_path / "a.jsonl", VANISHING, '{"step": 1, "output_grad_norm": [1]}', LAST)
    code, found = events(capsys, str(path), "--until", "done")
    assert (code, [each["kind"] for each in found]) == (0, ["vanishing", "broken_line", "done"])


def test_what_is_not_live_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Once, of each format whose writer holds back what it is given."""
    contents = {
        "trainer_state.json": json.dumps({"log_history": [{"step": 1, "loss": 0.5}]}).encode(),
        "run-a.wandb": wandb_file([history(1, {"loss": 0.5})]),
        "metrics.csv": b"loss,step\n0.5,1\n",
    }
    told = set()
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
        code, (late, done) = events(capsys, str(tmp_path / name), "--patience", "0")
        assert (code, late["kind"], late["step"], done["kind"]) == (0, "late", None, "done")
        assert str(late["text"]).startswith("written ")
        told.add(late["metric"])
    assert told == {*LATE} == {*LATE_WORDS}


@pytest.mark.parametrize("until", UNTIL)
def test_until_ends_with_what_it_asks_for(
    until: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Code 0 where it was found, and 3 where the run ends without it."""
    path = written(tmp_path / "a.jsonl", VANISHING, EXPLODING, BROKEN, LAST)
    code, found = events(capsys, str(path), "--until", until)
    assert (code, found[-1]["kind"]) == (0, until)
    path = written(tmp_path / "b.jsonl", '{"step": 0, "output_grad_norm": [1, 1]}', LAST)
    code, found = events(capsys, str(path), "--until", until)
    assert (code, found[-1]["kind"]) == (0 if until == "done" else 3, "done")


def test_text_is_for_people(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """In their language."""
    path = str(written(tmp_path / "a.jsonl", VANISHING, LAST))
    assert main(["watch", path, "--headless"]) == 0
    assert capsys.readouterr().out.startswith("step 0: the gradient vanishes")
    assert main(["watch", path, "--headless", "--lang", "zh"]) == 0
    assert capsys.readouterr().out.startswith("第 0 步")


def test_until_takes_several(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Whichever comes first."""
    path = str(written(tmp_path / "a.jsonl", EXPLODING, BROKEN, LAST))
    for names in (("vanishing", "exploding"), ("exploding", "nonfinite"), ("done", "exploding")):
        code, found = events(capsys, path, *(f"--until={name}" for name in names))
        assert (code, found[-1]["kind"]) == (0, "exploding")


@pytest.mark.parametrize(
    "arguments",
    [
        ("{path}", "--until", "vanish"),
        ("{path}", "--patience", "long"),
        ("{path}", "--patience", "-1"),
        ("",),
        ("{missing}", "--patience", "0"),
        ("{empty}", "--patience", "0"),
        ("{foreign}",),
        ("{newer}",),
        ("{path}", "--order", "{missing}"),
        (),
    ],
)
def test_what_cannot_be_used_is_one_line(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """And exit code 2."""
    paths = {
        "path": written(tmp_path / "a.jsonl", LAST),
        "missing": tmp_path / "missing",
        "empty": tmp_path / "empty",
        "foreign": tmp_path / "foreign",
        "newer": tmp_path / "newer",
    }
    paths["empty"].write_text("")
    paths["foreign"].write_text("a novel\n")
    paths["newer"].write_text('{"chainrule_log": 2, "layers": ["a"]}\n')
    given = [argument.format(**paths) for argument in arguments]
    assert main(["watch", *given, "--headless"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1


@pytest.mark.parametrize("option", [("--json",), ("--until", "done"), ("--patience", "1")])
def test_what_is_for_machines_goes_with_headless(
    option: tuple[str, ...], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """On a screen it would say nothing."""
    path = written(tmp_path / "a.jsonl", LAST)
    assert main(["watch", str(path), *option]) == 2
    assert f"{option[0]} goes with --headless only" in capsys.readouterr().err


def test_a_file_is_waited_for_and_followed(tmp_path: Path) -> None:
    """From before it is there, over each line, to its end; a line that is half there is no line."""
    path, clock = tmp_path / "a.jsonl", itertools.count()
    steps = f"{VANISHING}\n{EXPLODING}\n{LAST}\n"
    pieces = ["", HEADER[:20], HEADER[20:] + "\n", *steps[:40]]
    rest = steps[40:]

    def write(seconds: float) -> None:
        with path.open("a") as file:
            file.write(pieces.pop(0) if pieces else rest)

    found = list(follow(Watch(path, Options()), 100.0, lambda: float(next(clock)), write))
    assert [(each.kind, each.step) for each in found] == [
        ("vanishing", 0),
        ("exploding", 1),
        ("done", 3),
    ]


def test_patience_takes_silence_for_the_end(tmp_path: Path) -> None:
    """Of a writer that was killed, after the last that it wrote."""
    path = written(tmp_path / "a.jsonl", VANISHING)
    clock = iter([0.0, 0.0, 5.0, 10.0])
    found = list(follow(Watch(path, Options()), 10.0, clock.__next__, lambda seconds: None))
    assert [(each.kind, dict(each.numbers)) for each in found[1:]] == [("done", {"waited": 10.0})]


def test_a_file_that_becomes_another_begins_anew(tmp_path: Path) -> None:
    """And is judged for itself."""
    path = written(tmp_path / "a.jsonl", VANISHING)

    def rewrite(seconds: float) -> None:
        path.unlink()
        written(path, EXPLODING, LAST)

    found = follow(Watch(path, Options()), 100.0, lambda: 0.0, rewrite)
    assert [each.kind for each in found] == ["vanishing", "began_anew", "exploding", "done"]


@pytest.mark.heavy
@pytest.mark.parametrize(("signalled", "code"), [(False, 3), (True, 130)])
def test_a_reader_that_goes_away_and_ctrl_c(signalled: bool, code: int, tmp_path: Path) -> None:
    """Neither says a word; that nobody reads is noticed while nothing is written."""
    path = written(tmp_path / "a.jsonl", VANISHING)
    arguments = [str(path), "--headless", "--json", "--until", "done"]
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "watch", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert b"vanishing" in process.stdout.readline()
        if signalled:
            process.send_signal(signal.SIGINT)
        process.stdout.close()
        assert process.wait(20) == code
        assert process.stderr.read() == b""
