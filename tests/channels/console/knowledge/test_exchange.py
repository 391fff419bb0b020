"""Sheets go out and come back in the pages of the console."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import yaml
from openpyxl import Workbook, load_workbook

from channels.console.knowledge.exchange import EXCHANGE, LAYOUT
from channels.console.sheet_files import SheetUnreadable, column_of, rows_in
from service_hall.publishing.sheets import COLUMNS, Table, heading
from service_hall.publishing.yaml_files import yaml_files
from service_hall.staff.roles import Role
from tests.channels.console.conftest import At
from tests.channels.console.shell.desk import AtDesk
from tests.fakes import CARD_FIRST, DOG, DOG_IN_EAST, document


async def brought(desk: AtDesk, name: str, content: bytes, deed: str = "check") -> tuple[int, str]:
    data = {"csrf": await desk.csrf(EXCHANGE), "deed": deed}
    response = await desk.http.post(EXCHANGE, data=data, files={"sheet": (name, content)})
    page = response.text if response.status_code != 303 else await desk.look(response.headers["location"])
    return response.status_code, page


async def fetched(desk: AtDesk, name: str) -> bytes:
    response = await desk.http.get(f"{EXCHANGE}/{name}")
    assert response.status_code == 200 and "attachment" in response.headers["content-disposition"]
    return response.content


def edited(book: bytes, sheet: str, cell: str, said: str) -> bytes:
    """With another text in the first row that has this one."""
    opened = load_workbook(io.BytesIO(book))
    for row in opened[sheet].iter_rows():
        for each in row:
            if each.value == cell:
                each.value = said
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


async def test_what_went_out_comes_back_without_a_change(anna: AtDesk) -> None:
    for name in ("guides.xlsx", "statements.csv", "questions.csv", "guides.csv"):
        status, page = await brought(anna, name, await fetched(anna, name))
        assert status == 200 and "和现在的内容一样" in page, (name, page)


async def test_the_page_says_that_a_long_sheet_takes_a_while(anna: AtDesk, at: At) -> None:
    page = await anna.look(EXCHANGE)
    assert "要等一会儿才开始下载" in page and "检查和导入都要等一会儿" in page
    assert "检查和导入" not in await at("ana", Role.ANALYST).look(EXCHANGE)  # who brings nothing in


async def test_a_changed_cell_becomes_a_draft(anna: AtDesk) -> None:
    book = edited(await fetched(anna, "guides.xlsx"), "陈述", "登记费50元。", "登记费是50元。")
    status, page = await brought(anna, "guides.xlsx", book)
    assert status == 200 and "1 份指南有改动" in page and "犬只登记（全国）：1 处" in page
    assert "没有草稿" in await anna.look("/console/knowledge/drafts")
    status, page = await brought(anna, "guides.xlsx", book, "take")
    assert status == 303 and "改动的1份成为草稿" in page and "犬只登记" in page


async def test_a_faulty_cell_is_told_by_row_and_column(anna: AtDesk) -> None:
    book = edited(await fetched(anna, "guides.xlsx"), "陈述", "登记费50元。", "")
    status, page = await brought(anna, "guides.xlsx", book, "take")
    assert status == 422 and "1 处不对，什么都没有导入" in page and "陈述（says）" in page
    assert "没有草稿" in await anna.look("/console/knowledge/drafts")


async def test_an_empty_template_has_its_headings_alone(anna: AtDesk) -> None:
    template = (await fetched(anna, "statements.csv?empty=true")).decode("utf-8-sig")
    assert template.startswith("事项编号（guide_id）") and len(template.splitlines()) == 1


async def test_who_may_not_is_refused(at: At) -> None:
    clerk, analyst = at("clerk", Role.CLERK), at("ana", Role.ANALYST)
    await clerk.look(EXCHANGE, 403)
    assert "先检查" not in await analyst.look(EXCHANGE)
    assert (await analyst.http.post(EXCHANGE, data={"csrf": await analyst.csrf(EXCHANGE)})).status_code == 403


async def test_the_files_are_those_of_the_content_folder(anna: AtDesk) -> None:
    with zipfile.ZipFile(io.BytesIO(await fetched(anna, "guides.zip"))) as packed:
        files = {name: yaml.safe_load(packed.read(name)) for name in packed.namelist()}
    assert files["new/dog-register.yml"] == DOG and files["new/dog-register.880101.yml"] == DOG_IN_EAST


def test_a_guide_goes_back_into_its_own_folder_and_versions_stay_apart(tmp_path: Path) -> None:
    (tmp_path / "guides" / "cards").mkdir(parents=True)
    (tmp_path / "guides" / "cards" / "library-card-first.yml").write_text("id: library-card-first")
    later = {**CARD_FIRST, "effective_from": "2027-01-01"}
    names = [name for name, _ in yaml_files([document(CARD_FIRST), document(later)], tmp_path)]
    assert names == ["cards/library-card-first.2020-01-01.yml", "cards/library-card-first.2027-01-01.yml"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04broken", "打不开"),
        (b"", "没有内容"),
        ("随便,什么\n1,2\n".encode(), "不是标题"),
        ("guide_id,question,蛋糕\na,b,c\n".encode(), "蛋糕"),
        (b'guide_id,question\n"a,b\n', "引号"),
        (b"guide_id,question\na,b\x00c\n", "第2行的 question 里有看不见的控制字符"),
        (b"guide_id,question\n" + b"a,b\n" * 11, "行太多"),
        (b"x" * 2000, "太大"),
    ],
)
def test_what_is_no_sheet_is_refused_with_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(SheetUnreadable, match=said):
        rows_in("a.csv", content, 1024, 10, LAYOUT)


def crafted(rows: bytes) -> bytes:
    """A sheet whose XML ends in these rows, which no honest program writes."""
    book, whole, out = Workbook(), io.BytesIO(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["guide_id", "question"])
    sheet.append(["a", "b"])
    book.save(whole)
    with zipfile.ZipFile(whole) as honest, zipfile.ZipFile(out, "w") as made:
        for name in honest.namelist():
            made.writestr(name, honest.read(name).replace(b"</sheetData>", rows + b"</sheetData>"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (b"<row><c", "打不开"),
        (b'<row r="3"><c r="???"><v>1</v></c></row>', "打不开"),
        (b'<row r="3"><c r="A3" t="d"><v>9999-99-99</v></c></row>', "打不开"),
        (b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "空行也算"),
    ],
)
def test_a_book_that_breaks_only_when_it_is_read_is_refused_with_a_sentence(rows: bytes, said: str) -> None:
    with pytest.raises(SheetUnreadable, match=said):
        rows_in("a.xlsx", crafted(rows), 10**6, 100, LAYOUT)


def test_what_a_formula_came_to_is_read_and_one_that_nobody_reckoned_is_refused() -> None:
    reckoned = b'<row r="3"><c r="A3" t="str"><f>LOWER("C")</f><v>c</v></c><c r="B3" t="inlineStr"><is><t>=d</t></is></c></row>'
    *_, last = rows_in("a.xlsx", crafted(reckoned), 10**6, 100, LAYOUT)
    assert dict(last.cells) == {"guide_id": "c", "question": "=d"}
    own = b' xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    for formula in (b'<f>LOWER("C")</f>', b"<x:f%s>LOWER(1)</x:f>" % own):
        with pytest.raises(SheetUnreadable, match="第3行有公式，还没有算出值"):
            rows_in("a.xlsx", crafted(b'<row r="3"><c r="A3">%s</c></row>' % formula), 10**6, 100, LAYOUT)


def test_a_small_file_of_two_million_texts_is_refused_before_they_are_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/texts", b"<sst>" + b"<x:si><t>a</t></x:si>" * 2_000_000)
    assert len(out.getvalue()) < 200_000
    with pytest.raises(SheetUnreadable, match="文字太多"):
        rows_in("a.xlsx", out.getvalue(), 10**6, 100, LAYOUT)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (b"<row>" + b"<c/>" * 300_000 + b"</row>", "格子太多"),
        (b'<row r="3">' + b"<x:c></x:c>" * 110_000 + b"</row>", "格子太多"),
        (b"<row><!-- <row > --><c/></row>" * 100_000, "格子太多"),
        (b"<row/>" * 500_000, "空行也算"),
        ((b"<row>" + b"<c/>" * 90_000 + b"</row>") * 100, "格子太多"),
    ],
)
def test_rows_of_more_cells_than_there_are_columns_are_refused_before_they_are_read(rows: bytes, said: str) -> None:
    """Each is an object in memory, and ten million of them pack into a few kilobytes."""
    with pytest.raises(SheetUnreadable, match=said):
        rows_in("a.xlsx", crafted(rows), 10**8, 100, LAYOUT)


def test_a_book_in_another_code_is_refused() -> None:
    """Its tags could not be counted."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("xl/worksheets/sheet1.xml", "<worksheet/>".encode("utf-16"))
    with pytest.raises(SheetUnreadable, match="打不开"):
        rows_in("a.xlsx", out.getvalue(), 10**6, 100, LAYOUT)


def test_two_columns_of_one_name_are_refused() -> None:
    with pytest.raises(SheetUnreadable, match="两列都叫 question"):
        rows_in("a.csv", "guide_id,question,问法（question）\na,b,c\n".encode(), 10**6, 100, LAYOUT)


def test_a_cell_far_out_makes_no_row_wide() -> None:
    far = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (each, each) for each in range(3, 60))
    [row] = rows_in("a.xlsx", crafted(far), 10**6, 100, LAYOUT)
    assert (row.number, dict(row.cells)) == (2, {"guide_id": "a", "question": "b"})


def test_numbers_days_and_chinese_code_pages_are_read_as_they_were_meant() -> None:
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.title = "问法"
    sheet.append(["事项编号（guide_id）", "问法（question）"])
    sheet.append([12.0, "'=不是公式"])
    book.save(out)
    [row] = rows_in("a.xlsx", out.getvalue(), 10**6, 10, LAYOUT)
    assert (row.table, row.number, row.cells["guide_id"], row.cells["question"]) == (
        Table.QUESTIONS,
        2,
        "12",
        "=不是公式",
    )
    [row] = rows_in("a.csv", "guide_id,question\na,身份证\n".encode("gb18030"), 10**6, 10, LAYOUT)
    assert row.cells["question"] == "身份证"


def test_a_column_is_known_by_its_name_behind_the_label() -> None:
    assert all(column_of(heading(column)) == column for table in Table for column in COLUMNS[table])
    assert column_of(" says ") == "says" and column_of("随便") == "随便"
