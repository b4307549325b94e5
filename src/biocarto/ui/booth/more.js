/* Where a list goes on below the edge of its box: a round button says so and brings the next part, because a finger sees no scroll bar.
   What a visitor opens is shown from its top. */
const BOXES = ".st-key-booth-side, .st-key-booth-kept, .st-key-booth-heard";
const LOOK = 150;
const SLACK = 2;
/* Of a visit's address, what changes nothing in a box, or only lines of it. */
const ELSEWHERE = ["keep", "lang", "code"];

const store = (window.biocartoMore ??= { timer: 0, room: "" });

const room = () => {
  const params = new URLSearchParams(location.search);
  for (const name of ELSEWHERE) params.delete(name);
  return params.toString();
};
const goesOn = (box) => getComputedStyle(box).overflowY !== "visible" && box.scrollTop + box.clientHeight < box.scrollHeight - SLACK;

const place = (button, box) => {
  const { left, width, bottom } = box.getBoundingClientRect();
  button.style.left = `${left + width / 2}px`;
  button.style.bottom = `${innerHeight - bottom}px`;
};

export default function ({ data, parentElement }) {
  const button = parentElement.querySelector(".more");
  let longer = null;
  button.setAttribute("aria-label", data.label);
  const look = () => {
    const boxes = [...document.querySelectorAll(BOXES)];
    const here = room();
    if (here !== store.room) boxes.forEach((box) => box.scrollTo(0, 0));
    store.room = here;
    boxes.forEach((box) => box.toggleAttribute("data-more", goesOn(box)));
    longer = boxes.find(goesOn) ?? null;
    button.hidden = !longer;
    if (longer) place(button, longer);
  };
  button.onclick = () => {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    longer?.scrollBy({ top: longer.clientHeight * 0.8, behavior: calm ? "instant" : "smooth" });
  };
  document.removeEventListener("scroll", store.look, { capture: true });
  store.look = look;
  document.addEventListener("scroll", look, { capture: true, passive: true });
  clearInterval(store.timer);
  store.timer = setInterval(look, LOOK);
  look();
  return () => {
    clearInterval(store.timer);
    document.removeEventListener("scroll", look, { capture: true });
  };
}
