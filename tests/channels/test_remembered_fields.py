"""What is remembered of one app's parameters is what another's would have been."""

from typing import Annotated, Any

import pytest
from fastapi import FastAPI, Query
from fastapi.testclient import TestClient
from pydantic import BaseModel


def app_with(longest: int) -> TestClient:
    class Body(BaseModel):
        """Another class each time, of one name."""

        text: str
        times: int = longest

    app = FastAPI()

    @app.get("/")
    def get(text: Annotated[str, Query(max_length=longest)], at: int = longest) -> dict[str, Any]:
        return {"text": text, "at": at}

    @app.post("/")
    def post(body: Body) -> dict[str, Any]:
        assert type(body) is Body
        return body.model_dump()

    return TestClient(app)


@pytest.mark.parametrize("longest", [3, 5, 3])
def test_each_app_keeps_its_own_limits_defaults_and_bodies(longest: int) -> None:
    client = app_with(longest)
    assert client.get("/", params={"text": "好" * longest}).json() == {"text": "好" * longest, "at": longest}
    assert client.get("/", params={"text": "好" * (longest + 1)}).status_code == 422
    assert client.post("/", json={"text": "好"}).json() == {"text": "好", "times": longest}
