"""A column map for an office's file, proposed for a person to review: `approvals map`."""

from extract.proposal.proposal import Proposal, ProposedColumn, propose_map

__all__ = ["Proposal", "ProposedColumn", "propose_map"]
