/// One thread of a team, as the work sees it.
struct Worker {
    let number: Int
    let team: ThreadTeam

    /// Waits until all threads have come here; pieces are numbered from 0 again.
    func barrier() { team.barrier() }

    /// Calls a body with the pieces that this thread gets, of a number of them.
    ///
    /// Between two barriers there is one call.
    @inline(__always)
    func share(_ pieces: Int, _ body: (Int) -> Void) {
        while true {
            let piece = team.take()
            guard piece < pieces else { return }
            body(piece)
        }
    }

    /// Memory of this thread, good until it asks again; what it holds is anything.
    func scratch(_ count: Int) -> UnsafeMutablePointer<Float> { team.scratch(of: number, count: count) }
}
