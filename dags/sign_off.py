"""The task in which a person signs a release whose audit has warnings.

Not a Dag (see `.airflowignore`). The operator is the standard provider's: from Airflow 3.3 on the
task is parked while it waits, without a worker and without a triggerer.
"""

from typing import Any, Final

from airflow.providers.standard.operators.hitl import ApprovalOperator
from airflow.sdk import Context, Param

COMMENT: Final = {
    "comment": Param("", type="string", title="Comment", description="Why, for the journal.")
}
"""What the form asks for beside approve or reject."""


class SignOff(ApprovalOperator):
    """Ask a person if one has to be asked; write the answer into the journal of decisions."""

    template_fields = (*ApprovalOperator.template_fields, "opened_run")

    def __init__(self, *, opened_run: Any, **kwargs: Any) -> None:  # noqa: ANN401 - an XCom
        """Take the run that `open_run` returned, beside what the provider's operator takes."""
        self.opened_run = opened_run
        super().__init__(**kwargs)

    def execute(self, context: Context) -> Any:  # noqa: ANN401 - as the provider has it
        """Go on at once where nobody has to sign, else show the warnings and wait.

        A refusal that is in the journal already skips the publication: Airflow may start the task
        anew after the answer was recorded, as it does where the answer comes within a second.
        """
        from approvals import pipeline
        from approvals.errors import SignOffRefusedError
        from approvals.settings import read_settings

        run_id = self.opened_run["run_id"]
        try:
            question = pipeline.sign_off_question(read_settings(), run_id)
        except SignOffRefusedError as refusal:
            self.log.warning("%s", refusal)
            self.skip(ti=context["ti"], tasks=context["task"].get_direct_relatives(upstream=False))
            return None
        if question is None:
            state = "on, and nothing is left to sign" if read_settings().sign_off else "off"
            self.log.info("run %s is published without a signature: sign-off is %s", run_id, state)
            return None
        self.body = question
        self.log.warning(
            "run %s waits for a person: answer here, or approvals sign-off %s --by NAME "
            "--reason TEXT (or --reject)",
            run_id,
            run_id,
        )
        return super().execute(context)

    def execute_complete(self, context: Context, event: dict[str, Any]) -> Any:  # noqa: ANN401
        """Record who answered what; a refusal skips the publication."""
        from approvals import pipeline
        from approvals.settings import read_settings

        if "error" not in event:
            person = event["responded_by_user"]
            approved = event["chosen_options"] == [self.APPROVE]
            pipeline.sign_off(
                read_settings(),
                self.opened_run["run_id"],
                "approve" if approved else "reject",
                person["name"] or person["id"],
                (event["params_input"] or {}).get("comment", "").strip() or "no comment",
            )
        return super().execute_complete(context, event)
