"""Reports templates that do not compile or fail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.project.templates import TemplateFolders


@contextmanager
def template_errors_as_diagnostics(templates: TemplateFolders) -> Iterator[None]:
    """Run templates; raises DeckError if one fails."""
    from jinja2 import TemplateError, TemplateSyntaxError

    try:
        yield
    except DeckError:
        raise
    except TemplateSyntaxError as error:
        path = templates.shown(error.name or "deck.html")
        message = f"the template does not compile: {error.message}"
        raise DeckError(_template_failed(f"{path}:{error.lineno}", message)) from error
    except TemplateError as error:
        raise DeckError(
            _template_failed(templates.shown("deck.html"), f"the template fails: {error}")
        ) from error
    except Exception as error:
        if not templates.replaced:
            raise
        # a user's template may raise anything, which must not end the build with a traceback
        message = f"the template fails: {type(error).__name__}: {error}"
        raise DeckError(_template_failed(templates.shown("deck.html"), message)) from error


def _template_failed(path: str, message: str) -> Diagnostic:
    hint = "if you remove the file from your templates/ folder, slidegen uses its own"
    return Diagnostic(Code.TEMPLATE_FAILED, message, path=path, hint=hint)
