"""Logistic regression over named signs: learning, cross-validation by document, tables of how far to believe it.

A few hundred weights and some ten thousand cases: Newton's method on numpy is enough, and gives the same weights
everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.weights import Weights

FOLDS = 5
RIDGE = 10.0  # strength of the penalty on weights, in observations
STEPS = 40
BINS = 10
RARE = 20  # cases: a sign seen less often gets no weight


@dataclass(frozen=True)
class Case:
    """One thing to be judged: its corpus, its document, its signs, and what the corpus says of it."""

    corpus: str
    document: str
    signs: dict[str, float]
    right: bool


class Model:
    """Weights of the signs of a set of cases; the last is the intercept."""

    def __init__(self, cases: Sequence[Case]) -> None:
        seen: dict[str, int] = {}
        for case in cases:
            for name, value in case.signs.items():
                seen[name] = seen.get(name, 0) + bool(value)
        self.names = sorted(name for name, count in seen.items() if count >= RARE)
        self.weights = fit(self.table(cases), labels(cases))

    def table(self, cases: Sequence[Case]) -> np.ndarray:
        """One line a case, one column a sign, and a last column of ones."""
        return np.array([[*(case.signs.get(name, 0.0) for name in self.names), 1.0] for case in cases])

    def rate(self, cases: Sequence[Case]) -> np.ndarray:
        """The probability that each case is right."""
        return 1 / (1 + np.exp(-self.table(cases) @ self.weights))

    def write(self, path: Path, head: str) -> None:
        """The weights as TOML, three digits, sorted by name."""
        pairs = zip(self.names, self.weights, strict=False)
        made = Weights(
            intercept=round(float(self.weights[-1]), 3),
            weights={name: round(float(value), 3) for name, value in pairs},
        )
        lines = [f'"{name}" = {value}' for name, value in made.weights.items() if value]
        body = [f"# {head}", "", f"intercept = {made.intercept}", "", "[weights]", *lines, ""]
        path.write_text("\n".join(body), encoding="utf-8")


def keep_learned(
    cases: Sequence[Case],
    weights: Path,
    head: str,
    table: Path,
    describe: Callable[[Sequence[Case]], Iterable[str]],
) -> None:
    """Learns the weights of the cases, writes them and the table that describes them, and prints the table."""
    Model(cases).write(weights, head)
    text = "\n".join(describe(cases)) + "\n"
    table.write_text(text, encoding="utf-8")
    print(text, end="")


def labels(cases: Sequence[Case]) -> np.ndarray:
    """1 where the case is right."""
    return np.array([float(case.right) for case in cases])


def fit(signs: np.ndarray, right: np.ndarray, ridge: float = RIDGE) -> np.ndarray:
    """Logistic regression with a penalty on all weights but the intercept, by Newton's method."""
    weights = np.zeros(signs.shape[1])
    penalty = np.full(signs.shape[1], ridge)
    penalty[-1] = 0.0
    for _ in range(STEPS):
        odds = 1 / (1 + np.exp(-signs @ weights))
        slope = signs.T @ (odds - right) + penalty * weights
        bend = (signs * (odds * (1 - odds))[:, None]).T @ signs + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def cross_validate(cases: Sequence[Case]) -> np.ndarray:
    """The probability of each case by weights that were learned without its document."""
    keys = sorted({(case.corpus, case.document) for case in cases})
    fold = {key: number % FOLDS for number, key in enumerate(keys)}
    folds = [fold[case.corpus, case.document] for case in cases]
    found = np.zeros(len(cases))
    for number in range(FOLDS):
        model = Model([case for case, own in zip(cases, folds, strict=True) if own != number])
        mine = [n for n, own in enumerate(folds) if own == number]
        found[mine] = model.rate([cases[n] for n in mine])
    return found


def list_bins(found: np.ndarray, right: np.ndarray) -> Iterator[str]:
    """Lines of a table: probability, how many cases, mean probability, how many were right."""
    number = np.minimum((found * BINS).astype(int), BINS - 1)
    for n in range(BINS):
        mine = number == n
        if mine.any():
            span = f"{n / BINS:.1f}-{(n + 1) / BINS:.1f}"
            yield f"| {span} | {mine.sum()} | {found[mine].mean():.2f} | {right[mine].mean():.2f} |"


def measure_gap(found: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error: the mean difference between probability and truth, bin by bin."""
    number = np.minimum((found * BINS).astype(int), BINS - 1)
    sums = [abs(float((found - right)[number == n].sum())) for n in range(BINS)]
    return sum(sums) / len(found)


def measure_rank(found: np.ndarray, right: np.ndarray) -> float:
    """Area under the ROC curve: how often a right case stands above a wrong one."""
    order = np.argsort(np.argsort(found, kind="stable"), kind="stable") + 1.0
    good, bad = right.sum(), (1 - right).sum()
    if not good or not bad:
        return float("nan")
    return float((order[right > 0].sum() - good * (good + 1) / 2) / (good * bad))
