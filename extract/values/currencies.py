"""Which currency a sign, a code or a name means: for certain, one of several, or nothing.

Codes and names in four languages are those of CLDR (Babel). Signs that several currencies share
are data in `extract/words/ambiguous_currencies.csv`; the office's own currency may decide them.
"""

from functools import cache

from babel.core import Locale, get_global
from babel.numbers import list_currencies

from approvals.offices import Office
from extract.values.marks import plain
from extract.values.vocabulary import ambiguous_currencies, compact

LANGUAGES = ("en", "fr", "es", "pt")
DOLLAR = compact("$")
POUND_EXCEPT = frozenset(("EGP", "LBP", "SYP", "SSP", "SDP", "FKP", "GIP", "SHP"))
"""Countries with a pound of their own: only there `£` may be another than sterling."""


class Currencies:
    """The currencies as one office writes them."""

    def __init__(self, office: Office, words: dict[str, str]) -> None:
        """Keep what decides shared signs.

        Args:
            office: its default currency and its country.
            words: the office's words of `value_maps.csv`, compactly folded → ISO code.
        """
        self._words = words
        self._default = office.default_currency
        self._local = local_currencies(office.time_zone)

    def candidates(self, text: str) -> frozenset[str]:
        """Return the ISO codes that a text can mean: one is certain, none is unknown."""
        key = compact(plain(text))
        if key in self._words:
            return frozenset((self._words[key],))
        if key.upper() in iso_codes():
            return frozenset((key.upper(),))
        shared = ambiguous_currencies().get(key)
        if shared:
            return self._narrowed(key, shared)
        return currency_names().get(key, frozenset())

    def around(self, text: str) -> frozenset[str]:
        """Return what all the lines around a number can mean together."""
        found = [self.candidates(line) for line in text.split("\n")]
        return frozenset.intersection(*found)

    def shown(self, text: str) -> frozenset[str]:
        """Return what a number format's text means; lines that are no currency say nothing."""
        found = [codes for line in text.split("\n") if (codes := self.candidates(line))]
        return frozenset.intersection(*found) if found else frozenset()

    def _narrowed(self, key: str, shared: frozenset[str]) -> frozenset[str]:
        """Decide a shared sign by the office's currency, as far as that is certain.

        A bare dollar sign is never taken for a country's own dollar: half of the world's offices
        keep accounts in US dollars.
        """
        if self._default in shared:
            return frozenset((self._default,)) if self._default else shared
        local = self._local & shared
        if key == compact("£") and not local & POUND_EXCEPT:
            return frozenset(("GBP",))
        return local if len(local) == 1 and not key.startswith(("$", "dol")) else shared


@cache
def iso_codes() -> frozenset[str]:
    """Return every ISO 4217 code that CLDR knows, those of past currencies too."""
    return frozenset(list_currencies())


@cache
def currency_names() -> dict[str, frozenset[str]]:
    """Return names and signs in four languages, compactly folded → ISO codes."""
    found: dict[str, set[str]] = {}
    for locale in map(Locale.parse, LANGUAGES):
        named = [*locale.currencies.items(), *locale.currency_symbols.items()]
        plurals = locale._data["currency_names_plural"]
        named += [(code, name) for code, forms in plurals.items() for name in forms.values()]
        for code, name in named:
            found.setdefault(compact(plain(name)), set()).add(code)
    shared = ambiguous_currencies()
    return {name: frozenset(codes) for name, codes in found.items() if name and name not in shared}


@cache
def local_currencies(time_zone: str) -> frozenset[str]:
    """Return the currencies in use in the country of a time zone."""
    territory = get_global("zone_territories").get(time_zone, "")
    listed = get_global("territory_currencies").get(territory, ())
    return frozenset(code for code, _, end, is_tender in listed if is_tender and end is None)
