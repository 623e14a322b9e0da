import Testing

@testable import LanguagePlugins

@Suite("A set of words")
struct WordSetTests {
    private static let words = WordSet(["gc", "__del__", "ctypes"])

    @Test(
        "is mentioned where a word stands by itself",
        arguments: ["gc", "import gc", "gc.collect()", "def __del__(self):", "x=ctypes", "# gc?", "'gc'", "(gc)\n"])
    func mentioned(text: String) { #expect(Self.words.isMentioned(in: Array(text.utf8))) }

    @Test(
        "is not mentioned by parts of words",
        arguments: ["", "g c", "gcd(1, 2)", "my_gc", "gc2", "__del", "__delete__", "ctype", "égc", "gcé", "GC"])
    func notMentioned(text: String) { #expect(!Self.words.isMentioned(in: Array(text.utf8))) }

    @Test("that is empty is never mentioned")
    func empty() { #expect(!WordSet([String]()).isMentioned(in: Array("anything".utf8))) }
}
