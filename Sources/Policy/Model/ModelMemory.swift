/// Memory that passes need, made when it is first needed and kept for the next one.
final class ModelMemory {
    let pool: KeyValuePool
    private let configuration: ModelConfiguration
    private let rank: Int
    private var table: RotaryTable
    private var forwardActivations: Activations?
    private var keptActivations: Activations?
    private var backward: BackwardRoom?
    private var head: HeadRoom?
    private var operandBuffer = FloatBuffer(count: 0)

    /// Creates the memory of a model.
    ///
    /// - Parameter rank: The rank of its adapter; 0 without one.
    init(_ configuration: ModelConfiguration, rank: Int) {
        self.configuration = configuration
        self.rank = rank
        pool = KeyValuePool(configuration)
        table = RotaryTable(configuration, positions: min(configuration.contextLength, 256))
    }

    /// Angles of at least as many positions.
    func rotary(positions: Int) -> RotaryTable {
        if table.positions < positions {
            table = RotaryTable(configuration, positions: max(positions, 2 * table.positions))
        }
        return table
    }

    /// Room for a packed left operand of the forward pass.
    func operand(_ rows: Int) -> UnsafeMutablePointer<Float> {
        let wanted = rows * ForwardPass.operandWidth(configuration)
        if operandBuffer.count < wanted { operandBuffer = FloatBuffer(count: wanted) }
        return operandBuffer.start
    }

    /// Activations of at least as many rows; those of forward passes alone are others than those that are kept.
    func activations(_ rows: Int, keeping: Activations.Keeping) -> Activations {
        let made = keeping == .nothing ? forwardActivations : keptActivations
        if let made, made.keeping == keeping, made.capacity >= rows { return made }
        // What is too small goes before its successor comes.
        if keeping == .nothing { forwardActivations = nil } else { keptActivations = nil }
        let activations = Activations(configuration, capacity: rows, keeping: keeping)
        if keeping == .nothing { forwardActivations = activations } else { keptActivations = activations }
        return activations
    }

    func backwardRoom(_ rows: Int) -> BackwardRoom {
        if let backward, backward.capacity >= rows { return backward }
        backward = nil
        let made = BackwardRoom(configuration, capacity: rows, rank: rank)
        backward = made
        return made
    }

    func headRoom(learns: Bool) -> HeadRoom {
        if let head, !learns || head.headRows != nil { return head }
        head = nil
        let made = HeadRoom(configuration, rows: HeadRoom.rows(configuration), learns: learns)
        head = made
        return made
    }
}
