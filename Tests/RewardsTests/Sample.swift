import Rewards
import Tasks

/// One rollout made up for a test: what was asked, answered and executed.
struct Sample {
    var task: CodeTask
    var text: String
    var judgement = Judgement(verdict: .accepted)

    /// A forward task with the blocks of an answer; nil leaves a block out.
    static func forward(_ truth: Truth, stdout: String?, stderr: String?) -> Sample {
        var parts = ["Thinking."]
        if let stdout { parts.append(AnswerFormat.fenced(stdout, tag: AnswerFormat.stdoutBlock)) }
        if let stderr { parts.append(AnswerFormat.fenced(stderr, tag: AnswerFormat.stderrBlock)) }
        return Sample(
            task: CodeTask(id: "f", kind: .forward, language: "python", truth: truth),
            text: parts.joined(separator: "\n\n"))
    }

    func result(_ preset: RewardPreset) -> RewardResult {
        let completion = Completion(text: text)
        let extraction = AnswerFormat.extract(completion, for: task)
        return preset.score(task: task, completion: completion, extraction: extraction, judgement: judgement)
    }

    func score(_ preset: String) throws -> Double? { try result(RewardPreset.load(name: preset)).score.value }
}

/// A program that divides by zero after it printed a line.
let dividing = Truth(
    stdout: "start\n",
    stderr: """
        Traceback (most recent call last):
          File "main.py", line 5, in <module>
            main()
          File "main.py", line 3, in main
            print(1 / 0)
        ZeroDivisionError: division by zero

        """,
    exitCode: 1, failure: Failure(type: "ZeroDivisionError", message: "division by zero", line: 3))
