// Les acteurs par département, en JavaScript seul : dans un navigateur, Observable (une cellule) ou Node.js.
const base = "https://biocarto.example";

const answer = await fetch(`${base}/ogc/collections/actors/items?f=json&limit=10000`);
if (!answer.ok) {
  const problem = await answer.json();
  throw new Error(problem.detail_fr);
}
const { features } = await answer.json();

const counts = new Map();
for (const { properties } of features) {
  counts.set(properties.department_name, (counts.get(properties.department_name) ?? 0) + 1);
}
for (const [name, count] of [...counts].sort((one, other) => other[1] - one[1])) {
  console.log(`${name} : ${count}`);
}
