import CPolicyKernels

/// Products by a whole team. Each call is a part of a phase: the caller ends it with a barrier.
extension Worker {
    /// Packs rows of a left operand (m, k) that a function produces.
    ///
    /// - Parameter produce: Takes the number of a row and where its k floats go.
    @inline(__always)
    func packRows(
        _ kernels: Kernels, _ m: Int, _ k: Int, into packed: UnsafeMutablePointer<Float>,
        produce: (Int, UnsafeMutablePointer<Float>) -> Void
    ) {
        let rows = kernels.rows
        let lines = scratch(rows * k)
        share((m + rows - 1) / rows) { panel in
            let first = panel * rows
            let count = min(rows, m - first)
            for row in 0..<count { produce(first + row, lines + row * k) }
            kernels.table.pack_a(lines, k, 1, count, k, packed + first * k)
        }
    }

    /// Packs a left operand (m, k) that lies in rows.
    func packRows(
        _ kernels: Kernels, _ m: Int, _ k: Int, from source: UnsafePointer<Float>, stride: Int,
        into packed: UnsafeMutablePointer<Float>
    ) {
        let rows = kernels.rows
        share((m + rows - 1) / rows) { panel in
            let first = panel * rows
            kernels.table.pack_a(source + first * stride, stride, 1, min(rows, m - first), k, packed + first * k)
        }
    }

    /// Packs the transpose (m, k) of a matrix that lies in k rows.
    func packTransposed(
        _ kernels: Kernels, _ m: Int, _ k: Int, from source: UnsafePointer<Float>, stride: Int,
        into packed: UnsafeMutablePointer<Float>
    ) {
        let rows = kernels.rows * 4
        share((m + rows - 1) / rows) { panel in
            let first = panel * rows
            kernels.table.pack_a(source + first, 1, stride, min(rows, m - first), k, packed + first * k)
        }
    }

    /// Packs a right operand (k, n) that lies in rows.
    func packColumns(
        _ kernels: Kernels, _ k: Int, _ n: Int, from source: UnsafePointer<Float>, stride: Int,
        into packed: UnsafeMutablePointer<Float>
    ) {
        let columns = Kernels.columns
        share((n + columns - 1) / columns) { panel in
            let first = panel * columns
            kernels.table.pack_b(source + first, stride, 1, k, min(columns, n - first), packed + first * k)
        }
    }

    /// Packs the transpose (k, n) of a matrix that lies in n rows of k.
    func packWeights(
        _ kernels: Kernels, from source: UnsafePointer<Float>, into packed: PackedMatrix
    ) {
        let columns = Kernels.columns
        let k = packed.depth
        share((packed.columns + columns - 1) / columns) { panel in
            let first = panel * columns
            let count = min(columns, packed.columns - first)
            switch packed.precision {
            case .float32: kernels.table.pack_b(source + first * k, 1, k, k, count, packed.floats + first * k)
            case .int8:
                kernels.table.pack_b8(
                    source + first * k, 1, k, k, count, packed.bytes + panel * PackedMatrix.bytePanel(k))
            }
        }
    }

    /// c (m, n) = or += a (m, k) times a packed matrix.
    func multiply(
        _ kernels: Kernels, _ m: Int, _ a: UnsafePointer<Float>, _ b: PackedMatrix, into c: UnsafeMutablePointer<Float>,
        stride: Int, accumulates: Bool = false
    ) {
        switch b.precision {
        case .float32:
            multiply(
                kernels, m, b.columns, b.depth, a, b.floats, into: c, stride: stride, accumulates: accumulates)
        case .int8:
            let panels = (b.columns + Kernels.columns - 1) / Kernels.columns
            // The sums of a single row are made for several panels at once.
            let width = max(m == 1 ? min(3, panels / team.count) : 1, panels / (team.count * 6), 1)
            share((panels + width - 1) / width) { piece in
                let first = piece * width * Kernels.columns
                kernels.table.multiply8(
                    a, b.bytes + piece * width * PackedMatrix.bytePanel(b.depth), c + first, stride, m,
                    min(width * Kernels.columns, b.columns - first), b.depth, accumulates ? CPOLICY_ADDS : CPOLICY_SETS)
            }
        }
    }

    /// c (m, n) = or += a (m, k) b (k, n), both packed.
    func multiply(
        _ kernels: Kernels, _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
        into c: UnsafeMutablePointer<Float>, stride: Int, accumulates: Bool = false
    ) {
        guard m > 0 else { return }
        // Pieces small enough to be shared out evenly, and large enough to use again what is in the caches.
        let panels = (n + Kernels.columns - 1) / Kernels.columns
        // Every piece of rows reads all of b, so there are few and none is small.
        let rowPieces = (m + 287) / 288
        let rows = ((m + rowPieces - 1) / rowPieces + kernels.rows - 1) / kernels.rows * kernels.rows
        let width = max(1, min(8, panels * rowPieces / (team.count * 6)))
        let columnPieces = (panels + width - 1) / width
        share(rowPieces * columnPieces) { piece in
            let row = piece / columnPieces * rows
            let column = piece % columnPieces * width * Kernels.columns
            kernels.table.multiply(
                a + row * k, k, 0, b + column * k, c + row * stride + column, stride, min(rows, m - row),
                min(width * Kernels.columns, n - column), k, accumulates ? CPOLICY_ADDS : CPOLICY_SETS)
        }
    }
}
