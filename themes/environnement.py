"""The Jinja2 environments of the public pages (ADR 30): what every template finds there."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.template.defaultfilters import capfirst, filesizeformat, linebreaksbr
from django.template.defaulttags import querystring
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext, override
from jinja2 import Environment, Template, Undefined, pass_context
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context

from . import cadre, corps


class Environnements:
    """What Django's Jinja2 backend asks for: an environment for each language, the templates being compiled in each.

    What a template says is then part of its code, and is not looked for in the catalogues seventy times a page.
    """

    def __init__(self, **options: Any) -> None:
        self._options = options
        self._par_langue: dict[str, Environment] = {}

    def get_template(self, nom: str) -> Template:
        """Return a template in the active language."""
        return self._actif().get_template(nom)

    def from_string(self, source: str) -> Template:
        """Compile a template in the active language."""
        return self._actif().from_string(source)

    def _actif(self) -> Environment:
        langue = get_language() or settings.LANGUAGE_CODE
        if langue not in self._par_langue:
            self._par_langue[langue] = environnement(langue, **self._options)
        return self._par_langue[langue]


class TextesCompiles(Extension):
    """Writes `{{ _("…") }}` in the language of its environment when the template is compiled."""

    _APPEL = ("variable_begin", "name", "lparen", "string", "rparen", "variable_end")

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Replace those calls by what they say."""
        vus: list[Token] = []
        for jeton in stream:
            vus.append(jeton)
            if jeton.type != self._APPEL[len(vus) - 1] or (jeton.type == "name" and jeton.value != "_"):
                yield from vus
                vus = []
            elif len(vus) == len(self._APPEL):
                with override(self.environment.langue):  # type: ignore[attr-defined]
                    yield Token(vus[0].lineno, "data", gettext(vus[3].value))
                vus = []


def environnement(langue: str, **options: Any) -> Environment:
    """Return the environment of a language; the apps add theirs as extensions.

    `{% trans %}` and `_()` are gettext's, with variables escaped; a block tag alone on its line leaves no line.
    """
    # Django asks for autoescape
    env = Environment(  # noqa: S701
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, finalize=ecrire, **options
    )
    env.langue = langue  # type: ignore[attr-defined]
    env.add_extension(TextesCompiles)
    env.add_extension("jinja2.ext.i18n")
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(gettext, ngettext, newstyle=False)  # type: ignore[attr-defined]
    env.globals.update(
        accueil=cadre.accueil,
        autres_langues=pass_context(cadre.autres_langues),
        blocs=pass_context(corps.blocs),
        langue_active=get_language,
        liens=cadre.liens,
        querystring=pass_context(criteres),
        sens_de=cadre.sens_de,
        static=static,
        url=url,
    )
    env.filters.update(
        capfirst=capfirst,
        filesizeformat=filesizeformat,
        heure=cadre.heure,
        jour=cadre.jour,
        linebreaksbr=linebreaksbr,
        redige=corps.redige,
    )
    return env


def ecrire(valeur: Any) -> Any:
    """Return what is printed of a value: numbers and dates as the active language writes them.

    Raises:
        TypeError: for a function that the template forgot to call.
    """
    if isinstance(valeur, str | Undefined):
        return valeur
    if isinstance(valeur, Promise):
        return str(valeur)  # what is said when read may be safe HTML, and says so only then
    if callable(valeur):
        raise TypeError(f"{valeur!r} is printed and not called.")
    return localize(valeur)


def url(route: str, *args: Any, **kwargs: Any) -> str:
    """Return the path of a route.

    Raises:
        NoReverseMatch: when no route answers to that name with these arguments.
    """
    return reverse(route, args=args, kwargs=kwargs)


def criteres(context: Context, **changes: Any) -> str:
    """Return the query string of this page with some criteria changed, as Django's `querystring` does."""
    return querystring(None, context["request"].GET, **changes)
