import Glibc

/// Makes descriptors 0, 1 and 2 safe to use before anything else opens a file.
enum StandardStreams {
    /// Fills the closed ones of the three, and makes a reader that went away an error of `write` instead of a death.
    ///
    /// A closed stdout would otherwise be the number of the next file that is opened, and scores would be written
    /// into it. The filling cannot be written to, so that what was closed stays an error.
    static func prepare() {
        for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) < 0 {
            let filling = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
            if filling >= 0 && filling != descriptor {
                dup2(filling, descriptor)
                close(filling)
            }
        }
        // A handler, not SIG_IGN: programs that are run inherit what is ignored, but no handlers.
        signal(SIGPIPE) { _ in }
    }
}
