import JSON
import Policy

extension TrainingConfiguration {
    /// The names of all settings.
    static var names: [String] { ["preset"] + TrainingConfiguration().json.keys }

    /// Every setting, for the folder of a run; the inverse of reading it.
    var json: JSONObject {
        [
            "model": .string(model),
            "scratch": [
                "vocabulary_size": whole(scratch.vocabularySize), "hidden_size": whole(scratch.hiddenSize),
                "layers": whole(scratch.layers), "heads": whole(scratch.heads),
                "key_value_heads": whole(scratch.keyValueHeads),
                "feed_forward_size": whole(scratch.feedForwardSize), "context_length": whole(scratch.contextLength),
            ],
            "adapter": adapter.map { adapter in
                [
                    "rank": whole(adapter.rank), "alpha": .number(Double(adapter.alpha)),
                    "modules": .array(adapter.modules.map(\.rawValue).sorted().map { .string($0) }),
                ]
            } ?? .null,
            "tasks": tasks.map { .string($0) } ?? .null, "snippets": .array(snippets.map { .string($0) }),
            "synthetic": [
                "count": whole(synthetic.count), "languages": .string(synthetic.languages),
                "failures": .number(synthetic.failures),
            ],
            "generation": .object(generation), "held_out": heldOut.map { .string($0) } ?? .null,
            "held_out_share": .number(heldOutShare),
            "prompt": .string(promptStyle.rawValue), "seed": .integer(Int64(clamping: seed)), "threads": whole(threads),
            "steps": whole(steps), "algorithm": .string(algorithm.rawValue), "rewards": .string(rewards),
            "reward_weights": .object(
                JSONObject(rewardWeights.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })),
            "num_generations": whole(generations), "prompts_per_step": whole(prompts),
            "temperature": .number(temperature), "top_p": .number(topP), "top_k": whole(topK),
            "max_prompt_length": whole(promptLimit), "max_completion_length": whole(completionLimit),
            "int8_rollouts": .bool(coarseRollouts), "resample_groups": whole(resampling),
            "curriculum": .bool(usesCurriculum), "overlong_buffer": whole(overlongBuffer),
            "overlong_penalty": .number(overlongPenalty), "learning_rate": .number(learningRate),
            "lr_scheduler_type": .string(schedule.rawValue), "warmup_steps": whole(warmupSteps),
            "weight_decay": .number(weightDecay), "max_grad_norm": maximumNorm.map { .number($0) } ?? .null,
            "num_iterations": whole(iterations), "mini_batches": whole(miniBatches),
            "loss_type": .string(loss.aggregation.rawValue),
            "importance_sampling_level": .string(loss.level.rawValue), "scale_rewards": .string(loss.scale.rawValue),
            "epsilon": .number(loss.clipLow), "epsilon_high": .number(loss.clipHigh),
            "delta": loss.dualClip.map { .number($0) } ?? .null, "beta": .number(loss.divergenceWeight),
            "kl_estimator": .string(loss.divergence.rawValue), "kl_in_reward": .bool(loss.penalisesReward),
            "use_bias_correction_kl": .bool(loss.correctsDivergence), "entropy_coef": .number(loss.entropyWeight),
            "importance_correction": .string(loss.correction.rawValue),
            "importance_cap": .number(loss.correctionLimit),
            "mask_truncated_completions": .bool(loss.masksTruncated),
            "warm_start": [
                "steps": whole(warmStart.steps), "batch_size": whole(warmStart.batch),
                "learning_rate": .number(warmStart.learningRate),
                "target": warmStart.target.map { .number($0) } ?? .null, "check_every": whole(warmStart.interval),
            ],
            "eval_steps": whole(evaluationInterval), "eval_tasks": whole(evaluationTasks),
            "eval_samples": whole(evaluationSamples), "save_steps": whole(checkpointInterval),
            "shown_rollouts": whole(shownRollouts),
        ]
    }

    private func whole(_ number: Int) -> JSONValue { .integer(Int64(number)) }
}
