"""What one guide alone lists among its questions is answered by it."""

from __future__ import annotations

import pytest

from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from tests import fakes
from tests.enquiry_desk import EnquiryDesk
from tests.service_hall.conversation.desk import answered

ASKED = "飞艇升空找谁批"


@pytest.mark.parametrize("act", [Act.MATTER, Act.COMPLAINT])
def test_though_it_sounds_like_a_complaint_or_like_what_no_counter_does(act: Act) -> None:
    before = EnquiryDesk(fakes.town).respond(ASKED, act, None, Context())
    assert before.reason in ("tells_who_handles", "tells_where_to_complain")
    airship = fakes.statement("airship", "faq", "飞艇升空由犬类管理处转办。", aspects=["contact"], asked=[ASKED])
    documents = {**fakes.published().documents, "dog-register": [fakes.document(fakes.telling(fakes.DOG, airship))]}
    library = fakes.build_town(fakes.published(documents=documents))
    turn = EnquiryDesk(lambda: library).respond(ASKED, act, None, Context())
    assert answered(turn).guide_id == "dog-register"
