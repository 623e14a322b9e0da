import JSON
import Policy

/// Everything that a run goes on from, in one file that is there whole or not at all.
///
/// What moves the model is a function of the seed, the step and this state, so a run that went on is the run that was
/// never stopped, bit for bit.
struct Checkpoint: Sendable {
    /// What a run is doing.
    enum Phase: String, Sendable {
        /// Learning from answers that are known to be right.
        case warmStart = "warm_start"
        /// Learning from scores.
        case policy
        case finished
    }

    /// What a run is doing.
    var phase = Phase.warmStart
    /// Steps of that phase that are done.
    var step = 0
    /// Tasks that were drawn.
    var cursor = 0
    /// Tokens that were learnt from.
    var tokens = 0
    /// Rollouts and passes of each task, where the run keeps count.
    var attempts: [Int] = []
    var passes: [Int] = []

    /// Writes the state with the weights that move and what the optimiser remembers of them.
    func write(to path: String, _ model: PolicyModel) throws(PipelineError) {
        func numbers(_ values: [Int]) -> JSONValue { .array(values.map { .integer(Int64($0)) }) }
        let state: JSONObject = [
            "phase": .string(phase.rawValue), "step": .integer(Int64(step)), "cursor": .integer(Int64(cursor)),
            "tokens": .integer(Int64(tokens)), "optimizer_step": .integer(Int64(model.optimizer.step)),
            "attempts": numbers(attempts), "passes": numbers(passes),
        ]
        var writer = SafetensorsWriter(metadata: [("format", "retort")])
        writer.add(model.trainable) { "weights." + $0 }
        writer.add(model.optimizer.firstMoment) { "first_moment." + $0 }
        writer.add(model.optimizer.secondMoment) { "second_moment." + $0 }
        writer.add("state", bytes: JSONValue.object(state).serializedBytes())
        do throws(ModelFileError) { try writer.write(to: path) } catch { throw PipelineError(error) }
    }

    /// Reads a state, and puts the weights and the optimiser's memory back into a model.
    ///
    /// - Throws: `PipelineError` when the file is of another model or is damaged.
    init(reading path: String, into model: PolicyModel) throws(PipelineError) {
        do throws(ModelFileError) {
            let file = try SafetensorsFile(path)
            for (parameters, prefix) in [
                (model.trainable, "weights."), (model.optimizer.firstMoment, "first_moment."),
                (model.optimizer.secondMoment, "second_moment."),
            ] {
                try parameters.load(TensorSelection(file: file, prefix: prefix)) { prefix + $0 }
            }
            model.parametersChanged()
            let state = try Self.fields(try file.data("state"), path: path)
            do throws(JSONError) {
                guard let phase = Phase(rawValue: try state.string("phase")) else {
                    throw state.error("is no phase", at: "phase")
                }
                self.phase = phase
                step = try state.integer("step")
                cursor = try state.integer("cursor")
                tokens = try state.integer("tokens")
                model.optimizer.step = try state.integer("optimizer_step")
                attempts = try state.array("attempts").compactMap { $0.integer.map(Int.init) }
                passes = try state.array("passes").compactMap { $0.integer.map(Int.init) }
            } catch {
                throw ModelFileError("has a state that is not right: \(error.description)", file: path)
            }
        } catch {
            throw PipelineError(error)
        }
    }

    /// The beginning of a run.
    init() {}

    private static func fields(_ bytes: [UInt8], path: String) throws(ModelFileError) -> JSONFields {
        do throws(JSONError) {
            return try JSONFields(JSONValue.parse(bytes))
        } catch {
            throw ModelFileError("has a state that cannot be read: \(error.description)", file: path)
        }
    }
}

/// The tensors of a file whose names begin in one way.
private struct TensorSelection: TensorSource {
    let file: SafetensorsFile
    let prefix: String

    var tensorNames: [String] { file.tensorNames.filter { $0.hasPrefix(prefix) } }

    func shape(of name: String) -> [Int]? { file.shape(of: name) }

    func read(_ name: String, into destination: UnsafeMutableBufferPointer<Float>) throws(ModelFileError) {
        try file.read(name, into: destination)
    }
}
