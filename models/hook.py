"""Whom to tell when a run went wrong, as written in `alerts.toml`."""

import re
from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator

from models.errors import AlertError

Occasion = Literal["failed", "crashed", "missed", "silent", "done"]
OCCASIONS: tuple[Occasion, ...] = get_args(Occasion)


def check_address(url: SecretStr) -> SecretStr:
    """The address. Raises ValueError, without a word of it, where it is none."""
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*://\S", url.get_secret_value()):
        raise ValueError("is no address such as jsons://host/path or mailtos://user:password@host")
    return url


class Hook(BaseModel):
    """Somebody to tell, and of what. The address holds secrets, so no message ever shows it."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    name: str = Field(description="the name of its table in the file")
    url: Annotated[SecretStr, AfterValidator(check_address)] | None = None
    env: str | None = Field(
        default=None, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", description="the variable that holds the address"
    )
    on: tuple[Occasion, ...] = Field(default=("failed", "crashed", "missed"), min_length=1)

    @model_validator(mode="after")
    def check_place(self) -> Self:
        """An address stands in one place."""
        if (self.url is None) == (self.env is None):
            raise ValueError("needs either 'url' or 'env'")
        return self


class Alerts(BaseModel):
    """The hooks, and after how many hours without a finished run one was missed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hooks: tuple[Hook, ...] = ()
    missed_after: float | None = Field(default=None, gt=0, le=24 * 366)


def read_alerts(file: str, tables: dict[str, object]) -> Alerts:
    """The settings, validated. Raises AlertError in one line that names file and hook."""
    hooks = []
    for name, table in tables.items():
        if name == "missed_after":
            continue
        if not isinstance(table, dict) or "name" in table:
            raise AlertError(f"{file}: '{name}': each hook is a table [name] with 'url' or 'env', and 'on'")
        try:
            hooks.append(Hook(name=name, **table))
        except ValidationError as error:
            raise AlertError(f"{file}: [{name}] {explain(error)}") from None  # its text may hold the address
    try:
        return Alerts.model_validate({"hooks": hooks, "missed_after": tables.get("missed_after")})
    except ValidationError:
        raise AlertError(f"{file}: 'missed_after' is a number of hours above 0") from None


def explain(error: ValidationError) -> str:
    """The first fault of a hook in an operator's words, without what was written there."""
    fault = error.errors(include_input=False, include_url=False, include_context=False)[0]
    key = str(fault["loc"][0]) if fault["loc"] else ""
    if fault["type"] == "extra_forbidden":
        return f"unknown key '{key}'; keys are url, env, on"
    if key == "on":
        return f"'on' is a list of these: {', '.join(OCCASIONS)}"
    if key == "env":
        return "'env' is the name of an environment variable that holds the address"
    words = fault["msg"].removeprefix("Value error, ")
    return f"'{key}' {words}" if key else words
