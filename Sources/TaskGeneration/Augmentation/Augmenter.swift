/// Draws edits of a program from the places that an analysis found.
struct Augmenter {
    /// What was drawn.
    struct Choice: Sendable, Hashable {
        var kinds: [EditKind] = []
        var edits: [TextEdit] = []

        var isEmpty: Bool { edits.isEmpty }

        fileprivate mutating func add(_ kind: EditKind, _ alternative: [TextEdit]) {
            kinds.append(kind)
            edits += alternative
        }

        fileprivate func touches(_ alternative: [TextEdit]) -> Bool {
            alternative.contains { edit in
                edits.contains { other in
                    // What is put in has no length, and yet must not come into the midst of what is replaced.
                    other.range.lowerBound < edit.range.upperBound && edit.range.lowerBound < other.range.upperBound
                        || other.range.lowerBound == edit.range.lowerBound
                }
            }
        }
    }

    let analysis: ProgramAnalysis
    let options: AugmentationOptions

    /// The kinds that have a place in the program.
    var possibleKinds: Set<EditKind> { Set(analysis.sites.map(\.kind)) }

    /// Edits that keep or change what the program does, at most one of a kind, each kind with its own chance.
    ///
    /// - Parameter attempt: Edits are drawn anew for each; which kinds happen stays the same.
    func choice(of effect: EditKind.Effect, from draws: Draws, attempt: Int = 0, beside other: Choice? = nil) -> Choice
    {
        var choice = Choice()
        let happening = EditKind.allCases.filter { kind in
            guard kind.effect == effect else { return false }
            var chance = draws.named("edit \(kind.rawValue)")
            return chance.happens(options.probabilities[kind] ?? 0)
        }
        let placed = happening.map { kind in (kind: kind, sites: analysis.sites.filter { $0.kind == kind }) }
        // What has few places goes first: what has many finds another one.
        for (kind, possible) in placed.sorted(by: { $0.sites.count < $1.sites.count }) {
            var place = draws.named("place \(kind.rawValue) \(attempt)")
            let sites = place.shuffled(possible)
            for site in sites.prefix(8) {
                guard let alternative = place.pick(site.alternatives) else { continue }
                if choice.touches(alternative) || other?.touches(alternative) == true { continue }
                choice.add(kind, alternative)
                break
            }
        }
        return choice
    }

    /// Edits of one kind in the order in which they are to be tried.
    func corruptions(of kind: EditKind, from draws: Draws, limit: Int) -> [Choice] {
        var place = draws.named("corruption \(kind.rawValue)")
        let sites = place.shuffled(analysis.sites.filter { $0.kind == kind }).prefix(limit)
        return sites.compactMap { site in
            place.pick(site.alternatives).map { Choice(kinds: [kind], edits: $0) }
        }
    }
}
