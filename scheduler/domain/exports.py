"""What other tools call the agents and the activities of a roster."""

from pydantic import Field

from scheduler.domain.sections import Section


class Codes(Section):
    """What one tool calls them; who and what is not named goes through as it is."""

    codes: dict[str, str] = Field(
        {},
        description="Its code of an activity by name (a queue, a case type, a break, a "
        "meeting), or of all of a kind: voice, case, idle, break, meeting, other, "
        "leave. The name comes first.",
    )
    agents: dict[str, str] = Field({}, description="Its id of an agent by agent_id.")


class GenesysCodes(Codes):
    """The same of Genesys Cloud."""

    work_plans: dict[str, str] = Field({}, description="Its work plan by contract.")


class Exports(Section):
    """Other tools to which rosters are exported (ringfence export)."""

    schedule: Codes = Field(
        Codes(), description="Names in the plain table that many tools import."
    )
    amazon: Codes = Field(Codes(), description="Names in Amazon Connect.")
    genesys: GenesysCodes = Field(GenesysCodes(), description="Names in Genesys Cloud.")
    iex_pipe: Codes = Field(Codes(), description="Names in NICE IEX.")
