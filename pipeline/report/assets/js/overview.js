// The first view: what was compared, what the municipalities answer, what to look at first.
"use strict";
(() => {
  const { el, t, part, load, inLanguage, matrix, glyph, number, percent, counted, bodies, weightTag, quote, views, empty } = JAMKA;
  const ORDER = ["stated", "stated_negatively", "delegated", "conflicting", "unreadable", "silent"];

  /** How the municipalities answer a requirement, as one bar; the words say the same. */
  function distributionBar(row, withWords) {
    const counts = matrix.distribution(row);
    const total = matrix.ruled().length || 1;
    const said = ORDER.filter((a) => counts[a]).map((a) => t("answer." + a) + " " + number(counts[a])).join(", ");
    const bar = el("span", { class: "stack", role: "img", "aria-label": said, title: said }, ORDER.filter((a) => counts[a]).map((answer) => {
      const piece = el("span", { class: "piece a-" + answer });
      piece.style.flexGrow = counts[answer] / total;
      return piece;
    }));
    return withWords ? el("div", null, bar, el("ul", { class: "legend small" }, ORDER.filter((a) => counts[a]).map((a) => el("li", null, glyph(a), t("answer." + a) + " " + number(counts[a]))))) : bar;
  }

  views.overview = () => {
    const summary = part("summary");
    const f = summary.figures;
    const answered = f.ruled_stated + f.ruled_conflicting + f.ruled_stated_negatively + f.ruled_delegated;
    const found = f.requirements + f.public_duties;
    const decided = answered + f.ruled_silent;
    return el("section", { class: "view" },
      el("h1", null, el("span", { class: "over", text: t("overview.over") }), summary.codebooks.map((b) => inLanguage(b)).join(", ")),
      el("p", { class: "lead", text: t("overview.lead", { bodies: bodies(summary.municipalities.map((_, i) => i)), documents: counted("count.documents", f.documents), harmonised: counted("count.harmonised", f.harmonised), requirements: counted("count.requirements", found) }) }),
      el("ul", { class: "figures" },
        figure(f.documents, counted("figure.documents", f.documents), unread(f), "#/documents"),
        figure(found, counted("figure.requirements", found), t("figure.of_them", { n: number(f.requirements), public: number(f.public_duties) }) + (f.proposed ? " " + counted("figure.proposed", f.proposed) : ""), "#/documents"),
        figure(percent(answered / (decided || 1)), t("figure.answered"), t("figure.answered_of", { n: number(answered), all: number(decided), stated: number(f.ruled_stated + f.ruled_conflicting), delegated: number(f.ruled_delegated), negative: number(f.ruled_stated_negatively) }) + " " + uncounted(f), "#/matrix"),
        figure(f.findings, counted("figure.findings", f.findings), t("figure.repealed", { n: number(f.stale_laws) }), "#/findings"),
        figure(f.repairs, counted("figure.repairs", f.repairs), t("figure.suggested", { n: number(f.suggested_repairs) }), "#/documents"),
        figure(f.reviewed, counted("figure.reviewed", f.reviewed), t("figure.conflicts", { n: number(f.conflicts) }), "#/method")),
      el("div", { class: "columns" }, el("section", null, el("h2", { text: t("overview.answers") }), el("p", { class: "quiet", text: t("overview.answers_about", { n: number(matrix.ruled().length), all: number(part("summary").municipalities.length) }) }), answers()),
        el("div", null, attention(), changes(), municipalities())));
  };

  /** What became of the files that are no documents of their own: with those that were read they are all there are. */
  const unread = (f) => [f.quarantined ? t("figure.quarantined", { n: number(f.quarantined) }) : t("figure.all_read"), f.duplicates ? t("figure.duplicates", { n: number(f.duplicates) }) : ""].filter(Boolean).join("; ");

  /** Cells that are no part of the share of answers, as they are none of the shares on the method page. */
  const uncounted = (f) => [f.ruled_unreadable ? t("figure.not_counted_unreadable", { n: number(f.ruled_unreadable) }) : "", f.cells_unruled ? t("figure.not_counted_unruled", { n: number(f.cells_unruled) }) : ""].filter(Boolean).join(" ");

  const figure = (value, label, about, href) => el("li", null, el("a", { href }, el("span", { class: "figure-value", text: typeof value === "number" ? number(value) : value }), el("span", { class: "figure-label", text: label }), el("span", { class: "figure-about", text: about })));

  function answers() {
    const rows = part("summary").requirements;
    const result = [el("ul", { class: "legend small" }, ORDER.map((a) => el("li", null, glyph(a), t("answer." + a))))];
    for (const group of [...new Set(rows.map((r) => r.group))]) {
      result.push(el("h3", { class: "group-title", text: matrix.groupLabel(group) }), el("ul", { class: "bars" }, rows.filter((r) => r.group === group).map((row) => {
        const { shown, all } = matrix.answering(row);
        return el("li", null, el("a", { href: "#/matrix/" + row.id, text: inLanguage(row) }), distributionBar(row), el("span", { class: "numeric quiet", title: t("overview.answered"), text: number(shown) + "/" + number(all) }));
      })));
    }
    return el("div", { class: "answer-bars" }, result);
  }

  function attention() {
    const list = el("div", null, el("p", { class: "waiting", text: t("panel.loading") }));
    load("documents").then((documents) => {
      const bad = documents.filter((d) => d.status === "quarantined");
      const items = [
        ...bad.slice(0, 5).map((d) => el("li", null, weightTag(1), el("div", null, el("strong", { text: d.file_name }), " ", part("texts") && (JAMKA.language() === "sv" ? d.message : d.message_en)))),
        ...part("summary").attention.map((f) => el("li", null, weightTag(f.weight), el("div", null, el("p", null, el("strong", { text: f.municipality }), " ", el("span", { class: "quiet", text: t("finding." + f.kind) })), el("p", { text: JAMKA.language() === "sv" ? f.sv : f.en }), ...JAMKA.findingQuotes(f), JAMKA.findingLinks(f)))),
      ];
      list.replaceChildren(items.length ? el("ul", { class: "attention" }, items) : empty(t("overview.nothing")), el("p", null, el("a", { href: "#/findings", text: t("overview.all_findings", { n: number(part("summary").figures.findings) }) })));
    }).catch((problem) => list.replaceChildren(empty(problem.message)));
    return el("section", null, el("h2", { text: t("overview.attention") }), list);
  }

  /** "stated: a|b" in words. */
  function stateSaid(state) {
    const [answer, ...rest] = state.split(": ");
    const values = rest.join(": ").split("|").filter(Boolean).map((v) => (JAMKA.has("term." + v) ? t("term." + v) : v.replaceAll("_", " ")));
    return (JAMKA.has("answer." + answer) ? t("answer." + answer) : answer) + (values.length ? ": " + values.join(", ") : "");
  }

  /** Where a changed cell is now: its row where its municipality is gone. */
  const namedPlace = ({ requirement, municipality }) => { const index = matrix.whose(municipality); return index >= 0 ? matrix.cellPlace(requirement, index) : "#/matrix/" + requirement; };

  function changes() {
    const rows = part("summary").changes;
    if (!rows.length) return null;
    return el("section", null, el("h2", { text: t("overview.changes") }), el("p", { class: "quiet", text: t("overview.changes_about", { n: number(rows.length) }) }),
      el("ul", { class: "plain-list" }, rows.slice(0, 12).map((c) => el("li", null, el("a", { href: namedPlace(c), text: c.municipality + ": " + (matrix.requirement(c.requirement) ? inLanguage(matrix.requirement(c.requirement)) : c.requirement) }), " ", changeSaid(c)))));
  }

  /** What a cell was and what it is, in words where the row brings them along. */
  const changeSaid = (c) => el("span", { class: "quiet" }, t("change." + c.change) + ": ", el("del", { text: c.before_text || stateSaid(c.before) }), " → ", el("ins", { text: c.after_text || stateSaid(c.after) }));

  function municipalities() {
    const names = part("summary").municipalities;
    return el("section", null, el("h2", { text: t("overview.cards") }), el("p", { class: "quiet", text: t("overview.cards_about") }),
      el("ul", { class: "name-list" }, names.map((m, i) => el("li", null, el("a", { href: matrix.cardPlace(i), text: m.name })))));
  }

  Object.assign(JAMKA, { distributionBar, changeSaid });
})();
