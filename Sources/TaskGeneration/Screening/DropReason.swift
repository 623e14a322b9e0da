/// Why a snippet or a task of one was not made into something to train on.
public enum DropReason: String, Sendable, Hashable, CaseIterable {
    /// The line of the input is no snippet.
    case unreadable
    /// The text is not UTF-8, or holds a NUL.
    case notText = "not_text"
    /// There is nothing but blanks and comments.
    case blank
    /// The text has more bytes than allowed.
    case tooLarge = "too_large"
    /// The text has more lines than allowed.
    case tooManyLines = "too_many_lines"
    /// A line of the text is longer than allowed.
    case longLine = "long_line"
    /// No plugin has the language, or its toolchain is missing.
    case noLanguage = "no_language"
    /// The program does not compile, and that was not wanted.
    case compileError = "compile_error"
    /// The program used up its time.
    case timeLimit = "time_limit"
    /// The program used up its memory.
    case memoryLimit = "memory_limit"
    /// The program printed more than it may.
    case outputLimit = "output_limit"
    /// The program wanted more processes or other system calls than it may have.
    case forbidden
    /// The program printed nothing and did not fail.
    case emptyOutput = "empty_output"
    /// The program printed bytes that are no text.
    case binaryOutput = "binary_output"
    /// The program printed more than a prompt or an answer is to hold.
    case longOutput = "long_output"
    /// The program printed runs of back-ticks as long as a fence.
    case fences
    /// The program asked for a module or a command that is not there.
    case missingModule = "missing_module"
    /// The program printed something about this host.
    case hostDetail = "host_detail"
    /// Two runs of the program differ.
    case nondeterministic
    /// The program failed with an error of a kind that is not kept.
    case errorNotKept = "error_not_kept"
    /// The error that was wanted could not be made.
    case noCorruption = "no_corruption"
    /// No line can be masked so that it matters.
    case noMask = "no_mask"
    /// No input is known that the prompt would not show, so that printing what is shown would pay.
    case nothingHidden = "nothing_hidden"
    /// The program takes no input, or does the same with any.
    case noInput = "no_input"
    /// The prompt is longer than allowed.
    case longPrompt = "long_prompt"
    /// The same task was made of this snippet before.
    case duplicate
    /// The sandbox failed, twice.
    case sandbox
}
