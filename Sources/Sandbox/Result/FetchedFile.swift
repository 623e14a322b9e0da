import Glibc
import Synchronization

/// A regular file that a run left behind, held open by descriptor; its name is gone with the run.
public final class FetchedFile: Sendable {
    /// The open, read-only descriptor; closed when the last reference goes.
    public let descriptor: Int32
    /// The number of bytes.
    public let size: Int
    /// Tells it from every other of the process, also from those that are gone.
    let number: UInt64
    private static let nextNumber = Atomic<UInt64>(1)

    /// Takes ownership of a descriptor.
    public init(descriptor: Int32, size: Int) {
        self.descriptor = descriptor
        self.size = size
        number = Self.nextNumber.add(1, ordering: .relaxed).oldValue
    }

    deinit {
        close(descriptor)
    }

    /// The whole content.
    public func bytes() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let got = pread(descriptor, buffer.baseAddress.map { $0 + count }, size - count, off_t(count))
                if got < 0 && Glibc.errno == EINTR { continue }
                if got <= 0 { break }
                count += got
            }
        }
    }
}
