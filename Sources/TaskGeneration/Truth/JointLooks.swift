import LanguagePlugins
import Tasks

/// The looks at programs of one language for which many share a process.
///
/// Each sort has processes of its own: what was seen alone before may leave something behind, and must not meet those of which nothing
/// is known.
struct JointLooks: Sendable {
    /// The look at a program that can do nothing to others, in the surroundings of a second look.
    let first: JointLookDesk
    /// The look at such a program once more, in the usual surroundings.
    let again: JointLookDesk
    /// The second look at a program that was seen alone.
    let second: JointLookDesk

    init(runner: ProgramRunner, language: String) {
        first = JointLookDesk(runner: runner, language: language, in: .other, isFirst: true)
        again = JointLookDesk(runner: runner, language: language, in: .usual, isFirst: true)
        second = JointLookDesk(runner: runner, language: language, in: .other, isFirst: false)
    }
}
