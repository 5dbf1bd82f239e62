"""Amounts: one notation each, alone in its column, of an office that nobody declared."""

from tests.extract.adversarial.case import Case, Expected, either, flagged, loads, usd
from tests.extract.adversarial.files import HEADER, csv, record


def rows_of(*amounts: str, currency: str = "USD") -> bytes:
    """Return an export with these amounts, parted by tabs so that no sign must be quoted."""
    rows = [
        record(number, text, currency=currency, day="2006-03-15")
        for number, text in enumerate(amounts, start=1)
    ]
    return csv([list(HEADER), *rows], delimiter="\t")


def _read(case_id: str, text: str, amount: str, currency: str = "USD") -> Case:
    return Case(
        f"number-{case_id}",
        f"amount written {text!r}",
        rows_of(text, currency=currency),
        loads({currency: amount}, 1),
    )


def _waits(case_id: str, text: str, *amounts: str) -> Case:
    """Return a case that waits in quarantine beside a plain row, or is read as stated, flagged."""
    sums = ["5.00", *amounts]
    return Case(
        f"number-{case_id}",
        f"amount written {text!r}",
        rows_of(text, "5.00"),
        flagged(*(usd(total) for total in sums), refusal=False),
    )


def _one_of(case_id: str, text: str, expected: Expected) -> Case:
    return Case(f"number-{case_id}", f"amount written {text!r}", rows_of(text, "5.00"), expected)


CASES = [
    _read("continental", "1.234.567,89", "1234567.89"),
    _read("english", "1,234,567.89", "1234567.89"),
    _read("spaces", "1 234 567,89", "1234567.89"),
    _read("no-break-spaces", "1\u00a0234\u00a0567,89", "1234567.89"),
    _read("narrow-spaces", "1\u202f234\u202f567,89", "1234567.89"),
    _read("thin-spaces", "1\u2009234\u2009567.89", "1234567.89"),
    _read("swiss", "1'234'567.89", "1234567.89"),
    _read("swiss-typographic", "1’234’567.89", "1234567.89", "CHF"),
    _read("indian", "12,34,567.89", "1234567.89", "INR"),
    _read("indian-whole", "1,00,000", "100000.00", "INR"),
    _read("arabic-indic", "١٬٢٣٤٬٥٦٧٫٨٩", "1234567.89"),
    _read("arabic-indic-plain", "١٢٣٤٥٦", "123456.00"),
    _read("persian", "۱۲۳۴٫۵۰", "1234.50"),
    _read("devanagari", "१,२३४.५०", "1234.50", "INR"),
    _read("full-width", "１，２３４．５０", "1234.50", "JPY"),
    _read("sign-before", "US$ 1,234.50", "1234.50"),
    _read("dollar-before", "$1,234.50", "1234.50"),
    _read("euro-behind", "1.234,50 €", "1234.50", "EUR"),
    _read("code-before-joined", "EUR1.234,50", "1234.50", "EUR"),
    _read("code-behind", "1,234.50 USD", "1234.50"),
    _read("pounds", "£1,234.50", "1234.50", "GBP"),
    _read("krone-word", "kr 1 234,50", "1234.50", "NOK"),
    _read("rupees", "Rs. 12,34,567.50", "1234567.50", "INR"),
    _read("yen", "¥1,234,567", "1234567.00", "JPY"),
    _read("parentheses", "(1,234.50)", "-1234.50"),
    _read("parentheses-dollar", "($1,234.50)", "-1234.50"),
    _read("dollar-parentheses", "$(1,234.50)", "-1234.50"),
    _read("trailing-minus", "1,234.50-", "-1234.50"),
    _read("minus-sign", "\u22121,234.50", "-1234.50"),
    _read("en-dash-minus", "–1,234.50", "-1234.50"),
    _read("minus-space", "- 1 234,50", "-1234.50"),
    _read("minus-dollar", "-$1,234.50", "-1234.50"),
    _read("dollar-minus", "US$ -1,234.50", "-1234.50"),
    _read("left-to-right-mark-minus", "\u200e-1234.50", "-1234.50"),
    _read("plus", "+1,234.50", "1234.50"),
    _read("zero-width", "\u200b1234.50\ufeff", "1234.50"),
    _read("exponent", "1.5E+06", "1500000.00"),
    _read("million-english", "1.2 million", "1200000.00"),
    _read("million-french", "1,2 million", "1200000.00", "EUR"),
    _read("millions-spanish", "2,5 millones", "2500000.00", "EUR"),
    _read("million-portuguese", "1,25 milhão", "1250000.00", "BRL"),
    _read("million-sign", "US$ 3.75 million", "3750000.00"),
    _read("float-noise", "1234567.8900000001", "1234567.89"),
    _read("float-noise-below", "0.30000000000000004", "0.30"),
    _read("one-decimal", "1234.5", "1234.50"),
    _read("comma-decimal-only", "1234,5", "1234.50"),
    _read("no-zero-before-point", ".75", "0.75"),
    _waits("three-decimals-or-thousands", "1.234", "1239.00", "6.23"),
    _waits("malformed-groups", "1,234,56"),
    _waits("two-signs-muddled", "1.234,567.89"),
    _waits("four-digit-group", "1,2345,678.00"),
    _waits("percent", "12 %"),
    _waits("reference-error", "#REF!"),
    _waits("hashes", "########"),
    _waits("not-available", "n/a"),
    _waits("dash", "-"),
    _waits("to-be-determined", "à déterminer"),
    _waits("words", "one million dollars"),
    _waits("range", "1,000 - 2,000"),
    _waits("alternatives", "1,000/2,000"),
    _waits("sum-as-text", "1000+2000"),
    _waits("about", "approx. 5000", "5005.00"),
    _waits("question", "5000?", "5005.00"),
    _waits("footnote-asterisk", "5000*", "5005.00"),
    _waits("footnote-number", "5000 (1)", "5005.00"),
    _waits("footnote-superscript", "5000¹", "5005.00"),
    _waits("letter-o", "1O0.50"),
    _waits("other-currency-inside", "€ 100.00"),
    _waits("two-currencies", "USD 100 (EUR 80)"),
    _waits("seventeen-digits", "99999999999999999"),
    _waits("date-as-amount", "15/03/2006"),
    _waits("time-as-amount", "12:30"),
    _waits("fraction", "1 1/2"),
    _waits("infinite", "inf"),
    _waits("hexadecimal", "0x1F"),
    _waits("credit", "1,234.50 CR", "-1229.50"),
    _waits("debit", "1,234.50 DR", "-1229.50", "1239.50"),
    _waits("instalments", "3 x 5000"),
    _waits("square-metres", "1,200 m²"),
    _one_of(
        "line-break-inside",
        '"1 234\n567.50"',
        either(usd("5.00"), usd("1234572.50"), refusal=True),
    ),
    _one_of("underscores", "1_234_567", either(usd("5.00"), usd("1234572.00"), refusal=False)),
    _one_of("apostrophe-in-front", "'1234.50", either(usd("5.00"), usd("1239.50"), refusal=False)),
    _one_of("point-at-end", "1234.50.", either(usd("5.00"), usd("1239.50"), refusal=False)),
    _one_of("dash-for-cents", "1,234.-", either(usd("5.00"), usd("1239.00"), refusal=False)),
    _one_of("four-decimals", "1234.5678", loads(usd("1239.57"), 2)),
    _one_of("thousand-k", "500k", either(usd("500005.00"), usd("5.00"), refusal=False)),
    _one_of("million-m", "2.5m", either(usd("2500005.00"), usd("5.00"), refusal=False)),
    _one_of(
        "billion-word", "1.2 billion", either(usd("1200000005.00"), usd("5.00"), refusal=False)
    ),
    _one_of("zero", "0", loads(usd("5.00"), 2)),
]
