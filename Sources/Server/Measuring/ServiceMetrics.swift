import JSON
import LanguagePlugins
import Pipeline
import Synchronization
import Tasks

/// What a service counts while it works.
final class ServiceMetrics: Sendable {
    private struct Answer: Hashable {
        var call: String
        var status: Int
    }

    private struct Sums {
        var answers: [Answer: Int] = [:]
        var latencies: [String: Histogram] = [:]
        var verdicts: [String: [Verdict: Int]] = [:]
        var execution = Histogram()
        var queue = Histogram()
        var unreadable = 0
        var infraErrors = 0
    }

    private let sums = Mutex(Sums())

    /// Counts an answer to a request.
    func count(_ call: String, status: Int, latency: Duration) {
        sums.withLock { sums in
            sums.answers[Answer(call: call, status: status), default: 0] += 1
            sums.latencies[call, default: Histogram()].add(latency)
        }
    }

    /// Counts an item that was scored.
    func count(_ line: ScoreLine, language: String) {
        sums.withLock { sums in
            guard let verdict = line.verdict else {
                sums.unreadable += 1
                return
            }
            sums.verdicts[language, default: [:]][verdict, default: 0] += 1
            if line.reward == nil { sums.infraErrors += 1 }
            sums.execution.add(line.executionTime)
            sums.queue.add(line.queueTime)
        }
    }

    /// Counts a program that was run.
    func count(_ report: ProgramReport) {
        sums.withLock { sums in
            let verdict = report.runs.first?.verdict ?? report.compile?.verdict ?? .internalError
            sums.verdicts[report.language, default: [:]][verdict, default: 0] += 1
            if let run = report.runs.first { sums.execution.add(run.usage.wallTime) }
            sums.queue.add(report.queueTime)
        }
    }

    /// The sums as JSON.
    func json(runs: RunnerStatistics) -> JSONObject {
        let sums = sums.withLock { $0 }
        let verdicts = sums.verdicts.sorted { $0.key < $1.key }.map { language, counts -> (String, JSONValue) in
            let sorted = counts.sorted { $0.key.rawValue < $1.key.rawValue }
            return (language, .object(JSONObject(sorted.map { ($0.key.rawValue, .integer(Int64($0.value))) })))
        }
        return [
            "items": .integer(Int64(sums.verdicts.values.reduce(0) { $0 + $1.values.reduce(0, +) } + sums.unreadable)),
            "unreadable": .integer(Int64(sums.unreadable)), "infra_errors": .integer(Int64(sums.infraErrors)),
            "verdicts": .object(JSONObject(verdicts)),
            "run_ms_p50": .number(1000 * sums.execution.quantile(0.5)),
            "run_ms_p99": .number(1000 * sums.execution.quantile(0.99)),
            "queue_ms_p50": .number(1000 * sums.queue.quantile(0.5)),
            "queue_ms_p99": .number(1000 * sums.queue.quantile(0.99)),
            "runs": [
                "started": .integer(Int64(runs.started)), "shared": .integer(Int64(runs.shared)),
                "remembered": .integer(Int64(runs.remembered)), "tried_alone": .integer(Int64(runs.triedAlone)),
                "acquitted": .integer(Int64(runs.acquitted)), "repaired": .integer(Int64(runs.repaired)),
            ],
        ]
    }

    /// Everything as text for Prometheus.
    func text(
        queue: (waiting: Int, running: Int, reserved: Int), slots: Int, runs: RunnerStatistics,
        state: ScoringService.State
    ) -> String {
        let sums = sums.withLock { $0 }
        var text = MetricsText()
        text.begin("retort_up", "gauge", "1 when requests are answered.")
        text.sample("retort_up", state == .ok || state == .starting ? 1 : 0)
        text.begin("retort_slots", "gauge", "Programs that may run at once.")
        text.sample("retort_slots", Double(slots))
        text.begin("retort_items", "gauge", "Items of requests, by where they are.")
        text.sample("retort_items", Double(queue.waiting), [("place", "queue")])
        text.sample("retort_items", Double(queue.running), [("place", "running")])
        text.sample("retort_items", Double(queue.reserved), [("place", "reserved")])
        text.begin("retort_requests_total", "counter", "Requests that were answered.")
        for (answer, count) in sums.answers.sorted(by: { ($0.key.call, $0.key.status) < ($1.key.call, $1.key.status) })
        {
            text.sample(
                "retort_requests_total", Double(count), [("call", answer.call), ("status", "\(answer.status)")])
        }
        text.begin("retort_request_seconds", "histogram", "From a request's last byte to its answer.")
        for (call, latency) in sums.latencies.sorted(by: { $0.key < $1.key }) {
            text.histogram("retort_request_seconds", latency, [("call", call)])
        }
        text.begin("retort_verdicts_total", "counter", "Verdicts, by language.")
        for (language, verdicts) in sums.verdicts.sorted(by: { $0.key < $1.key }) {
            for (verdict, count) in verdicts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                text.sample(
                    "retort_verdicts_total", Double(count), [("language", language), ("verdict", verdict.rawValue)])
            }
        }
        text.begin("retort_run_seconds", "histogram", "Time that items spent executing.")
        text.histogram("retort_run_seconds", sums.execution)
        text.begin("retort_queue_seconds", "histogram", "Time that items spent waiting for slots.")
        text.histogram("retort_queue_seconds", sums.queue)
        text.begin("retort_infra_errors_total", "counter", "Items without a reward for our fault.")
        text.sample("retort_infra_errors_total", Double(sums.infraErrors))
        text.begin("retort_unreadable_items_total", "counter", "Items that were no rollouts.")
        text.sample("retort_unreadable_items_total", Double(sums.unreadable))
        text.begin("retort_runs_total", "counter", "Runs, by what became of them.")
        for (name, count) in [
            ("started", runs.started), ("shared", runs.shared), ("remembered", runs.remembered),
            ("tried_alone", runs.triedAlone), ("acquitted", runs.acquitted), ("repaired", runs.repaired),
        ] {
            text.sample("retort_runs_total", Double(count), [("kind", name)])
        }
        text.begin("retort_compilations_total", "counter", "Programs that were compiled, or found compiled.")
        text.sample("retort_compilations_total", Double(runs.compiled), [("kind", "made")])
        text.sample("retort_compilations_total", Double(runs.foundCompiled), [("kind", "found")])
        return text.text
    }
}
