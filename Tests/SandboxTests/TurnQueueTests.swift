import Testing

@testable import Sandbox

@Suite("A queue of turns")
struct TurnQueueTests {
    /// What happens to a queue: one letter a requester, a capital for a turn alone.
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var width = 1
        /// Who asks, in this order, before anything ends.
        var asks: String
        /// Places in `asks` that are taken back before anything begins.
        var takenBack: [Int] = []
        /// The order in which they begin when one ends after the other, the oldest first.
        var begins: String
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "first come, first served, for one requester", asks: "aaa", begins: "aaa"),
        Case(name: "a late requester is next", asks: "aaaaab", begins: "abaaaa"),
        Case(name: "three go round", asks: "aaabbbccc", begins: "abcabcabc"),
        Case(name: "two slots change nothing in the order", width: 2, asks: "aaaabb", begins: "ababaa"),
        Case(name: "a turn alone goes before those that have not begun", asks: "aaA", begins: "Aaa"),
        Case(name: "turns alone go round too", asks: "AAAB", begins: "ABAA"),
        Case(name: "what was taken back is passed over", asks: "abab", takenBack: [0, 3], begins: "ab"),
        Case(
            name: "a turn alone that was taken back holds up nobody", width: 2, asks: "aAa", takenBack: [1],
            begins: "aa"),
        Case(name: "nobody asks", asks: "", begins: ""),
        Case(name: "all are taken back", asks: "aB", takenBack: [0, 1], begins: ""),
    ]

    @Test("begins them in turn", arguments: cases)
    func order(given: Case) {
        var queue = TurnQueue(width: given.width)
        let asks = Array(given.asks)
        let requesters = Dictionary(
            uniqueKeysWithValues: Set(given.asks.lowercased()).map { ($0, Requester()) })
        for (index, letter) in asks.enumerated() {
            guard let requester = requesters[Character(letter.lowercased())] else { continue }
            queue.add(UInt64(index), for: requester, alone: letter.isUppercase)
        }
        for index in given.takenBack {
            let isTakenBack = queue.remove(UInt64(index))
            #expect(isTakenBack)
        }
        var begun = ""
        var running: [Character] = []
        while true {
            while let ticket = queue.begin() {
                let letter = asks[Int(ticket)]
                begun.append(letter)
                running.append(letter)
                #expect(queue.running == running.count)
                #expect(running.count == 1 || running.allSatisfy(\.isLowercase), "one that is alone has no company")
                let isTakenBack = queue.remove(ticket)
                #expect(!isTakenBack)
            }
            #expect(running.count <= given.width)
            if running.isEmpty { break }
            running.removeFirst()
            queue.end()
        }
        #expect(begun == given.begins)
    }

    @Test("serves three among ten thousand within six turns")
    func starvation() {
        var queue = TurnQueue(width: 2)
        let (large, small) = (Requester(), Requester())
        for ticket in 0..<10_000 { queue.add(UInt64(ticket), for: large, alone: false) }
        var begun = 0
        while queue.begin() != nil { begun += 1 }
        for ticket in 10_000..<10_003 { queue.add(UInt64(ticket), for: small, alone: false) }
        var places: [Int] = []
        for place in 1...10_001 {
            queue.end()
            let ticket = queue.begin()
            if let ticket, ticket >= 10_000 { places.append(place) }
        }
        #expect(begun == 2)
        #expect(places == [2, 4, 6])
        queue.end()
        #expect(queue.begin() == nil)
    }
}
