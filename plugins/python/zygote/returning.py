"""Lets a hidden module come back when it is imported, and the import would, cold, have executed the very same file."""

import builtins
import sys

import _frozen_importlib as bootstrap
import _frozen_importlib_external as external
import _imp

MISSING = object()


def make_return(bodies, known, finders):
    """Makes the function that takes a module's lock for an import, and brings the module back if it is a hidden one.

    Returns the function, the table of what is hidden, and the set of the names that have come back.
    """
    copies = {}

    def near(name):
        """The name's one copy: all of them lie together, for each page with a name that is touched is a page copied."""
        if name not in copies:
            copies[name] = name.encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass")
        return copies[name]

    def near_steps(steps):
        """The steps with near names, each import once: it finds the second time what it has left the first time."""
        imported = set()
        for step in steps:
            if type(step) is not str:
                yield step
            elif step not in imported:
                imported.add(step)
                yield near(step)

    hidden = {}
    for body in bodies.values():
        loader = getattr(body.module.__spec__, "loader", None)
        is_on_path = loader not in (bootstrap.BuiltinImporter, bootstrap.FrozenImporter)
        hidden[near(body.name)] = (
            body.module,
            tuple(near_steps(body.steps)),
            near(body.parent),
            body.child if body.is_late else None,
            near(body.name) if is_on_path and not body.parent else None,
        )
    packages = {near(body.name): list(body.path) for body in bodies.values() if body.path is not None}
    shown = set()
    listed = {}

    modules = sys.modules
    import_ = builtins.__import__
    meta_path, path_hooks, path = tuple(sys.meta_path), tuple(sys.path_hooks), list(sys.path)
    path_start, path_length = path[0], len(path)
    find = bootstrap._find_and_load.__code__
    get_module_lock, lock_imports, unlock_imports = bootstrap._get_module_lock, _imp.acquire_lock, _imp.release_lock
    get_frame, get_limit, get_trace, get_profile = sys._getframe, sys.getrecursionlimit, sys.gettrace, sys.getprofile
    file_finder, path_finder, get_status = external.FileFinder, external.PathFinder, external._path_stat

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
        """Whether a folder that is searched before the standard library's may have one of the names.

        Looks at the folders as the import system's own finders do, and leaves in their caches what they would have left.
        """
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
        """Gathers what the import would do, in order, and the names it would search for; false when something has changed."""
        _, own, parent, _, on_path = hidden[name]
        if parent:
            if parent not in seen:
                now = modules.get(parent, MISSING)
                if now is MISSING:
                    if parent not in hidden or parent in shown or not gather(parent, steps, names, seen):
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
                    if step in hidden and step not in shown and not gather(step, steps, names, seen):
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
                module, _, parent, child, _ = hidden[step]
                shown.add(step)
                modules[step] = module
                if child:
                    setattr(known[parent], child, module)
            elif type(step) is tuple:
                if len(step) == 3:
                    table, key, value = step
                    table[key] = value
                else:
                    function, argument = step
                    function(argument)
            else:
                step()

    def serve(manager):
        lock_imports()
        try:
            if manager._name not in shown and manager._name not in modules:
                bring_back(manager._name)
        except BaseException:
            manager._lock.release()
            raise
        finally:
            unlock_imports()
        return True

    # Two lines, as many as the original has: a program that traces the import system's lines sees as many.
    def __enter__(self):
        self._lock = get_module_lock(self._name)
        self._lock.acquire(); self._name in hidden and not get_trace() and not get_profile() and get_frame(1).f_code is find and serve(self)

    original = bootstrap._ModuleLockManager.__enter__.__code__
    __enter__.__code__ = __enter__.__code__.replace(
        co_firstlineno=original.co_firstlineno, co_qualname=original.co_qualname
    )
    return __enter__, hidden, shown


# Tools that leave out the import system's frames know them by the file of the code and by this name.
__name__ = "importlib._bootstrap"


def as_bootstrap(code):
    constants = tuple(as_bootstrap(one) if isinstance(one, type(code)) else one for one in code.co_consts)
    return code.replace(co_consts=constants, co_filename="<frozen importlib._bootstrap>")


make_return.__code__ = as_bootstrap(make_return.__code__)
