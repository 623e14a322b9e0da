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


def run_strings():
    """Reads what the run is started with: arguments and environment."""
    data = b""
    while chunk := os.read(RUN_STRINGS, 65536):
        data += chunk
    os.close(RUN_STRINGS)
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
    """Preloads, hides, freezes, and returns in each run's child."""
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
    enter, hidden, shown = make_return(bodies, known, finders)
    end = make_end(gc, hidden, shown, known, kept)
    bootstrap._ModuleLockManager.__enter__ = enter
    # Nothing else holds this function of site's, and it is one of the first things that the interpreter's end takes away.
    # A cycle, which will be frozen: nothing in it ever dies.
    kept += (kept, enter, _weakref.ref(sys.__interactivehook__, end))
    # What dies in a run's child would be a page copied.
    del bodies, known, startup, searched, finders, names, enter, end, hidden, shown
    gc.collect()
    gc.freeze()
    os.fork()


# The import system is known by name here, and these are the names of one version. Others execute their runs.
if sys.version_info[:2] != (3, 11):
    raise SystemExit(f"zygotes are for Python 3.11, and this is {sys.version}")
wait()
become(*run_strings())
raise ImportError(name=__name__)
