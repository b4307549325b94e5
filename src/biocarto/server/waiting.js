/* A page whose WebSocket never speaks stays grey for ever: after a while it says what is blocked, whom to ask, and what works without. */
(() => {
  /**
   * What is said in one language: its code, a title, and lines.
   * @typedef {[lang: string, title: string, ...lines: string[]]} Words
   */

  const PATIENCE = 12000;
  const ID = "biocarto-waiting";
  const Native = window.WebSocket;
  let hasSpoken = false;

  /* Streamlit opens the one WebSocket of the page: it is listened to, nothing of it is changed. */
  window.WebSocket = class extends Native {
    /** @param {ConstructorParameters<typeof WebSocket>} given */
    constructor(...given) {
      super(...given);
      this.addEventListener("message", () => {
        hasSpoken = true;
        document.getElementById(ID)?.remove();
      });
    }
  };

  /**
   * @param {string} host
   * @returns {Words[]}
   */
  const describeBlocked = (host) => [
    ["fr", "La page ne peut pas s’afficher ici",
      `Le serveur répond, mais la connexion WebSocket vers ${host} est bloquée, sans doute par un proxy ou un pare-feu.`,
      `À demander à votre service informatique : autoriser WebSocket (l’adresse _stcore/stream) vers ${host}.`,
      "Sans attendre : demandez à l’exploitant de ce site l’édition statique, un dossier qui s’ouvre sans serveur."],
    ["en", "The page cannot be shown here",
      `The server answers, but the WebSocket connection to ${host} is blocked, probably by a proxy or a firewall.`,
      `Ask your IT department to allow WebSocket (the address _stcore/stream) to ${host}.`,
      "Meanwhile: ask whoever runs this site for the static edition, a folder that opens without a server."],
  ];

  /**
   * @param {string} host
   * @returns {Words[]}
   */
  const describeSilent = (host) => [
    ["fr", "Le serveur ne répond pas", `${host} n’a rien envoyé depuis l’ouverture de la page.`,
      "Vérifiez votre connexion, puis rechargez la page ; si cela revient, dites-le à l’exploitant de ce site."],
    ["en", "The server does not answer", `${host} has sent nothing since the page was opened.`,
      "Check your connection, then reload the page; if it comes back, tell whoever runs this site."],
  ];

  /** @param {Words} words */
  const makePart = ([lang, title, ...lines]) => {
    const part = document.createElement("section");
    part.lang = lang;
    const strong = document.createElement("strong");
    strong.textContent = title;
    part.append(strong, ...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
    return part;
  };

  /** @param {Words[]} texts */
  const showWords = (texts) => {
    const box = document.createElement("div");
    box.id = ID;
    box.setAttribute("role", "alert");
    box.style.cssText = "position:fixed;inset:auto 0 0 0;z-index:1000000;padding:1.5rem;background:#fff;color:#1a1a1a;" +
      "border-top:4px solid #b3261e;font:16px/1.5 system-ui,sans-serif;max-height:90vh;overflow:auto";
    box.append(...texts.map(makePart));
    document.body.append(box);
  };

  const look = async () => {
    if (hasSpoken) return;
    const answers = await fetch("./_stcore/health", { cache: "no-store" }).then((answer) => answer.ok, () => false);
    if (!hasSpoken) showWords((answers ? describeBlocked : describeSilent)(window.location.host));
  };
  setTimeout(look, PATIENCE);
})();
