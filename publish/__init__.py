"""Write, audit, publish: an audited candidate becomes an immutable release, in one step.

Readers see `releases/current`, a link that is swapped; nothing they hold open ever changes.
"""

from publish.fence import draw_token
from publish.publisher import keep_rebuild, passed_audit, publish_release, rollback
from publish.quality_site import publish_quality_report
from publish.release import Release, current_release, find_release, list_releases
from publish.sign_off import checked_sign_off, failed_warnings
from publish.verification import Verification, verify_release

__all__ = [
    "Release",
    "Verification",
    "checked_sign_off",
    "current_release",
    "draw_token",
    "failed_warnings",
    "find_release",
    "keep_rebuild",
    "list_releases",
    "passed_audit",
    "publish_quality_report",
    "publish_release",
    "rollback",
    "verify_release",
]
