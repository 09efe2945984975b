"""Invented names and sentences: a country that is nowhere, in the words of the field."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

_FIRST = (
    "Bar", "Bel", "Bran", "Cal", "Char", "Cour", "Dam", "Dour", "Fal", "Fer", "Gal", "Gram",
    "Lan", "Lour", "Mal", "Mer", "Nor", "Par", "Ram", "Sar", "Tal", "Val", "Ver", "Zan",
)  # fmt: skip
_MIDDLE = (
    "ba",
    "be",
    "bo",
    "da",
    "de",
    "do",
    "ga",
    "la",
    "li",
    "lo",
    "ma",
    "mi",
    "na",
    "no",
    "ri",
    "va",
    "vi",
    "zo",
)
_LAST = ("court", "dac", "fort", "gny", "lieu", "mont", "nay", "rac", "rupt", "sault", "tel", "vaux", "zelle")
_NAMES = len(_FIRST) * len(_MIDDLE) * len(_LAST)
_STRIDE = 1009  # shares no factor with _NAMES, so that neighbours do not sound alike
_GIVEN = (
    "Adèle", "Basile", "Clarisse", "Damien", "Édith", "Fabrice", "Gaëlle", "Hugues", "Inès", "Joël", "Karine",
    "Lucien", "Maëlys", "Noël", "Odile", "Pascal", "Régine", "Sylvain", "Thérèse", "Ulysse", "Violette", "Yves",
)  # fmt: skip

TASKS = (  # the opening of a commitment: a verb in the infinitive, and the same in English
    ("Coordonner", "Coordinate"), ("Créer", "Create"), ("Développer", "Develop"), ("Élargir", "Widen"),
    ("Évaluer", "Assess"), ("Faciliter", "Ease"), ("Ouvrir", "Open"), ("Partager", "Share"), ("Prendre en charge", "Take over"),
    ("Renforcer", "Strengthen"), ("Réunir", "Bring together"), ("Simplifier", "Simplify"), ("Soutenir", "Support"),
    ("Mettre en commun", "Pool"),
)  # fmt: skip
SUBJECTS = (  # what it is about, in both languages, and its theme
    ("le diagnostic des besoins en compétences", "the diagnosis of skills needs", "skills-diagnosis"),
    ("les formations préalables à l'embauche", "pre-hiring training", "pre-hiring-training"),
    ("l'offre de formation du territoire", "the training offer of the territory", "training-offer"),
    ("les visites d'entreprises", "visits to firms", "employer-prospecting"),
    ("les réponses aux employeurs", "answers to employers", "employer-coordination"),
    ("les forums de recrutement", "recruitment fairs", "recruitment-events"),
    ("les données sur l'emploi local", "data on local jobs", "data-sharing"),
    ("l'accompagnement des demandeurs d'emploi", "support for job seekers", "job-seeker-support"),
    ("la levée des freins à l'emploi", "the removal of barriers to work", "barrier-removal"),
    ("les parcours des personnes", "user pathways", "user-pathways"),
    ("l'accueil des publics éloignés", "the reception of people far from employment", "outreach"),
    ("l'information sur les métiers", "information on occupations", "guidance"),
    ("l'attractivité des métiers en tension", "the appeal of shortage occupations", "job-attractiveness"),
    ("la création d'activité", "business creation", "business-creation"),
    ("les essais de solutions nouvelles", "trials of new solutions", "innovation"),
    ("les outils de pilotage", "steering tools", "common-steering-tools"),
    ("la coordination des instances", "the coordination of bodies", "territorial-coordination"),
    ("les savoirs de base", "basic skills", "basic-skills"),
    ("l'alternance", "work-study", "work-study"),
    ("les achats de formation", "purchases of training", "training-purchase"),
)  # fmt: skip
AREAS = (  # axes, in both languages, and their theme
    ("Pilotage commun", "Joint steering", "governance"),
    ("Formation et compétences", "Training and skills", "training"),
    ("Services aux employeurs", "Services to employers", "employer-services"),
    ("Insertion et levée des freins", "Integration and removal of barriers", "integration"),
    ("Orientation et métiers", "Guidance and occupations", "guidance"),
    ("Innovation", "Innovation", "innovation"),
    ("Développement économique", "Economic development", "economic-development"),
)
_OPENINGS = (
    "les signataires conviennent au point", "le texte prévoit au point", "les parties rappellent au point",
    "il est dit au point", "la présente convention précise au point", "le compte rendu relève au point",
)  # fmt: skip
_MATTERS = (
    "que les moyens seront partagés", "que chacun répondra de sa part", "un bilan chaque année devant le comité",
    "la place de chaque acteur", "les publics qui seront suivis", "le calendrier des actions", "les suites à donner",
)  # fmt: skip


def place(number: int) -> str:
    """Return the name of a place, another for each number.

    >>> place(0), place(1), place(_NAMES)
    ('Barbacourt', 'Belgafort', 'Barbacourt-les-1')
    """
    again, rest = divmod(number, _NAMES)
    rest, first = divmod(rest * _STRIDE % _NAMES, len(_FIRST))
    last, middle = divmod(rest, len(_MIDDLE))
    name = _FIRST[first] + _MIDDLE[middle] + _LAST[last]
    return f"{name}-les-{again}" if again else name


def person(rng: Random) -> str:
    """Return the name of a person."""
    return f"{rng.choice(_GIVEN)} {rng.choice(_FIRST)}{rng.choice(_MIDDLE)}{rng.choice(_LAST)}"


def quote(rng: Random, number: int) -> tuple[str, str]:
    """Return the first words of a passage, and its last ones or nothing."""
    start = f"{rng.choice(_OPENINGS)} {number}, {rng.choice(_MATTERS)}"
    return start, f"selon les termes de l'annexe {number}" if rng.random() < 0.6 else ""
