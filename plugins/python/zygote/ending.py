"""Spares a run the interpreter's end where nobody can tell.

Taking an interpreter down touches most of what it holds, and in a fork every page touched is a page copied: more than all the
rest of a short run. It can be seen only through objects of the program that do something when they die.
"""

import sys

import _frozen_importlib as bootstrap
import _io
import _thread
import _weakref
import posix

# Closing this descriptor, which is none, makes the preloaded library leave Py_FinalizeEx. Without it the call fails.
FINISH = -0x7265746F
# More objects than this are not looked through.
MOST_OBJECTS = 100_000


def make_end(gc, hidden, shown, known, kept):
    """Makes the function that is called when the interpreter begins to take its modules down."""
    modules = sys.modules
    original = bootstrap._ModuleLockManager.__enter__
    stdout, stderr, close, count_threads = sys.stdout, sys.stderr, posix.close, _thread._count
    get_objects, unfreeze, is_finalizing = gc.get_objects, gc.unfreeze, sys.is_finalizing
    weak_reference = _weakref.ReferenceType
    # What flushes, and what complains that nobody waited for it.
    generator, *suspended = suspended_types()
    speaking = (_io._IOBase, *suspended)
    quiet = frozenset(map(id, (_io.BytesIO, _io.StringIO, _io.FileIO, _io.BufferedReader)))
    left = {"sys", "builtins", "__main__"}
    get_order = type.__dict__["__mro__"].__get__
    caches = {}
    for cache in get_objects():
        if type(cache).__name__ == "_lru_cache_wrapper":
            caches.setdefault(cache.__module__, []).append(cache)

    def is_silent():
        """Whether no object of the program does anything that shows when it dies."""
        if sys.stdout is not stdout or sys.stderr is not stderr or count_threads():
            return False
        if len(stdout.__dict__) != 1 or len(stderr.__dict__) != 1:
            return False
        objects = get_objects()
        if len(objects) > MOST_OBJECTS:
            return False
        kinds = {id(kind): kind for kind in map(type, objects)}
        for number, kind in kinds.items():
            if number in quiet:
                continue
            for base in get_order(kind):
                if base in speaking or "__del__" in base.__dict__:
                    return False
        if id(generator) in kinds:
            for one in objects:
                if type(one) is generator and one.gi_frame and (one.gi_code.co_exceptiontable or one.gi_yieldfrom):
                    return False
        if id(weak_reference) in kinds:
            for one in objects:
                if type(one) is weak_reference and getattr(one.__callback__, "__module__", None) == "__main__":
                    return False
        return True

    def end(_):
        if not is_finalizing() or modules is not sys.modules:
            return
        try:
            if is_silent():
                stdout.flush()
                stderr.flush()
                try:
                    close(FINISH)
                except OSError:
                    pass
                # Without the library: what is not taken down needs not be copied.
                for name in list(modules):
                    if name not in left and modules[name] is known.get(name):
                        del modules[name]
                for name in shown:
                    for cache in caches.get(name, ()):
                        cache.cache_clear()
                return
        except BaseException:
            pass
        # Let everything go, as it goes in a cold run: with the modules that were not wanted among the others, for some hold
        # what only taking a module down lets go (numpy has a standard stream).
        bootstrap._ModuleLockManager.__enter__ = original
        modules.update([(name, entry[0]) for name, entry in hidden.items() if name not in shown])
        for table in (hidden, known, caches, kept):
            table.clear()
        unfreeze()

    return end


def suspended_types():
    async def coroutine():
        pass

    async def asynchronous():
        yield

    waiting = coroutine()
    waiting.close()
    return type((lambda: (yield))()), type(waiting), type(asynchronous())
