"""Who a source phrase stands for, by general rules on invented people."""

from __future__ import annotations

import pytest

from sayso.reader.cast import Cast
from sayso.reader.names import find_names
from sayso.reader.speakers import Speakers


def _resolve(text: str, *sources: str) -> list[list[str]]:
    """Resolve source phrases in the order given, each looked for after the one before it."""
    speakers = Speakers(text, Cast(text, find_names(text)))
    at, found = 0, []
    for source in sources:
        at = text.index(source, at)
        found.append([figure.name for figure in speakers.resolve((at, at + len(source)))])
        at += len(source)
    return found


@pytest.mark.parametrize(
    ("text", "sources", "names"),
    [
        # a surname to the full name before it, in either order of names
        ("Foreign Minister Ana Berg spoke. Berg said no.", ["Ana Berg", "Berg"], [["Ana Berg"]] * 2),
        ("The Orvanian leader Rhee Tae-il came. Rhee said no.", ["Rhee Tae-il", "Rhee"], [["Rhee Tae-il"]] * 2),
        # an acronym to its expansion
        ("The Strait Watch Union (SWU) met. SWU said no.", ["SWU", "SWU"], [["Strait Watch Union"]] * 2),
        ("The Orum Post printed it. On Monday the Post said no.", ["The Orum Post", "the Post"], [["Orum Post"]] * 2),
        # pronouns
        ("Ana Berg said no. She said it twice.", ["Ana Berg", "She"], [["Ana Berg"], ["Ana Berg"]]),
        ("Ana Berg spoke with Mr. Odo Hask. He said no.", ["He"], [["Odo Hask"]]),
        ("The ministry said no. It said so twice.", ["The ministry", "It"], [["ministry"], ["ministry"]]),
        ("Odo Hask came. Investors waited. He said no.", ["He"], [["Odo Hask"]]),
        ("THEY'RE OUT! Nurses waited. Ana Berg and they said no.", ["they"], [["they"]]),
        # media last cited
        ("The agency Reuters reported it. The agency also said no.", ["Reuters", "The agency"], [["Reuters"]] * 2),
        ("According to Xinhua it rained. The media outlet said so.", ["Xinhua", "The media outlet"], [["Xinhua"]] * 2),
        # the office must be the same, to the last word
        ("Foreign Minister Ana Berg met Defence Minister Carl Holm. The foreign minister said no.",
         ["The foreign minister"], [["Ana Berg"]]),
        ("President Ana Berg slept. The vice president said no.", ["The vice president"], [["vice president"]]),
        ("President Ana Berg slept. The opposition leader said no.", ["The opposition leader"],
         [["opposition leader"]]),
        # a name in apposition to an office
        ("The foreign secretary, Olaf Lie, said no.", ["The foreign secretary, Olaf Lie,"], [["Olaf Lie"]]),
        ("Berg's spokesman, Olaf Lie, said no.", ["Berg's spokesman, Olaf Lie,"], [["Olaf Lie"]]),
        # one country is one actor
        ("The US said no. The United States said it again.", ["The US", "The United States"], [["United States"]] * 2),
        # relative pronouns to the phrase they follow
        ("Carl Holm came. A second aide, who slept, said no.", ["A second aide", "who"], [["second aide"]] * 2),
        # quantities are groups
        ("A number of lawmakers said no.", ["A number of lawmakers"], [["number of lawmakers"]]),
        # a document stands for whose it is
        ("A White House statement said no.", ["A White House statement"], [["White House"]]),
        ("A survey by the Tidewater Institute said no.", ["A survey by the Tidewater Institute"],
         [["Tidewater Institute"]]),
        ("A letter seen by Reuters said no.", ["A letter seen by Reuters"], [["letter seen by Reuters"]]),
        # a pair of countries, of persons
        ("France and Peru met. France sent ships. Peru did not. Chile slept. Both countries denied it.",
         ["Both countries"], [["France", "Peru"]]),
        # a described person to the one so described
        ("French President Ines Calder met Peruvian Premier Odo Hask. The French president said no.",
         ["The French president"], [["Ines Calder"]]),
        ("Ines Calder, the defence minister, was there. The minister said no.", ["The minister"], [["Ines Calder"]]),
        # modifiers are not heads
        ("Kremlin spokesman Odo Hask said no.", ["Kremlin spokesman Odo Hask"], [["Odo Hask"]]),
        ("A spokeswoman for Ines Calder said no.", ["A spokeswoman for Ines Calder"],
         [["spokeswoman for Ines Calder"]]),
        ("Ines Calder of the Institute for Tides said no.", ["Ines Calder of the Institute for Tides"],
         [["Ines Calder"]]),
        ("US Secretary of State Ines Calder said no.", ["US Secretary of State Ines Calder"], [["Ines Calder"]]),
        # words that are also titles of the press need a sign that the press is meant
        ("Australian officials slept. The agency said no.", ["The agency"], [["agency"]]),
        # unnamed groups stay as described
        ("French and Peruvian officials said no.", ["French and Peruvian officials"],
         [["French and Peruvian officials"]]),
        # governments by their capitals
        ("Lima said no.", ["Lima"], [["Peru government"]]),
    ],
)  # fmt: skip
def test_a_source_is_resolved(text: str, sources: list[str], names: list[list[str]]) -> None:
    assert _resolve(text, *sources) == names


def test_who_speaks_together_are_two() -> None:
    assert _resolve("Ines Calder and Odo Hask said no.", "Ines Calder and Odo Hask") == [["Ines Calder", "Odo Hask"]]


def test_first_person_inside_a_statement_is_its_speaker() -> None:
    text = "“I think it will rain,” said Odo Hask."
    cast = Cast(text, find_names(text))
    speakers = Speakers(text, cast)
    hask = speakers.resolve((text.index("Odo"), text.index("Odo") + 8))
    assert speakers.resolve((1, 2), hask, quoted=True) == hask


def test_she_inside_reported_speech_is_who_speaks_and_inside_a_quotation_is_not() -> None:
    text = "Mayor Ilse Roth spoke with Ines Calder. Calder said she feared for her sons. “She lied,” Calder said."
    speakers = Speakers(text, Cast(text, find_names(text)))
    at = text.index("Calder said")
    calder = speakers.resolve((at, at + 6))
    reported, quoted = text.index("she feared"), text.index("She lied")
    assert speakers.resolve((reported, reported + 3), calder) == calder
    assert speakers.resolve((quoted, quoted + 3), calder, quoted=True) != calder


def test_countries_and_roles_come_with_the_figure() -> None:
    text = "French Foreign Minister Ines Calder said no."
    speakers = Speakers(text, Cast(text, find_names(text)))
    [calder] = speakers.resolve((0, text.index(" said")))
    assert (calder.country, calder.kind, calder.roles[:1], calder.named) == ("FRA", "person", ("GOV",), True)


def test_an_unnamed_group_keeps_its_countries() -> None:
    text = "French and Peruvian officials said no."
    [officials] = Speakers(text, Cast(text, find_names(text))).resolve((0, text.index(" said")))
    assert (officials.country, officials.kind, officials.named) == ("FRA+PER", "group", False)


def test_a_title_of_the_press_is_one_name() -> None:
    assert _resolve("The Lomerian Press Bureau said no.", "The Lomerian Press Bureau") == [["Lomerian Press Bureau"]]
    assert _resolve("The Chancellery of the Prime Minister said no.", "The Chancellery of the Prime Minister") == [
        ["Chancellery of the Prime Minister"]
    ]
