"""One of two processes that train the small networks together, each on half of each batch.

`python -m tests.support.torch_ddp FOLDER RANK`; the first leaves logs and the truth in the folder.
"""

import os
import sys
from pathlib import Path

import torch
from torch import distributed
from torch.nn.parallel import DistributedDataParallel

from engine.pytorch.gradient_log import GradientLog
from tests.support.torch_nets import NETS, Exact, Truth, batch, loss_of, parts

STEPS, EVERY = 3, 2


def trained(net: str, folder: Path, rank: int) -> list[Truth]:
    """Of each step."""
    torch.manual_seed(0)
    model = NETS[net]()
    parallel = DistributedDataParallel(model)
    optimizer = torch.optim.SGD(parallel.parameters(), lr=0.01)
    truths = []
    with GradientLog(parallel, optimizer, folder / f"{net}.jsonl", every=EVERY) as log:
        for step in range(STEPS):
            halves = parts(batch(step), 2)
            gradients = Exact(model, halves).gradients()
            truths.append(Truth(gradients, Exact(model, halves[:1]).outputs, None))
            optimizer.zero_grad()
            loss = loss_of(parallel, halves[rank])
            loss.backward()
            optimizer.step()
            log.write(loss)
    return truths


if __name__ == "__main__":
    torch.set_num_threads(1)
    folder, rank = Path(sys.argv[1]), int(sys.argv[2])
    distributed.init_process_group(
        "gloo", init_method=f"file://{folder}/meeting", world_size=2, rank=rank
    )
    for net in NETS:
        truths = trained(net, folder, rank)
        if rank == 0:
            torch.save(truths, folder / f"{net}.pt")
    distributed.barrier()
    distributed.destroy_process_group()
    # at the interpreter's end gloo's threads, if they are still there, abort the process
    os._exit(0)
