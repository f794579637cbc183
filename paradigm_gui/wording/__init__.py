"""Sentences for the codes of core, in the user's language: what happened, and what to do.

Foreign text (file names, a server's words) is put into them as it is; whoever shows them shows plain text.
"""

from paradigm_gui.wording.connection import (
    key_source,
    keyring_trouble,
    particulars,
    passed_by,
    place,
    preset,
    server_limits,
    step_help,
    step_name,
    step_result,
)
from paradigm_gui.wording.figures import FigureName, figure_formula, figure_name, order
from paradigm_gui.wording.findings import assumption, finding, forecast
from paradigm_gui.wording.requests import arm, early_stop, error_in_short, error_remedy, error_title, state
from paradigm_gui.wording.tables import renamed_columns
from paradigm_gui.wording.text import labelled, language, moment, no_screen, number, yes_or_no
from paradigm_gui.wording.user_errors import not_kept, set_aside, user_error

__all__ = [
    "FigureName",
    "arm",
    "assumption",
    "early_stop",
    "error_in_short",
    "error_remedy",
    "error_title",
    "figure_formula",
    "figure_name",
    "finding",
    "forecast",
    "key_source",
    "keyring_trouble",
    "labelled",
    "language",
    "moment",
    "no_screen",
    "not_kept",
    "number",
    "order",
    "particulars",
    "passed_by",
    "place",
    "preset",
    "renamed_columns",
    "server_limits",
    "set_aside",
    "state",
    "step_help",
    "step_name",
    "step_result",
    "user_error",
    "yes_or_no",
]
