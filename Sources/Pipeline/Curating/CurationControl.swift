import Curation

/// Ends a curation early, with the best that it has.
public final class CurationControl: Sendable {
    let search: SearchControl

    /// Creates a control.
    ///
    /// - Parameter budget: How long searches may take from now on; nil means for ever.
    public init(budget: Duration? = nil) { search = SearchControl(budget: budget) }

    /// Asks for the end; safe from any thread.
    public func stop() { search.stop() }
}
