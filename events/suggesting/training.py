"""Training the suggestion of types, and measuring what it is worth. Imported by the command alone: it is heavy."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import SGDClassifier
from sklearn.model_selection import StratifiedGroupKFold

from events.suggesting.features import grams, normalised

FOLDS = 5
LEAST_EVENTS = 50
"""Fewer events, told in different words, measure nothing."""
LEAST_ABOVE = 30
"""A threshold needs this many events above it before its precision counts."""
MOST_FEATURES = 20_000
SMALL = 2000
"""Examples; from here on a run of characters counts when it stands in two of them."""
SEED = 7
THRESHOLDS = tuple(round(0.3 + step * 0.02, 2) for step in range(36))


@dataclass(frozen=True)
class Example:
    """A text and its type. `from_event` is False for the catalogue's own words: learned from, never measured on."""

    text: str
    code: str
    from_event: bool


@dataclass(frozen=True)
class Measured:
    """By cross-validation over events, the same words never on both sides."""

    events: int = 0
    precision: float = 0.0
    in_three: float = 0.0
    threshold: float | None = None
    precision_at: float | None = None
    coverage_at: float | None = None


@dataclass(frozen=True)
class Trained:
    vectorizer: Any
    classifier: Any

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        found: NDArray[np.float64] = self.classifier.predict_proba(self.vectorizer.transform(texts))
        return found

    def arrays(self) -> dict[str, NDArray[Any]]:
        """As `Model` reads them: no object of the library goes into the file."""
        names = self.vectorizer.get_feature_names_out()
        coefficients, bias = self.classifier.coef_, self.classifier.intercept_
        if len(self.classifier.classes_) == 2:
            coefficients, bias = np.vstack([-coefficients, coefficients]), np.array([-bias[0], bias[0]])
        return {
            "codes": np.array(self.classifier.classes_, dtype=np.str_),
            "grams": np.array(names, dtype=np.str_),
            "rarity": self.vectorizer.idf_.astype(np.float32),
            "weights": coefficients.T.astype(np.float16),
            "bias": bias.astype(np.float32),
        }


def train(examples: Sequence[Example]) -> Trained:
    """Character runs weighted by rarity, and for each type a logistic regression against all others."""
    vectorizer = TfidfVectorizer(
        analyzer=grams, sublinear_tf=True, min_df=2 if len(examples) > SMALL else 1, max_features=MOST_FEATURES
    )
    features = vectorizer.fit_transform([example.text for example in examples])
    classifier = SGDClassifier(loss="log_loss", alpha=1e-5, max_iter=30, random_state=SEED)
    classifier.fit(features, [example.code for example in examples])
    return Trained(vectorizer, classifier)


def measure(examples: Sequence[Example], *, precision_asked: float) -> Measured:
    """How often the best of three is right, and from which confidence on it is right often enough to be preselected."""
    events = [example for example in examples if example.from_event]
    counted = Counter(example.code for example in events)
    usable = [example for example in events if counted[example.code] >= FOLDS]
    same_words = [normalised(example.text) for example in usable]
    if len(set(same_words)) < LEAST_EVENTS or len({example.code for example in usable}) < 2:
        return Measured(events=len(events))
    taught = [example for example in examples if not example.from_event]
    codes = [example.code for example in usable]
    splits = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED).split(usable, codes, same_words)
    sure, right, three = [], [], []
    for learned, asked in splits:
        held = [usable[index] for index in asked]
        if not held:
            continue
        trained = train([*taught, *(usable[index] for index in learned)])
        shares = trained.probabilities([example.text for example in held])
        names = trained.classifier.classes_
        order = np.argsort(-shares, axis=1)[:, :3]
        for row, example in enumerate(held):
            best = [names[place] for place in order[row]]
            sure.append(shares[row, order[row, 0]])
            right.append(best[0] == example.code)
            three.append(example.code in best)
    return _measured(len(events), np.array(sure), np.array(right), np.array(three), precision_asked)


def _measured(
    events: int, sure: NDArray[Any], right: NDArray[Any], three: NDArray[Any], precision_asked: float
) -> Measured:
    chosen: tuple[float, float, float] | None = None
    for threshold in THRESHOLDS:
        above = sure >= threshold
        if above.sum() >= LEAST_ABOVE and right[above].mean() >= precision_asked:
            chosen = (threshold, float(right[above].mean()), float(above.mean()))
            break
    return Measured(
        events=events,
        precision=float(right.mean()),
        in_three=float(three.mean()),
        threshold=chosen[0] if chosen else None,
        precision_at=chosen[1] if chosen else None,
        coverage_at=chosen[2] if chosen else None,
    )
