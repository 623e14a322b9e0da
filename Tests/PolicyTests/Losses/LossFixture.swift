import Foundation
import JSON
import TestSupport
import Testing

/// What `Tests/Fixtures/policy/make-losses.py` computed from the published formulas.
enum LossFixture {
    static let fields: JSONValue = {
        let path = "\(PackageRoot.path)/Tests/Fixtures/policy/losses.json"
        let bytes = (try? Data(contentsOf: URL(filePath: path))).map { [UInt8]($0) } ?? []
        return (try? JSONValue.parse(bytes)) ?? .null
    }()

    static let losses: [String] = fields["losses"]?.array?.compactMap { $0["name"]?.string } ?? []

    static func loss(_ name: String) throws -> JSONValue {
        try #require(fields["losses"]?.array?.first { $0["name"]?.string == name })
    }
}

extension JSONValue {
    /// Numbers of a list; not-a-number for `null`.
    var numbers: [Double] { array?.map { $0.double ?? .nan } ?? [] }

    /// Numbers of a list of lists.
    var rows: [[Double]] { array?.map(\.numbers) ?? [] }
}
