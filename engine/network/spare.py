"""Networks that nobody needs any more, whose arrays the next ones of their layout write again."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from engine.experiment.experiment import Experiment
from engine.network.cost import required_bytes
from engine.network.network import NetworkState, layout


class Spares:
    """One network of each layout, those kept last, up to `most` bytes in all.

    Fresh memory costs more than it seems: the system hands it out page by page.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._states: OrderedDict[Hashable, NetworkState] = OrderedDict()
        # jobs in threads ask too
        self._lock = Lock()

    @property
    def held(self) -> int:
        """Bytes of all of them, about."""
        return sum(required_bytes(state.experiment) for state in self._states.values())

    def take(self, experiment: Experiment) -> NetworkState:
        """The network of an experiment at step 0."""
        with self._lock:
            state = self._states.pop(layout(experiment), None)
        if state is None:
            return NetworkState(experiment)
        state.redraw(experiment)
        return state

    def keep(self, state: NetworkState) -> None:
        """Take a network that its owner will not touch again."""
        with self._lock:
            self._states[layout(state.experiment)] = state
            while self.held > self._most:
                self._states.popitem(last=False)


SPARE = Spares(32 * 2**20)
