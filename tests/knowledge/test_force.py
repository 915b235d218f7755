"""The force of cues in context, as a careful annotator gives it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.knowledge.force import CueReading, classify, cue_words
from sayso.knowledge.lexicon import cues
from sayso.record import CERTAINTIES, FORCES

# force | text before | cue | content
PLAIN = """
asserts||said|that the bridge was closed
asserts||has said|
asserts||saying|
asserts||says|
asserts||told reporters|
asserts||According to|the convoy had turned back
asserts||wrote in a letter to the council|
asserts||added|
asserts||announced|
asserts||noted|
asserts||reported|
asserts||first reported|
asserts||revealed|
asserts||disclosed|
asserts||claimed|
asserts||claims that|
asserts||alleges|that lorries took the ballots
asserts||allegedly|
asserts||reportedly|
asserts||insisted|
asserts||has long maintained|
asserts||argues|
asserts||stressed|
asserts||reiterated|
asserts||explained|
asserts||went on to say|
asserts||made it clear|
asserts||pointed out|
asserts||tweeted|
asserts||:|
asserts||—|
asserts||in the words of|
asserts||quoting|
asserts||replied|
asserts||testified|
asserts||concluded|
asserts||found|
asserts||shows|
asserts||cited|
asserts||put it|
asserts||quipped|
asserts||is reported|
asserts||was quoted as saying|
asserts||was told|that the file was lost
denies||denied|
denies||have denied|these intentions
denies||has repeatedly and categorically denied|
denies||dismissed|the allegations as fiction
denies||rejected|the accusations
denies||ruled out|
denies||refuted|
denies||disputes|
denies||is false|
denies||pushed back on|
confirms||confirmed|
confirms||acknowledged|
confirms||admits|
confirms||conceded|
confirms||agreed|that the vote had been flawed
asserts||claimed responsibility for|
confirms||corroborated|
hints||hinted|
hints||hinted during a press conference after the meeting|that they discussed military cooperation
hints||suggested|
hints||implied|
hints||signalled|
hints||signaling|
hints||left open the possibility|
believes||believes|
believes||thought|
believes||is expected|
believes||are widely expected|
believes||predicted|
believes||estimated|
believes||is convinced|
believes||was confident|
believes||speculated|
believes||in the view of|
asserts||appears|
believes||doubts|that the truce will hold
believes||is sceptical|
warns||warned|
warns||has warned of|
warns||cautioned|
fears||fears|
fears||is worried|
fears||was alarmed|over this scenario
fears||were deeply concerned|
wants||wants|
wants||hopes|
wants||is seeking|
wants||plans|to visit
wants||proposed|
wants||would like|to see elections
wants||is eager|to resume
wants||was willing|
demands||asked|to be excused
wants||opposes|
wants||is against|
demands||recommended|
promises||promised|
promises||pledged|
promises||vowed|
promises||agreed|to withdraw its troops
promises||guaranteed|
promises||is committed|to
threatens||threatened|to close the strait
threatens||vowed to retaliate|
demands||demanded|
demands||urged|
demands||called for|
demands||called|for an inquiry
demands||called repeatedly for|
demands||called on|the rebels to disarm
demands||ordered|
demands||told|to leave the area
demands||insisted on|
accuses||accused|
accuses||blamed|
accuses||condemned|
accuses||criticised|
accuses||criticizes|
accuses||denounced|
accuses||lashed out at|
accuses||were outraged|
accuses||slammed|
praises||praised|
praises||welcomed|
praises||hailed|
praises||thanked|
praises||endorsed|
praises||is grateful|
asks||asked|
asks||asked whether|
asks||was asked about|
asks||wondered|
asks||questioned|
asks||questions about|
declines||declined to comment|
declines||declined|to comment
declines||refused|to say where
silent||ignored|
silent||omitted|
"""
NEGATED_MODAL_LIGHT = """
silent|KCNA |didn’t mention|any technical assistance
silent|The ministry did not |mention|
silent||did not say|how many
silent||has never said|
silent||did not elaborate|
silent||did not specify|
silent||makes no mention of|
silent||made almost no mention of|
silent||gave no further details|
silent||provided no evidence|
silent||offered no explanation|
silent||failed to disclose|
silent||stopped short of accusing|
silent||without naming|
silent||has not confirmed|
declines||has yet to endorse|
silent||said nothing about|
declines||could not be reached|
declines||did not immediately respond|
declines||did not respond|to a request for comment
declines||has not replied|
declines||would not say|whether
declines||would not comment|
declines||wouldn't confirm|
declines||refused to discuss|
declines|A spokesman declined to |comment|
declines||did not want to comment|
declines||neither confirmed nor denied|
declines||would neither confirm nor deny|
declines||was unwilling to say|
declines||has yet to comment|
declines||is not saying|whether
denies||rejected|the offer
declines||No comment|
hints||did not deny|
hints||has not denied|
hints||would not rule out|
hints||refused to rule out|
hints||hasn’t ruled out|
denies||refused to accept|
denies||is not saying|that it was a coup
denies||is not suggesting|
denies||does not accuse|
denies||issued a denial|
denies||reiterated its denial|
asserts||could not confirm|
asserts||may have said|
asserts||not only said|
asserts||issued a statement|
asserts||did not ignore|
confirms||did not dispute|
believes||did not believe|
believes||doesn’t think|
believes||no longer believes|
believes||does not know|
believes||is not convinced|
believes||raised doubts about|
believes||expressed confidence|
believes||is not worried|
believes||has no doubt|
fears||have expressed deep concerns|
fears||raised fears|
fears||expressed|grave concern about the vote
fears||voiced its alarm|
warns||issued one of its strongest warnings|
wants||expressed|his willingness to establish a stable relationship
wants||voiced hope|
wants||does not want|
wants||has no plans|to
wants||do not support|
demands||made an appeal|
promises||gave assurances|
promises||renewed its pledge|
threatens||issued an ultimatum|
demands||renewed calls|for
demands||continued to call for|
denies||went on to deny|
accuses||went on to accuse|
demands||issued orders|
accuses||issued a statement condemning|
accuses||responded by accusing|
accuses||levelled accusations|
accuses||is not happy|
praises||voiced support|
praises||expressed gratitude|
"""

# force: cues of political journalism in their tenses, without context
TENSES = """
accuses: mocked; ridiculed; insulted; complained; deplored; has been accused of; was blamed for; were charged
    with; expressed outrage
asks: raised questions; posed the question; demanded to know; wants to know; wondering; asking; inquired;
    queried
asserts: pleaded; offered condolences; offered an apology; said in a statement; said in an interview with;
    told a news conference; told lawmakers; spoke; spoke of; talked about; described; described as;
    referred to; referring to; protested; is said to; is understood to; expressed regret; showed; has
    shown; indicated; indicates; granted; echoed; ruled; ruled that; found that; decided;
    held
believes: does not expect; not expected; is not aware of; was unaware; is suspected of; is believed to; is
    thought to; expressed optimism; expressed doubt; appears to have; remains confident; remained
    convinced; was certain; is sure; feels; considers; sees; foresees; assumes; expects; anticipates;
    predicts; forecasts; projected; reckons; suspects; supposes; guessed; imagine; speculating; cast
    doubt on
confirms: confirmed to; confirming; was confirmed by; admitted to; confessed; acknowledging; acknowledges;
    agreed; agreed with
declines: could not be reached for comment; could not immediately be reached; was not immediately available for
    comment; declined to say; declined to be drawn on; had no immediate comment; had
    no comment; did not comment; did not return calls; did not immediately return a call; could neither
    confirm nor deny; neither confirm nor deny; would neither confirm; refusing; refusal;     dodged questions; evaded
demands: repeated his call; has repeatedly called for; is calling for; calls on; pressed; ordered; orders;
    instructed; requires; bans; banning; forbade; mandated; prohibited
denies: refused to believe; did not agree; disagrees; does not agree with; does not recognise; has never
    accepted; denying; denial; denials; a denial of; rebuffed; rebutted; debunked; shot down; brushed
    off; called into question
fears: is concerned; expressed its concern; expressed serious concern; voiced growing concern; has voiced
    fears; amid fears; is feared; raised concerns; dreads; worries; worried; fearing; is nervous; are
    afraid; scared
hints: declined to rule out; has not ruled out; didn’t rule out; cannot rule out; did not exclude; not
    excluding; will not rule out; never denied; raised the possibility; has raised the prospect; seemed
    to suggest; appeared to confirm; suggests; signaled; signals; hinting; hints at; insinuated
praises: was hailed; expressed satisfaction; expressed support; praising;
    lauded; congratulates; applauds; commended; saluted; paid tribute to; thanks
promises: offered to mediate; offered his support; swore; took an oath; reassured; assured; gave guarantees;
    made a promise; sought to reassure; tried to reassure
silent: sidestepped; never mentioned; does not mention; made no reference to; did not make any mention of; did not give
    details; did not provide details; did not give a reason; did not explain; were not
    available; offered no apology; silence; remained silent; stayed silent; kept quiet; withheld;
    skirted; left out; avoided mentioning
hints: alluded to
demands: appealed for; appealed; begged; made a plea
promises: expressed readiness
wants: backed; supports; supported
denies: has refused to acknowledge
threatens: threatened retaliation; has threatened to; warned of consequences; gave an ultimatum; vowed revenge
wants: put forward a proposal; spoke out against; expressed
    hope; expressed interest; expressed opposition; voiced objections; raised
    objections; sought assurances; opposed; objected; resisted; vetoed; voted against; lobbied for;
    prays; is hoping; are hoping; had hoped; hoping; aims; intends; is planning; was determined; is
    prepared; is ready; would prefer; wanted; wishes; longs for; looks forward to
warns: sounded the alarm; issued a stark warning; reiterated his warning; warning; alerting; advised
    against; urged caution
"""


def tenses() -> list[tuple[str, str]]:
    lines = TENSES.replace("\n    ", " ").strip().splitlines()
    return [(force, cue) for force, listed in (line.split(": ", 1) for line in lines) for cue in listed.split("; ")]


def cases(table: str) -> list[tuple[str, str, str, str]]:
    return [tuple(line.split("|")) for line in table.strip().splitlines()]  # type: ignore[misc]


def test_the_tables_are_as_large_as_promised() -> None:
    assert len(cases(PLAIN)) >= 110
    assert len(cases(NEGATED_MODAL_LIGHT)) >= 40
    assert len(cases(PLAIN) + cases(NEGATED_MODAL_LIGHT)) >= 150


@pytest.mark.parametrize(("force", "before", "cue", "content"), cases(PLAIN))
def test_plain_cue_has_its_force(force: str, before: str, cue: str, content: str) -> None:
    assert classify(cue, before, content).force == force


@pytest.mark.parametrize(("force", "before", "cue", "content"), cases(NEGATED_MODAL_LIGHT))
def test_negated_modal_or_light_cue_has_its_force(force: str, before: str, cue: str, content: str) -> None:
    assert classify(cue, before, content).force == force


@pytest.mark.parametrize(("force", "cue"), tenses())
def test_cue_in_its_tenses_has_its_force(force: str, cue: str) -> None:
    assert classify(cue).force == force


def test_inflected_verbs_are_read_as_their_entry() -> None:
    single = [cue for cue in cues() if cue.kind == "verb" and len(cue.words) == 1]
    wrong = {
        f"{auxiliary}{surface}"
        for cue in single
        for surface in cue.surfaces[0]
        for auxiliary in ("", "has ", "was ")
        if classify(auxiliary + surface).force != cue.force
    }
    adjectives = {f"was {cue.words[0]}": cue.force for cue in cues() if cue.kind == "adjective" and len(cue.words) == 1}
    assert {w: classify(w).force for w in wrong - {"was encouraged", "was fabricated"}}.items() <= adjectives.items()


@pytest.mark.parametrize(
    ("cue", "polarity"),
    [
        ("said", "+"),
        ("denied", "-"),
        ("does not believe", "-"),
        ("doubts", "-"),
        ("does not doubt", "+"),
        ("wants", "+"),
        ("does not want", "-"),
        ("opposes", "-"),
        ("did not deny", "+"),
        ("did not mention", "+"),
        ("warned", "+"),
    ],
)
def test_polarity_is_how_the_source_stands_to_the_content(cue: str, polarity: str) -> None:
    assert classify(cue).polarity == polarity


@pytest.mark.parametrize(
    ("cue", "content", "certainty"),
    [
        ("said", "the talks failed", "certain"),
        ("said", "the talks could fail", "possible"),
        ("said", "the talks will go on", "certain"),
        ("said", "the talks are likely to fail", "probable"),
        ("said", "the minister warned that talks could fail", "certain"),
        ("said", "the vote in May failed", "certain"),
        ("said", "the man, who may be ill, left", "certain"),
        ("believes", "the talks failed", "probable"),
        ("hinted", "the talks failed", "possible"),
        ("reportedly", "met rebels", "underspecified"),
        ("reportedly said", "he met rebels", "underspecified"),
        ("asked", "whether talks could fail", "underspecified"),
        ("promised", "that aid will come", "probable"),
    ],
)
def test_modals_of_the_main_clause_lower_certainty(cue: str, content: str, certainty: str) -> None:
    assert classify(cue, "", content).certainty == certainty


@pytest.mark.parametrize(
    ("cue", "content", "polarity"),
    [
        ("said", "that the vote was not fair", "-"),
        ("said", "that there is no annex", "-"),
        ("said", "the vote, which was not fair, stands", "+"),
        ("said", "the ministry denied that no vote was held", "+"),
        ("does not believe", "the vote was not fair", "+"),
        ("denied", "that the vote was not fair", "-"),
    ],
)
def test_a_negated_main_clause_turns_polarity(cue: str, content: str, polarity: str) -> None:
    assert classify(cue, "", content).polarity == polarity


@pytest.mark.parametrize(
    ("cue", "content", "force", "polarity"),
    [
        ("has denied", "the plan", "denies", "-"),
        ("had predicted", "the plan would fail", "believes", "+"),
        ("had said", "the plan was dead", "asserts", "+"),
        ("has said", "fears of a shortage were overblown", "asserts", "+"),
        ("have said", "the doubts were unfounded", "asserts", "+"),
        ("has reported", "concerns", "asserts", "+"),
        ("has been denying", "the plan", "denies", "-"),
        ("have expressed deep concerns", "", "fears", "+"),
        ("had hopes that", "talks would go on", "wants", "+"),
        ("has growing concerns", "about the vote", "fears", "+"),
        ("has", "concerns about the vote", "fears", "+"),
        ("have no doubt", "", "believes", "+"),
    ],
)
def test_an_auxiliary_have_takes_no_noun_past_the_verb_it_helps(
    cue: str, content: str, force: str, polarity: str
) -> None:
    reading = classify(cue, "", content)
    assert (reading.force, reading.polarity) == (force, polarity)


@pytest.mark.parametrize(
    ("cue", "content", "force"),
    [
        ("said", "nothing would stop them", "asserts"),
        ("said", "nothing had changed", "asserts"),
        ("said", "nothing really changed", "asserts"),
        ("said", "he knew nothing about it", "asserts"),
        ("told reporters", "nothing had changed", "asserts"),
        ("said", "nothing", "silent"),
        ("said nothing", "", "silent"),
        ("said nothing to reporters", "", "silent"),
        ("has said", "nothing more", "silent"),
        ("said", "nothing about the dead", "silent"),
        ("said", "nothing on the vote", "silent"),
        ("said", "nothing publicly about the dead", "silent"),
    ],
)
def test_nothing_is_what_was_said_unless_it_is_the_subject_of_what_was_said(cue: str, content: str, force: str) -> None:
    assert classify(cue, "", content).force == force


@pytest.mark.parametrize(
    ("content", "polarity"),
    [
        ("no fewer than 20 people had died", "+"),
        ("No less than half had voted", "+"),
        ("there was no doubt that the vote was fair", "+"),
        ("there was no doubt that the vote was not fair", "-"),
        ("the deal was not only fair but lawful", "+"),
        ("not only had the vote failed, but it had cost lives", "+"),
        ("no soldier had died", "-"),
        ("there were no doubts", "-"),
        ("there was no question of a deal", "-"),
    ],
)
def test_words_of_negation_that_affirm_do_not_turn_polarity(content: str, polarity: str) -> None:
    assert classify("said", "", content).polarity == polarity


def test_an_asserted_question_asks() -> None:
    assert classify("said", "", "“Which Friday?”").force == "asks"
    assert classify("denied", "", "“Which Friday?”").force == "denies"


def test_what_stands_before_a_clause_boundary_does_not_negate() -> None:
    assert classify("said", "which he did not. She ").force == "asserts"
    assert classify("said", "the minister, who did not attend, ").force == "asserts"


def test_unknown_cue_asserts_without_an_entry() -> None:
    assert classify("zzz") == CueReading("asserts", "certain", "+", None)
    assert classify("") == CueReading("asserts", "certain", "+", None)


def test_reading_names_the_entry_it_was_found_under() -> None:
    assert classify("have expressed deep concerns").entry == "express concern"
    assert classify("called again for").entry == "call for"


def test_cue_words_are_inflected_and_hold_no_function_words() -> None:
    words = cue_words()
    assert {"said", "denies", "hinting", "concerns", "alarmed", "according"} <= words
    assert words.isdisjoint({"the", "of", "in", "to", "have", "is", "not", "make"})


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_text_gives_a_reading_of_the_closed_lists(cue: str, before: str, content: str) -> None:
    reading = classify(cue, before, content)
    assert reading.force in FORCES
    assert reading.certainty in CERTAINTIES
    assert reading.polarity in {"+", "-"}


@given(st.sampled_from(["said", "has not denied", "expressed deep concern"]))
def test_case_and_apostrophes_do_not_matter(cue: str) -> None:
    assert classify(cue.upper()) == classify(cue)
    assert classify("didn’t say") == classify("didn't say")
