import Pipeline
import Testing

@Suite struct TextTests {
    @Test(
        "reads a duration with its unit",
        arguments: [
            ("5s", Duration.seconds(5)), ("500ms", .milliseconds(500)), ("1.5m", .seconds(90)), ("2", .seconds(2)),
            ("1h", .seconds(3600)), ("0.25s", .milliseconds(250)),
        ]
    )
    func duration(text: String, expected: Duration) {
        #expect(DurationText.parse(text) == expected)
    }

    @Test("refuses what is no duration", arguments: ["", "s", "-1s", "0", "5 s", "5x", "1e3s", "..", "nan", "inf"])
    func noDuration(text: String) {
        #expect(DurationText.parse(text) == nil)
    }

    @Test(
        "reads a size in powers of 1024",
        arguments: [("512M", 512 << 20), ("1G", 1 << 30), ("64KiB", 64 << 10), ("100", 100), ("1.5k", 1536), ("8b", 8)]
    )
    func size(text: String, expected: Int) {
        #expect(ByteCountText.parse(text) == expected)
    }

    @Test("refuses what is no size", arguments: ["", "M", "-1", "0", "5X", "0.1", "99999999999T"])
    func noSize(text: String) {
        #expect(ByteCountText.parse(text) == nil)
    }

    @Test(
        "prints a number with its decimals",
        arguments: [
            (0.775, 4, "0.7750"), (0, 1, "0.0"), (-0.04, 1, "0.0"), (-1.25, 2, "-1.25"), (12.5, 0, "13"),
            (0.005, 2, "0.01"), (1234.5, 1, "1234.5"),
        ]
    )
    func fixed(value: Double, decimals: Int, expected: String) {
        #expect(Figures.fixed(value, decimals: decimals) == expected)
    }

    @Test("sets a table in columns without blanks at line ends")
    func table() {
        let table = TextTable(
            header: ["verdict", "n"],
            alignments: [.left, .right],
            rows: [["accepted", "12"], ["no_answer", "3"]]
        )
        #expect(table.text == "verdict     n\naccepted   12\nno_answer   3\n")
    }
}
