/* Static edition: the address after the `#`, which says all that was chosen, as `#/<page>?<name>=<value>`. */

/**
 * What an address says: the name of a page, and its parameters.
 * @typedef {object} Address
 * @property {string} page
 * @property {URLSearchParams} params
 */

/**
 * Parameter -> its new values; an empty one goes.
 * @typedef {Record<string, string | string[]>} Changes
 */

/**
 * The address of a hash, whatever stands in it.
 * @param {string} hash
 * @returns {Address}
 */
export function parseAddress(hash) {
  const [path, query = ""] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  return { page: path.replace(/\/$/, ""), params: new URLSearchParams(query) };
}

/**
 * A page with parameters, as a hash.
 * @param {Address} address
 * @returns {string}
 */
function joinAddress({ page, params }) {
  const query = params.toString();
  return `#/${page}${query ? `?${query}` : ""}`;
}

/**
 * The hash of an address in the document of a language; French, the usual one, leaves no trace, and neither do empty values.
 * @param {Address} address
 * @param {string} lang
 * @returns {string}
 */
export function writeAddress({ page, params }, lang) {
  const kept = new URLSearchParams([...params].filter(([name, value]) => value !== "" && name !== "lang"));
  if (lang !== "fr") kept.set("lang", lang);
  return joinAddress({ page, params: kept });
}

/**
 * The hash of the same view in another language.
 * @param {Address} address
 * @param {string} lang
 * @returns {string}
 */
export function translateAddress({ page, params }, lang) {
  const kept = new URLSearchParams(params);
  kept.delete("lang");
  if (lang !== "fr") kept.set("lang", lang);
  return joinAddress({ page, params: kept });
}

/**
 * Parameters with some of them changed; those that were there keep their order.
 * @param {URLSearchParams} params
 * @param {Changes} changes
 * @returns {URLSearchParams}
 */
export function changeParams(params, changes) {
  const changed = new URLSearchParams(params);
  for (const [name, value] of Object.entries(changes)) {
    changed.delete(name);
    for (const one of [value].flat()) if (one) changed.append(name, one);
  }
  return changed;
}
