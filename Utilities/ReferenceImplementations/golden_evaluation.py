"""Golden values of the statistics: python3 golden_evaluation.py OUTPUT_FILE

Versions: Python 3.11, scikit-learn 1.9.1, statsmodels 0.15.0, scipy 1.17.1, numpy 2.4.6 (requirements-evaluation.txt).

OUTPUT_FILE is Tests/EvaluationTests/Golden/evaluation.json of this package. Probabilities are float32, written so
that they read back exactly; everything is computed from them in float64.
"""

import argparse
import json
import math
import pathlib
import warnings

import numpy as np
from scipy import optimize, special, stats
from sklearn import calibration, metrics
from statsmodels.discrete.conditional_models import ConditionalLogit
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

SMALLEST = float(np.finfo(np.float32).tiny)  # What a probability of 0 counts as.


# Float32 probabilities sum to 1 only to seven digits.
warnings.filterwarnings("ignore", message="The y_prob values do not sum to one")


def classification_case(name, classes, truths, predicted):
    labels = range(classes)
    report = metrics.classification_report(truths, predicted, labels=labels, output_dict=True, zero_division=0)
    scores = lambda row: {key: float(row[key]) for key in ("precision", "recall", "f1-score", "support")}
    matrix = metrics.confusion_matrix(truths, predicted, labels=labels)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Rows without samples are 0, which is what is wanted.
        rows = metrics.confusion_matrix(truths, predicted, labels=labels, normalize="true") * 100
    return {
        "name": name,
        "truths": [int(x) for x in truths],
        "predicted": [int(x) for x in predicted],
        "counts": matrix.tolist(),
        "row_percentages": rows.tolist(),
        "accuracy": float(metrics.accuracy_score(truths, predicted)),
        "classes": [scores(report[str(label)]) for label in labels],
        "macro": scores(report["macro avg"]),
        "weighted": scores(report["weighted avg"]),
    }


def classification_cases(random):
    uneven = random.choice(10, size=500, p=np.arange(1, 11) / 55)
    guesses = np.where(random.random(500) < 0.8, uneven, random.integers(0, 10, 500))
    never_predicted = [0, 0, 1, 1, 2, 2, 2]
    return [
        classification_case("uneven classes", 10, uneven, guesses),
        classification_case("a class is never predicted", 3, never_predicted, [0, 1, 1, 1, 0, 1, 1]),
        classification_case("a class never occurs", 4, [0, 1, 3, 3, 0], [0, 2, 3, 2, 3]),
        classification_case("a class neither occurs nor is predicted", 4, [0, 1, 3], [0, 3, 3]),
        classification_case("all right", 3, [0, 1, 2, 2], [0, 1, 2, 2]),
        classification_case("all wrong", 3, [0, 1, 2, 2], [1, 2, 0, 1]),
        classification_case("one sample, right", 2, [1], [1]),
        classification_case("one sample, wrong", 2, [1], [0]),
        classification_case("26 classes", 26, np.arange(260) % 26, (np.arange(260) * 7 // 6) % 26),
    ]


def calibration_values(truths, probabilities, bins):
    """Everything about calibration, from float32 probabilities."""
    p = probabilities.astype(np.float64)
    classes = p.shape[1]
    confidence = np.minimum(p.max(axis=1), 1)
    right = (p.argmax(axis=1) == truths).astype(int)
    # scikit-learn leaves out empty bins; its bins are (lower, upper], as in Guo et al.
    accuracy, mean = calibration.calibration_curve(right, confidence, n_bins=bins, strategy="uniform", pos_label=1)
    place = np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], confidence)
    counts = np.bincount(place, minlength=bins)
    gaps = np.abs(accuracy - mean)
    floored = np.maximum(p, SMALLEST)
    if (p == 0).any():
        likelihood = -np.log(floored[np.arange(len(p)), truths]).mean()
    else:
        likelihood = metrics.log_loss(truths, p, labels=range(classes))
    return {
        "bin_counts": counts.tolist(),
        "bin_accuracies": accuracy.tolist(),
        "bin_confidences": mean.tolist(),
        "expected_calibration_error": float((gaps * counts[counts > 0]).sum() / len(p)),
        "maximum_calibration_error": float(gaps.max()),
        "negative_log_likelihood": float(likelihood),
        "brier_score": float(metrics.brier_score_loss(truths, p, labels=range(classes), scale_by_half=False)),
    }


def best_temperature(truths, probabilities):
    logits = np.log(np.maximum(probabilities.astype(np.float64), SMALLEST))
    rows = np.arange(len(truths))

    def slope(beta):
        q = special.softmax(beta * logits, axis=1)
        return ((q * logits).sum(axis=1) - logits[rows, truths]).mean()

    beta = optimize.brentq(slope, 0.01, 100, xtol=1e-14, rtol=1e-14)
    # The same number is the coefficient of a conditional logit model with the logarithm as its only covariate.
    chosen = np.zeros(logits.shape)
    chosen[rows, truths] = 1
    model = ConditionalLogit(chosen.ravel(), logits.reshape(-1, 1), groups=np.repeat(rows, logits.shape[1]))
    coefficient = model.fit(disp=False).params[0]
    # statsmodels stops at a gradient of 1e-5 of the whole sample.
    assert abs(coefficient - beta) < 1e-3 * beta, (coefficient, beta)
    return 1 / beta


def probability_case(name, truths, probabilities, bins, is_fitted=True):
    truths = np.asarray(truths)
    probabilities = np.asarray(probabilities, np.float32)
    case = {
        "name": name,
        "bins": bins,
        "truths": truths.tolist(),
        "probabilities": [[float(str(x)) for x in row] for row in probabilities],
        "before": calibration_values(truths, probabilities, bins),
    }
    if is_fitted:
        temperature = best_temperature(truths, probabilities)
        logits = np.log(np.maximum(probabilities.astype(np.float64), SMALLEST))
        after = special.softmax(logits / temperature, axis=1).astype(np.float32)
        case["temperature"] = temperature
        case["after"] = calibration_values(truths, after, bins)
    return case


def drawn(random, count, classes, sharpness):
    """Samples whose true class is drawn from the softmax of the logits, and the probabilities at another sharpness."""
    logits = random.standard_normal((count, classes)) * 2.5 + np.linspace(0, 2, classes)
    truths = np.array([random.choice(classes, p=row) for row in special.softmax(logits, axis=1)])
    return truths, special.softmax(logits * sharpness, axis=1)


def probability_cases(random):
    ties = [[0.5, 0.5, 0], [0, 1, 0], [1, 0, 0], [0.25, 0.25, 0.5], [0.2, 0.4, 0.4], [0, 0, 1]]
    edges = [[0.5, 0.5], [0.25, 0.75], [1, 0], [0.75, 0.25], [0.625, 0.375]]
    return [
        probability_case("too sure, uneven classes", *drawn(random, 300, 10, 2.5), 15),
        probability_case("too unsure, 26 classes", *drawn(random, 150, 26, 0.4), 15),
        probability_case("two classes, 10 bins", *drawn(random, 100, 2, 1.5), 10),
        probability_case("one bin", *drawn(random, 40, 3, 1.0), 1),
        probability_case("ties, and a 0 for the true class", [1, 1, 0, 2, 1, 0], ties, 10),
        probability_case("confidences on the edges of bins", [1, 1, 0, 1, 0], edges, 4),
        probability_case("all right", [0, 1, 2], [[0.9, 0.05, 0.05], [0.1, 0.8, 0.1], [0, 0, 1]], 15, False),
        probability_case("all wrong", [1, 2, 0], [[0.9, 0.05, 0.05], [0.1, 0.8, 0.1], [0, 0, 1]], 15, False),
        probability_case("one sample, right", [0], [[0.75, 0.25]], 15, False),
        probability_case("one sample, wrong", [1], [[0.75, 0.25]], 15, False),
    ]


def interval_case(correct, count, confidence):
    lower, upper = proportion_confint(correct, count, alpha=1 - confidence, method="wilson")
    return {"correct": correct, "count": count, "confidence": confidence, "lower": float(lower), "upper": float(upper)}


def interval_cases():
    pairs = [(9851, 10000), (95, 100), (10, 10), (0, 10), (1, 1), (0, 1), (1, 3), (599_999, 600_000)]
    return [interval_case(*pair, confidence) for pair in pairs for confidence in (0.95, 0.5, 0.999)]


def paired_case(both, first, second, neither):
    """p of McNemar's exact test; Agresti and Min's interval as a mean with weights, half a sample more in each cell."""
    p_value = float(mcnemar([[both, first], [second, neither]], exact=True).pvalue)
    discordant = first + second
    if discordant <= 20_000:
        tail = sum(math.comb(discordant, k) for k in range(min(first, second) + 1))
        # Exact, then rounded once; 0 where the quotient is below the smallest double.
        exact = min(1.0, (2 * tail) / (1 << discordant))
        assert math.isclose(p_value, exact, rel_tol=1e-9, abs_tol=1e-300), (p_value, exact)
        p_value = exact
    weights = np.array([both, first, second, neither]) + 0.5
    described = DescrStatsW(np.array([0.0, -1.0, 1.0, 0.0]), weights=weights, ddof=0)
    error = math.sqrt(described.var / described.sum_weights)
    case = {"counts": [both, first, second, neither], "p_value": p_value, "intervals": []}
    for confidence in (0.95, 0.99):
        half = stats.norm.ppf(0.5 + confidence / 2) * error
        ends = [float(np.clip(described.mean + sign * half, -1, 1)) for sign in (-1, 1)]
        case["intervals"].append({"confidence": confidence, "lower": ends[0], "upper": ends[1]})
    return case


def paired_cases():
    return [
        paired_case(*counts)
        for counts in [
            (794, 86, 150, 570),
            (9800, 60, 40, 100),
            (9800, 40, 60, 100),
            (0, 0, 0, 1),
            (1, 0, 0, 0),
            (0, 1, 0, 0),
            (0, 0, 1, 0),
            (9900, 0, 0, 100),
            (5, 3, 3, 5),
            (5, 4, 3, 5),
            (0, 0, 6, 0),
            (20, 1, 9, 2),
            (1000, 2400, 2600, 1000),
            (0, 5000, 5000, 0),
            (0, 4000, 6000, 0),
            (0, 400, 9600, 0),
            (0, 0, 10_000, 0),
            (0, 1_000_000, 1_003_000, 0),
        ]
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", metavar="OUTPUT_FILE", type=pathlib.Path)
    output = parser.parse_args().output
    random = np.random.default_rng(7000)
    families = {
        "classification": classification_cases(random),
        "probabilities": probability_cases(random),
        "intervals": interval_cases(),
        "paired": paired_cases(),
    }
    # One line a case.
    texts = [f'"{name}": [\n' + ",\n".join(map(json.dumps, cases)) + "\n]" for name, cases in families.items()]
    output.write_text("{\n" + ",\n".join(texts) + "\n}\n")
    print(f"{output}: {sum(map(len, families.values()))} cases, {output.stat().st_size} bytes")


if __name__ == "__main__":
    main()
