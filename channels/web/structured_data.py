"""What a page tells search engines, in the words of schema.org."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from channels.guide_view import web_address
from channels.languages import Language
from knowledge_base.model import Audience, Office, Region, ServiceGuide
from knowledge_base.scenarios.model import Scenario
from knowledge_base.statements import Channel

_CONTEXT = "https://schema.org"
_FOR_WHOM = {Audience.PERSON: "个人", Audience.COMPANY: "企业"}


def government_service(
    guide: ServiceGuide, place: Region, offices: Sequence[Office], address: str, language: Language
) -> dict[str, Any]:
    online = [web_address(each.url) for each in guide.of(Channel)]
    halls: list[dict[str, Any]] = [
        {
            "@type": "ServiceChannel",
            "serviceLocation": {
                "@type": "GovernmentOffice",
                "name": office.name,
                "address": office.address,
                "telephone": office.phone,
            },
        }
        for office in offices
    ]
    return {
        "@context": _CONTEXT,
        "@type": "GovernmentService",
        "@id": address,
        "url": address,
        "name": guide.name,
        "alternateName": list(guide.aliases),
        "description": guide.summary,
        "serviceType": guide.theme,
        "inLanguage": language.of_answers.value,
        "areaServed": {"@type": "AdministrativeArea", "name": place.name},
        "provider": {"@type": "GovernmentOrganization", "name": guide.authority.implementing_body},
        "audience": [
            {"@type": "Audience", "audienceType": name} for each, name in _FOR_WHOM.items() if each in guide.audience
        ],
        "availableChannel": [*halls, *({"@type": "ServiceChannel", "serviceUrl": url} for url in filter(None, online))],
    }


def how_to(scenario: Scenario, names: Mapping[str, str], address: str, language: Language) -> dict[str, Any]:
    """A list of what has to be done; which of it, the answers say."""
    steps: Iterable[dict[str, Any]] = (
        {
            "@type": "HowToStep",
            "position": place,
            "name": names.get(step.item or "") or step.title,
            "text": step.reason,
            "url": f"{address}#{step.id}",
        }
        for place, step in enumerate(scenario.steps, start=1)
    )
    return {
        "@context": _CONTEXT,
        "@type": "HowTo",
        "@id": address,
        "url": address,
        "name": scenario.title,
        "description": scenario.first.says,
        "inLanguage": language.of_answers.value,
        "step": list(steps),
    }
