import ArgumentParser

/// The weakest isolation that a caller accepts.
enum RequiredLevel: String, CaseIterable, ExpressibleByArgument {
    case full, userns, landlock
}
