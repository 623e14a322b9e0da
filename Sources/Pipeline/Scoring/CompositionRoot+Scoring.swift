import LanguagePlugins
public import Rewards

extension CompositionRoot {
    /// A pipeline that values what programs do in this sandbox.
    public func pipeline(_ preset: RewardPreset) -> RewardPipeline {
        RewardPipeline(registry: registry, judge: Judge(runner: runner), preset: preset)
    }

    /// The built-in ways to reward, the default first.
    public static var presetNames: [String] {
        [RewardPreset.defaultName] + RewardPreset.builtInNames.filter { $0 != RewardPreset.defaultName }
    }

    /// The way to reward that a file describes, or else the built-in one of that name, or else the default.
    ///
    /// - Throws: `PipelineError` with the place of what is wrong in the file.
    public static func preset(named name: String?, file: String?) throws(PipelineError) -> RewardPreset {
        do throws(RewardError) {
            if let file { return try RewardPreset.load(file: file) }
            return try RewardPreset.load(name: name ?? RewardPreset.defaultName)
        } catch {
            throw PipelineError(.user, error.description)
        }
    }
}
