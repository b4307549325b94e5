"""A sheet of contacts as a pole would have it: title rows, French headers, people among the columns. All is made up but the communes."""

from __future__ import annotations

TITLES = ("Pôle Santé d'exemple – annuaire des adhérents;;;;;;;;;;", "Mise à jour : novembre 2026;;;;;;;;;;")
HEADERS = (
    "Raison sociale",
    "Type",
    "Catégorie",
    "Activité",
    "Adresse",
    "CP",
    "Ville",
    "Site web",
    "Prénom du contact",
    "E-mail",
    "Téléphone",
)
COMMUNES = (
    ("94800", "Villejuif"),
    ("91000", "Évry-Courcouronnes"),
    ("92260", "Fontenay-aux-Roses"),
    ("75013", "Paris 13e"),
    ("78350", "Jouy-en-Josas"),
    ("93230", "Romainville"),
    ("95000", "Cergy"),
    ("77420", "Champs-sur-Marne"),
)
ACTIVITIES = (
    ("Biothérapies", "Thérapie génique de maladies rares, cœur et muscle"),
    ("Bioproduction", "Production à façon de vecteurs viraux"),
    ("Fournisseurs de technologies", "Réacteurs à usage unique"),
)
FIRST = ("Astra", "Boréa", "Célia", "Dovia", "Éloxa", "Farem", "Gaïna", "Hélio", "Irida", "Jovia")
LAST = ("Essai", "Exemple", "Modèle", "Témoin")


def name_contact(number: int) -> str:
    """The name of a company that does not exist."""
    return f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]}"


def list_contacts(count: int = 40) -> list[tuple[str, ...]]:
    """Rows of the sheet; no two have a name in common."""
    rows: list[tuple[str, ...]] = []
    for number in range(count):
        name, (postcode, commune) = name_contact(number), COMMUNES[number % len(COMMUNES)]
        category, activity = ACTIVITIES[number % len(ACTIVITIES)]
        slug = name.lower().replace(" ", "-").translate(str.maketrans("éèïô", "eeio"))
        people = ("Camille", f"contact@{slug}.example", f"01 00 00 00 {number:02}")
        rows.append(
            (name, "Entreprise", category, activity, f"{number + 1} rue de l'Essai", postcode, commune, f"https://{slug}.example", *people)
        )
    return rows


def write_contacts(rows: list[tuple[str, ...]] | None = None) -> bytes:
    """The sheet as Excel of a French machine saves it as CSV: semicolons, Windows-1252."""
    lines = [*TITLES, ";".join(HEADERS), *(";".join(row) for row in (rows if rows is not None else list_contacts()))]
    return ("\r\n".join(lines) + "\r\n").encode("cp1252")
