/// The shape of a line of tasks, by the trainer that reads it.
public enum RowFormat: String, Sendable, Hashable, CaseIterable {
    /// Everything there is, for this program's own commands.
    case retort
    /// A `prompt` of messages; every other column reaches the reward function by its name.
    case trl
    /// `data_source`, `prompt`, `ability`, `reward_model` and `extra_info`.
    case verl
    /// `problem` and `answer`, both texts.
    case easyr1
    /// `input` of messages and `label`, a text.
    case openrlhf
}
