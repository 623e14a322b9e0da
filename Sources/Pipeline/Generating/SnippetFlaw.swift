import TaskGeneration

/// What keeps an entry of the input from being a snippet.
enum SnippetFlaw: Error, Sendable, Hashable {
    case unreadable, notText, tooLarge

    /// The reason that is counted.
    var reason: DropReason {
        switch self {
        case .unreadable: .unreadable
        case .notText: .notText
        case .tooLarge: .tooLarge
        }
    }
}
