"""Writes down what gradient the layers of a PyTorch model get; needs only torch, 2.6 or later."""

import json
import math
import os
import time
import traceback
import warnings
from contextlib import ExitStack
from typing import Any, ClassVar


class GradientLog(ExitStack):
    """A run log of the gradient that the optimizer uses, unscaled and clipped; close it at the end.

    Call `write` after each step; each `every`-th has g, the norm of dL/d(output) of each layer over
    all that ran for it, uncompiled. A layer is the innermost module round a trained weight, without
    its biases, in the order of the first pass. Rank 0 writes, with g of its part of the batch.
    """

    _stances: ClassVar[list[Any]] = []  # of all logs: what runs stays uncompiled until the last

    def __init__(
        self, model: Any, optimizer: Any, path: Any, every: int = 20, overwrite: bool = False
    ) -> None:
        from torch import compiler, distributed

        super().__init__()
        if distributed.is_available() and distributed.is_initialized() and distributed.get_rank():
            path, overwrite = os.devnull, True
        if os.path.exists(path) and not overwrite:
            raise FileExistsError(f"{path} is there already; overwrite=True begins it anew")
        used = {p for group in optimizer.param_groups for p in group["params"] if p.requires_grad}
        self._parameters = {name: p for name, p in model.named_parameters() if p in used}
        self._names = {m: n for n, m in model.named_modules() if "parametrizations" not in n}
        self._groups: dict[object, dict[str, Any]] = {}
        for name, p in self._parameters.items():
            self._groups.setdefault((p.device, p.dtype), {})[name] = p
        self._place = path, "w" if overwrite else "x"
        self._step, self._next_g, self._every, self._start = 0, 0, every, time.monotonic()
        self._layers: dict[str, list[str]] = {}
        self._used: dict[str, Any] = {}
        self._file: Any = None
        self.callback(optimizer.register_step_pre_hook(compiler.disable(self._before_step)).remove)
        self._watching = self.enter_context(ExitStack())
        warnings.filterwarnings("ignore", ".*when there are global hooks on modules")
        self._watch()

    def write(self, loss: Any, gradient_norm: Any = None) -> None:
        """Write the line of the step that was just taken, with what clipping returned."""
        self._begin()
        fields = {"time": time.monotonic() - self._start, **self._used}
        fields["loss"] = loss.detach() if hasattr(loss, "detach") else loss
        fields |= {} if gradient_norm is None else {"gradient_norm": gradient_norm}
        texts = {"step": str(self._step)} | ({} if self._used else {"skipped": "true"})
        texts |= {name: _text(value) for name, value in fields.items() if value is not None}
        if lost := [name for name, text in texts.items() if "null" in text]:
            texts["nonfinite"] = json.dumps(lost)
        inside = ",".join(f'"{name}":{text}' for name, text in texts.items())
        print(f"{{{inside}}}", file=self._file, flush=True)
        self._step, self._used = self._step + 1, {}
        self._watch()

    def _watch(self) -> None:
        from torch import compiler
        from torch.nn.modules.module import register_module_forward_hook

        self._g: dict[str, list[float]] = {}
        if self._step >= self._next_g:
            # a global hook is neither copied nor saved with the model, as its own would be
            self._watching.callback(register_module_forward_hook(self._after_forward).remove)
            self._stances.append(compiler.set_stance("force_eager"))
            self._watching.callback(lambda: self._stances.pop().__exit__(None, None, None))

    def _after_forward(self, module: Any, _: object, output: Any) -> None:
        while isinstance(output, list | tuple) and output:
            output = output[0]
        if module in self._names and hasattr(output, "register_hook"):
            self._layers.setdefault(name := self._names[module], [])
            if output.requires_grad:
                output.register_hook(lambda g: self._g.setdefault(name, []).extend(_norms([g])))

    def _before_step(self, optimizer: Any, args: Any, kwargs: Any) -> None:
        if args[1:] or kwargs.get("closure"):
            raise ValueError("a closure takes its gradient within the step: no log can be kept")
        self._begin()
        if getattr(optimizer, "found_inf", False):
            return  # a fused optimizer skips by itself, and divides
        divisor, scale = float(getattr(optimizer, "grad_scale", None) or 1.0), _scale()
        norms = dict.fromkeys(self._parameters, 0.0)
        for group in self._groups.values():
            grads = {name: grad for name, p in group.items() if (grad := p.grad) is not None}
            values = [g.coalesce().values() if g.is_sparse else g for g in grads.values()]
            norms |= zip(grads, _norms(values, divisor) if values else (), strict=True)
        total, rate = math.hypot(*norms.values()), optimizer.param_groups[0]["lr"]
        layers = [math.hypot(*map(norms.__getitem__, names)) for names in self._layers.values()]
        self._used = {"learning_rate": rate, "scale": scale, "weight_grad_norm": layers}
        self._used |= {"gradient_norm": total, "clipped_gradient_norm": total}
        if self._g:
            g = [math.hypot(*self._g.get(name, ())) / (scale or 1.0) for name in self._layers]
            self._used["output_grad_norm"] = g
            self._next_g = self._step - self._step % self._every + self._every

    def _begin(self) -> None:
        self._watching.close()
        if self._file is not None:
            return
        weights = [n for n in self._parameters if "bias" not in n.rpartition(".")[2]]
        for name in weights or self._parameters:
            if around := [n for n in self._layers if name.startswith(n and f"{n}.")]:
                self._layers[max(around, key=len)].append(name)
        self._layers = {layer: names for layer, names in self._layers.items() if names}
        if not self._layers:
            raise RuntimeError("no layer that the optimizer trains ran before the first step")
        self._names = {m: name for m, name in self._names.items() if name in self._layers}
        inside = enumerate(self._layers.values(), 1)
        rows = [[_clean(n), i, self._parameters[n].numel()] for i, names in inside for n in names]
        self._file = self.enter_context(open(*self._place))  # noqa: SIM115
        self.callback(lambda: print(f'{{"step":{self._step},"last":true}}', file=self._file))
        header = {"chainrule_log": 1, "layers": [*map(_clean, self._layers)], "parameters": rows}
        print(json.dumps(header), file=self._file, flush=True)


def _clean(name: str) -> str:
    parts = [part for part in name.split(".") if part != "_orig_mod"]
    return ".".join(parts[1:] if parts[:1] == ["module"] else parts) or "model"


def _text(value: Any) -> str:
    if isinstance(value, list):
        return f"[{','.join([f'{v:.7g}' if math.isfinite(v) else 'null' for v in value])}]"
    return f"{float(value):.7g}" if math.isfinite(value) else "null"


def _norms(tensors: list[Any], divisor: float = 1.0) -> list[float]:
    """Euclidean norms in float32 at least, and in float64 where squares leave its range."""
    import torch

    kind = torch.promote_types(tensors[0].dtype, torch.float32)
    norms = torch.stack(torch._foreach_norm(tensors, dtype=kind)).tolist()
    pairs = zip(norms, tensors, strict=True)
    return [(n if 1e-15 < n < 1e15 else float(t.cpu().double().norm())) / divisor for n, t in pairs]


def _scale() -> Any:
    """Of the GradScaler that calls the optimizer's step, if one does: it leaves no other trace."""
    from torch.amp import GradScaler

    calls = (f for f, _ in traceback.walk_stack(None) if f.f_code is GradScaler.step.__code__)
    return next((f.f_locals["self"].get_scale() for f in calls), None)
