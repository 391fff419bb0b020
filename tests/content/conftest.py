from __future__ import annotations

import pytest

from knowledge_base.content_files import Content, load_content


@pytest.fixture(scope="session")
def content() -> Content:
    return load_content()
