import Sandbox

extension AttackProgram {
    /// The zygote that the program can be forked from; nil for one that must be executed.
    var zygote: Zygote? {
        switch self {
        case .c:
            Zygote(
                name: "attack", arguments: ["./attack"], environment: ["PATH": "/usr/bin:/bin"],
                files: ["attack": AttackBuild.dynamicAttacks])
        case .python:
            Zygote(
                name: "python", arguments: ["/usr/bin/python3", "-c", Self.pythonZygote],
                environment: ["PATH": "/usr/bin:/bin"], files: [:])
        case .standalone, .bash, .command: nil
        }
    }

    /// A program of the same kind that does nothing much.
    var idle: AttackProgram {
        switch self {
        case .python: .python("pass")
        default: .c("fingerprint")
        }
    }

    /// Not the one that is shipped: an attack must not find its start more comfortable than it is.
    private static let pythonZygote = """
        import os, sys
        os.fork()
        with open(3, 'rb') as file: strings = [os.fsdecode(one) for one in file.read().split(b'\\0')[:-1]]
        count = int(strings[0])
        sys.argv[:] = strings[2:1 + count]
        os.environ.clear()
        os.environ.update(one.split('=', 1) for one in strings[1 + count:])
        sys.path[0] = os.getcwd()
        exec(compile(open('main.py').read(), 'main.py', 'exec'), {'__name__': '__main__', '__file__': 'main.py'})
        sys.stdout.flush()
        """
}
