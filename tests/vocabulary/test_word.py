"""A word: its code is what it is, its label what a page shows."""

from issues.vocabulary import Word


class Size(Word):
    SMALL = "small", "小"
    LARGE = "large"


def test_a_word_without_a_label_of_its_own_shows_nothing():
    assert (Size.SMALL.label, Size.LARGE.label) == ("小", "")


def test_a_word_is_its_code():
    assert (Size("large"), str(Size.LARGE)) == (Size.LARGE, "large")
    assert Size.choices() == [("small", "小"), ("large", "")]
