"""A statement's own words: cut from the article, its parts told apart with and without styles, nothing added."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from sayso.cli.words import legend, words, words_in
from sayso.record import Article, Statement

TEXT = "“Let them table it,” Odrun commented.\n\n“The Government fears no vote.” Rain fell."
ARTICLE = Article(text=TEXT)
ODRUN = Statement(
    id="s1",
    source=ARTICLE.span(21, 26),
    cue=ARTICLE.span(27, 36),
    content=(ARTICLE.span(0, 20), ARTICLE.span(39, 70)),
)


def test_plain_text_marks_source_cue_and_content_in_the_order_of_the_article() -> None:
    plain = words(TEXT, ODRUN, marked=True).plain
    assert plain == "[“Let them table it,”] *Odrun* _commented_. [“The Government fears no vote.”]"


def test_with_styles_there_are_the_words_and_nothing_else() -> None:
    line = words(TEXT, ODRUN, marked=False)
    assert line.plain == "“Let them table it,” Odrun commented. “The Government fears no vote.”"
    styles = {line.plain[s.start : s.end]: s.style for s in line.spans}
    assert styles["Odrun"] == "bold"
    assert styles["commented"] == "italic underline"


def test_a_long_stretch_between_two_parts_is_left_out() -> None:
    text = "Odrun said. " + "x " * 80 + "It rained."
    article = Article(text=text)
    statement = Statement(
        id="s1", source=article.span(0, 5), cue=article.span(6, 10), content=(article.span(172, len(text)),)
    )
    assert words(text, statement, marked=True).plain == "*Odrun* _said_ … [It rained.]"


def test_a_cue_inside_its_content_is_still_the_cue() -> None:
    article = Article(text="He was told to go.")
    statement = Statement(id="s1", cue=article.span(3, 11), content=(article.span(0, 18),))
    assert words(article.text, statement, marked=True).plain == "[He] _was told_ [to go.]"


def test_a_window_shows_what_is_around_and_puts_the_speaker_in_front_when_outside() -> None:
    assert words_in(TEXT[27:], 27, ODRUN, marked=True).plain == (
        "*Odrun* … _commented_. [“The Government fears no vote.”] Rain fell."
    )


def test_a_statement_without_words_shows_none() -> None:
    assert words(TEXT, Statement(id="s1"), marked=True).plain == ""


def test_the_legend_uses_the_marks_it_explains() -> None:
    assert legend(marked=True).plain == "*source*  _cue_  [content]"


@given(st.text(min_size=1, max_size=60), st.data())
def test_no_word_is_added_or_lost_whatever_the_text(text: str, data: st.DataObject) -> None:
    article = Article(text=text)
    cut = st.integers(0, len(text) - 1).flatmap(lambda a: st.tuples(st.just(a), st.integers(a + 1, len(text))))
    source, cue, content = (article.span(*data.draw(cut)) for _ in range(3))
    statement = Statement(id="s1", source=source, cue=cue, content=(content,))
    first, last = min(source.start, cue.start, content.start), max(source.end, cue.end, content.end)
    shown = words(text, statement, marked=False).plain
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", _visible(text[first:last]))


def _visible(text: str) -> str:
    # Rich leaves these out of every text.
    return re.sub("[\x07\x08\x0b\x0c\r]", "", text)
