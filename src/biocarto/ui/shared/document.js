/* The document's language and title, and the language in its address. */

/** @import { ComponentArgs } from "./component.d.ts" */

/** @param {ComponentArgs<{ lang: string, title: string, inAddress: boolean }>} args */
export default function ({ data }) {
  const { lang, title, inAddress } = data;
  document.documentElement.lang = lang;
  document.title = title;
  const address = new URL(window.location.href);
  if (inAddress && address.searchParams.get("lang") !== lang) {
    address.searchParams.set("lang", lang);
    window.history.replaceState(window.history.state, "", address);
  }
}
