import Glibc
import Sandbox
import TestSupport
import Testing

@testable import LanguagePlugins

@Suite("SHA-256")
struct SHA256Tests {
    @Test(
        "gives the values of the standard",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                String(repeating: "a", count: 1000),
                "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"
            ),
        ])
    func vectors(text: String, hash: String) {
        #expect(SHA256.hash(text.utf8).hexadecimal == hash)
    }

    @Test("does not care how the bytes come in pieces", arguments: [1, 3, 55, 63, 64, 65, 127, 500])
    func pieces(size: Int) {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var hash = SHA256()
        var start = 0
        while start < bytes.count {
            hash.update(Array(bytes[start..<min(bytes.count, start + size)]))
            start += size
        }
        #expect(hash.finalize() == SHA256.hash(bytes))
    }
}

/// A folder that is gone with the test.
final class ScratchFolder: Sendable {
    let path: String

    /// Makes one; boxes have a `/tmp` of their own and see none in the host's.
    init(in folder: String = "/tmp") throws {
        var template = Array("\(folder)/retort-test-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) } }
        path = String(cString: try #require(made))
        // Boxes, which run as somebody else, are shown folders in it.
        chmod(path, 0o711)
    }

    deinit { _ = HostCommand.run("rm -rf '\(path)'") }
}

@Suite("The checksum XXH64")
struct ChecksumTests {
    @Test(
        "is that of the reference",
        arguments: [
            ("", 0xef46_db37_51d8_e999), ("a", 0xd24e_c4f1_a98c_6e5b), ("abc", 0x44bc_2cf5_ad77_0999),
            ("Nobody inspects the spammish repetition", 0xfbce_a83c_8a37_8bf1),
        ] as [(String, UInt64)])
    func reference(text: String, sum: UInt64) {
        #expect(Checksum.of(Array(text.utf8)) == sum)
    }

    @Test("does not depend on the pieces that the bytes come in")
    func pieces() {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        for size in 1...70 {
            var sum = Checksum()
            bytes.withUnsafeBytes { buffer in
                for start in stride(from: 0, to: bytes.count, by: size) {
                    sum.update(UnsafeRawBufferPointer(rebasing: buffer[start..<min(start + size, bytes.count)]))
                }
            }
            #expect(sum.value == Checksum.of(bytes))
        }
    }
}

@Suite("The artefact cache")
struct ArtifactCacheTests {
    private func key(_ number: Int) -> ArtifactKey {
        ArtifactKey(files: ["main.c": [UInt8(number)]], command: ["cc"], environment: [:], version: "1", plugin: "p")
    }

    private func bytes(_ number: Int, count: Int = 1000) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ number) }
    }

    /// Keeps bytes as if a box had left them.
    @discardableResult
    private func keep(_ bytes: [UInt8], for key: ArtifactKey, in cache: ArtifactCache) -> [UInt8]? {
        guard let stream = tmpfile() else { return nil }
        let descriptor = dup(fileno(stream))
        fclose(stream)
        guard StoredFile.write(bytes, to: descriptor) else { return nil }
        return cache.keep(FetchedFile(descriptor: descriptor, size: bytes.count), for: key)?.bytes()
    }

    @Test("gives back what was kept, also to the next process")
    func keeps() throws {
        let scratch = try ScratchFolder()
        let cache = try ArtifactCache(folder: "\(scratch.path)/a/b")
        #expect(cache.artifact(for: key(1)) == nil)
        #expect(keep(bytes(1), for: key(1), in: cache) == bytes(1))
        #expect(keep([], for: key(2), in: cache) == [])
        #expect(cache.artifact(for: key(1)) == bytes(1))
        #expect(try ArtifactCache(folder: "\(scratch.path)/a/b").artifact(for: key(1)) == bytes(1))
        #expect(cache.artifact(for: key(2)) == [])
    }

    @Test(
        "drops what is torn or was changed", arguments: ["truncate -s 500", "truncate -s 3", "truncate -s 0", "flip"])
    func torn(how: String) throws {
        let scratch = try ScratchFolder()
        let cache = try ArtifactCache(folder: scratch.path)
        keep(bytes(1), for: key(1), in: cache)
        let path = "\(scratch.path)/\(key(1).digest.hexadecimal)"
        let command =
            how == "flip" ? "printf X | dd of='\(path)' bs=1 seek=10 conv=notrunc 2>/dev/null" : "\(how) '\(path)'"
        #expect(HostCommand.run(command) == 0)
        #expect(cache.artifact(for: key(1)) == nil)
        #expect(access(path, F_OK) != 0)
    }

    @Test("keeps large files whole, piece by piece")
    func large() throws {
        let scratch = try ScratchFolder()
        let cache = try ArtifactCache(folder: scratch.path)
        let artifact = bytes(3, count: 1_000_003)
        #expect(keep(artifact, for: key(1), in: cache) == artifact)
        #expect(cache.artifact(for: key(1)) == artifact)
    }

    @Test("does not follow a link put in an artefact's place")
    func link() throws {
        let scratch = try ScratchFolder()
        let cache = try ArtifactCache(folder: scratch.path)
        keep(bytes(1), for: key(1), in: cache)
        let path = "\(scratch.path)/\(key(1).digest.hexadecimal)"
        #expect(HostCommand.run("mv '\(path)' '\(path)x' && ln -s '\(path)x' '\(path)'") == 0)
        #expect(cache.artifact(for: key(1)) == nil)
    }

    @Test("refuses a folder that others may write into")
    func shared() throws {
        let scratch = try ScratchFolder()
        #expect(chmod(scratch.path, 0o777) == 0)
        #expect(throws: PluginError.self) { _ = try ArtifactCache(folder: scratch.path) }
    }

    @Test("forgets what was not used for longest when it is full")
    func evicts() throws {
        let scratch = try ScratchFolder()
        let cache = try ArtifactCache(folder: scratch.path, capacity: 10_500)
        for number in 0..<9 {
            keep(bytes(number), for: key(number), in: cache)
            usleep(5000)
        }
        #expect(cache.artifact(for: key(0)) == bytes(0))
        usleep(5000)
        for number in 9..<12 {
            keep(bytes(number), for: key(number), in: cache)
            usleep(5000)
        }
        #expect(cache.artifact(for: key(0)) == bytes(0))
        #expect(cache.artifact(for: key(1)) == nil)
        #expect(cache.artifact(for: key(11)) == bytes(11))
    }

    @Test("survives many writers and readers of the same few keys")
    func concurrent() async throws {
        let scratch = try ScratchFolder()
        // Two caches on one folder are what two processes are.
        let caches = [
            try ArtifactCache(folder: scratch.path, capacity: 5000), try ArtifactCache(folder: scratch.path),
        ]
        await withTaskGroup(of: Bool.self) { group in
            for index in 0..<200 {
                group.addTask {
                    let number = index % 7
                    let cache = caches[index % 2]
                    self.keep(self.bytes(number), for: self.key(number), in: cache)
                    let found = cache.artifact(for: self.key(number))
                    return found == nil || found == self.bytes(number)
                }
            }
            for await isWhole in group { #expect(isWhole) }
        }
        #expect(HostFolder.names(in: scratch.path)?.contains { $0.hasPrefix("new-") } == false)
    }

    @Test("tells apart what differs in anything that matters")
    func keys() {
        let base = ArtifactKey(
            files: ["a": [1]], command: ["cc", "a"], environment: ["A": "1"], version: "1", plugin: "p")
        let others = [
            ArtifactKey(files: ["a": [2]], command: ["cc", "a"], environment: ["A": "1"], version: "1", plugin: "p"),
            ArtifactKey(files: ["b": [1]], command: ["cc", "a"], environment: ["A": "1"], version: "1", plugin: "p"),
            ArtifactKey(files: ["a": [1]], command: ["cca"], environment: ["A": "1"], version: "1", plugin: "p"),
            ArtifactKey(files: ["a": [1]], command: ["cc", "a"], environment: ["A": "2"], version: "1", plugin: "p"),
            ArtifactKey(files: ["a": [1]], command: ["cc", "a"], environment: [:], version: "1", plugin: "p"),
            ArtifactKey(files: ["a": [1]], command: ["cc", "a"], environment: ["A": "1"], version: "2", plugin: "p"),
            ArtifactKey(files: ["a": [1]], command: ["cc", "a"], environment: ["A": "1"], version: "1", plugin: "q"),
        ]
        #expect(!others.contains(base))
        #expect(Set(others).count == others.count)
    }
}
