import ArgumentParser
import Pipeline

/// A duration as it is typed, such as `5s` or `500ms`.
struct TimeLimit: ExpressibleByArgument {
    let duration: Duration

    init?(argument: String) {
        guard let duration = DurationText.parse(argument) else { return nil }
        self.duration = duration
    }
}
