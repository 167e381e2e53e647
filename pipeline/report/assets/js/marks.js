// Small marks with a meaning: answers, strictness, confidence. Each has shape, colour and words.
"use strict";
(() => {
  const { el, svg, t, number, percent } = JAMKA;

  // One path each, holes by the even-odd rule: the matrix holds thousands of them.
  const DISC = "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13z";
  const SHAPES = {
    stated: DISC + "M4 8.3l1.3-1.3 1.8 1.9 3.6-4.3 1.4 1.2-4.9 5.9z",
    stated_weaker: DISC + "M8 2.9a5.1 5.1 0 1 0 0 10.2a5.1 5.1 0 1 0 0-10.2zM4.6 8.3l1.1-1.1 1.5 1.6 3.1-3.7 1.2 1-4.2 5.1z",
    stated_negatively: DISC + "M4.4 7h7.2v2H4.4z",
    delegated: "M4 1.5h8a2.5 2.5 0 0 1 2.5 2.5v8a2.5 2.5 0 0 1-2.5 2.5H4a2.5 2.5 0 0 1-2.5-2.5V4A2.5 2.5 0 0 1 4 1.5zM5.5 11.8l4.4-4.4v3h1.7V4.4H5.6v1.7h3L4.2 10.5z",
    silent: "M8 3.4a4.6 4.6 0 1 0 0 9.2a4.6 4.6 0 1 0 0-9.2zM8 4.8a3.2 3.2 0 1 1 0 6.4a3.2 3.2 0 1 1 0-6.4z",
    unruled: "M4 7.2h8v1.6H4z",
    unreadable: DISC + "M8 2.8a5.2 5.2 0 1 1 0 10.4a5.2 5.2 0 1 1 0-10.4zM7.1 4.6h1.8v4.2H7.1zM7.1 9.9h1.8v1.7H7.1z",
    conflicting: "M8 1.4l6.8 12.4H1.2zM7.1 5.8h1.8v4H7.1zM7.1 10.9h1.8v1.7H7.1z",
    strictest: "M8 2.2l5.6 9.6H2.4z",
    equal: "M3 5h10v1.8H3zM3 9.2h10V11H3z",
    laxer: "M8 13.6L1.8 3.7h12.4zM8 10.8l3.5-5.6h-7z",
    incomparable: "M4.6 3h1.7v10H4.6zM9.7 3h1.7v10H9.7z",
  };

  /** The mark of an answer or a strictness; silent to screen readers, since words stand beside it. */
  const glyph = (kind) => svg("svg", { viewBox: "0 0 16 16", class: "glyph g-" + kind, "aria-hidden": "true" }, svg("path", { d: SHAPES[kind] }));

  /**
   * The answers' marks as rules for cells: drawn by the style, a cell holds nothing. A matrix of a whole country has
   * thousands in sight, and as drawings of their own they take most of the time of a change.
   */
  const COLOURS = { stated: "stated", stated_negatively: "negative", delegated: "delegated", silent: "silent", unreadable: "unreadable", conflicting: "conflicting" };
  const sheet = new CSSStyleSheet();
  for (const [answer, colour] of Object.entries(COLOURS)) {
    sheet.insertRule(`.matrix.compact td.a-${answer}::before { background: var(--${colour}); clip-path: path(evenodd, "${SHAPES[answer]}"); }`);
  }
  sheet.insertRule(`.matrix.compact td.a-stated.weaker::before { clip-path: path(evenodd, "${SHAPES.stated_weaker}"); }`);
  sheet.insertRule(`.matrix.compact td.a-silent.unruled::before { clip-path: path(evenodd, "${SHAPES.unruled}"); }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

  const answerTag = (answer, said, mark) => el("span", { class: "tag a-" + answer }, glyph(mark || answer), said || t("answer." + answer));

  function strictnessTag(kind) {
    if (kind === "none") return null;
    return el("span", { class: "tag plain s-" + kind }, glyph(kind), t("strictness." + kind));
  }

  const modalityTag = (modality) => (modality ? el("span", { class: "tag modality o-" + modality }, t("modality." + modality)) : null);

  /** A probability as a bar with its figure. */
  function confidence(value) {
    const bar = el("span", { class: "bar-fill" });
    bar.style.width = 100 * value + "%";
    return el("span", { class: "confidence" }, el("span", { class: "bar", "aria-hidden": "true" }, bar), el("span", { text: percent(value) }));
  }

  /** How heavy a finding weighs: three steps, by shape and word. */
  function weightTag(weight) {
    const step = weight >= 0.7 ? "high" : weight >= 0.4 ? "middle" : "low";
    return el("span", { class: "tag weight w-" + step, title: number(weight, 2) }, el("span", { class: "dots", "aria-hidden": "true", text: { high: "●●●", middle: "●●○", low: "●○○" }[step] }), t("weight." + step));
  }

  /** Words of a document, marked as Swedish whatever the page's language is. */
  const quote = (said, settings) => el("q", { class: "quote", lang: "sv", text: said, ...settings });

  /** Reading figures: term and words. */
  const facts = (pairs) =>
    el("dl", { class: "facts" }, pairs.filter(([, value]) => value !== "" && value !== null && value !== undefined && value !== false)
      .map(([term, value]) => el("div", null, el("dt", { text: term }), el("dd", null, value))));

  /** Settings of a box that scrolls sideways: the keyboard must reach it, and it must have a name. */
  const scrolling = (name) => ({ class: "scroll", tabindex: 0, role: "region", "aria-label": name });

  /** Where compounds are joined without doubt: behind an ending that links ("informations-strateg") ... */
  const LINKED = /(?<=\p{L}{2}(?:tions|sions|ings|hets|skaps|tets))(?=\p{L}{4})/giu;
  /** ... and before a last part that is common in these documents ("kommun-styrelsen"), in any form. */
  const LAST = ["adress", "ansvar", "arbete", "avdelning", "bevakning", "chef", "direktör", "förbund", "förvaltning", "förordning", "grupp", "information", "innehåll", "kanal", "kommunikation", "konto", "lagen", "medarbetare", "medier", "myndighet", "nämnd", "ordförande", "organisation", "personal", "plan", "policy", "publicering", "redaktör", "riktlinje", "samordnare", "samverkan", "sekreterare", "service", "skydd", "strateg", "styrelse", "säkerhet", "tjänst", "uppgift", "utbildning", "utskott", "verifiering", "verksamhet", "webbplats"];
  const HEADED = new RegExp("(?<=\\p{L}{3})(?=(?:" + LAST.join("|") + ")\\p{L}{0,4}(?!\\p{L}))", "giu");
  /** In narrow columns "kommunikations-" has no room itself: before "tion" behind a vowel no syllable is in doubt. */
  const OPEN = /(?<=\p{L}{4}[aeiou])(?=tion)/giu;
  const LONG_WORDS = /\p{L}{12,}/gu;
  const softened = new Map();

  /**
   * Text with soft hyphens in its long words, for narrow columns. Only where parts of a word meet, and before "tion":
   * what a rule for syllables makes of Swedish is wrong too often, so the rest is left to the browser's own dictionary.
   */
  function soft(said) {
    if (!softened.has(said)) softened.set(said, said.replace(LONG_WORDS, (word) => word.replace(LINKED, "\u00ad").replace(OPEN, "\u00ad").replace(HEADED, (at, place, whole) => (whole[place - 1] === "\u00ad" ? "" : "\u00ad"))));
    return softened.get(said);
  }

  // What is copied is the word itself.
  document.addEventListener("copy", (event) => {
    const said = String(getSelection());
    if (!said.includes("\u00ad")) return;
    event.clipboardData.setData("text/plain", said.replaceAll("\u00ad", ""));
    event.preventDefault();
  });

  const empty = (said) => el("p", { class: "empty", text: said });

  Object.assign(JAMKA, { glyph, answerTag, strictnessTag, modalityTag, confidence, weightTag, quote, facts, empty, scrolling, soft });
})();
