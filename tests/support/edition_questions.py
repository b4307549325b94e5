"""What the static edition is asked, in a browser and without one, and answers as the app does."""

from __future__ import annotations

from biocarto.query.filters import Filters

QUERIES = (
    "cell", "gene", "viral", "virus", "phase", "paris",
    "genethon", "GÉNÉTHON", "yposk", "dnascript", "dna-script", "eg427", "sanofi", "ipsen", "evry", "essonne", "villejuif",
    "genopole", "incubator", "phages", "phage", "ARN", "RNA", "car-t", "biorad", "microbiote", "microbiome", "bioproduction",
    "biomanufacturing", "macrophages", "u1204", "75013", "xylophone", "the", "日本語", "constructor", "toString",
)  # fmt: skip
PHRASES = (
    "thérapie génique", "gene therapies", "vecteurs viraux", "viral vectors", "institut de la vision", "la thérapie génique en Essonne",
    "paris 13", "Paris 13eme", "poly theragene", "sanofi vitry", "l'ARN", "centres de recherche Paris", "incubateurs Villejuif", "St cloud",
    "the hive", "  thérapie   cellulaire ", "CRO", "façonnier", "VIH", "", "é " * 300, "ﬁbrose œil",
)  # fmt: skip
TYPING_ERRORS = (
    "genetohn", "yposkezi", "ipsenn", "microbiotte", "bacteriofages", "thérapi génique", "villejiuf", "oncolitique", "vectuers",
)  # fmt: skip

STATES = (
    Filters(),
    Filters(kind=("company",)),
    Filters(kind=("company", "incubator"), department=("91",)),
    Filters(category=("bioproduction",), modality=("gene_therapy", "cell_therapy")),
    Filters(status=("dated",)),
    Filters(status=("present", "dated"), founded=("2020-",)),
    Filters(source_year=("-2014",)),
    Filters(source_year=("2021", "unknown"), precision=("campus",)),
    Filters(site=("genopole",), q="thérapie"),
    Filters(q="vecteurs viraux", kind=("company",)),
    Filters(q="xylophone"),
    Filters(department=("75",), category=("techproviders",), modality=("phage",)),
)
"""Each is another selection than the one before."""

UNKNOWN_STATES = (Filters(status=("historic",)), Filters(status=("active", "historic"), founded=("2020-",)), Filters(kind=("constructor",)))
"""States with values that no facet has (any more): an address drops them, a selection that is given them finds nothing there."""
