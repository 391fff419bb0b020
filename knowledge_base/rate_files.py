"""Reading `content/rates/`: a figure that stands in none of the texts it cites is a fault, as in a statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from knowledge_base.content_reading import Reading
from knowledge_base.figures import figures_in, missing
from knowledge_base.rates import Rate, RateBook, RateFile, RateValue, WrittenRates
from knowledge_base.sources import LegalText, read_reference
from knowledge_base.yaml_lines import Place

CONTENT = Path(__file__).parent / "content"


@lru_cache(maxsize=1)
def load_rates() -> RateBook:
    """Without the texts: what they say was checked with the content."""
    return read_rates(Reading(CONTENT))


def read_rates(reading: Reading, sources: Mapping[str, LegalText] | None = None) -> RateBook:
    """`sources`, by id: each value is held against them, and left out of the book if they do not hold it."""
    return RateBook(each.file for each in read_rate_files(reading, sources))


def read_rate_files(reading: Reading, sources: Mapping[str, LegalText] | None = None) -> list[WrittenRates]:
    """As `read_rates`."""
    files: list[WrittenRates] = []
    for path in sorted((reading.folder / "rates").glob("*.yml")):
        lined = reading.read(path)
        read = reading.validate(path, lined, RateFile) if lined else None
        if lined is None or read is None:
            continue
        faults = list(faults_of_file(read, path.stem, sources))
        for place, message in faults:
            reading.fault_at(path, lined, place, message)
        if not faults:
            files.append(WrittenRates(read, lined.data))
    return files


def faults_of_file(read: RateFile, stem: str, sources: Mapping[str, LegalText] | None) -> Iterator[tuple[Place, str]]:
    """`stem`: the id that it has to have. `sources`: None where they are not looked at."""
    if read.id != stem:
        yield ("id",), f"应与文件名一致：{stem}"
    names = [rate.id for rate in read.rates]
    for position, rate in enumerate(read.rates):
        if names.index(rate.id) != position:
            yield ("rates", position, "id"), f"编号重复：{rate.id}"
        for number, value in enumerate(rate.values if sources is not None else ()):
            place: Place = ("rates", position, "values", number, "source")
            yield from ((place, message) for message in faults_of(rate, value, sources or {}))


def faults_of(rate: Rate, value: RateValue, sources: Mapping[str, LegalText]) -> Iterator[str]:
    texts: list[str] = []
    for written in value.source:
        reference = read_reference(written)
        source = sources.get(reference.source)
        article = source.articles.get(reference.article) if source else None
        if source is None or article is None:
            yield f"没有这条依据：{written}"
            continue
        texts.append(article.text)
        if source.in_force_from and value.in_force_from < source.in_force_from:
            yield f"{written}从{source.in_force_from}起施行，数值的开始日期（from）不能更早"
        if source.in_force_until and (value.in_force_until is None or value.in_force_until > source.in_force_until):
            yield f"{written}到{source.in_force_until}为止，数值的结束日期（to）不能更晚"
    said = value.written(rate.unit)
    if not figures_in(said):
        yield f"“{said}”里看不出数和单位"
    elif texts and missing(said, texts, value.reckoned):
        yield f"所引条文里没有“{said}”"
