import Tasks

extension RewardComponent {
    static let formatComponents = [
        RewardComponent("format", "share of the required blocks that are there; one given twice counts half") {
            $0.extraction.format
        },
        RewardComponent("answered", "share of the required blocks that are there") { $0.extraction.answered },
    ]
}
