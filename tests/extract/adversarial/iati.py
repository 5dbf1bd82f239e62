"""IATI activities 2.0x: transactions, currencies, narratives, empty attributes.

Every transaction here is a commitment, so that it does not matter which kinds count.
"""

from tests.extract.adversarial.case import Case, Expected, either, flagged, loads, refused, usd

WHOLE = '<iati-activities version="{version}">{body}</iati-activities>'


def transaction_of(
    value: str, *, day: str = "2006-03-15", currency: str = "", kind: str = "2", more: str = ""
) -> str:
    """Return a transaction, a commitment where no other kind is given."""
    attribute = f' currency="{currency}"' if currency else ""
    return (
        f'<transaction><transaction-type code="{kind}"/><transaction-date iso-date="{day}"/>'
        f'<value{attribute} value-date="{day}">{value}</value>'
        "<provider-org><narrative>Norad</narrative></provider-org>"
        f"{more}</transaction>"
    )


def _activity(*transactions: str, currency: str = "USD", extra: str = "") -> str:
    attribute = f' default-currency="{currency}"' if currency else ""
    return (
        f'<iati-activity{attribute} xml:lang="en"><iati-identifier>XM-1</iati-identifier>'
        '<reporting-org ref="XM-DAC-41302" type="40"><narrative>ILO</narrative></reporting-org>'
        "<title><narrative>Decent work</narrative>"
        '<narrative xml:lang="fr">Travail décent</narrative></title>'
        '<participating-org role="1" type="10"><narrative>Norad</narrative></participating-org>'
        f"{extra}{''.join(transactions)}</iati-activity>"
    )


def _file(*activities: str, version: str = "2.03", declaration: str = "UTF-8") -> bytes:
    body = "".join(activities)
    text = f'<?xml version="1.0" encoding="{declaration}"?>\n'
    return (text + WHOLE.format(version=version, body=body)).encode(declaration)


def file_of(*transactions: str) -> bytes:
    """Return a file with one activity that has these transactions."""
    return _file(_activity(*transactions))


def _case(case_id: str, nasty: str, content: bytes, expected: Expected) -> Case:
    return Case(f"iati-{case_id}", nasty, content, expected, "activities.xml")


CASES = [
    _case("default-currency", "the activity's currency holds",
          file_of(transaction_of("1000.50"), transaction_of("20")), loads(usd("1020.50"), 2)),
    _case("own-currency", "a transaction with a currency of its own",
          _file(_activity(transaction_of("10"), transaction_of("5", currency="EUR"))),
          loads({"USD": "10.00", "EUR": "5.00"}, 2)),
    _case("currency-missing", "no currency anywhere",
          _file(_activity(transaction_of("10"), currency=""), _activity(transaction_of("7"))),
          flagged(usd("7.00"))),
    _case("currency-empty", "an empty currency attribute falls back to the activity's",
          _file(_activity(transaction_of("10").replace("<value", '<value currency=""'))),
          either(usd("10.00"))),
    _case("empty-codes", "empty code attributes",
          _file(_activity(transaction_of("30"), extra=(
              '<recipient-country code=""/><sector code=""/><default-aid-type code=""/>'))),
          loads(usd("30.00"), 1)),
    _case("type-code-empty", "a transaction whose type is empty",
          file_of(transaction_of("10", kind=""), transaction_of("40")),
          either(usd("40.00"), usd("50.00"))),
    _case("narrative-language", "the title in two languages",
          _file(_activity(transaction_of("60"))), loads(usd("60.00"), 1,
                                                     project_title=("Decent work",))),
    _case("negative", "a commitment that is taken back",
          _file(_activity(transaction_of("100"), transaction_of("-30"))), loads(usd("70.00"), 2)),
    _case("spaces-and-commas", "a value with spaces, and one with commas that the standard forbids",
          _file(_activity(transaction_of(" 100.25 "), transaction_of("1,000,000.00"))),
          either(usd("1000100.25"), usd("100.25"), refusal=False)),
    _case("comma-ambiguous", "1,500 where the standard allows no comma",
          _file(_activity(transaction_of("2.50"), transaction_of("1,500"))),
          flagged(usd("2.50"), usd("1502.50"), refusal=False)),
    _case("bad-date", "a date that does not exist",
          _file(_activity(transaction_of("10", day="2006-02-30"), transaction_of("11"))),
          loads(usd("11.00"), 1, 1)),
    _case("time-in-date", "a date with a time and zone",
          _file(_activity(transaction_of("12", day="2006-03-15T00:00:00+07:00"))),
          either(usd("12.00"))),
    _case("no-transactions", "activities without transactions", _file(_activity()), refused()),
    _case("no-activities", "no activity", _file(), refused()),
    _case("latin1", "declared and written in ISO-8859-1",
          _file(_activity(transaction_of("13")), declaration="iso-8859-1"), loads(usd("13.00"), 1)),
    _case("utf16", "declared and written in UTF-16",
          _file(_activity(transaction_of("14")), declaration="utf-16"), loads(usd("14.00"), 1)),
    _case("foreign-elements", "elements of another namespace with values of their own",
          _file(_activity(transaction_of("15", more='<x:value xmlns:x="urn:x">999</x:value>'))),
          loads(usd("15.00"), 1)),
    _case("budgets", "budgets and planned disbursements are no transactions",
          _file(_activity(transaction_of("16"), extra=(
              '<budget><value currency="USD" value-date="2006-01-01">999</value></budget>'
              '<planned-disbursement><value currency="USD" value-date="2006-01-01">998</value>'
              "</planned-disbursement>"))),
          loads(usd("16.00"), 1)),
    _case("same-transaction-twice", "two equal transactions are two",
          _file(_activity(transaction_of("17"), transaction_of("17"))), loads(usd("34.00"), 2)),
    _case("not-well-formed", "an element that is never closed",
          _file(_activity(transaction_of("18"))).replace(b"</transaction>", b""),
          refused()),
    _case("cut", "cut in the second activity",
          _file(_activity(transaction_of("19")), _activity(transaction_of("20")))[:-90],
          flagged(usd("19.00"), usd("39.00"))),
    _case("codelist", "an IATI file of organisations, not of activities",
          b'<iati-organisations version="2.03"><iati-organisation/></iati-organisations>',
          refused()),
]  # fmt: skip
