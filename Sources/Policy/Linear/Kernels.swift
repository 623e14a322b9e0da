import CPolicyKernels

/// The arithmetic for the vector unit of this machine.
struct Kernels: @unchecked Sendable {
    // SAFETY: a table of functions without state.

    let table: cpolicy_kernels

    /// The widest that the processor can run.
    static let widest: Kernels = available[0]

    /// All that the processor can run, the widest first.
    static let available: [Kernels] = (0..<cpolicy_set_count()).compactMap {
        cpolicy_set($0).map { Kernels(table: $0.pointee) }
    }

    var name: String { String(cString: table.name) }

    /// Rows of a panel of the left operand.
    var rows: Int { table.rows }

    /// Columns of a panel of the right operand.
    static let columns = CPOLICY_COLUMNS

    /// Floats of a right operand with n columns when it is packed.
    static func packedCount(depth: Int, columns count: Int) -> Int { (count + columns - 1) / columns * columns * depth }
}
