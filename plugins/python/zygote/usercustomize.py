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

import builtins
import io
import os
import posix
import sys

import _frozen_importlib as bootstrap
import _frozen_importlib_external as external
import _imp
import _thread
import _weakref

RUN_STRINGS = 3
MODULES = "RETORT_ZYGOTE_MODULES"
# Closing this descriptor, which is none, makes the library leave Py_FinalizeEx.
FINISH = -0x7265746F
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
    module._rand._bit_generator.state = type(module._rand._bit_generator)().state


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
            parent = body.module.__class__ and sys.modules[body.parent]
            if body.shadowed is MISSING:
                del parent.__dict__[body.child]
            else:
                parent.__dict__[body.child] = body.shadowed
        refresh = REFRESHED.get(body.name)
        if refresh:
            body.steps.append((refresh, body.module))
    for name in [name for name in sys.modules if name not in startup]:
        del sys.modules[name]


def lazy_kinds():
    """The types of what may run code of the program when it dies: suspended generators and coroutines."""
    async def coroutine():
        pass

    async def asynchronous():
        yield

    waiting = coroutine()
    waiting.close()
    return type((lambda: (yield))()), type(waiting), type(asynchronous())


def make_return(gc, bodies, known, finders, kept_alive):
    """Makes the function that lets hidden modules come back, and the one that ends their part when the interpreter does."""
    hidden = {}
    for body in bodies.values():
        loader = getattr(body.module.__spec__, "loader", None)
        is_on_path = loader not in (bootstrap.BuiltinImporter, bootstrap.FrozenImporter)
        hidden[body.name] = (
            body.module,
            tuple(body.steps),
            body.parent,
            body.child if body.is_late else None,
            body.name if is_on_path and not body.parent else None,
        )
    packages = {body.name: list(body.path) for body in bodies.values() if body.path is not None}
    caches = {}
    for cache in gc.get_objects():
        if type(cache).__name__ == "_lru_cache_wrapper":
            caches.setdefault(cache.__module__, []).append(cache)
    shown = set()
    get_objects, unfreeze, is_finalizing = gc.get_objects, gc.unfreeze, sys.is_finalizing
    left = {"sys", "builtins", "__main__"}
    original = bootstrap._ModuleLockManager.__enter__
    stdout, stderr, close, count_threads = sys.stdout, sys.stderr, os.close, _thread._count
    speaking = (io.IOBase, *lazy_kinds())
    quiet = (io.BytesIO, io.StringIO, io.FileIO, io.BufferedReader)

    modules = sys.modules
    import_ = builtins.__import__
    meta_path, path_hooks, path = tuple(sys.meta_path), tuple(sys.path_hooks), list(sys.path)
    path_start, path_length = path[0], len(path)
    find = bootstrap._find_and_load.__code__
    get_module_lock, lock_imports, unlock_imports = bootstrap._get_module_lock, _imp.acquire_lock, _imp.release_lock
    get_frame, get_limit, get_trace, get_profile = sys._getframe, sys.getrecursionlimit, sys.gettrace, sys.getprofile
    file_finder, path_finder, get_status = external.FileFinder, external.PathFinder, external._path_stat
    listed = {}

    def is_usual():
        """Whether an import would do now what it did when the modules were preloaded."""
        if builtins.__import__ is not import_ or sys.modules is not modules:
            return False
        for now, then in ((sys.meta_path, meta_path), (sys.path_hooks, path_hooks)):
            if now is None or len(now) != len(then):
                return False
            for one, other in zip(now, then):
                if one is not other:
                    return False
        limit = get_limit()
        if limit < 1000:
            return False
        try:
            get_frame(limit - 300)
        except ValueError:
            return True
        # An import this deep may well end in a RecursionError, cold.
        return False

    def is_shadowed(names):
        """Whether a folder that is searched before the standard library has one of the names."""
        search = sys.path
        try:
            start = search.index(path_start)
        except ValueError:
            return True
        if search[start:start + path_length] != path:
            return True
        for entry in path:
            if entry not in sys.path_importer_cache:
                return True
        for entry in search[:start]:
            if not isinstance(entry, str):
                continue
            finder = path_finder._path_importer_cache(entry)
            if finder is None:
                continue
            if type(finder) is not file_finder:
                return True
            try:
                changed = get_status(finder.path).st_mtime
            except OSError:
                changed = -1
            if changed != finder._path_mtime:
                finder._fill_cache()
                finder._path_mtime = changed
            if listed.get(entry, MISSING) is not finder._path_cache:
                listed[entry] = finder._path_cache
                listed[entry, "names"] = {file.partition(".")[0] for file in finder._path_cache}
            if not names.isdisjoint(listed[entry, "names"]):
                return True
        return False

    def remember_search(package):
        """Puts the finders of a package's folders where searching them for a module puts them."""
        for entry in packages[package]:
            if entry in finders:
                sys.path_importer_cache.setdefault(entry, finders[entry])

    def gather(name, steps, names, seen):
        """Gathers what the import would do, in order; false when something is not as it was."""
        _, own, parent, _, on_path = hidden[name]
        if parent:
            if parent not in seen:
                now = modules.get(parent, MISSING)
                if now is MISSING:
                    if parent not in hidden or not gather(parent, steps, names, seen):
                        return False
                    # Its body has imported this one.
                    if name in seen:
                        return True
                elif now is not known.get(parent):
                    return False
                elif now.__path__ != packages.get(parent):
                    return False
        seen.add(name)
        if parent in packages:
            steps.append((remember_search, parent))
        if on_path:
            names.add(on_path)
        for step in own:
            if type(step) is str:
                if step in seen:
                    continue
                now = modules.get(step, MISSING)
                if now is MISSING:
                    if step in hidden:
                        if not gather(step, steps, names, seen):
                            return False
                elif now is not known.get(step, now):
                    return False
            elif type(step) is tuple and len(step) == 1:
                if step[0] in modules:
                    return False
                names.add(step[0].partition(".")[0])
            else:
                steps.append(step)
        steps.append(name)
        return True

    def bring_back(name):
        if not is_usual():
            return
        steps = []
        names = set()
        if not gather(name, steps, names, set()) or names and is_shadowed(names):
            return
        for step in steps:
            if type(step) is str:
                module, _, parent, child, _ = hidden.pop(step)
                shown.add(step)
                modules[step] = module
                if child:
                    setattr(known[parent], child, module)
            elif type(step) is tuple:
                if len(step) == 3:
                    table, key, value = step
                    table[key] = value
                else:
                    refresh, module = step
                    refresh(module)
            else:
                step()

    def __enter__(self):
        self._lock = get_module_lock(self._name)
        self._lock.acquire()
        if self._name in hidden and not get_trace() and not get_profile() and get_frame(1).f_code is find:
            lock_imports()
            try:
                if self._name in hidden and self._name not in modules:
                    bring_back(self._name)
            except BaseException:
                self._lock.release()
                raise
            finally:
                unlock_imports()

    def end(_):
        """Spares the end of the interpreter what it would do to modules that were frozen, where nobody can tell."""
        if not is_finalizing() or modules is not sys.modules:
            return
        try:
            if is_harmless():
                stdout.flush()
                stderr.flush()
                try:
                    close(FINISH)
                except OSError:
                    pass
                for name in list(modules):
                    if name not in left and modules[name] is known.get(name):
                        del modules[name]
                for name in shown:
                    for cache in caches.get(name, ()):
                        cache.cache_clear()
                return
        except BaseException:
            pass
        bootstrap._ModuleLockManager.__enter__ = original
        hidden.clear()
        known.clear()
        caches.clear()
        kept_alive.clear()
        unfreeze()

    def is_harmless():
        """Whether no object of the program does something when it dies."""
        if sys.stdout is not stdout or sys.stderr is not stderr or count_threads():
            return False
        objects = get_objects()
        if len(objects) > 100_000:
            return False
        kinds = set(map(type, objects))
        for kind in kinds:
            if kind not in quiet and (issubclass(kind, speaking) or hasattr(kind, "__del__")):
                return False
        if _weakref.ReferenceType in kinds:
            for one in objects:
                if type(one) is _weakref.ReferenceType and getattr(one.__callback__, "__module__", None) == "__main__":
                    return False
        return True

    return __enter__, end


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
    names = os.environ.get(MODULES, "").split(",")
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path.remove(here)
    sys.path_importer_cache.pop(here, None)
    startup = dict(sys.modules)
    del startup[__name__]
    before = set(sys.path_importer_cache)
    bodies = preload([name for name in names if name] + ["gc"])
    known = dict(sys.modules)
    del known["__main__"], known[__name__]
    finders = {}
    for entry in [entry for entry in sys.path_importer_cache if entry not in before]:
        finders[entry] = sys.path_importer_cache.pop(entry)
    # A cold start looks for this file everywhere and does not find it.
    external.PathFinder.find_spec(__name__)
    gc = sys.modules["gc"]
    hide(bodies, startup)
    make_return.__code__ = as_bootstrap(make_return.__code__)
    kept = []
    enter, end = make_return(gc, bodies, known, finders, kept)
    bootstrap._ModuleLockManager.__enter__ = enter
    # Nothing else holds this function of site's, and it is one of the first things that the interpreter's end takes away.
    kept += (kept, enter, _weakref.ref(sys.__interactivehook__, end), sys._getframe(1).f_code)
    # What dies in a run's child would be a page copied.
    del bodies, known, startup, finders, before, names, enter, end
    gc.collect()
    gc.freeze()
    os.fork()


def as_bootstrap(code):
    """The code with the file name of the import system, which tracebacks leave out."""
    constants = tuple(as_bootstrap(one) if isinstance(one, type(code)) else one for one in code.co_consts)
    return code.replace(co_consts=constants, co_filename="<frozen importlib._bootstrap>")


wait()
become(*run_strings())
raise ImportError(name="usercustomize")
