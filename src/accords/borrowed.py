"""What terms of other vocabularies are called here, in both languages.

`ontology/stubs.ttl` declares them without describing them; a reader still wants to see « concept » and
« sous-classe de » rather than skos:Concept and rdfs:subClassOf. Our own terms have their labels in the graph.

Here also is what the things that point at another one are to it: « Axes » says more of an agreement than « axe de ».
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from .language import Words
from .vocab import DCTERMS, DEF, FOAF, ORG, OWL, RDF, RDFS, SCHEMA, SKOS

if TYPE_CHECKING:
    from .terms import Term

_ELI: Final = "http://data.europa.eu/eli/ontology#"
_VOID: Final = "http://rdfs.org/ns/void#"

_WORDS: Final = {
    # Kinds
    OWL + "Class": Words("classe", "class"),
    OWL + "ObjectProperty": Words("propriété (lien)", "property (link)"),
    OWL + "DatatypeProperty": Words("propriété (donnée)", "property (data)"),
    OWL + "AnnotationProperty": Words("propriété (annotation)", "property (annotation)"),
    OWL + "Ontology": Words("ontologie", "ontology"),
    RDF + "type": Words("nature", "kind"),
    RDF + "Property": Words("propriété", "property"),
    SKOS + "Concept": Words("concept", "concept"),
    SKOS + "ConceptScheme": Words("schéma de concepts", "concept scheme"),
    FOAF + "Person": Words("personne", "person"),
    FOAF + "Document": Words("document", "document"),
    ORG + "Post": Words("poste", "post"),
    ORG + "Role": Words("rôle", "role"),
    ORG + "Membership": Words("mandat", "membership"),
    ORG + "Organization": Words("organisation", "organization"),
    _ELI + "LegalResource": Words("texte juridique", "legal text"),
    # Names and notes, in the order in which a reader wants them
    SKOS + "prefLabel": Words("nom d'usage", "usual name"),
    RDFS + "label": Words("nom", "name"),
    FOAF + "name": Words("nom", "name"),
    DCTERMS + "title": Words("titre", "title"),
    SKOS + "altLabel": Words("autres noms", "other names"),
    SKOS + "hiddenLabel": Words("formes cachées", "hidden forms"),
    SKOS + "notation": Words("code", "code"),
    SKOS + "definition": Words("définition", "definition"),
    SKOS + "scopeNote": Words("note d'emploi", "scope note"),
    SKOS + "example": Words("exemples", "examples"),
    RDFS + "comment": Words("commentaire", "comment"),
    DCTERMS + "description": Words("description", "description"),
    RDFS + "subClassOf": Words("sous-classe de", "subclass of"),
    RDFS + "subPropertyOf": Words("sous-propriété de", "subproperty of"),
    RDFS + "domain": Words("de (domaine)", "from (domain)"),
    RDFS + "range": Words("vers (image)", "to (range)"),
    SCHEMA + "domainIncludes": Words("de (indicatif)", "from (hint)"),
    SCHEMA + "rangeIncludes": Words("vers (indicatif)", "to (hint)"),
    SKOS + "broader": Words("plus général", "broader"),
    SKOS + "narrower": Words("plus précis", "narrower"),
    SKOS + "related": Words("associé à", "related to"),
    SKOS + "inScheme": Words("schéma", "scheme"),
    SKOS + "topConceptOf": Words("au sommet de", "top concept of"),
    SKOS + "hasTopConcept": Words("concepts de tête", "top concepts"),
    SKOS + "exactMatch": Words("équivalent exact", "exact match"),
    SKOS + "closeMatch": Words("équivalent proche", "close match"),
    SKOS + "broadMatch": Words("équivalent plus général", "broader match"),
    FOAF + "focus": Words("désigne", "stands for"),
    ORG + "role": Words("rôle", "role"),
    ORG + "member": Words("titulaire", "holder"),
    ORG + "organization": Words("organisation", "organization"),
    ORG + "postIn": Words("poste de", "post in"),
    ORG + "heldBy": Words("occupé par", "held by"),
    ORG + "unitOf": Words("unité de", "unit of"),
    ORG + "originalOrganization": Words("organisation d'origine", "original organization"),
    ORG + "resultingOrganization": Words("organisation qui en résulte", "resulting organization"),
    DCTERMS + "issued": Words("publié le", "issued"),
    DCTERMS + "created": Words("créé le", "created"),
    DCTERMS + "modified": Words("modifié le", "modified"),
    DCTERMS + "publisher": Words("éditeur", "publisher"),
    DCTERMS + "creator": Words("auteur", "author"),
    DCTERMS + "subject": Words("sujets", "subjects"),
    DCTERMS + "source": Words("source", "source"),
    DCTERMS + "license": Words("licence", "licence"),
    DCTERMS + "isReplacedBy": Words("remplacé par", "replaced by"),
    FOAF + "homepage": Words("site", "home page"),
    FOAF + "page": Words("page", "page"),
    RDFS + "seeAlso": Words("voir aussi", "see also"),
    SKOS + "editorialNote": Words("note", "note"),
    SKOS + "changeNote": Words("changements", "changes"),
    OWL + "versionInfo": Words("version", "version"),
    OWL + "disjointWith": Words("distinct de", "disjoint with"),
    OWL + "deprecated": Words("à ne plus employer", "deprecated"),
    RDFS + "isDefinedBy": Words("défini par", "defined by"),
    # Axioms
    OWL + "inverseOf": Words("inverse de", "inverse of"),
    OWL + "equivalentClass": Words("même classe que", "same class as"),
    OWL + "equivalentProperty": Words("même propriété que", "same property as"),
    OWL + "propertyDisjointWith": Words("jamais en même temps que", "never along with"),
    OWL + "FunctionalProperty": Words("une seule valeur", "one value only"),
    OWL + "TransitiveProperty": Words("transitive", "transitive"),
    OWL + "SymmetricProperty": Words("symétrique", "symmetric"),
    OWL + "AsymmetricProperty": Words("sans retour (asymétrique)", "one way only (asymmetric)"),
    OWL + "IrreflexiveProperty": Words("jamais vers soi (irréflexive)", "never to itself (irreflexive)"),
    SKOS + "narrowMatch": Words("équivalent plus précis", "narrower match"),
    SKOS + "relatedMatch": Words("équivalent associé", "related match"),
}
_RANKS: Final = {iri: rank for rank, iri in enumerate(_WORDS)}

_BACKWARDS: Final = {
    RDF + "type": Words("Fiches de cette classe", "Records of this class"),
    RDFS + "subClassOf": Words("Sous-classes", "Subclasses"),
    RDFS + "subPropertyOf": Words("Sous-propriétés", "Subproperties"),
    RDFS + "domain": Words("Propriétés qui en partent", "Properties that start from it"),
    RDFS + "range": Words("Propriétés qui y mènent", "Properties that lead to it"),
    SCHEMA + "domainIncludes": Words(
        "Propriétés qui en partent (indicatif)", "Properties that start from it (hint)"
    ),
    SCHEMA + "rangeIncludes": Words(
        "Propriétés qui y mènent (indicatif)", "Properties that lead to it (hint)"
    ),
    SKOS + "broader": Words("Concepts plus précis", "Narrower concepts"),
    SKOS + "inScheme": Words("Concepts du schéma", "Concepts of the scheme"),
    SKOS + "topConceptOf": Words("Concepts de tête", "Top concepts"),
    RDFS + "isDefinedBy": Words("Termes définis", "Terms defined"),
    DCTERMS + "isReplacedBy": Words("Remplace", "Replaces"),
    _VOID + "class": Words("Préfixe de l'IRI de ses fiches", "Prefix of the IRIs of its records"),
    DCTERMS + "hasPart": Words("Figure dans", "Listed in"),
    # Our own
    DEF + "concernsAgreement": Words("Événements", "Events"),
    DEF + "partOfSignature": Words("Actes de signature", "Signature acts"),
    DEF + "axisOf": Words("Axes", "Axes"),
    DEF + "underAxis": Words("Engagements", "Commitments"),
    DEF + "mentionOf": Words("Mentions", "Mentions"),
    DEF + "providedForBy": Words("Comités prévus", "Committees provided for"),
    DEF + "countedIn": Words("Nombres déclarés", "Declared numbers"),
    DEF + "succeeds": Words("Accords qui lui succèdent", "Agreements that succeed it"),
    DEF + "renews": Words("Accords qui le renouvellent", "Agreements that renew it"),
    DEF + "hasParty": Words("Accords dont l'acteur est partie", "Agreements that it is a party to"),
    DEF + "hasSupportingActor": Words("Accords appuyés", "Agreements supported"),
    DEF + "responsibleActor": Words("Engagements à sa charge", "Commitments that it answers for"),
    DEF + "contributingActor": Words("Engagements avec son concours", "Commitments that it contributes to"),
    DEF + "onBehalfOf": Words("Signatures en son nom", "Signatures on its behalf"),
    DEF + "signedBy": Words("Actes signés", "Acts signed"),
    DEF + "speaker": Words("Passages dits", "Passages spoken"),
    DEF + "coChairedBy": Words("Comités coprésidés", "Committees co-chaired"),
    DEF + "jurisdiction": Words(
        "Acteurs et comités du ressort", "Actors and committees of this jurisdiction"
    ),
    DEF + "coversTerritory": Words(
        "Accords et engagements du lieu", "Agreements and commitments of the place"
    ),
    DEF + "within": Words("Territoires contenus", "Territories within"),
    DEF + "excerptOf": Words("Extraits", "Excerpts"),
    DEF + "observationOf": Words("Observations", "Observations"),
    DEF + "observedIndicator": Words("Observations", "Observations"),
    DEF + "supportedBy": Words("Ce qui repose dessus", "What rests on it"),
    ORG + "postIn": Words("Postes", "Posts"),
    ORG + "member": Words("Mandats", "Memberships"),
    ORG + "organization": Words("Mandats exercés ici", "Memberships held here"),
    ORG + "heldBy": Words("Postes tenus", "Posts held"),
    ORG + "unitOf": Words("Unités", "Units"),
    DEF + "claimValue": Words("Assertions qui le donnent pour valeur", "Claims that give it as a value"),
}


def called(term: Term) -> Words | None:
    """Return what a term of another vocabulary is called, if we know.

    >>> called(NamedNode(SKOS + "Concept")).fr
    'concept'
    """
    return _WORDS.get(term.value) if isinstance(term, NamedNode) else None


def called_backwards(term: Term) -> Words | None:
    """Return what the things that point at another one by this property are to it, if we know."""
    return _BACKWARDS.get(term.value) if isinstance(term, NamedNode) else None


def rank_backwards(term: Term) -> int:
    """Return the place of what points at a thing by this property; properties without a word come last."""
    places = {iri: place for place, iri in enumerate(_BACKWARDS)}
    return places.get(term.value, len(places)) if isinstance(term, NamedNode) else len(places)


def rank(term: Term) -> int:
    """Return the place of a property among those that a reader wants to see; unknown ones come last."""
    return _RANKS.get(term.value, len(_RANKS)) if isinstance(term, NamedNode) else len(_RANKS)
