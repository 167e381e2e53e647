// Small marks with a meaning: answers, strictness, confidence. Each has shape, colour and words.
"use strict";
(() => {
  const { el, svg, t, number, percent } = JAMKA;

  const SHAPES = {
    stated: [["circle", { cx: 8, cy: 8, r: 6.5, class: "fill" }], ["path", { d: "M4.8 8.2l2.2 2.3 4.2-4.8", class: "cut" }]],
    stated_negatively: [["circle", { cx: 8, cy: 8, r: 6.5, class: "fill" }], ["path", { d: "M4.7 8h6.6", class: "cut" }]],
    delegated: [["rect", { x: 1.5, y: 1.5, width: 13, height: 13, rx: 2.5, class: "fill" }], ["path", { d: "M5 11l5.4-5.4M6.4 5.2h4.4v4.4", class: "cut" }]],
    silent: [["circle", { cx: 8, cy: 8, r: 4.2, class: "ring" }]],
    unreadable: [["circle", { cx: 8, cy: 8, r: 6, class: "ring dashed" }], ["path", { d: "M8 4.6v4.2M8 11v.4", class: "stroke" }]],
    conflicting: [["path", { d: "M8 1.4l6.8 12.4H1.2z", class: "fill" }], ["path", { d: "M8 6v4M8 11.8v.4", class: "cut" }]],
    strictest: [["path", { d: "M8 2.2l5.6 9.6H2.4z", class: "fill" }]],
    equal: [["path", { d: "M3 6h10M3 10.2h10", class: "stroke" }]],
    laxer: [["path", { d: "M8 13.2L2.6 4.4h10.8z", class: "ring" }]],
    incomparable: [["path", { d: "M5.4 3v10M10.6 3v10", class: "stroke" }]],
  };

  /** The mark of an answer or a strictness; silent to screen readers, since words stand beside it. */
  function glyph(kind) {
    return svg(
      "svg",
      { viewBox: "0 0 16 16", class: "glyph g-" + kind, "aria-hidden": "true", focusable: "false" },
      (SHAPES[kind] || []).map(([tag, settings]) => svg(tag, settings)),
    );
  }

  const answerTag = (answer) => el("span", { class: "tag a-" + answer }, glyph(answer), t("answer." + answer));

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

  const empty = (said) => el("p", { class: "empty", text: said });

  Object.assign(JAMKA, { glyph, answerTag, strictnessTag, modalityTag, confidence, weightTag, quote, facts, empty });
})();
