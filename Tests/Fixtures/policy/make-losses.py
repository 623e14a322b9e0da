"""Makes what losses and advantages must come to, straight from their published formulas, in float64.

    pip install numpy && python Tests/Fixtures/policy/make-losses.py

Derivatives are central differences, exact to about 1e-9 away from the corners of a clip.
"""
import json
import os

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
EPS = 1e-4


def std(values):
    return np.std(values, ddof=1) if len(values) > 1 else 0.0


def group_relative(groups, scale):
    everything = np.concatenate([g[~np.isnan(g)] for g in groups])
    out = []
    for g in groups:
        known = g[~np.isnan(g)]
        divisor = {"group": std(known) + EPS, "batch": std(everything) + EPS, "none": 1.0}[scale]
        out.append(np.nan_to_num((g - known.mean()) / divisor))
    return out


def leave_one_out(groups):
    out = []
    for g in groups:
        n = np.sum(~np.isnan(g))
        out.append(np.nan_to_num((g - np.nanmean(g)) * n / (n - 1)))
    return out


def per_component(groups, components, weights):
    sums = []
    for g, c in zip(groups, components):
        known = ~np.isnan(g)
        z = np.full(g.shape, np.nan)
        z[known] = 0
        for k, w in enumerate(weights):
            values = c[known, k]
            z[known] += w * (values - values.mean()) / (std(values) + EPS)
        sums.append(z)
    everything = np.concatenate([z[~np.isnan(z)] for z in sums])
    return [np.nan_to_num((z - everything.mean()) / (std(everything) + EPS)) for z in sums]


def whitened(groups, lengths, penalties, baseline):
    returns = []
    for g, ls, ps in zip(groups, lengths, penalties):
        row = []
        for r, n, p in zip(g, ls, ps):
            if np.isnan(r):
                row.append(None)
                continue
            rewards = -np.array(p)
            rewards[n - 1] += r - (np.nanmean(g) if baseline else 0)
            row.append(np.cumsum(rewards[::-1])[::-1])  # gamma = 1
        returns.append(row)
    tokens = np.concatenate([t for row in returns for t in row if t is not None])
    mean, var = tokens.mean(), tokens.var(ddof=1)
    return [[([0.0] * n if t is None else list((t - mean) / np.sqrt(var + 1e-8))) for t, n in zip(row, ls)]
            for row, ls in zip(returns, lengths)]


def kl(name, d):
    return {"k1": d, "k2": d * d / 2, "k3": np.exp(-d) + d - 1}[name]


def loss(case, currents):
    """The loss of a batch of completions."""
    total = 0.0
    tokens = sum(len(c) for c in currents)
    for i, current in enumerate(currents):
        old, ref, adv = (np.array(case[k][i]) for k in ("old", "reference", "advantages"))
        log_ratio = current - old
        if case["level"] == "sequence":
            log_ratio = np.full_like(log_ratio, log_ratio.mean())
        ratio = np.exp(log_ratio)
        low, high = 1 - case["clip_low"], 1 + case["clip_high"]
        each = -np.minimum(ratio * adv, np.clip(ratio, low, high) * adv)
        if case["dual_clip"]:
            each = np.where(adv < 0, np.minimum(-case["dual_clip"] * adv, each), each)
        each = each * np.array(case["weights"][i])
        if case["beta"]:
            divergence = kl(case["kl"], current - ref)
            each = each + case["beta"] * (divergence * ratio if case["corrects"] else divergence)
        if case["aggregation"] == "sequence_mean":
            total += each.mean() / len(currents)
        elif case["aggregation"] == "token_mean":
            total += each.sum() / tokens
        else:
            total += each.sum() / (len(currents) * case["length"])
    return total


def derivative(case, step=1e-6):
    out = []
    for i in range(len(case["current"])):
        row = []
        for t in range(len(case["current"][i])):
            values = []
            for sign in (1, -1):
                moved = [np.array(c) for c in case["current"]]
                moved[i][t] += sign * step
                values.append(loss(case, moved))
            row.append((values[0] - values[1]) / (2 * step))
        out.append(row)
    return out


def main():
    draws = np.random.default_rng(11)
    sizes, lengths = [4, 3, 5], [[2, 5, 3, 1], [4, 4, 2], [1, 2, 6, 3, 2]]
    groups = [np.round(draws.random(n), 3) for n in sizes]
    groups[1][2] = np.nan
    groups[2][:] = 0.5
    components = [np.round(draws.random((n, 3)), 3) for n in sizes]
    penalties = [[list(np.round(0.1 * draws.random(n), 3)) for n in row] for row in lengths]
    net = [np.array([r - sum(p) for r, p in zip(g, ps)]) for g, ps in zip(groups, penalties)]
    weights = [1.0, 0.5, 2.0]
    clean = lambda rows: [[None if np.isnan(v) else float(v) for v in row] for row in rows]
    listed = lambda rows: [[float(v) for v in row] for row in rows]
    fixture = {
        "rewards": clean(groups), "components": [c.tolist() for c in components], "lengths": lengths,
        "penalties": penalties, "weights": weights,
        "advantages": {
            "group": listed(group_relative(groups, "group")), "batch": listed(group_relative(groups, "batch")),
            "none": listed(group_relative(groups, "none")), "leave_one_out": listed(leave_one_out(groups)),
            "leave_one_out_net": listed(leave_one_out(net)), "per_component": listed(per_component(groups, components, weights)),
        },
        "token_advantages": {
            "whitened": whitened(groups, lengths, penalties, False),
            "whitened_baseline": whitened(groups, lengths, penalties, True),
        },
        "losses": [],
    }
    base = {"level": "token", "clip_low": 0.2, "clip_high": 0.2, "dual_clip": None, "aggregation": "token_mean", "length": 16,
            "beta": 0.0, "kl": "k3", "corrects": False, "weighted": False}
    cases = {
        "grpo": {"aggregation": "sequence_mean", "beta": 0.04}, "dr_grpo": {"aggregation": "constant"},
        "dapo": {"clip_high": 0.28}, "gspo": {"level": "sequence", "aggregation": "sequence_mean", "clip_low": 0.05, "clip_high": 0.06},
        "gspo_tokens": {"level": "sequence"}, "codeboost": {"clip_high": 0.3, "dual_clip": 3.0, "beta": 0.01},
        "k1": {"beta": 0.1, "kl": "k1"}, "k2": {"beta": 0.1, "kl": "k2"}, "corrected": {"beta": 0.1, "corrects": True},
        "importance": {"weighted": True},
    }
    for name, changes in cases.items():
        case = {"name": name, **base, **changes}
        counts = [3, 6, 1, 4]
        case["old"] = [list(-2 * draws.random(n)) for n in counts]
        case["current"] = [list(np.array(o) + 0.5 * draws.standard_normal(len(o))) for o in case["old"]]
        if name == "codeboost":
            case["current"][0][0] = case["old"][0][0] + 1.5
        case["reference"] = [list(np.array(o) + 0.3 * draws.standard_normal(len(o))) for o in case["old"]]
        case["advantages"] = [[float(a)] * n for a, n in zip(draws.standard_normal(len(counts)), counts)]
        if name == "codeboost":
            case["advantages"][0] = [-1.2] * 3
        case["weights"] = [list(np.round(2 * draws.random(n), 3)) if case["weighted"] else [1.0] * n for n in counts]
        case["loss"] = float(loss(case, [np.array(c) for c in case["current"]]))
        case["gradients"] = derivative(case)
        fixture["losses"].append({k: v for k, v in case.items() if k != "weighted"})
    with open(HERE + "/losses.json", "w") as file:
        json.dump(fixture, file, separators=(",", ":"), default=float)
        file.write("\n")


if __name__ == "__main__":
    main()
