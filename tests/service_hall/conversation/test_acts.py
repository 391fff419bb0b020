from __future__ import annotations

from knowledge_base.model import Aspect
from service_hall.conversation.acts import Act


def test_no_act_can_be_taken_for_an_aspect() -> None:
    assert not {f"ask_{aspect}" for aspect in Aspect} & set(Act)


def test_aspects_are_those_of_the_contract() -> None:
    contract = (
        "overview eligibility materials procedure location office_hours time_limit fee amount channels legal_basis "
        "contact proxy validity"
    )
    assert [aspect.value for aspect in Aspect] == contract.split()
