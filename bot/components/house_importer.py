"""Rasa's file importer, at home in this repository's folders."""

from typing import List, Optional, Text, Union

from rasa.shared.importers.rasa import RasaFileImporter

DOMAIN = "bot/domain"
TRAINING_DATA = ["nlu_data/intents", "nlu_data/entities", "bot/rules", "bot/stories"]


class HouseImporter(RasaFileImporter):
    """What the command line leaves open is found where the house keeps it."""

    def __init__(
        self,
        config_file: Optional[Text] = None,
        domain_path: Optional[Text] = None,
        training_data_paths: Optional[Union[List[Text], Text]] = None,
    ) -> None:
        super().__init__(config_file, domain_path or DOMAIN, training_data_paths or TRAINING_DATA)
