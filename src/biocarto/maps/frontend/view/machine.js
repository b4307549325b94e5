/**
 * The map's view: where it looks, and what its address and its server know of that. All that happens goes through `next`, which is
 * pure: it reads no clock, no map and no address, and says in effects what the runner has to do. The newest act wins: a move of the
 * visitor, a step back, another question.
 */

/**
 * A corner, south-west or north-east, and two of them.
 * @typedef {readonly [number, number]} Corner
 * @typedef {readonly [Corner, Corner]} Corners
 * Latitude, longitude, zoom.
 * @typedef {readonly [number, number, number]} Viewpoint
 * Where the map looks until its visitor moves it: the bounds of the page, other bounds (`wide`: with room for names; `named`: for one,
 * above them), a point, or the scale that compared maps share.
 * @typedef {{ kind: "page" } | { kind: "peers" } | { kind: "bounds", bounds: Corners, wide?: boolean, named?: boolean } | { kind: "point", at: Viewpoint }} Aim
 */

/**
 * @typedef {object} ViewState
 * @property {Aim} aim where the map looks, as long as its visitor has not moved it
 * @property {Aim} home where "reset view" leads
 * @property {boolean} free its visitor has moved it: it no longer follows its aim
 * @property {boolean} moving a move of the visitor is under way
 * @property {boolean} listening a layer is there that takes to the server what is told
 * @property {number | null} turn the last turn of the server, null before its first answer
 * @property {string} question what the server's last answer was about, "" for everything
 * @property {Corners | null} found what answers it
 * @property {string} told the view that was last told, "" for none
 * @property {number} toldAt when it was told, in milliseconds
 * @property {"" | "seen" | "none" | "again"} due what is to be told when the timer runs out: what is seen, no view, the told one again
 * @property {{ choices: string | null, at: number } | null} tap a tap whose answer is not in the address yet
 * @property {{ wait: "move" | "answer" | "overtaken", at: number, resend: boolean } | null} step a step back that is not done with
 * @property {boolean} leads its visitor touched this one of the compared maps last
 */

/**
 * What is true when something happens: milliseconds, the view that is seen, the one that the address asks for and this map can show,
 * whether the address says any, and all else that it says (null where it cannot be read).
 * @typedef {{ now: number, seen: string, asked: Viewpoint | null, says: boolean, choices: string | null }} Facts
 */

/**
 * @typedef {{ type: "moveStarted" | "moveEnded" | "moved" | "roomChanged" | "resetPressed" | "tapped" | "stepped" | "timedOut" | "touched" | "left" }} PlainEvent
 * @typedef {{ type: "answered", view: Viewpoint | null, turn: number, question: string, found: Corners | null }} Answered
 * @typedef {{ type: "aimed", aim: Aim, home?: Aim }} Aimed
 * @typedef {{ type: "peerMoved", offset: Offset | null }} PeerMoved
 * @typedef {PlainEvent | Answered | Aimed | PeerMoved} ViewEvent
 */

/**
 * How far a map is from home: pixels of zoom 0, and zoom levels.
 * @typedef {{ x: number, y: number, zoom: number }} Offset
 * @typedef {{ do: "fit", aim: Aim } | { do: "wait", ms: number } | { do: "calm" } | { do: "tell", text: string }
 *   | { do: "follow", offset: Offset } | { do: "lead" } | { do: "lead home" }} Effect
 * @typedef {[ViewState, Effect[]]} Step
 */

/** A view is told when the map has been at rest for so long (milliseconds). */
export const REST = 500;
/** streamlit-folium sends what it was last told a quarter of a second later: of two things told within it, one is lost. */
export const CLOSE = 300;
/** How long the server may take to answer a tap, or a step, before the map goes on without. */
export const LATE = 5000;

/** @type {ViewState} */
export const START = {
  aim: { kind: "page" },
  home: { kind: "page" },
  free: false,
  moving: false,
  listening: false,
  turn: null,
  question: "",
  found: null,
  told: "",
  toldAt: Number.NEGATIVE_INFINITY,
  due: "",
  tap: null,
  step: null,
  leads: false,
};

/**
 * A view as the address writes it.
 * @param {Viewpoint} view
 */
export const writeView = ([lat, lng, zoom]) => `${lat.toFixed(4)},${lng.toFixed(4)},${Number(zoom.toFixed(2))}`;

/** @type {(state: ViewState, effects?: Effect[]) => Step} */
const stay = (state, effects = []) => [state, effects];

/** Look somewhere else than before; what was to be told of the view before is told no more. @type {(state: ViewState, aim: Aim) => Step} */
const goTo = (state, aim) => [{ ...state, aim, free: false, moving: false, due: "" }, [{ do: "calm" }, { do: "fit", aim }]];

/** Where a view, or none, leads: without one to what is found, or home. @type {(state: ViewState, view: Viewpoint | null) => Step} */
const goToView = (state, view) => {
  const aim = /** @type {Aim} */ (view ? { kind: "point", at: view } : aimAtFound(state));
  return goTo({ ...state, told: view ? writeView(view) : "" }, aim);
};

/** @type {(state: ViewState) => Aim} */
const aimAtFound = ({ found, home }) => (found ? { kind: "bounds", bounds: found } : home);

/** Whether what was told may not have left the browser yet. @type {(state: ViewState, now: number) => boolean} */
const isSending = ({ toldAt }, now) => now - toldAt < CLOSE;

/**
 * What is told goes with the address that Streamlit has: before the server's answer to a tap is in it, the tap would be undone.
 * @type {(state: ViewState, facts: Facts) => boolean}
 */
const awaitsTap = ({ tap }, { now, choices }) => tap !== null && choices !== null && choices === tap.choices && now < tap.at + LATE;

/** @type {(step: Step, then: (state: ViewState) => Step) => Step} */
const and = ([state, effects], then) => {
  const [last, more] = then(state);
  return [last, [...effects, ...more]];
};

/** Tell what is due, or wait until a tap is answered. @type {(state: ViewState, facts: Facts) => Step} */
const tellDue = (state, facts) => {
  if (!state.due) return stay(state);
  if (awaitsTap(state, facts)) return stay(state, [{ do: "wait", ms: REST }]);
  const text = { seen: facts.seen, none: "", again: state.told }[state.due];
  /* A step back from home has put a view into the address. */
  const known = text === state.told && state.due !== "again" && !(state.due === "none" && facts.says);
  const quiet = /** @type {ViewState} */ ({ ...state, due: "", tap: null });
  return known ? stay(quiet, [{ do: "calm" }]) : tellNow(quiet, text, facts);
};

/** @type {(state: ViewState, text: string, facts: Facts) => Step} */
const tellNow = (state, text, { now }) => stay({ ...state, told: text, toldAt: now }, [{ do: "calm" }, { do: "tell", text }]);

/** The view of the address is that of a step back, and the server may be about to get another one. @type {(state: ViewState, facts: Facts, resend: boolean) => Step} */
const followStep = (state, facts, resend) => {
  const gone = goToView({ ...state, step: { wait: "answer", at: facts.now, resend: false } }, facts.asked);
  return resend ? and(gone, (now) => tellNow(now, now.told, facts)) : gone;
};

/** A visitor has acted after a step back that is not done with. @type {(step: ViewState["step"]) => ViewState["step"]} */
const overtake = (step) => step && { ...step, wait: "overtaken" };

/**
 * Where an answer leads: where the address says, when something else than this map has changed it; else, when the question has changed,
 * to what was found. A visitor who moves the map at that very moment, or has moved it since a step back, keeps it. A map made anew may
 * find the view of the question before in the address.
 * @type {(before: ViewState, state: ViewState, event: Answered, facts: Facts) => Step}
 */
const followAnswer = (before, state, { view, question, found }, facts) => {
  const first = before.turn === null;
  if (before.turn !== state.turn && (view || !first)) return isOvertaken(before, facts) ? stay(state) : goToView(state, view);
  const changed = question !== before.question || (first && facts.asked !== null);
  const leads = changed && !before.moving && (found !== null || question === "");
  return leads ? goToFound(state, facts) : stay(state);
};

/** @type {(state: ViewState, facts: Facts) => boolean} */
const isOvertaken = ({ step }, { now }) => step !== null && step.wait === "overtaken" && now < step.at + LATE;

/** The view of another question is none of this one: the address forgets it. @type {(state: ViewState, facts: Facts) => Step} */
const goToFound = (state, facts) => {
  const gone = goTo(state, aimAtFound(state));
  if (!state.told && !facts.says) return gone;
  const due = state.told ? "none" : "again";
  return and(gone, (now) => tellDue({ ...now, due }, facts));
};

/** @type {{ [type in PlainEvent["type"]]: (state: ViewState, facts: Facts) => Step }} */
const PLAIN = {
  moveStarted: (state) => stay({ ...state, free: true, moving: true, step: state.step?.wait === "move" ? state.step : overtake(state.step) }),

  moveEnded: (state, facts) => {
    const still = { ...state, moving: false };
    if (state.step && state.step.wait === "move") return followStep(still, facts, state.step.resend);
    return state.free && state.listening ? stay({ ...still, due: "seen" }, [{ do: "wait", ms: REST }]) : stay(still);
  },

  moved: (state) => stay(state, state.leads && state.home.kind === "peers" ? [{ do: "lead" }] : []),

  /* The frame has another size, or the legend leaves other room. */
  roomChanged: (state) => stay(state, state.free ? [] : [{ do: "fit", aim: state.aim }]),

  resetPressed: (state, facts) => {
    const gone = goTo({ ...state, step: overtake(state.step) }, state.home);
    if (state.home.kind === "peers") return and(gone, (now) => stay(now, [{ do: "lead home" }]));
    return state.listening ? and(gone, (now) => tellDue({ ...now, due: "none" }, facts)) : gone;
  },

  /* A tap close to a view that was told, or is about to be: say the view again when the tap has gone. */
  tapped: (state, { now, choices }) => {
    const after = { ...state, tap: { choices, at: now } };
    if (!state.due && !isSending(state, now)) return stay(after);
    return stay({ ...after, due: state.due || "again" }, [{ do: "wait", ms: REST }]);
  },

  /* A step back during a move or right after it: the view of the step holds, not the one that is about to be told, or to be sent. */
  stepped: (state, facts) => {
    if (!state.listening) return stay(state);
    const resend = isSending(state, facts.now);
    const tap = state.tap && !resend ? { ...state.tap, choices: facts.choices } : null;
    const awaiting = { ...state, step: { wait: /** @type {const} */ ("answer"), at: facts.now, resend } };
    if (state.moving) return stay({ ...awaiting, tap, due: "", step: { ...awaiting.step, wait: "move" } }, [{ do: "calm" }]);
    return state.due || resend ? followStep({ ...state, tap }, facts, resend) : stay(awaiting);
  },

  timedOut: tellDue,

  touched: (state) => stay({ ...state, leads: true }),

  /* The layer that took what is told has gone, and no other has come. */
  left: (state) => stay({ ...state, listening: false, due: "" }, [{ do: "calm" }]),
};

/**
 * What follows from an event.
 * @param {ViewState} state
 * @param {ViewEvent} event
 * @param {Facts} facts
 * @returns {Step}
 */
export const next = (state, event, facts) => {
  if (event.type === "answered") {
    const { turn, question, found } = event;
    /* The same turn answers something else than a step; one that waits for the end of a move still has to lead there. */
    const step = turn === state.turn || state.step?.wait === "move" ? state.step : null;
    const heard = { ...state, listening: true, turn, question, found, step };
    return followAnswer(state, heard, event, facts);
  }
  if (event.type === "aimed") return goTo({ ...state, home: event.home ?? state.home, leads: false }, event.aim);
  if (event.type === "peerMoved") {
    if (!event.offset) return goTo({ ...state, leads: false }, state.home);
    return stay({ ...state, leads: false, free: true }, [{ do: "follow", offset: event.offset }]);
  }
  return PLAIN[event.type](state, facts);
};
