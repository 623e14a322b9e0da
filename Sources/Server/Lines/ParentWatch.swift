import Glibc

/// Notices that the process which started this one is gone.
///
/// `PR_SET_PDEATHSIG` would be told of the end of the thread that started us, which is not the end of its process.
public enum ParentWatch {
    /// Calls a function, on a thread of its own, when this process gets another parent.
    public static func start(_ onEnd: @escaping @Sendable () -> Void) {
        let parent = getppid()
        let watch = Watch(parent: parent, onEnd: onEnd)
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Watch>.fromOpaque(argument).takeRetainedValue().wait()
                return nil
            }, Unmanaged.passRetained(watch).toOpaque())
        precondition(code == 0, "no thread left to watch the parent")
        pthread_detach(thread)
    }
}

// MARK: -

private final class Watch: Sendable {
    private let parent: pid_t
    private let onEnd: @Sendable () -> Void

    init(parent: pid_t, onEnd: @escaping @Sendable () -> Void) {
        self.parent = parent
        self.onEnd = onEnd
    }

    func wait() {
        while getppid() == parent { usleep(500_000) }
        onEnd()
    }
}
