/// Names for variables that mean nothing, for renaming and for statements that do nothing.
enum FreeNames {
    /// The names, those for renaming first.
    static let candidates = [
        "alpha", "value1", "item_a", "tmp0", "entry", "data1", "node_x", "gamma", "first_v", "quux", "unused_v",
        "spare",
    ]
}
