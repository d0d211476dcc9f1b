"""A letter's words set by its templates, as plain text and as a page. The templates run in the sandbox; text is always text."""

from collections.abc import Callable
from datetime import date
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup

from reportpack.model.period import long_date, weekday_date
from reportpack.render.print_values import clean_text
from reportpack.render.sandbox import TemplateEnvironment, fill_template
from reportpack.render.templates import Templates


class LetterTemplates:
    """The templates of letters, made ready once for many."""

    def __init__(self, templates: Templates) -> None:
        # a cell of a Markdown table holds no bar and no line end
        filters: dict[str, Callable[..., object]] = {
            "weekday": weekday_date,
            "cell": lambda text: " ".join(text.replace("|", "/").split()),
        }
        self._templates = templates
        self._page = TemplateEnvironment(templates, _print, filters)
        self._text = TemplateEnvironment(templates, _print, filters)
        self._text.autoescape = False

    def render(self, name: str, words: object) -> tuple[str, str]:
        """The letter of that name (`pack` for letters/pack.txt and letters/pack.html) as text and as a page."""
        return self.render_text(f"letters/{name}.txt", letter=words), self.render_page(f"letters/{name}.html", letter=words)

    def render_text(self, name: str, **words: object) -> str:
        """Plain text, one line end at its end."""
        return f"{fill_template(self._text, self._templates, name, words).strip()}\n"

    def render_page(self, name: str, **words: object) -> str:
        """A plain page that is no document of the pack's."""
        return fill_template(self._page, self._templates, name, words)

    @staticmethod
    def as_data(json: str) -> Markup:
        """JSON for a script element of a page, which no word in it can end."""
        return Markup(json.replace("<", "\\u003c"))  # noqa: S704 - no markup is left in it


def _print(value: Any) -> Any:
    if isinstance(value, (Markup, Undefined)):
        return value if isinstance(value, Markup) else str(value)
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise TypeError(f"{type(value).__name__} is not words; print one of its fields")
