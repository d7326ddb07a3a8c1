"""Finding words in Chinese text without a dictionary: neighbouring characters are taken in pairs. Pure.

"占道经营" is kept as 占道, 道经, 经营; searching "道经营" asks for 道经 followed by 经营. Letters and digits are
words as they stand, found also by their beginning. The texts are PostgreSQL's tsvector and tsquery in their own
spelling.
"""

import re
import unicodedata

LONGEST_TEXT = 4000
LONGEST_QUERY = 60
_RUNS = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+")


def _runs(text: str) -> list[str]:
    """Stretches of Chinese characters, and of letters and digits, in their order; full-width forms as plain ones."""
    return _RUNS.findall(unicodedata.normalize("NFKC", text).lower())


def _is_chinese(run: str) -> bool:
    return run[0] >= "\u3400"


def _pairs(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(len(run) - 1)] or [run]


def vector_text(*texts: str) -> str:
    """The texts as a tsvector: 'term':position …; a gap keeps a phrase from reaching over two stretches."""
    terms: list[str] = []
    place = 0
    for run in _runs(" ".join(texts)[:LONGEST_TEXT]):
        place += 1
        for term in _pairs(run) if _is_chinese(run) else [run]:
            place += 1
            terms.append(f"'{term}':{place}")
    return " ".join(terms)


def query_text(question: str) -> str:
    """The question as a tsquery: every stretch must be found, a Chinese one as a phrase; empty where nothing is asked.

    A single character is found at the beginning of a pair, a word by its beginning.
    """
    asked = []
    for run in _runs(question[:LONGEST_QUERY]):
        if _is_chinese(run) and len(run) > 1:
            asked.append("(" + " <-> ".join(f"'{pair}'" for pair in _pairs(run)) + ")")
        else:
            asked.append(f"'{run}':*")
    return " & ".join(asked)
