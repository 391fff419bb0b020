"""Who comes, as written; kept sealed, shown masked."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from service_hall.shared.safe import Safe
from service_hall.visits.visit import SealedPerson, VisitId


@dataclass(frozen=True)
class Person:
    """Checked and normalised."""

    name: str
    phone: str
    id_number: str = ""

    def __repr__(self) -> str:
        return "Person(…)"  # must not reach a log by way of a traceback


def seal_person(person: Person, visit_id: VisitId, safe: Safe) -> SealedPerson:
    written = json.dumps(asdict(person), ensure_ascii=False)
    return SealedPerson(safe.seal(written, str(visit_id)), *_keys(person, safe))


def open_person(sealed: SealedPerson, visit_id: VisitId, safe: Safe) -> Person:
    """Raises SealBroken."""
    return Person(**json.loads(safe.open(sealed.sealed, str(visit_id))))


def keys_of(person: Person, safe: Safe) -> tuple[str, ...]:
    """As in `SealedPerson.keys`: by which the visits of this person are found."""
    return tuple(filter(None, _keys(person, safe)))


def phone_key_of(phone: str, safe: Safe) -> str:
    return safe.fingerprint(f"phone {phone}")


def _keys(person: Person, safe: Safe) -> tuple[str, str]:
    id_key = safe.fingerprint(person.id_number) if person.id_number else ""
    return id_key, safe.fingerprint(f"{person.name} {person.phone}")
