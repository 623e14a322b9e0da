"""Runs many programs, one after the other in this process, and tells what each of them printed.

Standard input holds one JSON object a line, {"code": ..., "stdin": ..., "seconds": ...}; standard output gets one answer a line,
{"place": n, "stdout": ..., "stderr": ..., "exit": ..., "seconds": ...}, or {"place": n} for a program that has to be run alone. A truth
that is told here was or will be told by a process of its own as well, so whatever one program does to the next costs time and
changes no truth. Where this process ends before all are answered, the first without an answer ended it.
"""
import builtins
import gc
import io
import json
import linecache
import os
import signal
import sys
import time
import traceback
import types

# As much as is left of a run of its own.
MOST_OUTPUT = 60000


class Late(BaseException):
    pass


times_late = 0


def late(number, frame):
    global times_late
    times_late += 1
    # What catches everything and goes on has to be ended with the process.
    if times_late > 3:
        os._exit(3)
    raise Late


def run(code, text, path, seconds):
    global times_late
    module = types.ModuleType("__main__")
    module.__dict__.update(__file__=path, __builtins__=builtins, __cached__=None, __annotations__={})
    sys.modules["__main__"] = module
    out, err = io.BytesIO(), io.BytesIO()
    stdout = io.TextIOWrapper(out, encoding="utf-8")
    stderr = io.TextIOWrapper(err, encoding="utf-8", errors="backslashreplace")
    sys.stdin, sys.stdout, sys.stderr = io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"), stdout, stderr
    # With an end of the last line, as this module reads files: where the marks below it stand depends on that.
    lines = (code if code.endswith("\n") else code + "\n").splitlines(keepends=True)
    linecache.cache[path] = (len(code), None, lines, path)
    status = 0
    times_late = 0
    start = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, seconds, seconds)
    try:
        exec(compile(code, path, "exec", dont_inherit=True), module.__dict__)
    except (Late, SystemExit, MemoryError, RecursionError):
        # How deep a program may recurse depends on what stands below it.
        return None
    except BaseException as error:
        # As the interpreter shows it: without the frame of this function.
        error.__traceback__ = error.__traceback__.tb_next
        traceback.print_exception(error, file=stderr)
        status = 1
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    # What the end of the program would end, such as a generator that stands in the midst of its work, ends here and not in the next.
    del sys.modules["__main__"], module
    gc.collect()
    spent = time.process_time() - start
    stdout.flush()
    stderr.flush()
    if times_late or max(len(out.getvalue()), len(err.getvalue())) > MOST_OUTPUT:
        return None
    return {"stdout": out.getvalue().decode(), "stderr": err.getvalue().decode(), "exit": status, "seconds": round(spent, 6)}


def main():
    # A copy of our own, which no program knows by name.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    requests = [json.loads(line) for line in sys.stdin.buffer]
    path = os.path.join(os.getcwd(), sys.argv[1])
    sys.argv = sys.argv[1:]
    signal.signal(signal.SIGPROF, late)
    # What was here before the programs need not be looked through again and again.
    gc.freeze()
    for place, request in enumerate(requests):
        try:
            answer = run(request["code"], request["stdin"], path, request["seconds"])
        except Exception:
            answer = None
        print(json.dumps({"place": place, **(answer or {})}), file=answers, flush=True)


main()
