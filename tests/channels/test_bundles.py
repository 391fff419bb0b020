"""Small modules as one file: what is linked behaves as the modules do, and what is not understood is refused."""

from __future__ import annotations

import os
import re
from itertools import product
from pathlib import Path

import pytest

from channels.bundles import CannotLink, join_styles, link_script
from channels.page_bundles import FOLDERS, IN_EVERY_LANGUAGE, SCRIPTS, SPOKEN, STYLES


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, Path]:
    return {"/page/": tmp_path}


def write(folders: dict[str, Path], **modules: str) -> None:
    for name, text in modules.items():
        (folders["/page/"] / f"{name}.js").write_text(text, "utf-8")


def test_a_module_stands_before_those_that_need_it_and_once(folders: dict[str, Path]) -> None:
    write(
        folders,
        main='import { a } from "./a.js";\nimport { b as other } from "/page/b.js";\na(other);\n',
        a='import { b } from "./b.js";\n\nexport function a() {\n  return b;\n}\n',
        b="export const b = 1;\nconst hidden = 2;\n",
    )
    linked = link_script("/page/main.js", folders)
    text = linked.body.decode()
    assert text.count("const b = 1;") == 1
    assert text.index("const b = 1;") < text.index("function a()") < text.index("a(other);")
    assert "const{b:other}=" in text
    assert "import" not in text and "export" not in text
    assert {path.name for path in linked.sources} == {"main.js", "a.js", "b.js"}


def test_what_a_module_keeps_to_itself_is_seen_by_no_other(folders: dict[str, Path]) -> None:
    write(
        folders,
        main='import { one } from "./one.js";\nimport { two } from "./two.js";\none(two);\n',
        one="const KEPT = 1;\nexport const one = () => KEPT;\n",
        two="const KEPT = 2;\nexport const two = () => KEPT;\n",
    )
    assert re.findall(r"return\{(\w+)\}", link_script("/page/main.js", folders).body.decode()) == ["one", "two"]


def test_remarks_stay_at_home_and_texts_do_not(folders: dict[str, Path]) -> None:
    write(
        folders,
        main='/** Says so. */\n// why\nconst at = "https://x/"; // beside\n  /*\n   * long\n   */\nshow("/* no remark */");\n',
    )
    text = link_script("/page/main.js", folders).body.decode()
    assert text == 'const at = "https://x/"; // beside\nshow("/* no remark */");\n'


@pytest.mark.parametrize(
    "form",
    [
        'import all from "./b.js";\n',
        'import * as all from "./b.js";\n',
        'import "./b.js";\n',
        "export default 1;\n",
        "export let b = 1;\n",
        "const b = 1;\nexport { b };\n",
        'const b = () => import("./b.js");\n',
        "const here = new URL('b', import.meta.url);\n",
        'import { b } from "/elsewhere/b.js";\n',
    ],
)
def test_a_form_that_is_not_known_is_refused(folders: dict[str, Path], form: str) -> None:
    write(folders, main=form, b="export const b = 1;\n")
    with pytest.raises(CannotLink):
        link_script("/page/main.js", folders)


def test_modules_in_a_circle_are_refused_by_name(folders: dict[str, Path]) -> None:
    write(folders, main='import { a } from "./a.js";\n', a='import { b } from "./b.js";\nexport const a = b;\n')
    write(folders, b='import { a } from "./a.js";\nexport const b = a;\n')
    with pytest.raises(CannotLink, match=r"a\.js → /page/b\.js → /page/a\.js"):
        link_script("/page/main.js", folders)


def test_a_changed_source_is_noticed(folders: dict[str, Path]) -> None:
    write(folders, main='import { b } from "./b.js";\nb();\n', b="export const b = () => 1;\n")
    linked = link_script("/page/main.js", folders)
    assert linked.is_current()
    os.utime(folders["/page/"] / "b.js", ns=(1, 1))
    assert not linked.is_current()


@pytest.mark.parametrize("address", SCRIPTS.values(), ids=SCRIPTS)
def test_the_pages_can_be_linked_and_no_text_reaches_over_lines(address: str) -> None:
    """Only because of that a line that begins like a remark is one."""
    for path in link_script(address, FOLDERS).sources:
        code = re.sub(r"^\s*(?://|/?\*).*$", "", path.read_text("utf-8"), flags=re.MULTILINE)
        assert all(line.count("`") % 2 == 0 for line in code.splitlines()), path


def test_no_module_of_the_pages_is_forgotten() -> None:
    """What no page begins with and none needs is dead; `proof` and `notices` are fetched when they are
    needed, `vendor` by the first."""
    used = {path for address in SCRIPTS.values() for path in link_script(address, FOLDERS).sources}
    for spoken, stem in product(SPOKEN.values(), IN_EVERY_LANGUAGE):
        used |= set(link_script(SCRIPTS[stem], FOLDERS, spoken).sources)
    used |= {path for sheets in STYLES.values() for path in join_styles(sheets, FOLDERS).sources}
    there = {path for folder in FOLDERS.values() for kind in ("*.js", "*.css") for path in folder.rglob(kind)}
    assert {path for path in there - used if not {"proof", "vendor", "notices"} & set(path.parts)} == set()
