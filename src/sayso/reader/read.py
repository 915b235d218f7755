"""Article → Reading: the whole of reading in the order in which it happens."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import metadata, resources
from pathlib import Path
from threading import Lock

from sayso.errors import EmptyText, TooLong
from sayso.reader.assemble import assemble
from sayso.reader.attribution import Attribution, Reach, find_attributions
from sayso.reader.drafts import Draft, shifted, without_slug
from sayso.reader.encode import load_tokenizer, tokenize
from sayso.reader.nesting import nest
from sayso.reader.network import OnnxNetwork
from sayso.reader.omissions import add_omissions
from sayso.reader.parenthetic import complete
from sayso.reader.quotes import run_on
from sayso.record import Article, ReaderInfo, Reading
from sayso.settings import Settings, default_settings

__all__ = ["Reader", "default_reader", "model_folder"]

# Inside a content the network is over-eager: nouns and joint acts pass for speech. Chosen on the bundled gold.
_INNER_FLOOR = 0.5


def model_folder(settings: Settings) -> Path:
    """Give the folder of the model: the one of the settings, else the one shipped."""
    return settings.model or Path(str(resources.files("sayso.reader"))) / "models"


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
        return cls(OnnxNetwork(folder, threads=settings.threads), folder, settings)

    def read(self, article: Article) -> Reading:
        """Read an article; raises EmptyText when there is nothing to read and TooLong above the limit."""
        self._check(article)
        drafts = add_omissions(article.text, self._outermost(article))
        drafts = run_on(article.text, complete(article.text, drafts))
        drafts = nest(article.text, drafts, self.find, floor=_INNER_FLOOR, quiet=self._network.quiet)
        return assemble(article, drafts, self.info, self._network.calibration)

    def find(self, texts: Sequence[str]) -> list[list[Attribution]]:
        """Find the attributions of texts, one level deep: the network's own reading, without nesting or force."""
        tokens = [tokenize(self._tokenizer, text) for text in texts]
        return find_attributions(self._network, texts, tokens, self._reach)

    def _check(self, article: Article) -> None:
        limit = self._settings.max_characters
        if not article.text.strip():
            raise EmptyText("the article is empty: there is nothing to read")
        if len(article.text) > limit:
            raise TooLong(
                f"the article has {len(article.text):,} characters, the limit is {limit:,}: "
                "cut it, or raise SAYSO_MAX_CHARACTERS"
            )

    def _outermost(self, article: Article) -> list[Draft]:
        """Find the outermost statements; of a headline that the page repeats only the last copy is read."""
        start = 0
        if article.title and article.body_start:
            start = max(0, article.text.rfind(article.title, 0, article.body_start))
        [found] = self.find([article.text[start:]])
        return [without_slug(article.text, shifted(attribution, start)) for attribution in found]


_lock = Lock()
_shared: dict[Settings, Reader] = {}


def default_reader(settings: Settings | None = None) -> Reader:
    """Give the reader of this process for these settings, loaded on first use."""
    settings = settings or default_settings()
    with _lock:
        if settings not in _shared:
            _shared[settings] = Reader.load(settings)
        return _shared[settings]
