"""Writes down what executing each module's body does, so that it can be repeated without executing it."""

import builtins
import os
import posix
import sys

import _frozen_importlib as bootstrap
import _frozen_importlib_external as external

MISSING = object()


class Body:
    """What executing one module's body did beside making the module: the steps to repeat when it comes back."""

    __slots__ = ("name", "steps", "parent", "child", "is_late", "shadowed", "module", "is_open", "path")

    def __init__(self, name):
        self.name = name
        # A name is an import; (name,) an import that failed; (dict, key, value) an assignment; a function a call.
        self.steps = []
        self.parent, _, self.child = name.rpartition(".")
        self.is_late = False
        self.shadowed = MISSING
        self.module = None
        self.is_open = True
        self.path = None


class Recorder:
    """Writes down, while modules are imported, what each body imports and changes outside of itself."""

    def __init__(self):
        self.bodies = {}
        self.stack = [Body("")]
        self.failed = set()
        self.load = bootstrap._load_unlocked
        self.import_ = builtins.__import__
        self.register_at_fork = os.register_at_fork
        self.register_at_exit = None
        self.add_filter = None
        bootstrap._load_unlocked = self.recorded_load
        builtins.__import__ = self.recorded_import
        os.register_at_fork = posix.register_at_fork = self.recorded_register_at_fork
        self.watched = []
        for module in (bootstrap, external):
            self.watch(module.__dict__)
        self.watch(sys.modules)

    def stop(self):
        self.note()
        for table, _, first in self.watched:
            if table is sys.modules:
                continue
            for key in [key for key in table if key not in first]:
                del table[key]
            for key, value in first.items():
                if table[key] is not value:
                    table[key] = value
        bootstrap._load_unlocked = self.load
        builtins.__import__ = self.import_
        os.register_at_fork = posix.register_at_fork = self.register_at_fork
        if self.register_at_exit:
            sys.modules["atexit"].register = self.register_at_exit
        if self.add_filter:
            sys.modules["warnings"]._add_filter = self.add_filter

    def watch(self, table):
        self.watched.append((table, dict(table), dict(table)))

    def note(self):
        """Gives what has changed in the watched tables to the body that is being executed."""
        steps = self.stack[-1].steps
        for table, last, _ in self.watched:
            if len(table) == len(last) and all(last.get(key, MISSING) is value for key, value in table.items()):
                continue
            for key, value in table.items():
                if last.get(key, MISSING) is not value:
                    last[key] = value
                    # A module that is being loaded is put back by its own record.
                    if table is not sys.modules or not any(body.name == key for body in self.stack):
                        steps.append((table, key, value))
            for key in [key for key in last if key not in table]:
                del last[key]

    def recorded_load(self, spec):
        self.note()
        name = spec.name
        above = self.stack[-1]
        if name not in above.steps:
            above.steps.append(name)
        body = Body(name)
        if body.parent:
            parent = sys.modules[body.parent]
            record = self.bodies.get(body.parent)
            body.is_late = record is None or not record.is_open
            body.shadowed = parent.__dict__.get(body.child, MISSING)
        self.bodies[name] = body
        self.stack.append(body)
        try:
            module = self.load(spec)
            self.note()
        except BaseException:
            del self.bodies[name]
            raise
        finally:
            self.stack.pop()
            body.is_open = False
        body.module = module
        body.path = getattr(module, "__path__", None)
        for table, last, _ in self.watched:
            if table is sys.modules:
                last.clear()
                last.update(table)
        if name == "atexit":
            self.register_at_exit = module.register
            module.register = self.recorded_register_at_exit
        elif name == "copyreg":
            self.watch(module.dispatch_table)
        elif name == "re":
            self.watch(module._cache)
        elif name == "warnings":
            self.filters = module.filters
            self.add_filter = module._add_filter
            module._add_filter = self.recorded_add_filter
        return module

    def recorded_import(self, name, globals=None, locals=None, fromlist=(), level=0):
        self.note()
        steps = self.stack[-1].steps
        full = name
        if level:
            full = bootstrap._resolve_name(name, bootstrap._calc___package__(globals), level)
        steps.append(full)
        try:
            module = self.import_(name, globals, locals, fromlist, level)
        except ImportError:
            if full not in sys.modules:
                steps[steps.index(full)] = (full,)
            raise
        if fromlist:
            names = module.__dict__.get("__all__", ()) if "*" in fromlist else fromlist
            for child in names:
                child_name = full + "." + child
                if child_name in sys.modules and module.__dict__.get(child) is sys.modules[child_name]:
                    steps.append(child_name)
        return module

    def recorded_register_at_fork(self, **functions):
        self.note()
        register = self.register_at_fork
        self.stack[-1].steps.append(lambda: register(**functions))

    def recorded_register_at_exit(self, function, *arguments, **named):
        self.note()
        register = self.register_at_exit
        self.stack[-1].steps.append(lambda: register(function, *arguments, **named))
        return function

    def recorded_add_filter(self, *item, append):
        add = self.add_filter
        if sys.modules["warnings"].filters is not self.filters:
            add(*item, append=append)
            return
        self.note()
        self.stack[-1].steps.append(lambda: add(*item, append=append))


def refresh_random(module):
    module._inst.seed()


def refresh_threading(module):
    module._main_thread._set_native_id()


def refresh_logging(module):
    module._startTime = module.time.time()


def refresh_numpy_random(module):
    # What a new generator hashes into its state from random bits, it is given as random bits: that takes a tenth.
    generator = module._rand._bit_generator
    if generator not in numpy_state:
        numpy_state[generator] = generator.state
    state = numpy_state[generator]
    key = state["state"]["key"]
    memoryview(key).cast("B")[:] = posix.urandom(key.nbytes)
    key[0] = 1 << 31
    generator.state = state


numpy_state = {}

# What a body took from its process or its moment, and must take again in the run.
REFRESHED = {
    "random": refresh_random,
    "threading": refresh_threading,
    "logging": refresh_logging,
    "numpy.random.mtrand": refresh_numpy_random,
}


def preload(names):
    """Imports the modules and returns the records of all bodies that were executed."""
    recorder = Recorder()
    try:
        for name in names:
            try:
                recorder.recorded_import(name)
            except ImportError:
                # Not installed: the run's own import will say so.
                pass
    finally:
        recorder.stop()
    return recorder.bodies


def hide(bodies, startup):
    """Takes everything out of the interpreter's tables that was not there at the start."""
    for body in reversed(bodies.values()):
        if body.is_late:
            parent = sys.modules[body.parent]
            if body.shadowed is MISSING:
                del parent.__dict__[body.child]
            else:
                parent.__dict__[body.child] = body.shadowed
        refresh = REFRESHED.get(body.name)
        if refresh:
            # Once now: what it sets up at its first call is there then.
            refresh(body.module)
            body.steps.append((refresh, body.module))
    for name in [name for name in sys.modules if name not in startup]:
        del sys.modules[name]
