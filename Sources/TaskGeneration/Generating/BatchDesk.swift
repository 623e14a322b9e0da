/// Where things are brought that are cheaper done many at once: those who come while a batch is under way wait together.
///
/// So each costs a start of its own when there is little to do, and a fraction of one when there is much.
actor BatchDesk<Item: Sendable, Answer: Sendable> {
    private struct Visitor {
        var item: Item
        var answer: CheckedContinuation<Answer, Never>
    }

    private let most = 64
    private let company: Int
    private let patience = Duration.milliseconds(20)
    private let serve: @Sendable ([Item]) async -> [Answer]
    private var waiting: [Visitor] = []
    private var isBusy = false

    /// Makes a desk.
    ///
    /// - Parameters:
    ///   - company: What a start costs, in items: fewer wait a moment for others.
    ///   - serve: Does a batch of one to 64; an answer an item, in their order.
    init(company: Int, serve: @escaping @Sendable ([Item]) async -> [Answer]) {
        self.company = company
        self.serve = serve
    }

    /// What came of an item.
    func answer(to item: Item) async -> Answer {
        await withCheckedContinuation { answer in
            waiting.append(Visitor(item: item, answer: answer))
            if !isBusy {
                isBusy = true
                Task { await self.work() }
            }
        }
    }

    private func work() async {
        while !waiting.isEmpty {
            if waiting.count < company { try? await Task.sleep(for: patience) }
            let visitors = Array(waiting.prefix(most))
            waiting.removeFirst(visitors.count)
            let answers = await serve(visitors.map(\.item))
            precondition(answers.count == visitors.count, "an answer an item")
            for (visitor, answer) in zip(visitors, answers) { visitor.answer.resume(returning: answer) }
        }
        isBusy = false
    }
}
