"""What RGAA asks of a document and axe-core does not look at, or reports as minor: each fault with the number of its criterion."""

from __future__ import annotations

from playwright.sync_api import Frame, Page

_FIND = r"""isPage => {
    const faults = [];
    const all = selector => [...document.querySelectorAll(selector)];
    const seen = node => node.checkVisibility({ visibilityProperty: true });
    const hidden = node => node.closest("[aria-hidden=true]") !== null;
    const told = node => seen(node) && !hidden(node);
    const cut = node => typeof node === "string" ? node : node.outerHTML.replace(/\s+/g, " ").slice(0, 160);
    const fault = (criterion, nodes) => nodes.forEach(node => faults.push(`${criterion}: ${cut(node)}`));
    const named = node => Boolean(node.getAttribute("aria-label")?.trim() || node.getAttribute("aria-labelledby") || node.title);
    const words = node => (node.textContent ?? "").trim();
    const count = selector => all(selector).filter(seen).length;

    // Images: a text in their place, or kept from readers. A drawing whose parts are links is a group of links with a name.
    const isImage = node => /^(img|group)$/.test(node.getAttribute("role") ?? "") && named(node);
    fault("1.1", all("img:not([alt])"));
    fault("1.1", all("svg").filter(node => told(node) && !isImage(node)));
    fault("1.1", all("area, input[type=image]").filter(node => told(node) && !named(node)));
    fault("1.9", all("figure").filter(node => !named(node)));
    fault("2.1", all("iframe, frame").filter(node => !node.title.trim()));
    fault("4.1", all("audio, video, object, embed, bgsound"));

    // Tables: a title that belongs to them, headers that say what they head.
    const tables = all("table").filter(node => !node.closest("canvas"));
    const holder = "[role=region][aria-label], [role=group][aria-label]";
    fault("5.1", all(":is(td, th):is([colspan]:not([colspan='1']), [rowspan]:not([rowspan='1']))"));
    fault("5.4", tables.filter(node => !node.caption && !named(node) && !node.closest(holder)));
    fault("5.6", tables.filter(node => !node.querySelector("th")));
    fault("5.7", tables.flatMap(node => [...node.querySelectorAll("th:not([scope])")]));
    fault("5.8", all("table:is([role=presentation], [role=none]) :is(th, caption)"));
    fault("6.2", all("a[href]").filter(node => seen(node) && !words(node) && !named(node) && !node.querySelector("img[alt]")));

    // The document: its type, its language, its title; no name twice, nothing where it may not stand.
    if (document.doctype?.name !== "html") faults.push("8.1: no document type");
    if (!/^(fr|en)$/.test(document.documentElement.lang)) faults.push(`8.3: lang ${document.documentElement.lang}`);
    if (isPage && !document.title.includes("BioCarto")) faults.push(`8.5: title ${document.title}`);
    const ids = all("[id]").map(node => node.id);
    fault("8.2", [...new Set(ids.filter((id, place) => ids.indexOf(id) !== place))].map(id => `the id ${id} twice`));
    fault("8.2", all("a a, a button, button a, button button, form form, p :is(p, div, ul, ol, dl, table, h1, h2, h3), h1 h2"));
    fault("8.2", all("ul > :not(li, script, template), dl > :not(dt, dd, div, script, template)"));
    const refers = ["aria-labelledby", "aria-describedby"];
    const leadsNowhere = id => id && !document.getElementById(id);
    fault("8.2", all("[aria-labelledby], [aria-describedby]").filter(node =>
        refers.some(name => (node.getAttribute(name) ?? "").split(/\s+/).some(leadsNowhere))));
    fault("8.9", all("basefont, big, blink, center, font, marquee, s, strike, tt, u"));
    fault("8.10", all("bdo, [dir=rtl]"));
    fault("9.3", all("li").filter(node => !node.parentElement?.matches("ul, ol, menu, [role=list]")));
    fault("10.1", all("[align], [bgcolor], [cellpadding], [cellspacing], [hspace], [vspace], [background], body[text], body[link]"));
    const fields = "input:not([type=hidden], [type=submit], [type=button]), select, textarea";
    fault("11.1", all(fields).filter(node => told(node) && !named(node) && !node.labels?.length));
    fault("13.1", all("meta[http-equiv=refresh]"));
    fault("12.8", all("[tabindex]").filter(node => node.tabIndex > 0));
    if (!isPage) return faults;

    // A page: its outline, its regions, the way past them. The stand, one screen after the other, has its content alone.
    const headings = all("h1, h2, h3, h4, h5, h6, [role=heading]").filter(told);
    const levels = headings.map(node => Number(node.getAttribute("aria-level") ?? node.tagName[1]));
    if (levels[0] !== 1 || levels.filter(level => level === 1).length !== 1) faults.push(`9.1: one h1, and first: ${levels}`);
    levels.forEach((level, place) => place && level > levels[place - 1] + 1 && fault("9.1", [headings[place]]));
    fault("9.1", headings.filter(node => !words(node)));
    if (count("main, [role=main]") !== 1) faults.push("9.2: one main");
    if (location.pathname.endsWith("/stand")) return faults;
    if (!count("header, [role=banner]")) faults.push("9.2: no header");
    // On a phone a button with a name opens it.
    const ways = "nav[aria-label], [role=navigation][aria-label], [data-testid=stExpandSidebarButton][aria-label]";
    if (!count(ways)) faults.push("9.2: no navigation with a name");
    if (count("footer, [role=contentinfo]") !== 1) faults.push("9.2: one footer");
    const first = all("a[href], button, input").find(node => node.tabIndex >= 0 && node.checkVisibility());
    const target = first?.getAttribute("href")?.match(/^#(.+)/)?.[1];
    if (!target || !document.getElementById(target)) faults.push(`12.7: no link past the navigation, but ${first && cut(first)}`);
    return faults;
}"""


def find_faults(frame: Frame) -> list[str]:
    """The faults of one document; its frames are documents of their own."""
    faults: list[str] = frame.evaluate(_FIND, frame.parent_frame is None)
    return faults


def expect_rgaa(page: Page) -> None:
    """No fault in the page, nor in any map of it that is shown."""
    faults = [fault for frame in page.frames for fault in find_faults(frame)]
    assert faults == [], faults


_WIDEN = """([size, spacing]) => {
    const main = document.querySelector("[data-testid=stMain]");
    const hides = (side) => side === "hidden" || side === "clip";
    const isCut = (node) => {
        const { overflowX, overflowY, textOverflow, clipPath, position } = getComputedStyle(node);
        const isUnseen = clipPath !== "none" || node.closest(".bc-unseen, canvas") || !node.checkVisibility({ visibilityProperty: true });
        return !isUnseen && ((hides(overflowX) && textOverflow !== "ellipsis" && node.scrollWidth > node.clientWidth + 1)
            || (hides(overflowY) && node.scrollHeight > node.clientHeight + 3 && position !== "absolute"));
    };
    const texts = [...main.querySelectorAll("p, li, h1, h2, h3, dd, dt, td, th, button, a, summary, label")];
    const before = new Set(texts.filter(isCut));
    const sheet = new CSSStyleSheet();
    const apart = "p:not(button p) { margin-bottom: 2em !important; }";
    const wide = "line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;";
    sheet.replaceSync(`:root { font-size: ${size}% !important; } ${spacing ? `* { ${wide} } ${apart}` : ""}`);
    document.adoptedStyleSheets = [sheet];
    const beyond = [document.documentElement, main].map((node) => node.scrollWidth - node.clientWidth).filter((by) => by > 0);
    const cut = texts.filter((node) => isCut(node) && !before.has(node)).map((node) =>
        `${node.clientWidth}x${node.clientHeight} for ${node.scrollWidth}x${node.scrollHeight}: ${node.outerHTML.slice(0, 120)}`);
    document.adoptedStyleSheets = [];
    return [...beyond.map((by) => `${by} px beyond`), ...cut];
}"""


def expect_room_for_text(page: Page, size: int = 100, *, spacing: bool = False) -> None:
    """With letters of `size` percent, or with the wide spacing of WCAG 1.4.12, no text is cut off and the page scrolls one way only."""
    cut = page.evaluate(_WIDEN, [size, spacing])
    assert cut == [], cut
