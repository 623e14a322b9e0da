import Glibc

/// Page-aligned memory for floats, zero at the start; large ones ask for huge pages.
final class FloatBuffer: @unchecked Sendable {
    // SAFETY: the address never changes; whoever writes is alone, which the types that hold a buffer see to.

    let count: Int
    let start: UnsafeMutablePointer<Float>
    private let mapping: UnsafeMutableRawPointer
    private let mappedBytes: Int

    init(count: Int) {
        precondition(count >= 0 && count < 1 << 45, "a buffer of \(count) floats")
        self.count = count
        let huge = 2 << 20
        let bytes = max(count, 1) * MemoryLayout<Float>.stride
        mappedBytes = bytes + (bytes >= huge ? huge : 0)
        guard let mapping = mmap(nil, mappedBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            mapping != MAP_FAILED
        else { fatalError("there is no memory for \(count) floats") }
        self.mapping = mapping
        let aligned = bytes >= huge ? mapping.alignedUp(toMultipleOf: huge) : mapping
        if bytes >= huge { madvise(aligned, bytes, Int32(MADV_HUGEPAGE)) }
        start = aligned.bindMemory(to: Float.self, capacity: max(count, 1))
    }

    deinit { munmap(mapping, mappedBytes) }

    var all: UnsafeMutableBufferPointer<Float> { UnsafeMutableBufferPointer(start: start, count: count) }
}
