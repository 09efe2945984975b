"""The network of actors: the same answers from both libraries, at each run, whatever the order of the ties."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accords import network
from accords.communities import _pieces, communities, modularity
from accords.language import Words
from accords.measures import Raw, Skeleton, betweenness, ranked, sample
from accords.network import Tie, measure
from accords.ties import projected

ALWAYS = 10**9
HOSTILE = ("<a & 'b'>\"", "]]>", "\x00\x1b[31m", "\u202eesrever", "=1+1", "é\u0301𝒳", "\udcff", "a\nb", "")

letters = st.sampled_from("abcdefghij")
ties = st.lists(
    st.builds(Tie, letters, letters, st.sampled_from(["k", "l"]), st.sampled_from(["", "x", "y"]))
)


def skeletons(size: int = 14) -> st.SearchStrategy[Skeleton]:
    """Return any network of up to so many nodes."""

    def linked(count: int) -> st.SearchStrategy[Skeleton]:
        weights = st.dictionaries(
            st.sampled_from(list(combinations(range(count), 2)) or [(0, 0)]), st.integers(1, 5)
        )
        return weights.map(
            lambda found: Skeleton(
                count, tuple((*pair, found[pair]) for pair in sorted(found) if pair != (0, 0))
            )
        )

    return st.integers(1, size).flatmap(linked)


def drawn(size: int, links: int, seed: int) -> Skeleton:
    """Return a network drawn at random."""
    rng = random.Random(seed)  # noqa: S311  # a draw, no secret
    pairs = sorted({tuple(sorted(rng.sample(range(size), 2))) for _ in range(links)})
    return Skeleton(size, tuple((one, other, rng.randint(1, 5)) for one, other in pairs))


def graph_of(skeleton: Skeleton) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(range(skeleton.size))
    graph.add_weighted_edges_from(skeleton.links)
    return graph


def chain(names: str, kind: str = "agreements") -> list[Tie]:
    """Return ties from each letter to the next."""
    return [Tie(one, other, kind, f"{one}{other}") for one, other in pairwise(names)]


# --- From ties to links


def test_parallel_ties_are_one_link_whose_weight_counts_things_once() -> None:
    found = projected(
        [
            Tie("b", "a", "agreements", "x", ("e2",)),
            Tie("a", "b", "agreements", "x", ("e1",)),
            Tie("a", "b", "committees", "y", ("e1",)),
        ]
    )
    (link,) = found.links
    assert (link.source, link.target, link.weight) == ("a", "b", 2)
    assert link.things == ("x", "y")
    assert link.kinds == ("agreements", "committees")
    assert link.excerpts == ("e1", "e2")


def test_ties_that_name_no_thing_count_once_for_each_kind() -> None:
    found = projected([Tie("a", "b", "k"), Tie("b", "a", "k"), Tie("a", "b", "l")])
    assert [link.weight for link in found.links] == [2]


def test_a_unit_becomes_its_institution_however_far_up() -> None:
    units = [("desk", "branch"), ("branch", "operator")]
    found = projected([Tie("desk", "x", "k"), Tie("branch", "y", "k")], units=units)
    assert found.actors == ("operator", "x", "y")
    assert found.stands_for["operator"] == ("branch", "desk")


def test_a_unit_becomes_the_successor_of_its_institution() -> None:
    found = projected([Tie("branch", "x", "k")], units=[("branch", "old")], successors=[("old", "new")])
    assert found.actors == ("new", "x")


def test_a_tie_of_an_actor_with_itself_is_counted_and_its_actor_stays() -> None:
    found = projected([Tie("branch", "operator", "k"), Tie("a", "a", "k")], units=[("branch", "operator")])
    assert (found.actors, found.links, found.loops) == (("a", "operator"), (), 2)


def test_an_actor_with_several_successors_stays_what_it_is() -> None:
    found = projected([Tie("old", "x", "k")], successors=[("old", "new"), ("old", "newer")])
    assert (found.actors, found.undecided) == (("old", "x"), ("old",))


def test_successions_that_turn_in_circles_end() -> None:
    found = projected(
        [Tie("a", "x", "k"), Tie("c", "x", "k")], successors=[("a", "b"), ("b", "c"), ("c", "b")]
    )
    assert found.actors == ("b", "x")


@given(ties, st.randoms())
def test_the_order_of_ties_and_the_way_they_are_written_change_nothing(
    given_ties: list[Tie], rng: random.Random
) -> None:
    turned = [replace(tie, source=tie.target, target=tie.source) for tie in given_ties]
    rng.shuffle(turned)
    assert measure(turned, {}) == measure(given_ties, {})


@given(ties)
def test_without_merging_the_network_keeps_every_actor(given_ties: list[Tie]) -> None:
    found = measure(given_ties, {})
    assert [node.iri for node in found.nodes] == sorted(
        {end for tie in given_ties for end in (tie.source, tie.target)}
    )
    assert sum(len(node.stands_for) for node in found.nodes) == len(found.nodes)


# --- Measures


def test_what_holds_a_network_together_is_named() -> None:
    found = measure([*chain("abca"), *chain("cd"), *chain("defd")], {})
    assert [node.iri for node in found.nodes if node.is_cut] == ["c", "d"]
    assert [(edge.source, edge.target) for edge in found.edges if edge.is_bridge] == [("c", "d")]
    assert {node.iri: node.community for node in found.nodes} == dict(
        zip("abcdef", [1, 1, 1, 2, 2, 2], strict=True)
    )


def test_two_ties_between_two_actors_are_still_one_bridge() -> None:
    found = measure([Tie("a", "b", "k", "x"), Tie("a", "b", "k", "y")], {})
    assert [edge.is_bridge for edge in found.edges] == [True]


def test_weights_do_not_bend_shortest_paths() -> None:
    light = measure(chain("abcd"), {})
    heavy = measure([*chain("abcd"), Tie("a", "b", "k", "z")], {})
    assert [node.betweenness for node in light.nodes] == [node.betweenness for node in heavy.nodes]


def test_a_network_without_ties_is_empty() -> None:
    found = measure([], {})
    assert (found.nodes, found.edges, found.components, found.communities, found.modularity) == (
        (),
        (),
        0,
        0,
        0,
    )


def test_a_label_that_is_not_known_is_the_iri() -> None:
    found = measure(chain("ab"), {"a": Words("Un", "One")})
    assert [node.label.to("en") for node in found.nodes] == ["One", "b"]


@given(skeletons())
def test_betweenness_is_that_of_networkx(skeleton: Skeleton) -> None:
    ours = betweenness(network.measured(skeleton, None), None)
    assert ours == pytest.approx(
        [nx.betweenness_centrality(graph_of(skeleton))[node] for node in range(skeleton.size)]
    )


@given(skeletons())
def test_counting_paths_from_every_node_is_counting_them_all(skeleton: Skeleton) -> None:
    every = tuple(range(skeleton.size))
    assert betweenness(network.measured(skeleton, every), every) == betweenness(
        network.measured(skeleton, None), None
    )


def test_a_sample_of_paths_comes_close() -> None:
    skeleton = drawn(400, 1200, seed=3)
    sources = sample(skeleton, exact=1, seed=1)
    assert sources is not None
    assert len(sources) == 100
    guessed = betweenness(network.measured(skeleton, sources), sources)
    known = betweenness(network.measured(skeleton, None), None)
    assert max(abs(one - other) for one, other in zip(guessed, known, strict=True)) < 0.01


def test_sampling_begins_beyond_the_limit_and_is_said() -> None:
    many = [Tie(f"{one:03}", f"{(one * 7 + 1) % 300:03}", "k") for one in range(300)]
    assert measure(many, {}).sources is None
    assert measure(many, {}, exact=1).sources == 100
    assert measure(many, {}, exact=1, seed=2) != measure(many, {}, exact=1, seed=1)


def test_groups_are_numbered_by_size_then_by_their_first_node() -> None:
    assert ranked([5, 5, 9, 9, 9, 2]) == (2, 2, 1, 1, 1, 3)


# --- Both libraries


def same(skeleton: Skeleton, sources: tuple[int, ...] | None) -> None:
    """Assert that both libraries give the same answers."""
    large = pytest.importorskip("accords.network_large", reason="igraph is an extra: pip install igraph")
    ours, theirs = (
        canonical(engine(skeleton, sources), sources) for engine in (network.measured, large.measured)
    )
    assert ours == theirs


def canonical(raw: Raw, sources: tuple[int, ...] | None) -> Raw:
    return replace(raw, components=ranked(raw.components), paths=betweenness(raw, sources))


@given(skeletons(), st.data())
def test_both_libraries_give_the_same_answers(skeleton: Skeleton, data: st.DataObject) -> None:
    same(skeleton, None)
    if skeleton.size > 1:
        nodes = st.lists(st.integers(0, skeleton.size - 1), min_size=2, unique=True)
        same(skeleton, tuple(sorted(data.draw(nodes))))


@pytest.mark.parametrize("seed", range(6))
def test_both_libraries_give_the_same_answers_on_larger_networks(seed: int) -> None:
    skeleton = drawn(150, 60 + 120 * seed, seed)
    same(skeleton, None)
    same(skeleton, tuple(range(0, 150, 9)))


def test_the_whole_network_is_the_same_with_either_library() -> None:
    pytest.importorskip("igraph", reason="igraph is an extra: pip install igraph")
    rng = random.Random(5)  # noqa: S311  # a draw, no secret
    many = [Tie(str(rng.randrange(120)), str(rng.randrange(120)), "k", f"x{one}") for one in range(400)]
    small, large = measure(many, {}, large=ALWAYS), measure(many, {}, large=0)
    assert small == large
    assert network.graphml(small, "fr") == network.graphml(large, "fr")


# --- Communities


def planted(groups: int, members: int, seed: int) -> Skeleton:
    """Return a network of dense groups with few links between them."""
    rng = random.Random(seed)  # noqa: S311  # a draw, no secret
    pairs = combinations(range(groups * members), 2)
    kept = [
        (one, other, 1)
        for one, other in pairs
        if rng.random() < (0.6 if one // members == other // members else 0.02)
    ]
    return Skeleton(groups * members, tuple(kept))


@pytest.mark.parametrize("seed", range(3))
def test_groups_that_are_there_are_found_as_by_both_libraries(seed: int) -> None:
    skeleton = planted(6, 15, seed)
    ours = ranked(communities(skeleton.size, skeleton.links, seed=1))
    assert ours == ranked([node // 15 for node in range(90)])
    theirs = nx.community.louvain_communities(graph_of(skeleton), seed=1)
    assert ours == ranked(
        [next(number for number, part in enumerate(theirs) if node in part) for node in range(90)]
    )
    igraph = pytest.importorskip("igraph")
    graph = igraph.Graph(n=90, edges=[link[:2] for link in skeleton.links])
    assert ours == ranked(graph.community_multilevel().membership)


@pytest.mark.parametrize("seed", range(4))
def test_communities_are_no_worse_than_those_of_networkx(seed: int) -> None:
    skeleton = drawn(200, 700, seed)
    ours = modularity(skeleton.links, communities(skeleton.size, skeleton.links, seed=1))
    parts = nx.community.louvain_communities(graph_of(skeleton), seed=1)
    theirs = nx.community.modularity(graph_of(skeleton), parts)
    assert ours > theirs - 0.01


@given(skeletons())
def test_modularity_is_that_of_networkx(skeleton: Skeleton) -> None:
    labels = communities(skeleton.size, skeleton.links, seed=1)
    parts = [{node for node, found in enumerate(labels) if found == label} for label in sorted(set(labels))]
    if skeleton.links:
        expected = nx.community.modularity(graph_of(skeleton), parts)
        assert modularity(skeleton.links, labels) == pytest.approx(expected)


@given(skeletons(), st.integers(0, 3))
def test_each_community_hangs_together_and_no_node_gains_by_moving(skeleton: Skeleton, seed: int) -> None:
    labels = communities(skeleton.size, skeleton.links, seed=seed)
    graph = graph_of(skeleton)
    for label in set(labels):
        members = [node for node, found in enumerate(labels) if found == label]
        assert nx.is_connected(graph.subgraph(members))
    reached = modularity(skeleton.links, labels)
    for node in range(skeleton.size):
        for other in graph[node]:
            moved = [*labels]
            moved[node] = labels[other]
            assert modularity(skeleton.links, moved) <= reached + 1e-12


def test_a_community_in_several_pieces_becomes_several() -> None:
    neighbours = [[(1, 1)], [(0, 1), (2, 1)], [(1, 1)]]
    assert _pieces(neighbours, [7, 8, 7]) == [0, 1, 2]


# --- Files for other tools


def hostile() -> network.Network:
    names = [f"http://example.org/{number}" for number in range(len(HOSTILE))]
    labels = {name: Words(said, said) for name, said in zip(names, HOSTILE, strict=True)}
    return measure([Tie(one, other, "k", "x") for one, other in pairwise(names)], labels)


def test_graphml_reads_back_the_same() -> None:
    found = measure([*chain("abca"), *chain("cd")], {"a": Words("Un", "One")})
    read = nx.parse_graphml(network.graphml(found, "en"))
    assert dict(read.nodes["a"])["label"] == "One"
    assert [read.nodes[node.iri]["articulation_point"] for node in found.nodes] == [
        node.is_cut for node in found.nodes
    ]
    assert {tuple(sorted(pair)) for pair in read.edges} == {
        (edge.source, edge.target) for edge in found.edges
    }
    assert [read.edges[edge.source, edge.target]["bridge"] for edge in found.edges] == [
        edge.is_bridge for edge in found.edges
    ]


def test_gexf_reads_back_the_same_and_bears_no_day(tmp_path_factory: pytest.TempPathFactory) -> None:
    found = measure([*chain("abca"), *chain("cd")], {})
    text = network.gexf(found, "fr")
    assert "lastmodified" not in text
    path = tmp_path_factory.mktemp("gexf") / "network.gexf"
    path.write_text(text, encoding="utf-8")
    read = nx.read_gexf(path)
    assert sorted(read.nodes) == [node.iri for node in found.nodes]
    assert len(read.edges) == len(found.edges)


@pytest.mark.parametrize("write", [network.graphml, network.gexf])
def test_hostile_labels_leave_the_xml_well_formed(write: object) -> None:
    assert callable(write)
    ET.fromstring(write(hostile(), "fr"))  # noqa: S314  # our own
