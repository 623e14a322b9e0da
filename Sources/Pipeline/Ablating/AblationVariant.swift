import JSON
import TaskGeneration

/// The method with all of its parts, or with one of them switched off.
enum AblationVariant: String, Sendable, Hashable, CaseIterable {
    case full
    case randomSubset = "random_subset"
    case forwardOnly = "forward_only"
    case noFailures = "no_failures"
    case noAugmentation = "no_augmentation"
    case summedReward = "summed_reward"

    /// What it is, for a person.
    var title: String {
        switch self {
        case .full: "all parts"
        case .randomSubset: "random subset, not curated"
        case .forwardOnly: "forward only"
        case .noFailures: "no failing programs"
        case .noAugmentation: "no augmentation"
        case .summedReward: "single summed reward"
        }
    }

    /// The settings of a run, from those with all parts.
    ///
    /// - Parameter languages: The languages of the snippets.
    func settings(_ full: TrainingConfiguration, languages: [String]) -> TrainingConfiguration {
        var settings = full
        switch self {
        case .full, .randomSubset: break
        case .forwardOnly: settings.generation["mix"] = ["forward": 1]
        case .noFailures:
            settings.generation["errors"] = 0
            var truth = settings.generation["truth"]?.object ?? [:]
            truth["kept_errors"] = .object(JSONObject(languages.map { ($0, .array([])) }))
            settings.generation["truth"] = .object(truth)
        case .noAugmentation:
            // Failures that are made on purpose are another part, which stays.
            let kinds = EditKind.allCases.filter { $0.effect != .corrupting }
            settings.generation["edits"] = .object(JSONObject(kinds.map { ($0.rawValue, 0) }))
            settings.generation["stdin_characters"] = 0
            settings.generation["arguments"] = 0
        case .summedReward: settings.algorithm = .grpo
        }
        return settings
    }
}
