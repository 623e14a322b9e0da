"""What holds of the Debian package and its unit in a Debian whose systemd runs: scripts/test-unit boots one for this.

Prints `N passed, N failed`. It starts, kills, stops and purges the service: for throw-away machines only.
"""

import http.client
import json
import pathlib
import subprocess
import threading
import time

GROUP = pathlib.Path("/sys/fs/cgroup/system.slice/retort.service")
# In software a machine is some twenty times as slow.
PATIENCE = 240
BOMB = "blocks = []\nwhile True:\n    blocks.append(bytearray(1 << 20))\n"
FORKS = "import os, time\nfor _ in range(1000):\n    if os.fork() == 0:\n        time.sleep(60)\n        os._exit(0)\n"


def command(*words):
    """The exit code of a command, and all that it printed."""
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.returncode, done.stdout.strip()


def ask(method, path, body=None):
    """The status and the JSON that the service answers."""
    connection = http.client.HTTPConnection("127.0.0.1", 8080, timeout=PATIENCE)
    connection.request(method, path, json.dumps(body) if body else None, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


def run(program, language="python", **limits):
    """The answer of /v1/run."""
    return ask("POST", "/v1/run", {"program": program, "language": language, "limits": limits})[1]


def is_well():
    """Whether the service answers, and has a sandbox."""
    try:
        return ask("GET", "/v1/health")[1]["status"] == "ok"
    except OSError:
        return False


def eventually(condition):
    """Waits until something holds, and says whether it did."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.5)
    return False


def main_pid():
    """The process that systemd started; 0 when there is none."""
    return int(command("systemctl", "show", "retort", "--property=MainPID", "--value")[1])


def members(group):
    """The processes of a control group."""
    return (group / "cgroup.procs").read_text().split()


def after_the_installation():
    """A package that is installed runs nothing before somebody enables it."""
    yield "does not start by itself", command("systemctl", "is-active", "retort")[1] == "inactive"
    yield "has a unit without a fault", command("systemd-analyze", "verify", "--man=no", "retort.service")[0] == 0
    code, printed = command("systemctl", "enable", "--now", "retort")
    yield "is enabled and started", code == 0 or printed
    yield "answers", eventually(is_well)


def in_its_groups():
    """The groups that systemd delegated hold the server, and the runs beside it."""
    controllers = (GROUP / "cgroup.subtree_control").read_text().split()
    yield "gives its children memory, pids and cpu", {"memory", "pids", "cpu"} <= set(controllers) or controllers
    yield "has no process in the group itself", not members(GROUP)
    yield "has the server in a group of its own", str(main_pid()) in members(GROUP / "server")
    groups = [path.name for path in GROUP.iterdir() if path.is_dir()]
    yield "has groups for the slots", len(groups) > 1 or groups


def what_runs():
    """Programs run at the highest level, and the kernel's groups enforce the limits."""
    answer = run("print(6 * 7)")
    yield "runs a program", answer.get("stdout") == "42\n" or answer
    limits = answer["isolation"]["limits"]
    yield (
        "limits memory and processes by control groups",
        (limits["memory"] == limits["processes"] == "cgroup" or answer["isolation"]),
    )
    answer = run(BOMB, memory_bytes=100 << 20)
    yield "ends a program that wants too much memory", answer["verdict"] == "memory_limit_exceeded" or answer
    answer = run(FORKS, processes=8)
    yield "ends a program that wants too many processes", answer["verdict"] == "process_limit_exceeded" or answer
    answer = run("while True: pass", cpu_ms=300)
    yield "ends a program that takes too long", answer["verdict"] == "time_limit_exceeded" or answer
    task = json.dumps({"inputs": ["1 2\n"], "outputs": ["3\n"]})
    completion = "```python\nprint(sum(map(int, input().split())))\n```"
    answer = ask("POST", "/v1/score", {"items": [{"task": task, "completion": completion}], "preset": "tests"})[1]
    yield "scores a rollout", answer["results"][0]["reward"] == 1.0 or answer
    answer = run("import os\nprint(os.path.exists('/etc/default/retort'), os.getuid())")
    yield "shows a program nothing of the machine's settings", answer["stdout"].split()[0] == "False" or answer


def what_it_may():
    """The server itself has no more than the unit gives."""
    status = pathlib.Path(f"/proc/{main_pid()}/status").read_text().splitlines()
    fields = dict(line.split(":\t", 1) for line in status if ":\t" in line)
    yield "gets no new privileges", fields["NoNewPrivs"] == "1"
    yield "has 13 capabilities", bin(int(fields["CapBnd"], 16)).count("1") == 13 or fields["CapBnd"]
    yield "is under a filter of system calls", fields["Seccomp"] == "2"
    mounts = pathlib.Path(f"/proc/{main_pid()}/mountinfo").read_text().splitlines()
    root = [line.split()[5].split(",") for line in mounts if line.split()[4] == "/"]
    yield "cannot write the system", "ro" in root[-1] or root


def when_it_is_killed():
    """systemd starts it again, and nothing of the old one is left."""
    before = main_pid()
    command("kill", "-9", str(before))
    yield "is started again", eventually(lambda: main_pid() not in (0, before))
    yield "answers again", eventually(is_well) and run("print(1)").get("stdout") == "1\n"
    restarts = command("systemctl", "show", "retort", "--property=NRestarts", "--value")[1]
    yield "was started again once", restarts == "1" or restarts


def when_it_is_stopped():
    """What is under way is answered, and the groups are gone."""
    answers = []
    asking = threading.Thread(target=lambda: answers.append(run("sleep 3; echo awake", "bash")))
    asking.start()
    eventually(lambda: ask("GET", "/v1/health")[1]["running"] == 1)
    code, printed = command("systemctl", "stop", "retort")
    asking.join()
    yield "stops", code == 0 or printed
    yield "answers what it has", answers and answers[0].get("stdout") == "awake\n" or answers
    result = command("systemctl", "show", "retort", "--property=Result", "--value")[1]
    yield "ends well", result == "success" or result
    yield "leaves no group", not GROUP.exists()
    left = command("pgrep", "--list-full", "--full", "bin/retort|sandbox-launcher")[1]
    yield "leaves no process", not left or left


def what_the_command_does():
    """The program is of use without the service."""
    code, printed = command("retort", "doctor")
    yield "retort doctor finds nothing missing at level full", code == 0 or printed
    rollouts = pathlib.Path("/root/rollouts.jsonl")
    task = {"inputs": ["1 2\n"], "outputs": ["3\n"]}
    rollouts.write_text(json.dumps({"id": "a", "task": task, "completion": "```python\nprint(3)\n```"}) + "\n")
    code, printed = command("retort", "score", str(rollouts), "--preset", "tests")
    yield "retort score scores", '"reward":1' in printed.replace(" ", "") or printed


def after_the_removal():
    """What was installed is gone."""
    code, printed = command("dpkg", "--purge", "retort")
    yield "is purged", code == 0 or printed
    yield "leaves no program", not pathlib.Path("/usr/bin/retort").exists()
    yield "leaves no unit", command("systemctl", "cat", "retort")[0] != 0
    yield "leaves no settings", not pathlib.Path("/etc/default/retort").exists()


def main():
    passed = failed = 0
    for part in (
        after_the_installation,
        in_its_groups,
        what_runs,
        what_it_may,
        when_it_is_killed,
        when_it_is_stopped,
        what_the_command_does,
        after_the_removal,
    ):
        print(f"       {part.__doc__}", flush=True)
        try:
            for sentence, outcome in part():
                print("ok    " if outcome is True else "FAILED", sentence, flush=True)
                if outcome is not True:
                    print("      ", outcome, flush=True)
                passed += outcome is True
                failed += outcome is not True
        except Exception as error:
            failed += 1
            print("FAILED", f"{type(error).__name__}: {error}", flush=True)
    if failed:
        print(command("journalctl", "--unit", "retort", "--no-pager")[1], flush=True)
    print(f"{passed} passed, {failed} failed", flush=True)


main()
