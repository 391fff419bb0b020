"""A part as the customer-service interface takes it."""

from __future__ import annotations

from typing import Any, assert_never

from channels.wechat.api.parts import CardPart, ImagePart, MenuPart, Part, TextPart


def written(part: Part) -> dict[str, Any]:
    match part:
        case TextPart(text):
            return {"msgtype": "text", "text": {"content": text}}
        case MenuPart(head, options, tail):
            listed = [{"id": number, "content": label} for number, label in options]
            menu = {"head_content": head, "list": listed, "tail_content": tail}
            return {"msgtype": "msgmenu", "msgmenu": menu}
        case CardPart(title, description, url, picture_url):
            article = {"title": title, "description": description, "url": url, "picurl": picture_url}
            return {"msgtype": "news", "news": {"articles": [article]}}
        case ImagePart(media_id):
            return {"msgtype": "image", "image": {"media_id": media_id}}
        case _:
            assert_never(part)
