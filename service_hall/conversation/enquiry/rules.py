"""Who answers a sentence at the desk: the first rule that has something to say. Its name is the turn's reason."""

from __future__ import annotations

from service_hall.conversation.enquiry.ask import (
    answers_item,
    asks_more_of_current,
    asks_more_of_matter,
    belongs_to_event,
    finds_nothing,
    helps_no_wrong,
    leaves_out_of_what,
    narrows_options,
    offers_choices,
    returns_to_previous,
    says_nothing,
    stays_with_current,
    takes_option_by_place,
    tells_of_hall,
    tells_of_life,
    tells_of_place,
    tells_what_is_meant,
)
from service_hall.conversation.enquiry.asked import Asked
from service_hall.conversation.enquiry.catalogue import goes_back, helps, lists_themes
from service_hall.conversation.enquiry.choose import (
    asks_of_all_offered,
    completes_what_was_asked,
    completes_what_was_begun,
    picks_by_words_of_errand,
    picks_from_nothing,
    picks_no_option,
    picks_option,
    returns_to_earlier,
    tells_how_to_choose,
)
from service_hall.conversation.enquiry.correct import (
    corrects_aspect,
    corrects_item,
    corrects_region,
    without_what_is_taken_back,
)
from service_hall.conversation.enquiry.each import answers_each, answers_question_of_letter
from service_hall.conversation.enquiry.follow_up import (
    affirms,
    answers_for_region,
    changes_item,
    denies,
    notes_region,
    repeats,
    says_it_plainer,
    tells_whether_from_elsewhere,
    turns_guess_down,
)
from service_hall.conversation.enquiry.other_acts import (
    finds_nothing_in_english,
    hands_over,
    has_no_more,
    is_no_service,
    makes_small_talk,
    tells_of_chinese,
    tells_progress,
    tells_rule_of_booking,
    tells_where_errand_is_done,
    tells_where_to_complain,
    tells_who_handles,
)
from service_hall.conversation.first_rule import Rule, always, first_of
from service_hall.conversation.turn import Turn

BY_ACT: tuple[Rule[Asked], ...] = (
    says_nothing,
    helps_no_wrong,
    tells_rule_of_booking,
    helps,
    lists_themes,
    goes_back,
    hands_over,
    has_no_more,
    tells_of_chinese,
    tells_progress,
    turns_guess_down,
    says_it_plainer,
    tells_whether_from_elsewhere,
    answers_question_of_letter,
    answers_each,
    asks_more_of_matter,
    tells_of_place,
    tells_of_hall,
    corrects_region,
    corrects_aspect,
    corrects_item,
    picks_option,
    picks_no_option,
    returns_to_earlier,
    picks_from_nothing,
    picks_by_words_of_errand,
    changes_item,
    answers_for_region,
    notes_region,
    repeats,
    affirms,
    denies,
    tells_where_to_complain,
    tells_who_handles,
    tells_where_errand_is_done,
    is_no_service,
    makes_small_talk,
)
"""What the sentence was understood to do, where it does that."""
AS_QUESTION: tuple[Rule[Asked], ...] = (
    takes_option_by_place,
    completes_what_was_begun,
    narrows_options,
    asks_of_all_offered,
    tells_how_to_choose,
    returns_to_previous,
    asks_more_of_current,
    leaves_out_of_what,
    belongs_to_event,
    stays_with_current,
    tells_what_is_meant,
    tells_of_life,
    answers_item,
    completes_what_was_asked,
    offers_choices,
    finds_nothing_in_english,
    finds_nothing,
)
"""Everything else asks; the last of these always answers."""


def decide(asked: Asked) -> Turn:
    return first_of(BY_ACT, asked) or always(AS_QUESTION, without_what_is_taken_back(asked))
