// The page's ground: data parts, words of the interface, elements, settings that last.
"use strict";
window.JAMKA = (() => {
  const parts = new Map();
  const waiting = new Map();

  /** Data parts call this: each is a script, since a page opened from disk may load nothing else. */
  function register(name, content) {
    parts.set(name, content);
    const waiter = waiting.get(name);
    if (waiter) waiter.resolve(content);
  }

  /** A promise of a data part; the file is asked for once. */
  function load(name) {
    if (parts.has(name)) return Promise.resolve(parts.get(name));
    if (waiting.has(name)) return waiting.get(name).promise;
    const waiter = {};
    waiter.promise = new Promise((resolve, reject) => {
      waiter.resolve = resolve;
      waiter.reject = reject;
    });
    waiting.set(name, waiter);
    const tag = document.createElement("script");
    tag.src = "data/" + name + ".js";
    tag.onerror = () => {
      waiting.delete(name);
      waiter.reject(new Error(t("error.part") + " data/" + name + ".js"));
    };
    document.head.append(tag);
    return waiter.promise;
  }

  /** A data part that the page began with. */
  const part = (name) => parts.get(name);

  const kept = {
    get(name, instead) {
      try {
        return localStorage.getItem("jamka." + name) || instead;
      } catch {
        return instead;
      }
    },
    set(name, value) {
      try {
        localStorage.setItem("jamka." + name, value);
      } catch {
        // A browser that keeps nothing for pages on disk: the setting lasts as long as the page.
      }
    },
  };

  let language = "sv";
  const setLanguage = (chosen) => {
    language = chosen;
    document.documentElement.lang = chosen;
  };

  /** The interface's words for a name, with {fields} filled in. */
  function t(name, fields) {
    let said = part("texts")[language][name];
    if (said === undefined) said = name.slice(name.lastIndexOf(".") + 1).replaceAll("_", " ");
    for (const [key, value] of Object.entries(fields || {})) said = said.replaceAll("{" + key + "}", String(value));
    return said;
  }

  /** The rules that found or mended something, in words; one without words stands as it is. */
  const ruleSaid = (rule) => rule.split("+").map((one) => one.startsWith("modal_") ? t("found_by.modal", { word: one.slice("modal_".length) }) : ["found_by.", "mended_by."].map((group) => group + one).filter(has).map((name) => t(name))[0] || one).join(", ");

  /** Whether the interface has words for a name. */
  const has = (name) => part("texts")[language][name] !== undefined;

  /** The field of a record in the language of the page: sv or en, about_sv or about_en. */
  const inLanguage = (record, prefix = "") => record[prefix + language];

  /** A new element. Text goes in as text only: nothing of a document is ever read as markup. */
  function el(tag, settings, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(settings || {})) {
      if (value === undefined || value === null || value === false) continue;
      if (name === "on") for (const [event, what] of Object.entries(value)) element.addEventListener(event, what);
      else if (name === "class") element.className = value;
      else if (name === "text") element.textContent = value;
      else if (name === "data") for (const [key, said] of Object.entries(value)) element.dataset[key] = said;
      else if (value === true) element.setAttribute(name, "");
      else element.setAttribute(name, String(value));
    }
    for (const child of children.flat(3)) if (child !== null && child !== undefined && child !== false && child !== "") element.append(child);
    return element;
  }

  const SVG = "http://www.w3.org/2000/svg";
  function svg(tag, settings, ...children) {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(settings || {})) element.setAttribute(name, String(value));
    for (const child of children.flat(2)) if (child) element.append(child);
    return element;
  }

  const byCodePoints = new Map();
  /** The characters of a document's text by code point, as the offsets count them. */
  function characters(id, text) {
    if (!byCodePoints.has(id)) byCodePoints.set(id, /[\ud800-\udfff]/.test(text) ? Array.from(text) : text);
    return byCodePoints.get(id);
  }
  const slice = (chars, start, end) => (typeof chars === "string" ? chars.slice(start, end) : chars.slice(start, end).join(""));

  const locale = () => (language === "sv" ? "sv-SE" : "en-GB");
  const number = (value, digits = 0) =>
    new Intl.NumberFormat(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  const percent = (share, digits = 0) => number(100 * share, digits) + (language === "sv" ? "\u00a0%" : "%");
  /** A date of the calendar (2026-02-01) in words; in UTC, so that no time zone moves it. */
  const day = (iso) => new Intl.DateTimeFormat(locale(), { dateStyle: "long", timeZone: "UTC" }).format(new Date(iso + "T00:00:00Z")).replaceAll(" ", "\u00a0");
  /** Words that agree with a number, with the number filled in where they have a place for it: "1 ställe", "2 ställen". */
  const counted = (name, n, fields) => t(name + (n === 1 ? ".one" : ".many"), { n: number(n), ...fields });
  /** Names or phrases in a row: "a, b och c". */
  const inARow = (said) => (said.length < 2 ? said.join("") : said.slice(0, -1).join(", ") + " " + t("body.and") + " " + said[said.length - 1]);
  /** How many municipalities, regions, other bodies and unknown ones there are among columns of the matrix. */
  const bodies = (columns) => inARow(["municipality", "region", "other", "unknown"].map((kind) => [kind, columns.filter((i) => part("summary").municipalities[i].kind === kind).length]).filter(([, n]) => n).map(([kind, n]) => counted("body." + kind, n)));
  const announce = (said) => {
    document.getElementById("live").textContent = said;
  };
  const fold = (said) => said.toLocaleLowerCase("sv-SE");
  // One collator: localeCompare makes a new one for each pair, half a second for ten thousand documents.
  const collator = new Intl.Collator("sv-SE", { numeric: true });
  const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a ?? ""), String(b ?? "")));

  /** The page's fixed width number of a municipality's part: m/0007. */
  const municipalityPart = (index) => "m/" + String(index).padStart(4, "0");

  const views = {};
  return {
    register, load, part, kept, t, has, ruleSaid, inLanguage, el, svg, characters, slice, number, percent, day, counted, bodies, announce, fold, compare,
    municipalityPart, setLanguage, views, language: () => language,
  };
})();
