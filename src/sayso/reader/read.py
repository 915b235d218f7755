"""Article → Reading: the whole of reading in the order in which it happens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib import metadata, resources
from pathlib import Path
from threading import Lock
from typing import Any

from sayso.errors import EmptyText, TooLong
from sayso.knowledge.deeds import is_deed
from sayso.knowledge.regions import region_of
from sayso.reader.assemble import assemble
from sayso.reader.attribution import Attribution, Range, Reach, find_attributions, judged_forces
from sayso.reader.coreference import Clusters, link
from sayso.reader.drafts import Draft, shifted, without_slug
from sayso.reader.encode import load_tokenizer, tokenize
from sayso.reader.judge import Judgement, listed_reading, weigh
from sayso.reader.linked import Linked
from sayso.reader.mentions import LINKED, Mention, find_mentions
from sayso.reader.nesting import placed
from sayso.reader.network import OnnxNetwork
from sayso.reader.omissions import add_omissions
from sayso.reader.parenthetic import complete
from sayso.reader.quotes import run_on
from sayso.reader.tagging import Floats, Job
from sayso.record import Article, ReaderInfo, Reading
from sayso.settings import Settings, default_settings

__all__ = ["Reader", "default_reader", "model_folder"]


def model_folder(settings: Settings) -> Path:
    """Give the folder of the model: the one of the settings, else the one shipped."""
    return settings.model or Path(str(resources.files("sayso.reader"))) / "models"


_NEAREST = 48  # of mentions of actors alone these reach as far back as twice as many of all


class Reader:
    """Reads articles. Loads its model once and may be used from several threads at the same time."""

    def __init__(self, network: OnnxNetwork, folder: Path, settings: Settings) -> None:
        self._network, self._settings = network, settings
        self._tokenizer = load_tokenizer(folder / "tokenizer.json")
        self._reach = Reach(eagerness=network.eagerness)
        self.info = ReaderInfo(name="sayso", version=metadata.version("sayso"), model=network.name)

    @classmethod
    def load(cls, settings: Settings | None = None) -> Reader:
        """Load the model; raises ModelError when it is missing or broken."""
        settings = settings or default_settings()
        folder = model_folder(settings)
        return cls(OnnxNetwork(folder, threads=settings.threads, device=settings.device), folder, settings)

    def read(self, article: Article) -> Reading:
        """Read an article; raises EmptyText when there is nothing to read and TooLong above the limit."""
        [reading] = self.read_many([article])
        return reading

    def read_many(self, articles: Sequence[Article]) -> list[Reading]:
        """Read articles together, which is faster than one by one, their windows in batches of like length.

        Raises as ``read`` does, before any is read.
        """
        for article in articles:
            self._check(article)
        starts = [_body(article) for article in articles]
        texts = [article.text[start:] for article, start in zip(articles, starts, strict=True)]
        mentions: list[list[Mention]] = [[] for _ in texts]
        found = self.find(texts, mentions)
        return [self._finish(*each) for each in zip(articles, starts, found, mentions, strict=True)]

    def _finish(self, article: Article, start: int, found: list[Attribution], mentions: list[Mention]) -> Reading:
        text = article.text
        drafts = add_omissions(text, [without_slug(text, shifted(each, start)) for each in found])
        drafts = _without_deeds(text, placed(run_on(text, complete(text, drafts))))
        moved = [replace(mention, start=mention.start + start, end=mention.end + start) for mention in mentions]
        actors = [mention for mention in moved if mention.type in LINKED]
        linked = Linked(link(self._network, text, actors, nearest=_NEAREST))
        drafts = _without_places(text, placed(drafts), linked)
        return assemble(article, placed(drafts), self.info, self._network.curves, linked)

    def link(self, text: str, mentions: Sequence[Mention], turns: Sequence[tuple[int, int, str]] = ()) -> Clusters:
        """Link the mentions of a text that stand for the same, as the network sees it.

        ``turns`` are stretches (code points) that one speaker says, where they are known.
        """
        return link(self._network, text, mentions, turns)

    def find(
        self, texts: Sequence[str], mentions: list[list[Mention]] | None = None, **labels: Any
    ) -> list[list[Attribution]]:
        """Find the attributions of texts: the network's own reading, without rules, nesting or speakers.

        The mentions of each text are added to ``mentions``, if it is given, in text order; ``labels`` are handed to
        ``find_mentions``.
        """
        tokens = [tokenize(self._tokenizer, text) for text in texts]
        if mentions is None:
            return find_attributions(self._network, texts, tokens, self._reach)

        def seen(job: Job, states: Floats) -> None:
            text, known = texts[job.number], tokens[job.number]
            mentions[job.number].extend(find_mentions(self._network, text, known, job.window, states, **labels))

        found = find_attributions(self._network, texts, tokens, self._reach, seen)
        for each in mentions:
            each.sort(key=lambda mention: (mention.start, -mention.end))
        return found

    def _check(self, article: Article) -> None:
        limit = self._settings.max_characters
        if not article.text.strip():
            raise EmptyText("the article is empty: there is nothing to read")
        if len(article.text) > limit:
            raise TooLong(
                f"the article has {len(article.text):,} characters, the limit is {limit:,}: "
                "cut it, or raise SAYSO_MAX_CHARACTERS"
            )

    def judge(self, text: str, cue: Range, content: Sequence[Range]) -> Judgement:
        """Judge force, certainty and polarity of a cue at these offsets, whose content is given."""
        forces = judged_forces(self._network, tokenize(self._tokenizer, text), cue, self._reach)
        return weigh(listed_reading(text, cue, content), forces, self._network.curves.force)


def _without_deeds(text: str, drafts: list[Draft]) -> list[Draft]:
    """Leave out deeds inside contents ("said they had discussed the talks"): the network takes them for speech."""
    return [
        draft
        for draft in drafts
        if draft.parent is None
        or not draft.content
        or not is_deed(text[slice(*draft.cue)], text[slice(*draft.content[0])])
    ]


def _without_places(text: str, drafts: list[Draft], linked: Linked) -> list[Draft]:
    """Leave out headlines that begin with where, not who ("Karabakh: truce in doubt")."""
    return [
        draft
        for draft in drafts
        if draft.source is None
        or text[slice(*draft.cue)].strip() != ":"
        or (linked.type_of(*draft.source) != "place" and region_of(text[slice(*draft.source)]) is None)
    ]


def _body(article: Article) -> int:
    """Give where reading begins: of a headline that the page repeats only the last copy is read."""
    if not article.title or not article.body_start:
        return 0
    return max(0, article.text.rfind(article.title, 0, article.body_start))


_lock = Lock()
_shared: dict[Settings, Reader] = {}


def default_reader(settings: Settings | None = None) -> Reader:
    """Give the reader of this process for these settings, loaded on first use."""
    settings = settings or default_settings()
    with _lock:
        if settings not in _shared:
            _shared[settings] = Reader.load(settings)
        return _shared[settings]
