"""Custom Rasa components, only where they pay for themselves."""

from bot.components.schema_checks import check_schemas_once

check_schemas_once()
