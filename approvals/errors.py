"""One exception for each thing that an operator can act on; each message ends in the fix.

The command line prints the message in one line and leaves with `exit_code`; the codes are
documented in `docs/command-line.md`.
"""


class ApprovalsError(Exception):
    """A failure with a fix: the message names what, where and what to do."""

    exit_code = 1


class ConfigurationError(ApprovalsError):
    """A setting, an office, a column map or a reference table is missing or contradicts itself."""

    exit_code = 2


class StorageError(ApprovalsError):
    """The system refuses a folder or file: read-only, full, or not this user's."""

    exit_code = 2


class ProcessDiedError(ApprovalsError):
    """A process that the run had started was killed."""


class AuditFailedError(ApprovalsError):
    """A critical quality rule failed: nothing was published, the last release stands."""

    exit_code = 3


class PublicationLockedError(ApprovalsError):
    """Another publisher holds the lock, or a newer run has already published."""

    exit_code = 4


class NoReleaseError(ApprovalsError):
    """There is no release, or none with that id."""

    exit_code = 5


class OtherVersionError(ApprovalsError):
    """A release that another version made lacks a table or column that is asked of it."""

    exit_code = 5


class TraceTargetError(ApprovalsError):
    """An option of `trace` is wrong: no such column, no pair, or more than one row is meant."""

    exit_code = 2


class TraceNotFoundError(ApprovalsError):
    """No figure, mart or row of a mart in the release has the name or key that was asked for."""

    exit_code = 5


class RunNotFoundError(ApprovalsError):
    """No run with that id has built anything here."""

    exit_code = 5


class BuildFailedError(ApprovalsError):
    """dbt could not build the candidate; the message names the first node that failed."""

    exit_code = 6


class ExportsNotFoundError(ApprovalsError):
    """The drop folder does not exist, or holds no file that belongs to an office."""

    exit_code = 7


class FiguresFailedError(ApprovalsError):
    """A published figure does not come out of the marts."""

    exit_code = 8


class JournalLockedError(ApprovalsError):
    """Another process writes the journal of decisions and does not end."""

    exit_code = 4


class RecordNotFoundError(ApprovalsError):
    """No quarantined record has that id."""

    exit_code = 5


class FourEyesError(ApprovalsError):
    """Whoever proposed something wants to approve it too."""

    exit_code = 10


class DecisionRefusedError(ApprovalsError):
    """The journal, or the rules for a row, do not allow this decision."""

    exit_code = 11


class SignOffMissingError(ApprovalsError):
    """A release with warnings waits for a person, or a person has refused it."""

    exit_code = 12


class SignOffRefusedError(SignOffMissingError):
    """A person has refused a release."""


class TrailBrokenError(ApprovalsError):
    """The trail is broken: a file of journal, lake or release is not what its record says."""

    exit_code = 13
