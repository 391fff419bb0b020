"""Custom Rasa components, only where they pay for themselves."""

from bot.components.kept_connections import keep_connections
from bot.components.quiet_log import hide_what_is_said
from bot.components.schema_checks import check_schemas_once
from bot.components.straight_graph_runner import run_graphs_straight

check_schemas_once()
keep_connections()
hide_what_is_said()
run_graphs_straight()
