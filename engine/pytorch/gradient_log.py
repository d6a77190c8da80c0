"""Writes down what gradient the layers of a PyTorch model get; needs only torch, 2.6 or later."""

import json
import os
import time
import warnings
from contextlib import ExitStack
from itertools import chain, islice
from math import hypot, isfinite
from traceback import walk_stack
from typing import Any, ClassVar


class GradientLog(ExitStack):
    """A run log of the gradient that the optimizer uses, unscaled and clipped; close it at the end.

    Call `write` after each step. Each `every`-th, which runs uncompiled, has g: of each layer, the
    innermost module round a trained weight, |dL/d(output)| over all backward passes of rank 0.
    """

    _stances: ClassVar[list[Any]] = []  # of all logs: what runs stays uncompiled until the last

    def __init__(
        self, model: Any, optimizer: Any, path: Any, every: int = 20, overwrite: bool = False
    ) -> None:
        import torch

        super().__init__()
        if (of := torch.distributed).is_available() and of.is_initialized() and of.get_rank():
            path, overwrite = os.devnull, True
        if not overwrite and os.path.basename(path) in os.listdir(os.path.dirname(path) or "."):
            raise FileExistsError(f"{path} is there already; overwrite=True begins it anew")
        if every < 1:
            raise ValueError(f"every={every}: of each how many steps one has g, so 1 or more")
        used = {p for group in optimizer.param_groups for p in group["params"] if p.requires_grad}
        self._parameters = {name: p for name, p in model.named_parameters() if p in used}
        if any(hasattr(p, "full_tensor") or "_fsdp_" in n for n, p in model.named_parameters()):
            raise ValueError("sharded parameters (FSDP, DTensor) are not known as a whole: no log")
        self._names = {m: n for n, m in model.named_modules() if "parametrizations" not in n}
        self._torch: Any = torch
        self._groups: dict[tuple[Any, Any], dict[str, Any]] = {}
        for name, p in self._parameters.items():
            self._groups.setdefault((p.device, p.dtype), {})[name] = p
        wide = any(torch.finfo(dtype).bits > 32 for _, dtype in self._groups)
        self._place, self._as = (path, "w" if overwrite else "x", 1), "%.17g" if wide else "%.7g"
        self._step, self._next_g, self._every, self._start = 0, 0, every, time.monotonic()
        self._layers, self._used = dict[str, list[str]](), dict[str, Any]()
        self._file: Any = None
        self.callback(optimizer.register_step_pre_hook(torch.compiler.disable(self._before)).remove)
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
        texts |= {name: self._text(value) for name, value in fields.items() if value is not None}
        if lost := [name for name, text in texts.items() if "null" in text]:
            texts["nonfinite"] = json.dumps(lost)
        print("{" + ",".join(f'"{n}":{text}' for n, text in texts.items()) + "}", file=self._file)
        self._step, self._used = self._step + 1, {}
        self._watch()

    def _watch(self) -> None:
        self._g: dict[str, float] = {}
        if self._step >= self._next_g:
            register = self._torch.nn.modules.module.register_module_forward_hook
            self._watching.callback(register(self._after_forward).remove)  # no copy has it
            self._stances.append(self._torch.compiler.set_stance("force_eager"))
            self._watching.callback(lambda: self._stances.pop().__exit__(None, None, None))

    def _after_forward(self, module: Any, _: object, output: Any) -> None:
        while isinstance(output, list | tuple) and output:
            output = output[0]
        if module in self._names and hasattr(output, "register_hook"):
            self._layers.setdefault(name := self._names[module], [])
            if self._g and all(p.grad is None for p in self._parameters.values()):
                self._g = {}  # what was taken has been dropped, as of another network's loss
            if output.requires_grad:
                self._watching.callback(output.register_hook(lambda g: self._see(name, g)).remove)

    def _see(self, name: str, g: Any) -> None:
        if not self._torch.is_grad_enabled():  # else a gradient that a loss is made of: a penalty
            self._g[name] = hypot(self._g.get(name, 0.0), *self._norms([g]))

    def _before(self, optimizer: Any, args: Any, kwargs: Any) -> None:
        if any(args[1:]) or kwargs.get("closure"):
            raise ValueError("a closure takes its gradient within the step: no log can be kept")
        if self._used:
            self.write(None)  # of the step before nobody has told the loss
        self._begin()
        if getattr(optimizer, "found_inf", False):
            return  # a fused optimizer skips by itself, and divides
        divisor = float(getattr(optimizer, "grad_scale", None) or 1.0)
        calls = (f for f, _ in walk_stack(None) if f.f_code.co_qualname == "GradScaler.step")
        scale = next((f.f_locals["self"].get_scale() for f in calls), None)  # told nowhere else
        norms = dict.fromkeys(self._parameters, 0.0)
        for group in self._groups.values():
            grads = {name: grad for name, p in group.items() if (grad := p.grad) is not None}
            values = [g.coalesce().values() if g.is_sparse else g for g in grads.values()]
            norms |= zip(grads, self._norms(values, divisor) if values else (), strict=True)
        total, rate = hypot(*norms.values()), float(optimizer.param_groups[0]["lr"])
        layers = [hypot(*map(norms.__getitem__, names)) for names in self._layers.values()]
        self._used = {"learning_rate": rate, "scale": scale, "weight_grad_norm": layers}
        self._used |= {"gradient_norm": total, "clipped_gradient_norm": total}
        if self._g:
            g = [self._g.get(name, 0.0) / (scale or 1.0) for name in self._layers]
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
        rows = [[self._clean(n), i, self._parameters[n].numel()] for i, of in inside for n in of]
        self._file = self.enter_context(open(*self._place))  # noqa: SIM115
        self.callback(lambda: print(f'{{"step":{self._step},"last":true}}', file=self._file))
        head = {"chainrule_log": 1, "layers": [*map(self._clean, self._layers)], "parameters": rows}
        print(json.dumps(head), file=self._file)

    def _text(self, value: Any) -> str:
        if isinstance(value, list):
            return f"[{','.join([self._as % v if isfinite(v) else 'null' for v in value])}]"
        return self._as % float(value) if isfinite(value) else "null"

    def _norms(self, tensors: list[Any], by: float = 1.0) -> list[float]:
        """Euclidean norms over `by`: of short pieces, and in float64 where float32 does not do."""
        kind = self._torch.promote_types(tensors[0].dtype, self._torch.float32)
        cuts = [t.reshape(-1).split(2**18) if t.numel() > 2**18 else (t,) for t in tensors]
        norms = self._torch._foreach_norm([*chain(*cuts)], dtype=kind)
        each = iter(parts := self._torch.stack(norms).tolist())
        joined = (hypot(*islice(each, len(of))) for of in cuts)
        pairs = zip(parts if len(parts) == len(tensors) else joined, tensors, strict=True)
        return [(n if 1e-15 < n < 1e15 else float(t.cpu().double().norm())) / by for n, t in pairs]

    def _clean(self, name: str) -> str:
        return f"{name}.".replace("_orig_mod.", "").removeprefix("module.").rstrip(".") or "model"
