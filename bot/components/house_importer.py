"""Rasa's file importer, at home in this repository's folders."""

from pathlib import Path
from typing import List, Optional, Text, Union

from rasa.shared.importers.rasa import RasaFileImporter

DOMAIN = "bot/domain"
TRAINING_DATA = ["nlu_data/intents", "bot/rules", "bot/stories"]


class HouseImporter(RasaFileImporter):
    """What the command line leaves open is found where the house keeps it."""

    def __init__(
        self,
        config_file: Optional[Text] = None,
        domain_path: Optional[Text] = None,
        training_data_paths: Optional[Union[List[Text], Text]] = None,
    ) -> None:
        # Rasa's commands pass their defaults (domain.yml, data/), which this house does not have.
        given = [training_data_paths] if isinstance(training_data_paths, str) else training_data_paths or []
        super().__init__(
            config_file,
            domain_path if domain_path and Path(domain_path).exists() else DOMAIN,
            [path for path in given if path and Path(path).exists()] or TRAINING_DATA,
        )
