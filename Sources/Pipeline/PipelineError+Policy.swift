import Policy
import Tokenization

extension PipelineError {
    /// Takes an error of a model's files.
    init(_ error: ModelFileError) { self.init(.user, error.description) }

    /// Takes an error of a tokenizer.
    init(_ error: TokenizerError) { self.init(.user, error.description) }

    /// Takes an error of the numerics.
    init(_ error: PolicyError) { self.init(.user, error.description) }

    /// Does numerical work whose errors are the caller's to show.
    static func during<Result>(_ work: () throws(PolicyError) -> Result) throws(PipelineError) -> Result {
        do throws(PolicyError) { return try work() } catch { throw PipelineError(error) }
    }
}
