import Sandbox
import Testing

/// What a process can ask about itself, as a program that prints it.
struct ProcessFacts: Sendable, CustomTestStringConvertible {
    var name: String
    var program: String

    var testDescription: String { name }

    static let all = [
        ProcessFacts(
            name: "numbers",
            program:
                "import os; print(os.getpid(), os.getppid(), os.getsid(0), os.getpgid(0), os.getuid(), os.getgid())"),
        ProcessFacts(name: "arguments", program: "import sys; print(sys.argv)"),
        ProcessFacts(
            name: "environment of what it starts",
            program: "import subprocess; print(subprocess.run(['env'], capture_output=True, env=None).returncode)"),
        ProcessFacts(name: "folder and files", program: "import os; print(os.getcwd(), os.listdir('.'), os.umask(0))"),
        ProcessFacts(
            name: "limits",
            program: """
                import resource
                for name in sorted(dir(resource)):
                    if name.startswith('RLIMIT_') and name not in ('RLIMIT_NPROC', 'RLIMIT_CPU'):
                        print(name, resource.getrlimit(getattr(resource, name)))
                """),
        ProcessFacts(
            name: "descriptors",
            program: """
                import os, stat
                for number in range(64):
                    try: print(number, stat.S_IFMT(os.fstat(number).st_mode), os.get_inheritable(number))
                    except OSError: pass
                """),
        ProcessFacts(
            name: "privileges and signals",
            program: """
                for line in open('/proc/self/status'):
                    if line.split(':')[0] in ('Uid', 'Gid', 'Groups', 'Seccomp', 'NoNewPrivs', 'CapBnd', 'CapEff', 'CapPrm',
                                              'SigBlk', 'SigIgn', 'SigPnd', 'Umask', 'Threads', 'TracerPid'): print(line)
                """),
        ProcessFacts(
            name: "the score that the kernel kills by",
            program: "print(open('/proc/self/oom_score_adj').read())"),
        ProcessFacts(
            name: "namespaces",
            program: """
                import os
                print(sorted(os.listdir('/proc/self/ns')))
                print(os.readlink('/proc/self/ns/pid') == os.readlink('/proc/self/ns/pid_for_children'))
                """),
        ProcessFacts(
            name: "mounts", program: "print(open('/proc/self/mountinfo').read())"),
        ProcessFacts(
            name: "what is refused",
            program: """
                import ctypes, os, socket
                libc = ctypes.CDLL(None, use_errno=True)
                for call in (lambda: libc.unshare(0x20000000), lambda: libc.syscall(435, 0, 0), lambda: libc.kill(1, 9),
                             lambda: libc.mount(0, 0, 0, 0, 0), lambda: libc.ptrace(16, 1, 0, 0), lambda: libc.setuid(0),
                             lambda: libc.open(b'/etc/shadow', 0), lambda: libc.open(b'/box/../proc/1/mem', 2),
                             lambda: libc.mkdir(b'/usr/x', 0), lambda: libc.shmget(1, 1, 0o1777)):
                    ctypes.set_errno(0)
                    print(call() < 0, ctypes.get_errno())
                try: socket.create_connection(('10.0.0.1', 80), 0.1)
                except OSError as error: print(error)
                """),
        ProcessFacts(
            name: "threads and children",
            program: """
                import os, threading
                thread = threading.Thread(target=lambda: print(threading.get_native_id() - os.getpid())); thread.start(); thread.join()
                child = os.fork()
                if child == 0: os._exit(7)
                print(os.waitpid(child, 0)[1])
                """),
    ]

    /// Programs that end otherwise than by themselves with 0.
    static let endings = [
        "while True: pass",
        "import time; time.sleep(60)",
        "x = bytearray(300 << 20); x[::4096] = b'x' * len(x[::4096])\nimport time; time.sleep(1)",
        "print('x' * (1 << 20))",
        "import signal; signal.signal(25, signal.SIG_DFL); open('f', 'wb').write(b'x' * (2 << 20))",
        "import os\nwhile True: os.fork()",
        "import os; os.kill(os.getpid(), 6)",
        "import sys; sys.exit(41)",
    ]
}
