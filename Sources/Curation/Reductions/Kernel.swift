/// A graph that is reduced for a largest set, and the log by which an answer for what is left is carried back.
final class Kernel: ShrinkingGraph {
    /// One step of the log.
    enum Step {
        /// The vertex is in the answer.
        case take(Int32)
        /// The first stands for the other two: both of them are in, or else the first is.
        case fold(Int32, Int32, Int32)
        /// The first stands for the last three: all of them are in, or else the first two are.
        case foldTwins(Int32, Int32, Int32, Int32, Int32)
    }

    /// Members of the answer that the log alone guarantees.
    private(set) var offset = 0
    private(set) var log: [Step] = []

    /// Puts a vertex that some best answer has into the answer, and removes its neighbours.
    func take(_ vertex: Int32) {
        log.append(.take(vertex))
        offset += 1
        dropNeighbourhood(of: vertex)
    }

    /// Folds a vertex with two neighbours that are not adjacent to one another.
    func fold(_ vertex: Int32) {
        let pair = neighbours(of: vertex)
        let (first, second) = (pair[0], pair[1])
        log.append(.fold(vertex, first, second))
        offset += 1
        merge([first, second], into: vertex, removing: nil)
    }

    /// Folds two vertices that have the same three neighbours, of which no two are adjacent.
    func foldTwins(_ vertex: Int32, _ twin: Int32) {
        let three = neighbours(of: vertex)
        let (first, second, third) = (three[0], three[1], three[2])
        log.append(.foldTwins(vertex, twin, first, second, third))
        offset += 2
        merge([first, second, third], into: vertex, removing: twin)
    }

    /// Carries an answer for what is left back to the graph at the beginning.
    ///
    /// - Parameter isMember: Who is in the answer, of the living; everybody else is out.
    func undo(_ isMember: inout [Bool]) {
        for step in log.reversed() {
            switch step {
            case .take(let vertex): isMember[Int(vertex)] = true
            case .fold(let vertex, let first, let second):
                let areIn = isMember[Int(vertex)]
                isMember[Int(vertex)] = !areIn
                isMember[Int(first)] = areIn
                isMember[Int(second)] = areIn
            case .foldTwins(let vertex, let twin, let first, let second, let third):
                let areIn = isMember[Int(vertex)]
                isMember[Int(vertex)] = !areIn
                isMember[Int(twin)] = !areIn
                for part in [first, second, third] { isMember[Int(part)] = areIn }
            }
        }
    }
}
