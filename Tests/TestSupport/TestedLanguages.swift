internal import Glibc

/// The languages that tests over all languages take: all that are installed, or those that `RETORT_TEST_LANGUAGES` names.
///
/// A machine may have more toolchains than a test run has time for; which are left out is printed by `scripts/test`.
public enum TestedLanguages {
    private static let named: Set<String>? = getenv("RETORT_TEST_LANGUAGES").map { text in
        Set(String(cString: text).split { $0 == " " || $0 == "," || $0 == "\n" }.map(String.init))
    }

    /// Whether a language is one of them.
    public static func contains(_ name: String) -> Bool { named?.contains(name) ?? true }
}
