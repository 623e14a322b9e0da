import Testing

@testable import Pipeline

@Suite("Which tasks a step learns from")
struct CurriculumTests {
    @Test("are mostly those that half of the rollouts solve, and none is given up")
    func curriculum() {
        let curriculum = Curriculum(attempts: [100, 100, 100], passes: [0, 50, 100], tasks: 3)
        var counts = [0, 0, 0]
        for seed in 0..<2000 as Range<UInt64> { counts[curriculum.draw(1, seed: seed)[0]] += 1 }
        #expect(counts[1] > 1500 && counts[0] > 50 && counts[2] > 50, "\(counts)")
        #expect(Set(curriculum.draw(3, seed: 1)) == [0, 1, 2])
        // One that nobody has tried is as good as one that half solve.
        let fresh = Curriculum(attempts: [], passes: [], tasks: 2)
        #expect((0..<64).count { fresh.draw(1, seed: $0) == [0] } > 16)
    }
}
