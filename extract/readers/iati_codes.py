"""The transaction types of the IATI standard, and what version 1 called them."""

TYPE_NAMES = {
    "1": "Incoming Funds",
    "2": "Outgoing Commitment",
    "3": "Disbursement",
    "4": "Expenditure",
    "5": "Interest Payment",
    "6": "Loan Repayment",
    "7": "Reimbursement",
    "8": "Purchase of Equity",
    "9": "Sale of Equity",
    "10": "Credit Guarantee",
    "11": "Incoming Commitment",
    "12": "Outgoing Pledge",
    "13": "Incoming Pledge",
}
"""Code list TransactionType of versions 2.0x."""
OLD_TYPES = {
    "IF": "1",
    "C": "2",
    "D": "3",
    "E": "4",
    "IR": "5",
    "LR": "6",
    "R": "7",
    "QP": "8",
    "QS": "9",
    "CG": "10",
}
"""Codes of versions 1.0x → those of 2.0x."""
INCOMING = frozenset({"1", "11", "13"})
"""Types of money that comes in: there the reporting organisation receives and never provides."""
