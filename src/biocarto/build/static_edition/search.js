/* Static edition, search: the index that Python built, asked in the same way (src/biocarto/query/search.py says why). */
(() => {
  "use strict";
  const Edition = window.Edition;
  const index = Edition.data.search;
  const words = index.words.split(" ");
  const silent = new Set(index.silent);
  const size = Edition.data.rows.ids.length;
  const [EXACT, JOINED, ALSO, BEGINS, ERROR] = [100, 95, 90, 80, 70];
  const SPELLED = { st: "saint", ste: "sainte" };

  /** The words of a text for comparing: no accents, case, ligatures, hyphens or apostrophes, "St" as saint. */
  const fold = (text) => {
    const letters = text.normalize("NFKD").toLowerCase().replace(/\p{Mn}/gu, "").replace(/ß/g, "ss").replace(/œ/g, "oe").replace(/æ/g, "ae");
    return (letters.match(/[a-z0-9]+/g) || []).map((word) => SPELLED[word] || word);
  };

  /** A folded word without the marks of plural, and French or English ending. */
  const stem = (word) => {
    const ordinal = /^(\d{1,2})(?:e|er|ere|eme|ieme)$/.exec(word);
    if (ordinal) return ordinal[1];
    if (word.length < 4 || /\d/.test(word)) return word;
    if (word.endsWith("aux") && !word.endsWith("eaux")) return `${word.slice(0, -3)}al`;
    const plural = /(?:eux|eaux)$/.test(word) || (word.endsWith("s") && !"isu".includes(word.at(-2)));
    const single = plural ? word.slice(0, -1) : word;
    return single.endsWith("y") ? `${single.slice(0, -1)}ie` : single;
  };

  /** Number of the first word that is not before `word`. */
  const place = (word) => {
    let [low, high] = [0, words.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (words[middle] < word) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const itself = (word) => (words[place(word)] === word ? [place(word)] : []);
  const beginning = (word) => {
    const [first, end] = [place(word), place(`${word}~`)];
    return Array.from({ length: end - first }, (_, i) => first + i);
  };

  /** Letters to add, drop, change or swap (each once) between two words; more than `most` counts as most + 1. */
  const distance = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let [before, last] = [null, Array.from({ length: b.length + 1 }, (_, j) => j)];
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      [before, last] = [last, row];
    }
    return last[b.length];
  };

  /* A match is [number of a word, quality, smallest weight of a field in which it counts]. */
  const asWritten = (word, joined) => [
    ...itself(word).map((n) => [n, EXACT, 0]),
    ...joined.flatMap(itself).map((n) => [n, JOINED, 0]),
    ...(Object.hasOwn(index.also, word) ? index.also[word] : []).flatMap(itself).map((n) => [n, ALSO, 0]),
  ];
  const longer = (typed, beside) => {
    if (typed.length < (beside ? 4 : 3)) return [];
    const floor = beside && typed.length < 6 ? index.nameWeight : 0;
    const starts = new Set(beside ? [typed] : [typed, stem(typed)]);
    return [...starts].flatMap(beginning).map((n) => [n, BEGINS, floor]);
  };
  const mistyped = (word) => {
    if (word.length < 5 || /\d/.test(word)) return [];
    const most = word.length < 8 ? 1 : 2;
    const near = beginning(word[0]).map((n) => [n, distance(word, words[n], most)]).filter(([, errors]) => errors <= most);
    near.sort((a, b) => a[1] - b[1] || a[0] - b[0]);
    return near.slice(0, 20).map(([n, errors]) => [n, ERROR - 10 * (errors - 1), 0]);
  };
  const matches = (typed, joined) => {
    const exact = asWritten(stem(typed), joined);
    const found = [...exact, ...longer(typed, exact.length > 0)];
    return found.length ? found : mistyped(stem(typed));
  };

  /** Per row the best that a word reaches; 0 where it is not found. */
  const wordScores = (found) => {
    const scores = new Float64Array(size);
    for (const [n, quality, floor] of found) {
      for (let i = index.starts[n]; i < index.starts[n + 1]; i++) {
        if (index.weights[i] >= floor) scores[index.rows[i]] = Math.max(scores[index.rows[i]], quality * index.weights[i]);
      }
    }
    return scores;
  };

  /** One line of a search, without control characters, as the address holds it. */
  Edition.asked = (text) => {
    const readable = [...text].filter((c) => /\s/.test(c) || !/\p{C}/u.test(c)).join("");
    return [...readable.split(/\s+/).filter(Boolean).join(" ")].slice(0, index.longest).join("").trim();
  };

  /** Per row the mean over the words, at most 100; 0 where one of them is missing. */
  Edition.scores = (text) => {
    const folded = fold([...text].slice(0, index.longest).join(""));
    const typed = folded.slice(0, index.mostWords);
    const meant = typed.filter((word) => !silent.has(word));
    const looked = meant.length ? meant : typed;
    const found = new Float64Array(size);
    if (!looked.length) return found;
    const pairs = looked.slice(1).map((word, i) => stem(looked[i] + word));
    const each = looked.map((word, i) => wordScores(matches(word, pairs.slice(Math.max(i - 1, 0), i + 1))));
    for (let row = 0; row < size; row++) {
      if (each.every((scores) => scores[row] > 0)) found[row] = each.reduce((sum, scores) => sum + scores[row], 0) / each.length;
    }
    const named = folded.join(" ");
    if (Object.hasOwn(index.names, named)) index.names[named].forEach((row) => (found[row] = 100));
    return found;
  };

  /** Rows that answer, best first, then by name. */
  Edition.find = (text) => {
    const scores = Edition.scores(text);
    const { order } = Edition.data.rows;
    return [...scores.keys()].filter((row) => scores[row] > 0).sort((a, b) => scores[b] - scores[a] || order[a] - order[b]);
  };
})();
