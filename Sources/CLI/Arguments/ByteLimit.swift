import ArgumentParser
import Pipeline

/// A size as it is typed, such as `512M` or `1G`.
struct ByteLimit: ExpressibleByArgument {
    let bytes: Int

    init?(argument: String) {
        guard let bytes = ByteCountText.parse(argument) else { return nil }
        self.bytes = bytes
    }
}
