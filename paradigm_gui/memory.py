"""How often the garbage collector looks, and at what; and that no image of the memory is left behind."""

from __future__ import annotations

import gc
import sys

# At most some hundred thousand objects are looked at in one go: about 20 ms.
_YOUNG_OBJECTS = 25_000
_YOUNG_COLLECTIONS = 4


def leave_no_core_dump() -> None:
    """Let a crash write no image of the memory, which holds keys, prompts and answers, to the disk.

    Holds for the processes that are started from now on, too.
    """
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))


def settle_memory() -> None:
    """Move what start-up made out of the collector's sight; from now on, what it has spared as well.

    A large run keeps some hundred thousand objects, and looking at all of them time and again would
    stop the window for a tenth of a second and more. Runs have no cycles: they go when nobody needs them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG_OBJECTS, _YOUNG_COLLECTIONS, _YOUNG_COLLECTIONS)
    if _keep_survivors not in gc.callbacks:
        gc.callbacks.append(_keep_survivors)


def _keep_survivors(phase: str, info: dict[str, int]) -> None:
    if phase == "stop" and info["generation"] > 0:
        gc.freeze()
