"""One page of all results at hand, complete in itself: `python -m evaluation.report` → var/evaluation/report.html."""

from __future__ import annotations

import argparse
import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from evaluation import figures
from evaluation.bars import Bar, bar_table, bars
from evaluation.curves import best_hits, coverage, coverage_table, reliability, reliability_table
from evaluation.dialogue.generate import BOOKINGS, WECHAT_PATH, load_played
from evaluation.dialogue.score import Judged
from evaluation.dialogue.score import score as judge
from evaluation.dialogue.script import load_dialogues
from evaluation.dialogue.talks import talks_met, talks_table
from evaluation.letters.score import labels_table, letters_table
from evaluation.load import bench, overload, scale
from evaluation.nlu import compare
from evaluation.peers import compare as peers
from evaluation.questions import Split
from evaluation.results import RESULTS, read_json
from evaluation.retrieval import ablation
from evaluation.retrieval.measures import Mean, Share, score
from evaluation.retrieval.records import Asked, load_results
from evaluation.retrieval.score import aspect_confusion, by, by_age, out_of_scope
from evaluation.retrieval.sweep import sweep
from evaluation.scenarios import score as life_events
from evaluation.scenarios.score import LifeEvents
from evaluation.statements import score as facts
from evaluation.statements.records import Told, load_told
from evaluation.tables import Table
from evaluation.voices import score as voices
from evaluation.wrongs import score as wrongs
from evaluation.wrongs.score import Wrongs
from knowledge_base.search.calibration import load_calibration

REPORT = RESULTS / "report.html"
STYLE = (Path(__file__).parent / "report.css").read_text("utf-8")


@dataclass(frozen=True)
class Results:
    split: Split
    asked: Sequence[Asked]
    told: Sequence[Told]
    dialogues: Sequence[Judged]
    over_wechat: Sequence[Judged]
    """The bookings among them, at that door."""
    lived: LifeEvents
    nlu: dict[str, Any] | None
    load: dict[str, Any] | None
    scale: dict[str, Any] | None = None
    peers: dict[str, Any] | None = None
    ablation: dict[str, Any] | None = None
    voices: dict[str, Any] | None = None
    wrongs: Wrongs = field(default_factory=lambda: Wrongs(()))

    @property
    def bars(self) -> list[Bar]:
        return bars(score(self.asked), self.dialogues, self.over_wechat, self.lived, talks_met(self.split))


def gather(split: Split) -> Results:
    return Results(
        split=split,
        asked=load_results(split),
        told=load_told(split),
        dialogues=judge(load_dialogues(), load_played()),
        over_wechat=judge(load_dialogues(*BOOKINGS), load_played(WECHAT_PATH)) if WECHAT_PATH.is_file() else (),
        lived=life_events.load_life_events(),
        nlu=read_json(compare.RESULT),
        load=read_json(bench.RESULT),
        scale=read_json(scale.RESULT),
        peers=read_json(peers.RESULT),
        ablation=read_json(ablation.RESULT),
        voices=read_json(voices.RESULT),
        wrongs=wrongs.load_read(),
    )


def printed(results: Results) -> str:
    tables = [
        bar_table(results.bars),
        _figures(results),
        by_age(results.asked),
        _facts(results),
        labels_table(),
        letters_table(results.split),
        _failures(results.dialogues),
        _failures(results.over_wechat),
        talks_table(results.split),
        life_events.figures_table(results.lived),
        results.lived.answers.table,
        life_events.talks_table(results.lived),
        wrongs.figures_table(results.wrongs),
    ]
    if results.voices:
        tables.append(voices.table(results.voices))
    return "\n\n".join(map(str, tables))


def write_report(results: Results) -> Path:
    figures.prepare_fonts()
    title = f"Wenban evaluation: {len(results.asked)} questions ({results.split}), {len(results.dialogues)} dialogues"
    page = "\n".join(_sections(results))
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head><body><main><h1>{escape(title)}</h1>\n{page}\n</main></body></html>\n",
        "utf-8",
    )
    return REPORT


def _sections(results: Results) -> Iterable[str]:
    calibration = load_calibration()
    themes = by(results.asked, "theme", lambda asked: asked.theme)
    styles = by(results.asked, "style", lambda asked: asked.style)
    yield bar_table(results.bars).html
    yield _figures(results).html
    yield by_age(results.asked).html
    yield f"<h2>By theme</h2>{_image(figures.accuracy_bars(themes), 'Accuracy by theme')}{themes.html}"
    yield f"<h2>By style</h2>{_image(figures.accuracy_bars(styles), 'Accuracy by style')}{styles.html}"
    yield f"<h2>Facts</h2><p>Questions that one sentence answers: was it told?</p>{_facts(results).html}"
    yield facts.by(results.told, "theme", lambda told: told.theme).html
    yield facts.by(results.told, "style", lambda told: told.question.style).html
    yield f"<h2>Letters</h2><p>Of real citizens, labelled by two.</p>{labels_table().html}"
    yield letters_table(results.split).html
    yield f"<h2>Out of scope</h2>{out_of_scope(results.asked).html}"
    points = sweep(results.asked, calibration)
    yield "<h2>Other thresholds</h2><p>What the search alone would have decided; fitted on the dev questions only.</p>"
    yield _image(figures.sweep_lines(points, calibration.answer_floor), "Shares by answer floor")
    best = best_hits(results.asked)
    bins = reliability(best)
    yield "<h2>Coverage and false answers</h2><p>If all above a floor of the likelihood were answered.</p>"
    yield _image(figures.coverage_lines(coverage(best)), "Wrong answers by answered questions")
    yield coverage_table(best).html
    yield "<h2>Reliability</h2><p>Is a hit of likelihood 0.8 right in eight of ten questions? Out of scope none is.</p>"
    yield _image(figures.reliability_dots(bins), "Share right by likelihood")
    yield reliability_table(bins).html
    yield "<h2>Aspects</h2><p>Where the right guide answers; an acceptable aspect counts as the one meant.</p>"
    yield _image(figures.confusion_map(aspect_confusion(results.asked)), "Aspects meant and answered")
    yield f"<h2>Dialogues</h2>{_failures(results.dialogues).html}"
    yield f"<h2>Bookings over WeChat</h2>{_failures(results.over_wechat).html}"
    yield talks_table(results.split).html
    yield f"<h2>Life events</h2>{life_events.figures_table(results.lived).html}"
    yield results.lived.answers.table.html
    yield life_events.talks_table(results.lived).html
    yield f"<h2>Help to break the law</h2>{wrongs.figures_table(results.wrongs).html}"
    if results.peers:
        yield f"<h2>Peers</h2>{peers.peer_table(results.peers).html}{peers.style_table(results.peers).html}"
        yield "".join(f"<p>{escape(line)}</p>" for line in peers.missing(results.peers))
    if results.ablation:
        yield f"<h2>Parts left out</h2>{ablation.ablation_table(results.ablation).html}"
    if results.voices:
        yield f"<h2>Misheard and mistyped</h2>{voices.table(results.voices).html}"
    if results.nlu:
        yield f"<h2>Intent classifiers</h2>{compare.table(results.nlu).html}"
    if results.load:
        yield f"<h2>Load</h2>{_image(figures.latency_bars(results.load), 'Messages a second and latency')}"
        yield "".join(f"<p>{escape(line)}</p>" for line in bench.summary(results.load))
        yield bench.block_table(results.load).html
    if curve := (results.load or {}).get("overload"):
        yield f"<h2>Overload</h2>{_image(figures.overload_curve(curve), 'Answers and latency by visitors at once')}"
        yield overload.step_table(curve).html
    if results.scale:
        yield f"<h2>Growth</h2>{_image(figures.growth_lines(results.scale['grown']), 'Work and memory by documents')}"
        yield "".join(table(results.scale).html for table in scale.TABLES)


def _figures(results: Results) -> Table:
    return _measures("Questions", vars(score(results.asked)))


def _facts(results: Results) -> Table:
    return _measures("Questions that one fact answers", vars(facts.score(results.told)))


def _measures(title: str, measured: Mapping[str, Share | Mean]) -> Table:
    rows = tuple(
        (name.replace("_", " "), str(each), each.interval.spelled(3 if isinstance(each, Mean) else 1))
        for name, each in measured.items()
    )
    return Table(title, ("measure", "share", "95 %"), rows)


def _failures(dialogues: Sequence[Judged]) -> Table:
    rows = tuple((each.id, each.title, str(miss)) for each in dialogues if not each.passed for miss in each.misses)
    passed = sum(each.passed for each in dialogues)
    return Table(f"{passed} of {len(dialogues)} dialogues passed; the others", ("id", "dialogue", "turn"), rows)


def _image(svg: str, alt: str) -> str:
    encoded = base64.b64encode(svg.encode()).decode("ascii")
    return f'<img alt="{escape(alt)}" src="data:image/svg+xml;base64,{encoded}">'


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--split", choices=["dev", "test"], default="test")
    results = gather(options.parse_args().split)
    print(printed(results))
    print(f"\n{write_report(results)}")


if __name__ == "__main__":
    main()
