import JSON
import Policy

/// The folder of an ablation: what it compares, the data of all, a folder for each run, and what came of it.
struct AblationFolder: Sendable {
    /// The path.
    let path: String

    /// The settings that it was begun with.
    var settings: String { path + "/ablation.json" }
    /// How the corpus was dealt; where it is, all data is there.
    var corpus: String { path + "/corpus.json" }
    /// The snippets of which no two are alike.
    var curated: String { path + "/snippets/curated.jsonl" }
    /// Tasks for the warm start, with those that are held out behind them.
    var startTasks: String { path + "/start_tasks.jsonl" }
    /// The tasks that all runs are evaluated with.
    var heldOut: String { path + "/held_out.jsonl" }
    /// What came of it, for a program.
    var results: String { path + "/results.json" }
    /// The table, for a person.
    var table: String { path + "/table.md" }
    /// The page.
    var page: String { path + "/index.html" }

    /// As many snippets, drawn at random.
    func random(_ seed: Int) -> String { "\(path)/snippets/random-\(seed).jsonl" }

    /// The run that makes the model that all runs of a seed begin with.
    func start(_ seed: Int) -> String { "\(path)/start/seed-\(seed)" }

    /// The run of a variant.
    func run(_ variant: AblationVariant, _ seed: Int) -> String { "\(path)/runs/\(variant.rawValue)-\(seed)" }

    /// What a run came to; where it is, the run is finished.
    static func outcome(_ run: String) -> String { run + "/outcome.json" }

    /// Writes a file whole.
    static func write(_ path: String, _ bytes: [UInt8]) throws(PipelineError) {
        do throws(ModelFileError) { try WholeFile.write(path, bytes) } catch { throw PipelineError(error) }
    }

    /// Reads a file of one JSON object.
    static func read(_ path: String) throws(PipelineError) -> JSONObject {
        do throws(JSONError) {
            let bytes: [UInt8]
            do throws(PipelineError) {
                bytes = try ReadableFile(path).bytes(limit: 64 << 20)
            } catch {
                throw JSONError(error.message)
            }
            return try JSONFields(JSONValue.parse(bytes)).members
        } catch {
            throw PipelineError(.user, "'\(path)' is damaged: \(error.description)", hint: "remove it and begin anew")
        }
    }
}
