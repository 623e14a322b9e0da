"""Makes an interpreter wait with its usual modules imported, and every run in a fork of it look like a cold start.

The interpreter is started as for a run, `python3 main.py`, with this file's folder on PYTHONPATH: `site` imports it as the last
step before `main.py`. It imports the modules named in RETORT_ZYGOTE_MODULES, hides them, and calls fork(2). The library that is
preloaded with it answers that call in each run's child only. What remains to be done there is to put the run's arguments and
environment in place and to be gone: the import of this file fails, as it does where there is none, and the interpreter goes on
to `main.py` by itself. Nothing of `main.py` is executed by us; what can be seen of its start is the interpreter's own doing.

A hidden module is in no table of the interpreter. It comes back when it is imported and the import would, cold, have executed
the very file that was executed here; it comes with all that its body imported, in that order. docs/zygotes.md says how this is
decided and what it cannot hide.
"""

import os
import posix
import sys

import _frozen_importlib as bootstrap
import _frozen_importlib_external as external
import _weakref

from ending import make_end
from recording import hide, preload
from returning import make_return

RUN_STRINGS = 3
MODULES = "RETORT_ZYGOTE_MODULES"
# What a zygote's environment has beyond that of its runs.
OWN_VARIABLES = ("LD_PRELOAD", "PYTHONPATH", "RETORT_ZYGOTE", MODULES)
POOL, POOL_HEADER, MOST_FILLERS = 1 << 14, 48, 20_000
fork, read, close = os.fork, os.read, os.close


def run_strings():
    """Reads what the run is started with: arguments and environment."""
    data = b""
    while chunk := read(RUN_STRINGS, 65536):
        data += chunk
    close(RUN_STRINGS)
    strings = data.split(b"\0")[:-1]
    count = int(strings[0])
    return strings[1:1 + count], strings[1 + count:]


def become(arguments, environment):
    """Puts a run's arguments and environment where a cold start has them."""
    arguments = [os.fsdecode(argument) for argument in arguments]
    sys.orig_argv[:] = arguments
    sys.argv[:] = arguments[1:]
    variables = {}
    for variable in environment:
        name, separator, value = variable.partition(b"=")
        if separator:
            variables.setdefault(name, value)
    for table in (posix.environ, os.environ._data):
        table.clear()
        table.update(variables)


def wait():
    """Preloads and hides, and has the interpreter wait where it is about to look at `main.py`."""
    own = (__name__, "ending", "recording", "returning")
    names = [name for name in os.environ.get(MODULES, "").split(",") if name]
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path.remove(here)
    del sys.path_importer_cache[here]
    kept = [sys._getframe(1).f_code, *(sys.modules.pop(name) for name in own[1:])]
    startup = set(sys.modules)
    searched = set(sys.path_importer_cache)
    bodies = preload([*names, "gc"])
    gc = sys.modules["gc"]
    known = {name: module for name, module in sys.modules.items() if name not in ("__main__", __name__)}
    finders = {}
    for entry in [entry for entry in sys.path_importer_cache if entry not in searched]:
        finders[entry] = sys.path_importer_cache.pop(entry)
    # A cold start looks for this file everywhere and does not find it.
    external.PathFinder.find_spec(__name__)
    hide(bodies, startup)
    kept.append(fill_pools())
    enter, hidden, shown = make_return(bodies, known, finders)
    end = make_end(gc, hidden, shown, known, kept)
    bootstrap._ModuleLockManager.__enter__ = enter
    stop = make_stop(sys.path_hooks, gc.collect, gc.freeze, kept)
    # Nothing else holds this function of site's, and it is one of the first things that the interpreter's end takes away.
    # A cycle, which will be frozen: nothing in it ever dies.
    kept += (kept, enter, stop, _weakref.ref(sys.__interactivehook__, end))
    # Most runs have no others than these: they find what is here already.
    for name in OWN_VARIABLES:
        os.environ.pop(name, None)


def fill_pools():
    """Takes what is free in the pools of small objects, so that a run's objects lie together on pages of their own.

    A pool of the allocator has blocks of one size; its first follows a header of 48 bytes. Two objects in a row that are the
    first and the second of a pool are in one that was empty.
    """
    taken = []
    for size in range(16, 513, 16):
        one, two = None, new_object(size)
        for _ in range(MOST_FILLERS):
            one, two = two, new_object(size)
            if id(one) % POOL == POOL_HEADER and id(two) - id(one) == size:
                break
            taken.append(one)
    return taken


def new_object(size):
    if size == 16:
        return object()
    return 1 << 60 if size == 32 else bytes(size - 33)


def make_stop(hooks, collect, freeze, kept):
    """Puts a function into the place of the first hook for paths, which is the first to be asked about `main.py`.

    It waits there, and returns in each run's child what the hook says. So everything up to that moment is done once.
    What is kept is alive until it is frozen, for it holds this function, and this function it.
    """
    first = hooks[0]

    def stop(path, kept=kept):
        hooks[0] = first
        collect()
        kept.append(fill_pools())
        freeze()
        fork()
        try:
            strings = run_strings()
        except OSError:
            # There is nothing to read where arguments and environment are those that are there.
            pass
        else:
            become(*strings)
        return first(path)

    hooks[0] = stop
    return stop


# The import system is known by name here, and these are the names of one version. Others execute their runs.
if sys.version_info[:2] != (3, 11):
    raise SystemExit(f"zygotes are for Python 3.11, and this is {sys.version}")
wait()
raise ImportError(name=__name__)
