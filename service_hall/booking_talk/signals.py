"""Short things that are said in the middle of a booking: stop, another time, 跳过, is a place free."""

from __future__ import annotations

from service_hall.conversation.acts import Act
from service_hall.conversation.flow import Heard
from service_hall.hearing.notions import says


def stops(heard: Heard) -> bool:
    if says("stops", heard.text):
        return True
    # A guess at the intent alone does not give a place away.
    return heard.act is Act.CANCEL and says("gives_up", heard.text) and not means_earlier_booking(heard.text)


def books(text: str) -> bool:
    """办社保卡，约后天下午三点: a booking, though most of it tells a time."""
    return says("speaks_of_booking", text) and not is_question(text)


def cancels(heard: Heard) -> bool:
    """At the question whether to cancel, 取消 says yes and 算了 no."""
    return says("confirms_cancelling", heard.text)


def gives_back(text: str) -> bool:
    """把社保卡那个退了: a booking that is not wanted any more."""
    return says("gives_back", text)


def means_earlier_booking(text: str) -> bool:
    return says("means_earlier_booking", text)


def agrees(heard: Heard) -> bool:
    return says("assents", heard.text) or (heard.act is Act.AFFIRM and not says("refuses", heard.text))


def disagrees(heard: Heard) -> bool:
    return says("refuses", heard.text) or heard.act is Act.DENY


def wants_other_time(text: str) -> bool:
    return says("wants_other_time", text)


def wants_other_office(text: str) -> bool:
    return says("wants_other_office", text)


def wants_to_change_person(text: str) -> bool:
    return says("wants_other_person", text)


def skips(text: str) -> bool:
    return says("skips", text)


def leaves_out_id_number(text: str) -> bool:
    """身份证号就不留了, whatever else the sentence says."""
    return says("leaves_out_id_number", text)


def refuses_id_number(text: str) -> bool:
    """At the question whether to leave one, where any no will do."""
    return says("refuses_at_all", text) and (skips(text) or not says("stops", text))


def same_person(text: str) -> bool:
    return says("means_same_person", text)


def somebody_else(text: str) -> bool:
    return says("means_somebody_else", text)


def wants_to_wait(text: str) -> bool:
    return says("wants_to_wait", text)


def is_question(text: str) -> bool:
    return says("asks", text)


def asks_about_service(text: str) -> bool:
    """明天下午去要带什么, 几天能拿: about the service, though a time is told."""
    return says("asks_about_service", text)


def asks_for_free_places(text: str) -> bool:
    return says("asks_for_free_places", text)
