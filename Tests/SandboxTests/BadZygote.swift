/// Programs that make bad zygotes.
enum BadZygote: String, CaseIterable, Sendable {
    case neverReady = "import time; time.sleep(1000)"
    case endsAtOnce = "raise SystemExit(3)"
    case crashes = "import os; os.kill(os.getpid(), 11)"
    case isNoProgram = "]"
    case talksRubbish = """
        import os
        os.write(1, b'x' * 100); os.write(3, b'rubbish'); os.fork()
        """
    case closesItsSocket = "import os; os.close(3); os.fork()"
    case neverAnswers = """
        import os, struct, time
        os.write(3, struct.pack('<IIQ', 0x527a7967, 0, 1 << 20)); time.sleep(1000)
        """
    case answersRubbish = """
        import os, struct
        os.write(3, struct.pack('<IIQ', 0x527a7967, 0, 1 << 20))
        while os.read(3, 1000): os.write(3, b'r' * 32)
        """
    case claimsAStranger = """
        import os, struct
        os.write(3, struct.pack('<IIQ', 0x527a7967, 0, 1 << 20))
        while os.read(3, 1000): os.write(3, struct.pack('<IiiIQ', 0x527a7967, 4711, 0, 0, 1 << 20))
        """
    case endsAfterItsFirstRun = """
        import os, signal
        signal.setitimer(signal.ITIMER_REAL, 0.2); signal.signal(signal.SIGALRM, signal.SIG_DFL)
        os.fork()
        exec(open('main.py').read())
        """
    case growsWithoutEnd = """
        import os, struct
        os.write(3, struct.pack('<IIQ', 0x527a7967, 0, 1 << 20))
        while os.read(3, 1000): os.write(3, struct.pack('<IiiIQ', 0x527a7967, 2, 0, 0, 1 << 40))
        """
    case forksOnItsOwn = """
        import ctypes, os, time
        if ctypes.CDLL(None).syscall(57) == 0: time.sleep(1000)
        os.fork()
        os.close(3)
        exec(open('main.py').read())
        """

    /// A zygote that mostly keeps to the format, and fills it at random.
    static func answeringAtRandom(seed: Int) -> String {
        """
        import os, random, struct
        choose = random.Random(\(seed))
        number = lambda: choose.choice([0, 1, 2, 3, 4, os.getpid(), choose.getrandbits(31)])
        def answer():
            magic = choose.choice([0x527a7967, 0x527a7967, 0x527a7967, choose.getrandbits(32)])
            size = choose.choice([0, 1, 1 << 20, 1 << 40, choose.getrandbits(64)])
            message = struct.pack('<IiiIQ', magic, choose.choice([-1, number(), -number()]), number(), number(), size)
            return choose.choice([message, message, message, message[:choose.randrange(1, 24)], message * 2, message + b'x'])
        os.write(3, struct.pack('<IIQ', 0x527a7967, number(), choose.choice([0, 1 << 20, (1 << 64) - 1])))
        if choose.random() < 0.3: os.write(3, answer())
        while os.read(3, 1000):
            for _ in range(choose.choice([0, 1, 1, 1, 2])) or [os._exit(0)]: os.write(3, answer())
        """
    }
}
