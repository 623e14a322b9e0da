import Glibc
import Sandbox
import TestSupport
import Testing

@testable import LanguagePlugins

@Suite("The store of what was prepared")
struct PreparedStoreTests {
    private func key(_ number: Int) -> ArtifactKey {
        ArtifactKey(files: ["main.c": [UInt8(number)]], command: ["cc"], environment: [:], version: "1", plugin: "p")
    }

    private func bytes(_ number: Int, count: Int = 1000) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ number) }
    }

    private func file(_ bytes: [UInt8], in folder: String) throws -> FetchedFile {
        let path = "\(folder)/fetched-\(bytes.count)-\(bytes.first ?? 0)"
        unlink(path)
        try #require(StoredFile.make(path, mode: 0o600, content: bytes))
        return FetchedFile(descriptor: open(path, O_RDONLY | O_CLOEXEC), size: bytes.count)
    }

    @Test("gives back what was kept, to this process and the next, readable for boxes and listed for nobody")
    func keeps() async throws {
        let scratch = try ScratchFolder()
        let folder = "\(scratch.path)/a/store"
        let store = try PreparedStore(folder: folder)
        #expect(await store.find(key(1)) == nil)
        let kept = await store.keep(try file(bytes(1), in: scratch.path), named: "x.bin", stamps: [], for: key(1))
        let path = try #require(kept)
        #expect(try HostFolder.file("\(path)/x.bin") == bytes(1))
        #expect(await store.find(key(1)) == path)
        #expect(await store.find(key(2)) == nil)
        #expect(await (try PreparedStore(folder: folder)).find(key(1)) == path)
        var status = stat()
        #expect(stat(folder, &status) == 0 && status.st_mode & 0o7777 == 0o711)
        #expect(stat(path, &status) == 0 && status.st_mode & 0o7777 == 0o711)
        #expect(stat("\(path)/x.bin", &status) == 0 && status.st_mode & 0o7777 == 0o644)
        store.drop(key(1))
        #expect(await store.find(key(1)) == nil)
        #expect(HostFolder.names(in: folder) == [])
    }

    @Test(
        "forgets what is torn, and whatever else a crash or a bad disk leaves",
        arguments: [
            "truncate -s 999 x.bin", "truncate -s 0 x.bin", "rm x.bin",
            "printf a | dd of=x.bin conv=notrunc status=none",
            "printf a >> x.bin", "rm entry", "truncate -s 40 entry", "truncate -s 0 entry", "printf x > entry",
            "sed -i 's/^[0-9]* [0-9a-f]* /1000 0 /' entry", "sed -i 's/x.bin/..\\/y/' entry",
            "rm x.bin; mkfifo x.bin", "rm x.bin; ln -s /etc/passwd x.bin", "rm x.bin; mkdir x.bin",
        ])
    func torn(damage: String) async throws {
        let scratch = try ScratchFolder()
        let folder = "\(scratch.path)/store"
        let store = try PreparedStore(folder: folder)
        let fetched = try file(bytes(1), in: scratch.path)
        let path = try #require(await store.keep(fetched, named: "x.bin", stamps: [], for: key(1)))
        #expect(HostCommand.run("cd '\(path)' && \(damage)") == 0)
        #expect(await (try PreparedStore(folder: folder)).find(key(1)) == nil)
        if damage.contains("x.bin"), !damage.contains("entry") {
            // This process has checked the file, and sees that it is not the one that it checked.
            #expect(await store.find(key(1)) == nil)
        }
        #expect(await store.keep(fetched, named: "x.bin", stamps: [], for: key(1)) == path)
        #expect(try HostFolder.file("\(path)/x.bin") == bytes(1))
    }

    @Test("forgets what was made from a file that has changed since")
    func stale() async throws {
        let scratch = try ScratchFolder()
        let store = try PreparedStore(folder: "\(scratch.path)/store")
        let header = "\(scratch.path)/header.h"
        for change in ["printf ab > '\(header)'", "touch -d @5 '\(header)'", "rm '\(header)'"] {
            #expect(HostCommand.run("printf a > '\(header)'") == 0)
            let fetched = try file(bytes(1), in: scratch.path)
            let path = await store.keep(fetched, named: "x", stamps: [FileStamp(of: header)], for: key(1))
            #expect(path != nil)
            #expect(await store.find(key(1)) == path)
            #expect(HostCommand.run(change) == 0)
            #expect(await store.find(key(1)) == nil, "after \(change)")
        }
    }

    @Test("takes two writers of the same, whoever is faster")
    func race() async throws {
        let scratch = try ScratchFolder()
        let stores = [
            try PreparedStore(folder: "\(scratch.path)/store"), try PreparedStore(folder: "\(scratch.path)/store"),
        ]
        let fetched = try file(bytes(1, count: 300_000), in: scratch.path)
        let key = key(1)
        let paths = await withTaskGroup(of: String?.self) { group in
            for index in 0..<8 {
                group.addTask { await stores[index % 2].keep(fetched, named: "x", stamps: [], for: key) }
            }
            return await group.reduce(into: [String?]()) { $0.append($1) }
        }
        #expect(Set(paths).count == 1 && paths[0] != nil)
        #expect(HostFolder.names(in: "\(scratch.path)/store") == [key.digest.hexadecimal])
    }

    @Test("keeps no more than it may, and gives up what was not used for the longest time")
    func bounded() async throws {
        let scratch = try ScratchFolder()
        let folder = "\(scratch.path)/store"
        let store = try PreparedStore(folder: folder, capacity: 3500)
        for number in 1...3 {
            let fetched = try file(bytes(number), in: scratch.path)
            #expect(await store.keep(fetched, named: "x", stamps: [], for: key(number)) != nil)
            #expect(HostCommand.run("touch -d @\(number) '\(folder)/\(key(number).digest.hexadecimal)/entry'") == 0)
        }
        #expect(await store.find(key(1)) != nil)
        #expect(await store.keep(try file(bytes(4), in: scratch.path), named: "x", stamps: [], for: key(4)) != nil)
        #expect(await store.find(key(2)) == nil)
        #expect(await store.find(key(1)) != nil)
        #expect(
            await store.keep(try file(bytes(5, count: 3501), in: scratch.path), named: "x", stamps: [], for: key(5))
                == nil)
    }

    @Test("sweeps up after a writer that was killed, once it is surely dead")
    func killed() async throws {
        let scratch = try ScratchFolder()
        let folder = "\(scratch.path)/store"
        let store = try PreparedStore(folder: folder)
        #expect(
            HostCommand.run(
                "cd '\(folder)' && mkdir new-1-1 new-2-2 old-3-3 && touch new-1-1/x && touch -d @1 new-1-1 old-3-3")
                == 0)
        #expect(await store.keep(try file(bytes(1), in: scratch.path), named: "x", stamps: [], for: key(1)) != nil)
        #expect(HostFolder.names(in: folder) == [key(1).digest.hexadecimal, "new-2-2"])
    }

    @Test(
        "keeps nothing on a disk that is full, and says so",
        .enabled(if: geteuid() == 0, "a small disk is mounted by root"))
    func full() async throws {
        let scratch = try ScratchFolder()
        let disk = "\(scratch.path)/disk"
        #expect(HostCommand.run("mkdir '\(disk)' && mount -t tmpfs -o size=64k,mode=711 tmpfs '\(disk)'") == 0)
        defer { _ = HostCommand.run("umount '\(disk)'") }
        let store = try PreparedStore(folder: "\(disk)/store")
        let big = try file(bytes(1, count: 100_000), in: scratch.path)
        #expect(await store.keep(big, named: "x", stamps: [], for: key(1)) == nil)
        #expect(await store.find(key(1)) == nil)
        #expect(HostFolder.names(in: "\(disk)/store") == [])
        #expect(await store.keep(try file(bytes(2), in: scratch.path), named: "x", stamps: [], for: key(2)) != nil)
    }

    @Test("is due when it is missed twice, in whichever process, and never once it was refused")
    func due() throws {
        let scratch = try ScratchFolder()
        let folder = "\(scratch.path)/store"
        let store = try PreparedStore(folder: folder)
        #expect(!store.isDue(key(1)))
        #expect(try PreparedStore(folder: folder).isDue(key(1)))
        #expect(!store.isDue(key(2)))
        store.refuse(key(1))
        #expect(!store.isDue(key(1)))
        #expect(store.isDue(key(2)))
    }

    @Test("refuses a folder that others may write into")
    func foreign() throws {
        let scratch = try ScratchFolder()
        #expect(HostCommand.run("mkdir -m 777 '\(scratch.path)/store'") == 0)
        #expect(throws: PluginError.self) { _ = try PreparedStore(folder: "\(scratch.path)/store") }
    }
}

@Suite("The entry beside what was prepared")
struct PreparedEntryTests {
    @Test("is read as it was written, and not when it is cut anywhere")
    func text() {
        let entry = PreparedEntry(
            output: "a.gch", size: 5, checksum: String(repeating: "a", count: 16),
            stamps: [FileStamp(of: "/bin/sh"), FileStamp(of: "/no such file")])
        #expect(PreparedEntry(text: entry.text) == entry)
        for length in 0..<entry.text.utf8.count {
            #expect(PreparedEntry(text: String(decoding: Array(entry.text.utf8.prefix(length)), as: UTF8.self)) == nil)
        }
    }
}
