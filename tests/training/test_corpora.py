"""Data sets with entities are read into texts whose mentions stand where the set says."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.corpora import Document, documents

_GUM = """# newdoc id = GUM_news_x
# newpar
# sent_id = 1
1\tAna\t_\t_\t_\t_\t_\t_\t_\tEntity=(1-person-new-nnnnn-cf1-1-coref
2\tBerg\t_\t_\t_\t_\t_\t_\t_\tEntity=1)
3-4\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
3\tdid\t_\t_\t_\t_\t_\t_\t_\t_
4\tn't\t_\t_\t_\t_\t_\t_\t_\t_
5\tleave\t_\t_\t_\t_\t_\t_\t_\t_
6\tthe\t_\t_\t_\t_\t_\t_\t_\tEntity=(2-place-new-nnnnn-cf1-2-sgl
7\thouse\t_\t_\t_\t_\t_\t_\t_\t_
8\tof\t_\t_\t_\t_\t_\t_\t_\t_
9\tLie\t_\t_\t_\t_\t_\t_\t_\tEntity=(3-person-new-nnnnn-cf1-1-sgl)2)|SpaceAfter=No
10\t.\t_\t_\t_\t_\t_\t_\t_\t_

# newpar
# sent_id = 2
1\tShe\t_\t_\t_\t_\t_\t_\t_\tEntity=(1-person-giv:act-nnnnn-cf1-1-ana)
2\tstayed\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
3\t.\t_\t_\t_\t_\t_\t_\t_\t_
"""


def _write(path: Path, text: str) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(text)


def _shown(document: Document) -> list[tuple[str, str, str | None]]:
    return [(document.text[m.start : m.end], m.type, m.entity) for m in document.mentions]


def test_gum_keeps_nesting_words_of_several_parts_and_paragraphs(tmp_path: Path) -> None:
    _write(tmp_path / "gum-dev.jsonl.gz", json.dumps({"id": "x", "genre": "news", "conllu": _GUM}) + "\n")
    [document] = documents(tmp_path, "gum", "dev")
    assert document.text == "Ana Berg didn't leave the house of Lie.\n\nShe stayed."
    assert _shown(document) == [
        ("Ana Berg", "person", "1"),
        ("the house of Lie", "place", "2"),
        ("Lie", "person", "3"),
        ("She", "person", "1"),
    ]


def test_wikigold_is_cut_into_texts_and_split_by_name(tmp_path: Path) -> None:
    sentence = "0\tAna\tB-PER\n1\tBerg\tI-PER\n2\tleft\tO\n3\tOslo\tB-LOC\n4\t.\tO\n"
    _write(tmp_path / "wikigold.conllu.gz", "\n".join([sentence] * 120))
    parts = [documents(tmp_path, "wikigold", split) for split in ("train", "dev", "all")]
    assert [len(part) for part in parts[:2]] == [len(parts[2]) - len(parts[1]), len(parts[1])]
    assert parts[2][0].text.startswith("Ana Berg left Oslo. Ana")
    assert _shown(parts[2][0])[:2] == [("Ana Berg", "PER", None), ("Oslo", "LOC", None)]
    _write(tmp_path / "wikigold-dev.conllu.gz", sentence)
    assert len(documents(tmp_path, "wikigold", "dev")) == 1


def test_re3d_leaves_out_what_does_not_stand_there(tmp_path: Path) -> None:
    entities = [
        {"begin": 0, "end": 8, "type": "Person", "value": "Ana Berg"},
        {"begin": 14, "end": 18, "type": "Location", "value": "Rome"},
    ]
    row = {"document": {"_id": "a", "text": "Ana Berg left Oslo."}, "entities": entities}
    _write(tmp_path / "re3d-test.jsonl.gz", json.dumps(row))
    [document] = documents(tmp_path, "re3d", "test")
    assert _shown(document) == [("Ana Berg", "Person", None)]


def test_meantime_follows_mentions_to_what_they_refer_to(tmp_path: Path) -> None:
    xml = (
        '<Document><token sentence="0" t_id="1">Ana</token><token sentence="0" t_id="2">Berg</token>'
        '<token sentence="0" t_id="3">left</token><token sentence="0" t_id="4">.</token><token sentence="1" t_id="5">'
        'Late</token><Markables><ENTITY_MENTION m_id="9"><token_anchor t_id="1"/><token_anchor t_id="2"/>'
        '</ENTITY_MENTION><ENTITY ent_type="PER" m_id="20"/></Markables><Relations><REFERS_TO><source m_id="9"/>'
        '<target m_id="20"/></REFERS_TO></Relations></Document>'
    )
    _write(tmp_path / "meantime-test.jsonl.gz", json.dumps({"id": "a", "layer": "intra", "xml": xml}))
    [document] = documents(tmp_path, "meantime", "test")
    assert (document.text, _shown(document)) == ("Ana Berg", [("Ana Berg", "PER", "20")])


def test_an_unknown_set_and_a_missing_file_are_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no set 'x'"):
        documents(tmp_path, "x", "dev")
    with pytest.raises(FileNotFoundError):
        documents(tmp_path, "gum", "dev")
