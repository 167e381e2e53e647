// The matrix on paper: as many tables as the columns need, each with the requirements' names, so that none is cut off.
"use strict";
(() => {
  const { el, t, part, inLanguage, glyph, matrix, soft } = JAMKA;
  /** Municipalities side by side on an A4 page, with values in words and as marks alone. */
  const WORDS_ACROSS = 5;
  const MARKS_ACROSS = 24;

  /** The columns in groups of about the same size that fit a page. */
  function inPages(columns, across) {
    const pages = Math.ceil(columns.length / across) || 1;
    const size = Math.ceil(columns.length / pages) || 1;
    return Array.from({ length: pages }, (_, i) => columns.slice(i * size, (i + 1) * size)).filter((page) => page.length);
  }

  function printedMatrix({ rows, columns, compact }) {
    const names = part("summary").municipalities;
    const pages = inPages(columns, compact ? MARKS_ACROSS : WORDS_ACROSS);
    const grouped = matrix.filters.rows === "codebook";

    const cell = (row, index) => {
      const shown = matrix.cell(row, index);
      const settings = { class: matrix.classes(shown) };
      if (compact) return el("td", settings);
      const mark = ["strictest", "laxer", "incomparable"].includes(shown.strictness) ? glyph(shown.strictness) : null;
      return el("td", settings, glyph(matrix.mark(shown)), el("span", { class: "clamp" }, soft(shown.value) || matrix.besideMark(shown), matrix.forceBehind(shown), shown.documents ? el("span", { class: "quiet", text: " (" + t("matrix.documents", { n: shown.documents }) + ")" }) : null), mark);
    };

    const lines = (own) => rows.flatMap((row, at) => [
      grouped && row.group !== rows[at - 1]?.group ? el("tr", { class: "group" }, el("th", { colspan: own.length + 1, text: matrix.groupLabel(row.group) })) : null,
      el("tr", null, el("th", { scope: "row" }, el("span", { class: "row-name", text: soft(inLanguage(row)) })), own.map((i) => cell(row, i))),
    ]);

    return pages.map((own, at) => el("section", { class: "printed-page" },
      pages.length > 1 ? el("p", { class: "printed-part", text: t("matrix.printed_part", { n: at + 1, all: pages.length, first: names[own[0]].name, last: names[own[own.length - 1]].name }) }) : null,
      el("table", { class: "matrix printed " + (compact ? "compact" : "words") },
        el("thead", null, el("tr", null, el("th", { class: "corner", text: t("matrix.requirement") }), own.map((i) => el("th", { class: "name" }, el("a", null, el("span", { text: soft(names[i].name) })))))),
        el("tbody", null, lines(own)))));
  }

  Object.assign(JAMKA, { printedMatrix });
})();
