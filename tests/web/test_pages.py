"""Each page's template, type and docstring agree, and no template lets text through unescaped."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, fields
from importlib.resources import files

import pytest
from jinja2 import meta, nodes

from sayso.record import Reading
from sayso.web.pages import ArticlePage, ErrorPage, ListPage, Page, SearchPage
from sayso.web.rendering import context, environment, render
from sayso.web.views import article_page

PAGES = [ArticlePage, ListPage, SearchPage, ErrorPage]


def _templates() -> list[str]:
    return sorted(entry.name for entry in (files("sayso.web") / "templates").iterdir() if entry.name.endswith(".html"))


def _names_used(template: str) -> set[str]:
    """The names a template and those it includes take from the page; those of a loop around an include aside."""
    loader = environment().loader
    assert loader is not None
    tree = environment().parse(loader.get_source(environment(), template)[0])
    bound = {target.name for loop in tree.find_all(nodes.For) for target in _targets(loop)}
    names = meta.find_undeclared_variables(tree)
    for other in meta.find_referenced_templates(tree):
        assert other is not None
        names |= _names_used(other) - bound
    return names


def _targets(loop: nodes.For) -> list[nodes.Name]:
    return [loop.target] if isinstance(loop.target, nodes.Name) else list(loop.target.find_all(nodes.Name))


@pytest.mark.parametrize("page", PAGES)
def test_a_template_uses_what_its_page_gives_and_all_of_it(page: type[Page]) -> None:
    assert _names_used(page.template) == {field.name for field in fields(page)}  # type: ignore[arg-type]


@pytest.mark.parametrize("page", PAGES)
def test_the_docstring_names_each_field(page: type[Page]) -> None:
    named = re.findall(r"``(\w+)``", page.__doc__ or "")
    assert sorted(named) == sorted(field.name for field in fields(page))  # type: ignore[arg-type]


def test_the_template_is_handed_the_fields_and_nothing_else(reading: Reading) -> None:
    page = article_page(reading)
    assert set(context(page)) == {field.name for field in fields(ArticlePage)}


def test_a_page_cannot_be_changed(reading: Reading) -> None:
    with pytest.raises((FrozenInstanceError, TypeError)):
        article_page(reading).title = "other"  # type: ignore[misc]


@pytest.mark.parametrize("template", _templates())
def test_no_template_turns_escaping_off_or_loads_from_elsewhere(template: str) -> None:
    source = (files("sayso.web") / "templates" / template).read_text("utf-8")
    assert "|safe" not in source.replace(" ", "")
    assert "autoescape" not in source
    assert not re.search(r"""(src|href|action)=["'](https?:)?//""", source)
    assert not re.search(r"""\s(style|on[a-z]+)=["']""", source), "the content policy would refuse it"


def test_an_unknown_name_in_a_template_is_an_error_not_a_blank() -> None:
    broken = ErrorPage(status=404, heading="Not Found", message="there is none")
    assert "there is none" in render(broken)
    with pytest.raises(Exception, match="undefined"):
        environment().get_template(ErrorPage.template).render()
