/// What comes from outside is looked at before anything is computed.
extension PolicyModel {
    func check(_ tokens: [Int32]) throws(PolicyError) {
        for token in tokens where token < 0 || token >= configuration.vocabularySize {
            throw PolicyError("there is no token \(token) in a vocabulary of \(configuration.vocabularySize)")
        }
    }

    func checkLength(_ count: Int) throws(PolicyError) {
        guard count <= configuration.contextLength else {
            throw PolicyError("\(count) tokens are more than the context of \(configuration.contextLength)")
        }
    }

    func check(_ groups: [TokenGroup], _ temperature: Float) throws(PolicyError) {
        guard temperature > 0, temperature.isFinite else {
            throw PolicyError("a temperature of \(temperature) is not above 0")
        }
        for group in groups {
            guard !group.prompt.isEmpty else { throw PolicyError("there is nothing in a prompt") }
            try check(group.prompt)
            for completion in group.completions {
                try check(completion)
                try checkLength(group.prompt.count + completion.count)
            }
        }
    }
}
