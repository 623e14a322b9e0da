"""Runs many programs once more, one after the other in this process, and tells what each of them printed.

Standard input holds one JSON object a line, {"code": ..., "stdin": ...}; standard output gets one answer a line, {"place": n, "stdout": ...,
"stderr": ..., "exit": ...}. Each program was seen in a process of its own before, and what is said here counts only where it is the same;
so whatever one program does to the next costs time and changes no result. One that is not answered is run alone.
"""
import builtins
import io
import json
import linecache
import os
import signal
import sys
import traceback
import types

SECONDS = 0.5


class Late(BaseException):
    pass


def late(number, frame):
    raise Late


def run(code, text, path):
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
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        exec(compile(code, path, "exec", dont_inherit=True), module.__dict__)
    except (Late, SystemExit):
        return None
    except BaseException as error:
        # As the interpreter shows it: without the frame of this function.
        error.__traceback__ = error.__traceback__.tb_next
        traceback.print_exception(error, file=stderr)
        status = 1
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    stdout.flush()
    stderr.flush()
    return {"stdout": out.getvalue().decode(), "stderr": err.getvalue().decode(), "exit": status}


def main():
    # A copy of our own, which no program knows by name.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    requests = [json.loads(line) for line in sys.stdin.buffer]
    path = os.path.join(os.getcwd(), sys.argv[1])
    sys.argv = sys.argv[1:]
    signal.signal(signal.SIGPROF, late)
    for place, request in enumerate(requests):
        try:
            answer = run(request["code"], request["stdin"], path)
        except Exception:
            continue
        if answer is not None:
            print(json.dumps({"place": place, **answer}), file=answers, flush=True)


main()
