"""Cases that the reader does not get right yet: the list to work off, with a diagnosis each.

A case that is right by now must leave the list: test_adversarial.py fails until it does.
"""

KNOWN_FAILURES: dict[str, str] = {
    "archive-one-bad": "an archive is `rejected` as a whole though one of its exports was loaded",
    "archive-rubbish": "desktop.ini in an archive counts as an export and makes it `rejected`",
    "archive-same-twice": "an archive is `skipped_duplicate` though one of its exports was loaded",
    "currency-nowhere": "CRASH: sums.py, coalesce(currency_code, '?') on a NULL typed INT32",
    "currency-said-in-title": "CRASH as above; and 'All amounts in Euro' reads as ALL, the lek",
    "cut-html": "SILENT: a page that ends in a cell, without </table>, loads the half amount",
    "header-portuguese-other-words": "no alias Destinatário for the recipient",
    "header-spanish-other-words": "no alias Destinatario for the recipient",
    "markup-hidden-cell": "SILENT: text of an element with display:none joins the amount",
    "order-part-first": "CRASH: `records` is a view (a part of a sheet), then registered",
    "sheet-all-and-by-donor": "SILENT: the same rows on two sheets count twice",
    "sheet-copy-of-the-list": "SILENT: a sheet and its copy count twice",
    "sheet-merged-amount-over-others": "SILENT: amounts below a merge, which nobody sees, count",
    "total-carried-forward-french": "'Report' (brought forward) waits in quarantine",
    "total-with-date-in-donor-column": "SILENT: a row 'Total' with date and currency is loaded",
    "unit-in-a-sheet-column": "SILENT: a column Unit says thousand and million",
    "unit-in-footer": "SILENT: the note below the table says thousands",
    "unit-k-euro": "the header Amount (kEUR) is not understood",
    "workbook-currency-format": "CRASH: as currency-nowhere",
    "workbook-percent-format": "SILENT: a cell formatted as a percentage counts as an amount",
}
