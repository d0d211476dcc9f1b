"""A letter's words set by its templates, as plain text and as a page. The templates run in the sandbox; text is always text."""

from collections.abc import Callable
from datetime import date
from typing import Any

from jinja2 import TemplateError as JinjaError
from jinja2 import TemplateSyntaxError, Undefined
from markupsafe import Markup

from reportpack.errors import TemplateError
from reportpack.model.period import long_date
from reportpack.render.print_values import clean_text
from reportpack.render.sandbox import TemplateEnvironment, TooMuchError
from reportpack.render.templates import Templates


class LetterTemplates:
    """The templates of letters, made ready once for many."""

    def __init__(self, templates: Templates) -> None:
        filters: dict[str, Callable[..., object]] = {"weekday": _weekday, "cell": _cell}
        self._page = TemplateEnvironment(templates, _print, filters)
        self._text = TemplateEnvironment(templates, _print, filters)
        self._text.autoescape = False

    def render(self, name: str, words: object) -> tuple[str, str]:
        """The letter of that name (`pack` for letters/pack.txt and letters/pack.html) as text and as a page."""
        return self.render_text(f"letters/{name}.txt", letter=words), self.render_page(f"letters/{name}.html", letter=words)

    def render_text(self, name: str, **words: object) -> str:
        """Plain text, one line end at its end."""
        return f"{_rendered(self._text, name, **words).strip()}\n"

    def render_page(self, name: str, **words: object) -> str:
        """A plain page that is no document of the pack's."""
        return _rendered(self._page, name, **words)


def _rendered(environment: TemplateEnvironment, name: str, **words: object) -> str:
    try:
        return environment.get_template(name).render(words)
    except TemplateSyntaxError as error:
        raise _mistake(f"{error.filename or name}, line {error.lineno}", error.message or "") from error
    except (JinjaError, TooMuchError, TypeError, ValueError) as error:
        raise _mistake(name, str(error)) from error


def _mistake(where: str, what: str) -> TemplateError:
    return TemplateError(
        f"{where}: {what.rstrip('.')}.", "Mend it, or take the file out of your templates folder to use the program's own."
    )


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


def _weekday(day: date) -> str:
    return f"{day:%A} {long_date(day)}"


def _cell(text: str) -> str:
    """Words that fit into a cell of a Markdown table."""
    return " ".join(text.replace("|", "/").split())
