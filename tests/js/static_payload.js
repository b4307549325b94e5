/** A small document of the static edition: the actors of the search cases at three places, three facets, and its search. */
import { ActorSearch } from "../../src/biocarto/build/static_edition/page/search.js";
import { readSearchCases } from "./read_cases.js";

/**
 * @import { ActorsPayload, TourPayload } from "../../src/biocarto/maps/frontend/types/payloads"
 * @import { Facet, Payload, Rows, Texts } from "../../src/biocarto/build/static_edition/page/payload.js"
 */

const { actors, order, index } = readSearchCases();

/** @type {Rows} */
export const ROWS = {
  ids: actors.map(({ id }) => id),
  names: actors.map(({ name }) => name),
  place: [0, 0, 1, 2, 2, 2],
  group: [0, 1, 0, 0, 1, 0],
  kind: ["company", "company", "company", "company", "hospital", "company"],
  apart: [0, 0, 0, 1, 0, 0],
  organisation: [0, 0, 1, 2, 3, 4],
  order,
  redirects: { gencell: "genethon" },
};

/**
 * @param {string[]} codes
 * @param {number[][]} held
 * @returns {Facet}
 */
const makeFacet = (codes, held) => ({ label: "A facet", codes, labels: codes, ranks: codes.map(() => 0), held });

const GROUPS = ["biotherapies", "bioproduction"].map((label) => ({ label, shape: "circle", light: "#000", dark: "#fff" }));
/* Of what Python writes, what these modules read. */
const LAYER = /** @type {ActorsPayload} */ ({ groups: GROUPS });
const TOUR = /** @type {TourPayload} */ ({ stages: [{ id: "stage-1" }, { id: "stage-2" }] });

/** @type {Texts} */
const TEXTS = {
  sites: ["site affiché", "sites affichés"],
  kinds: { company: ["entreprise", "entreprises"], hospital: ["hôpital", "hôpitaux"], cluster: ["pôle", "pôles"] },
  actorSites: ["site d'acteur", "sites d'acteurs"],
  of: "sur",
  and: "et",
  placeNotes: {},
  unknownDistrict: "{place}, arrondissement inconnu",
  remove: "Retirer",
  wholeList: "Toute la liste",
  outside: "Hors de la sélection",
  unknown: "Inconnu : {values}",
};

/** @type {Payload} */
export const PAYLOAD = {
  lang: "fr",
  files: { fr: "index.html", en: "en.html" },
  texts: TEXTS,
  maps: {},
  tour: TOUR,
  clusterStages: { medicen: "stage-2" },
  actors: LAYER,
  choropleths: {},
  territories: {},
  groups: ["biotherapies", "bioproduction"],
  places: [
    ["site-genopole", "Genopole", 4862000, 244000, "campus"],
    ["commune-94028", "Créteil", 4879000, 245500, "address"],
    ["commune-75056", "Paris $& {place}", null, null, "area"],
  ],
  rows: ROWS,
  facets: {
    kind: makeFacet(["company", "hospital"], [[0], [0], [0], [0], [1], [0]]),
    status: makeFacet(["dated", "present"], [[1], [1], [1], [0], [1], [1]]),
    source_year: makeFacet(["-2014", "2024", "2025"], [[2], [2], [1], [0], [1], []]),
  },
  counted: "present",
  old: "-2014",
  search: index,
};

export const SEARCH = new ActorSearch(index, ROWS);
