"""The network of actors as text, tables, JSON and picture: safe, the same at each run, read without colour."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
import subprocess
import sys
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accords.language import LANGUAGES, Language, Words
from accords.measures import SEED
from accords.network import Network, Tie, View, measure
from accords.render import network as render
from accords.render import network_data, picture
from accords.render.layout import _lowered, layout

VIEW = View({"agreements": Words("accord", "agreement"), "committees": Words("comité", "committee")})
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "<script>alert(1)</script>",
    "\" onload='x'",
    "]]>&amp;",
    "\x00\x1b[31m",
    "\u202eesrever",
    "=HYPERLINK(1)",
    "+1+1",
    "@x",
    "é\u0301𝒳日本語の名前がとても長い場合",
    "\udcff",
    "two\nlines",
    "",
    "x" * 500,
)


def two_groups() -> Network:
    """Return two triangles held together by one link, and a pair apart."""
    named = {letter: Words(f"Acteur {letter}", f"Actor {letter}") for letter in "abcdefgh"}
    pairs = ["ab", "bc", "ca", "cd", "de", "ef", "fd", "gh"]
    ties = [Tie(pair[0], pair[1], "agreements", pair) for pair in pairs]
    return measure([*ties, Tie("a", "b", "committees", "z"), Tie("a", "a", "committees", "y")], named)


def many(actors: int, links: int, seed: int = 4) -> Network:
    rng = random.Random(seed)  # noqa: S311  # a draw, no secret
    names = [f"n{number:03}" for number in range(actors)]
    labels = {name: Words(f"Direction régionale du service {name}", name) for name in names}
    ties = [Tie(rng.choice(names), rng.choice(names), "k", f"x{number}") for number in range(links)]
    return measure([*(Tie(name, name, "k") for name in names), *ties], labels)


def hostile() -> Network:
    names = [f"http://example.org/{number}" for number in range(len(HOSTILE))]
    labels = {name: Words(said, said) for name, said in zip(names, HOSTILE, strict=True)}
    return measure([Tie(one, other, "=k", "x") for one, other in pairwise(names)], labels)


def short(iri: str) -> str:
    return f"act:{iri}"


def text(network: Network, language: Language, *, most: int, view: View = VIEW, width: int = 100) -> str:
    return render.text(network, language, view=view, most=most, short=short, width=width)


# --- Text


def test_the_most_linked_come_first_and_what_is_left_out_is_said() -> None:
    lines = text(two_groups(), "en", most=2).splitlines()
    assert lines[0] == "Network of actors: 8 actors, 8 links, 2 components, 3 communities"
    assert [line.split("  ")[-1] for line in lines[4:6]] == ["Actor c (act:c)", "Actor d (act:d)"]
    assert "… and 6 more (list all: --most 0)" in lines
    assert "Left out: 1 link of an actor with itself." in lines


def test_articulation_points_and_bridges_are_marked_and_explained() -> None:
    told = text(two_groups(), "fr", most=0)
    assert re.search(r"\*  Acteur c \(act:c\)$", told, re.MULTILINE)
    assert re.search(r"1  accord +\*  Acteur c \(act:c\) – Acteur d \(act:d\)$", told, re.MULTILINE)
    assert "point d'articulation : sans cet acteur" in told
    assert "0,286" in told


def test_kinds_of_ties_are_told_in_the_readers_language() -> None:
    french, english = (text(two_groups(), language, most=0) for language in LANGUAGES)
    assert french.splitlines()[1] == "Ce qui lie les acteurs : accord, comité."
    assert english.splitlines()[1] == "What ties actors: agreement, committee."
    assert re.search(r"^ +2  accord, comité  +Acteur a", french, re.MULTILINE)
    assert re.search(r"^ +2  agreement, committee  +Actor a", english, re.MULTILINE)
    titles = {language: picture.svg(two_groups(), language, view=VIEW) for language in LANGUAGES}
    assert "<title>Acteur a – Acteur b : 2 (accord, comité)</title>" in titles["fr"]
    assert "<title>Actor a – Actor b: 2 (agreement, committee)</title>" in titles["en"]


def test_what_was_merged_is_said_and_what_could_be_is_offered() -> None:
    kinds = VIEW.kinds
    plain = text(two_groups(), "fr", most=0, view=View(kinds, units=1, replaced=2))
    assert plain.endswith(
        "1 acteur est un service d'un autre : voir --roll-up.\n"
        "2 acteurs ont été remplacés par d'autres : voir --succession.\n"
    )
    assert "ramenés" not in plain
    merged = text(two_groups(), "en", most=0, view=View(kinds, roll_up=True, succession=True))
    assert "units rolled up to their institution; replaced actors merged into their successor." in " ".join(
        merged.split()
    )
    assert "--roll-up" not in merged
    assert "--succession" not in merged


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_text_keeps_to_the_terminal_and_loses_no_letter(language: Language, width: int) -> None:
    names = [f"http://example.org/{number}" for number in range(3)]
    long = ("Direction régionale de l'emploi et du port", "x" * 150, "Un")
    labels = {name: Words(said, said) for name, said in zip(names, long, strict=True)}
    ties = [Tie(one, other, "agreements", "t") for one, other in pairwise(names)]
    view = View(VIEW.kinds, roll_up=True, replaced=2)
    said = text(measure(ties, labels), language, most=0, view=view, width=width)
    assert max(map(len, said.splitlines())) <= width
    assert "…" not in said
    letters = "".join(said.split())
    for label in long:
        assert letters.count("".join(label.split())) >= 2
    for head in ("intermédiarité", "composante") if language == "fr" else ("betweenness", "component"):
        assert head in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_network_is_said_in_one_line_and_a_few_notes(language: Language) -> None:
    lines = text(measure([], {}), language, most=0).splitlines()
    assert len(lines) == 5
    assert "0" in lines[0]


def test_a_sample_and_actors_left_undecided_are_said() -> None:
    ties = [Tie(f"{one:03}", f"{one + 1:03}", "k") for one in range(150)]
    found = measure(ties, {}, exact=1, successors=[("000", "x"), ("000", "y")])
    told = text(found, "en", most=5)
    assert f"paths counted from 100 actors drawn at random (seed {SEED})" in told
    assert "Several institutions or successors, hence left as they are: act:000." in told


def test_no_label_breaks_a_line_of_text() -> None:
    for line in text(hostile(), "fr", most=0).splitlines():
        assert line.isprintable()


# --- Tables and JSON


def test_cells_that_look_like_formulas_are_neutral() -> None:
    for table in (network_data.nodes_csv(hostile(), "fr"), network_data.edges_csv(hostile())):
        for row in csv.reader(io.StringIO(table, newline="")):
            assert not [cell for cell in row if cell.startswith(("=", "+", "@", "\t", "\r"))]


def test_the_tables_hold_every_actor_and_every_link() -> None:
    found = two_groups()
    nodes = list(csv.DictReader(io.StringIO(network_data.nodes_csv(found, "en"), newline="")))
    edges = list(csv.DictReader(io.StringIO(network_data.edges_csv(found), newline="")))
    assert tuple(nodes[0]) == network_data.NODE_COLUMNS
    assert tuple(edges[0]) == network_data.EDGE_COLUMNS
    assert [row["label"] for row in nodes] == [f"Actor {letter}" for letter in "abcdefgh"]
    assert edges[0] == {
        "source": "a", "target": "b", "weight": "2", "bridge": "false", "kinds": "agreements committees",
        "things": "ab z", "excerpts": "",
    }  # fmt: skip


def test_node_link_json_reads_back_the_same() -> None:
    found = two_groups()
    read = nx.node_link_graph(json.loads(network_data.as_json(found, "fr", VIEW)), edges="edges")
    assert [read.nodes[node.iri]["betweenness"] for node in found.nodes] == [
        node.betweenness for node in found.nodes
    ]
    assert [read.edges[edge.source, edge.target]["weight"] for edge in found.edges] == [
        edge.weight for edge in found.edges
    ]


# --- The picture


def drawn(network: Network, language: Language = "fr", **options: int) -> ET.Element:
    return ET.fromstring(picture.svg(network, language, view=VIEW, **options))  # noqa: S314  # our own


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "Réseau des acteurs : 8 acteurs"), ("en", "Network of actors: 8 actors")]
)
def test_the_picture_has_a_title_and_a_description_in_the_readers_language(
    language: Language, said: str
) -> None:
    svg = drawn(two_groups(), language)
    title, desc = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert (title.text or "").startswith(said)
    assert desc.text
    assert svg.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert svg.get("lang") == language


def test_the_picture_tells_bridges_and_articulation_points_without_colour() -> None:
    svg = drawn(two_groups())
    dashed = [line for line in svg.findall(f"{SVG}line") if line.get("stroke-dasharray")]
    assert len(dashed) == 3  # two bridges, and the legend
    doubled = [group for group in svg.findall(f"{SVG}g") if len(shapes(group)) == 2]
    assert [title_of(group).split(" ; ")[0] for group in doubled] == ["Acteur c", "Acteur d"]


def shapes(group: ET.Element) -> list[ET.Element]:
    return [part for part in group if part.tag in {f"{SVG}circle", f"{SVG}polygon"}]


def title_of(group: ET.Element) -> str:
    return group.findtext(f"{SVG}title") or ""


def test_no_colour_carries_meaning() -> None:
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', picture.svg(many(60, 60), "fr", view=VIEW)))
    assert colours <= {"white", "black", "#888888", "url(#stripes)", "url(#dots)"}


def test_twenty_four_communities_have_signs_of_their_own() -> None:
    pairs = [Tie(f"{number:02}a", f"{number:02}b", "k") for number in range(24)]
    signs = {
        (outline(part), part.get("fill"))
        for group in drawn(measure(pairs, {})).findall(f"{SVG}g")
        for part in shapes(group)
    }
    assert len(signs) == 24


def outline(part: ET.Element) -> tuple[tuple[int, int], ...]:
    """Return the corners of a shape, from its middle, roughly; none for a circle."""
    corners = [tuple(map(float, corner.split(","))) for corner in (part.get("points") or "").split()]
    middle = [sum(corner[axis] for corner in corners) / max(1, len(corners)) for axis in (0, 1)]
    return tuple((round((x - middle[0]) / 3), round((y - middle[1]) / 3)) for x, y in corners)


def test_beyond_the_limit_the_most_linked_are_drawn_and_the_picture_says_so() -> None:
    network = many(90, 150)
    svg = drawn(network, "en", most=20)
    assert len(svg.findall(f"{SVG}g")) == 20
    assert "Drawn: the 20 actors most linked of 90" in (svg.findtext(f"{SVG}desc") or "")
    assert len(drawn(network, "en", most=0).findall(f"{SVG}g")) == 90


def test_hostile_labels_stay_text() -> None:
    svg = drawn(hostile())
    assert {part.tag.removeprefix(SVG) for part in svg.iter()} <= {
        "svg", "title", "desc", "rect", "defs", "pattern", "circle", "polygon", "text", "line", "g",
    }  # fmt: skip
    assert not [
        name for part in svg.iter() for name in part.attrib if name.startswith("on") or "href" in name
    ]


@pytest.mark.parametrize("network", [measure([], {}), measure([Tie("a", "a", "k")], {})], ids=["none", "one"])
def test_the_smallest_networks_have_a_picture(network: Network) -> None:
    assert len(drawn(network).findall(f"{SVG}g")) == len(network.nodes)


def test_labels_do_not_overlap() -> None:
    places = [label_boxes(group) for group in drawn(many(60, 140), most=0).findall(f"{SVG}g")]
    for one, other in combinations(places, 2):
        assert not [1 for box in one for beside in other if overlap(box, beside)]


def label_boxes(group: ET.Element) -> list[tuple[float, float, float, float]]:
    """Return the room of each line of a label: its sides, with letters of ordinary width."""
    found = []
    for line in group.findall(f"{SVG}text"):
        x, y, wide = float(line.get("x", 0)), float(line.get("y", 0)), 3.5 * len(line.text or "")
        found.append((x - wide, y - 9, x + wide, y + 2))
    return found


def overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@given(
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11))), st.integers(10, 200), st.integers(10, 200)
)
def test_boxes_never_overlap(pairs: list[tuple[int, int]], width: int, height: int) -> None:
    linked = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    boxes = [(float(width), float(height))] * 12
    placed = layout(boxes, linked)
    for (x, y), (other_x, other_y) in combinations(placed.centres, 2):
        assert abs(x - other_x) >= width - 0.01 or abs(y - other_y) >= height - 0.01
    for x, y in placed.centres:
        assert width / 2 - 0.01 <= x <= placed.width - width / 2 + 0.01
        assert height / 2 - 0.01 <= y <= placed.height - height / 2 + 0.01


def test_boxes_that_pushing_does_not_part_go_down() -> None:
    places = _lowered([[0.0, 0.0] for _ in range(30)], [(50.0, 20.0)] * 30)
    heights = sorted(y for _, y in places)
    assert all(below - above >= 20 for above, below in pairwise(heights))


def test_a_star_has_its_centre_in_the_middle() -> None:
    placed = layout([(40.0, 20.0)] * 9, [(0, leaf) for leaf in range(1, 9)])
    middle = placed.width / 2, placed.height / 2
    nearest = min(
        range(9),
        key=lambda box: abs(placed.centres[box][0] - middle[0]) + abs(placed.centres[box][1] - middle[1]),
    )
    assert nearest == 0


SCRIPT = """
from accords.language import Words
from accords.network import Tie, View, gexf, graphml, measure
from accords.render import network, network_data, picture
ties = [Tie(a, b, kind, a + b) for a in "abcdef" for b in "cdefgh" for kind in {"agreements", "committees"}]
found = measure(ties, {"a": Words("Un", "One")}, units=[("b", "a")])
view = View({"agreements": Words("accord", "agreement")})
print(network.text(found, "fr", view=view, most=0, short=str, width=80))
print(network_data.nodes_csv(found, "fr"), network_data.edges_csv(found), network_data.as_json(found, "fr", view))
print(graphml(found, "fr"), gexf(found, "fr"), picture.svg(found, "fr", view=view))
"""


def test_two_runs_give_the_same_bytes_whatever_the_hash_seed() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            timeout=60,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(outputs) == 1
    assert b"Un" in outputs.pop()
