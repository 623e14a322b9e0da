import Glibc
import Pipeline
import Synchronization

/// Lets a search that is interrupted end with the best that it has, before the process ends as one that was.
final class InterruptedSearch: Sendable {
    private let isAsked = Atomic<Bool>(false)
    private let isFinished = Atomic<Bool>(false)

    /// From now on the first Ctrl-C stops the search; a second one ends the process at once.
    init(_ control: CurationControl) {
        Interruption.handle { [self] in
            isAsked.store(true, ordering: .sequentiallyConsistent)
            control.stop()
            while !isFinished.load(ordering: .sequentiallyConsistent) { usleep(2000) }
            Console.standard.clearProgress()
            Console.standard.error("interrupted", hint: "what was written is the best so far")
        }
    }

    /// Says that everything is written; comes back only when nobody has interrupted.
    func finish() {
        isFinished.store(true, ordering: .sequentiallyConsistent)
        // The waiting thread ends the process with the code of the signal.
        while isAsked.load(ordering: .sequentiallyConsistent) { pause() }
    }
}
