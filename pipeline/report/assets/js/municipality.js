// One municipality beside the others, on a page that prints.
"use strict";
(() => {
  const { el, t, part, load, inLanguage, matrix, glyph, number, percent, counted, quote, views, empty, strictnessTag } = JAMKA;
  const ANSWERED = ["stated", "stated_negatively", "delegated", "conflicting"];

  /** What most of the others answer: the commonest value where one is common, else how many answer at all. */
  function others(row, index, counts = () => true) {
    // Whose rules are not in the folder is none of the others.
    const rest = matrix.ruled().filter((i) => i !== index && counts(i)).map((i) => ({ i, ...matrix.cell(row, i) })).filter((c) => c.answer !== "unreadable");
    const answered = rest.filter((c) => ANSWERED.includes(c.answer));
    const values = new Map();
    for (const c of answered) if (c.value) values.set(c.value, (values.get(c.value) || 0) + 1);
    const [common, times] = [...values].sort((a, b) => b[1] - a[1] || JAMKA.compare(a[0], b[0]))[0] || ["", 0];
    return { total: rest.length, answered: answered.length, common: times > 1 ? common : "", times, kinds: values.size, strictest: rest.filter((c) => c.strictness === "strictest"), alike: answered.length > 1 && answered.every((c) => c.strictness === "equal") };
  }

  views.municipality = async ([at]) => {
    const summary = part("summary");
    const index = at ? matrix.whose(at) : 0;
    const own = summary.municipalities[index];
    if (!own && !at) return el("section", { class: "view" }, empty(t("municipality.no_documents")));
    if (!own) return JAMKA.lost(t("error.no_municipality", { name: at }), summary.municipalities.map((m, i) => [matrix.cardPlace(i), m.name]));
    const [documents, detail] = await Promise.all([load("documents"), load(JAMKA.municipalityPart(index))]);
    const rows = summary.requirements.map((row) => ({ row, rest: others(row, index), own: matrix.cell(row, index) }));
    const answered = rows.filter((r) => ANSWERED.includes(r.own.answer));
    // Like is measured against like: rules for the public say nothing of log-ins, and so lack nothing.
    const asked = summary.asked[own.audience];
    const alike = (i) => summary.municipalities[i].audience === own.audience;
    const mixed = summary.municipalities.some((m) => m.audience !== own.audience);
    const lacking = rows.filter((r) => r.own.answer === "silent" && (!asked || asked.includes(r.row.id))).map((r) => ({ row: r.row, rest: others(r.row, index, alike) })).filter((r) => r.rest.answered > 0).sort((a, b) => b.rest.answered - a.rest.answered);
    const average = rows.reduce((n, r) => n + r.rest.answered / (r.rest.total || 1), 0);
    const stale = detail.stale;
    const chooser = el("select", { id: "municipality-choice", on: { change: (e) => { location.hash = matrix.cardPlace(Number(e.target.value)); } } }, summary.municipalities.map((m, i) => el("option", { value: i, text: m.name })));
    chooser.value = index;
    return el("section", { class: "view view-municipality" },
      el("div", { class: "title-row" }, el("h1", null, el("span", { class: "over", text: t("municipality.over") }), own.name), el("label", { class: "field no-print" }, el("span", { text: t("municipality.choose") }), chooser), el("button", { type: "button", class: "button no-print", text: t("municipality.print"), on: { click: () => print() } })),
      el("p", { class: "lead", text: t("municipality.lead", { name: own.name, n: number(answered.length), all: number(rows.length), average: number(average, 1) }) }),
      own.unruled ? el("p", { class: "notice", text: t("unruled.lead", { name: own.name }) }) : null,
      asked ? el("p", { class: "notice", text: t("audience." + own.audience, { name: own.name }) }) : null,
      own.partial ? el("p", { class: "notice", text: t("audience.partial", { name: own.name }) }) : null,
      ownDocuments(own.documents.map((id) => documents.find((d) => d.document_id === id))),
      el("div", { class: "strips" }, strip("stated", answered.length, counted("municipality.answers", answered.length)), strip("strictest", rows.filter((r) => r.own.strictness === "strictest").length, t("municipality.strictest")), strip("laxer", rows.filter((r) => r.own.strictness === "laxer").length, t("municipality.laxer")), strip("silent", lacking.length, t(own.unruled ? "unruled.lacking" : "municipality.lacking"))),
      lacking.length ? el("section", null, el("h2", { text: t("municipality.lacks") }), el("p", { class: "quiet", text: t(own.unruled ? "unruled.lacks_about" : "municipality.lacks_about") + (mixed ? " " + t("audience.alike") : "") }), el("ul", { class: "chips" }, lacking.map((r) => el("li", null, el("a", { href: matrix.cellPlace(r.row.id, index), text: inLanguage(r.row) }), el("span", { class: "quiet", text: " " + number(r.rest.answered) + "/" + number(r.rest.total) }))))) : null,
      el("section", null, el("h2", { text: t("municipality.beside") }), beside(rows.filter((r) => r.own.answer !== "unreadable" && (r.own.answer !== "silent" || r.rest.answered)), index), named(t("municipality.unknown"), rows.filter((r) => r.own.answer === "unreadable" && r.rest.answered)), named(t("municipality.neither"), rows.filter((r) => ["silent", "unreadable"].includes(r.own.answer) && !r.rest.answered))),
      stale.length ? el("section", null, el("h2", { text: t("municipality.stale") }), el("ul", { class: "plain-list" }, stale.map((l) => el("li", null, el("strong", { text: l.norm }), " ", l.identifier, " · ", quote(l.quote), l.use_instead ? " · " + t("law.use_instead") + " " + l.use_instead : "")))) : null,
      versions(detail.versions, index),
      families(detail.families, index),
      ownFindings(detail.findings, detail.findings_total));
  };

  /** What the documents in force say otherwise than the version they replaced. */
  function versions(rows, index) {
    if (!rows.length) return null;
    return el("section", null, el("h2", { text: t("municipality.versions") }), el("p", { class: "quiet" }, t("municipality.versions_about") + " ", JAMKA.documentLink(rows[0].other_document_id, null)),
      el("ul", { class: "plain-list" }, rows.map((v) => el("li", null, el("a", { href: matrix.cellPlace(v.requirement, index), text: inLanguage(matrix.requirement(v.requirement)) }), " ", JAMKA.changeSaid(v)))));
  }

  /** What each document says otherwise than the one of another hand that it shares most text with. */
  function families(rows, index) {
    if (!rows.length) return null;
    return el("section", null, el("h2", { text: t("municipality.families") }), [...new Set(rows.map((v) => v.document_id))].map((id) => {
      const own = rows.filter((v) => v.document_id === id);
      return [el("p", { class: "quiet" }, t("municipality.families_about", { share: percent(own[0].shared), other: own[0].other_municipality }) + " ", JAMKA.documentLink(id, null), " ← ", JAMKA.documentLink(own[0].other_document_id, null)),
        el("ul", { class: "plain-list" }, own.map((v) => el("li", null, el("a", { href: matrix.cellPlace(v.requirement, index), text: inLanguage(matrix.requirement(v.requirement)) }), " ", JAMKA.changeSaid(v))))];
    }));
  }

  const SHOWN_DOCUMENTS = 5;
  /** The municipality's documents; those beyond the first few are folded, for the card is one page. */
  function ownDocuments(documents) {
    if (!documents.length) return empty(t("municipality.no_documents"));
    const lines = documents.map((d) => el("li", null, JAMKA.documentLink(d.document_id, null), " · ", [d.document_type, d.revised_date || d.adopted_date || d.document_date].filter(Boolean).join(" · "), d.completeness !== "complete" ? [" ", el("span", { class: "tag warn", text: t("completeness." + d.completeness) })] : ""));
    const more = lines.slice(SHOWN_DOCUMENTS);
    return el("div", null, el("ul", { class: "plain-list" }, lines.slice(0, SHOWN_DOCUMENTS)),
      more.length ? el("details", null, el("summary", { text: counted("municipality.more_documents", more.length) }), el("ul", { class: "plain-list" }, more)) : null);
  }

  const strip = (mark, n, label) => el("div", { class: "strip" }, glyph(mark), el("strong", { text: number(n) }), el("span", { text: label }));

  function beside(rows, index) {
    const names = part("summary").municipalities;
    const heads = [t("matrix.requirement"), t("municipality.own"), t("municipality.others"), t("municipality.strictest_one")];
    // On a phone each stands under the requirement, behind its column's name.
    const under = (column, given) => ({ ...given, data: { label: heads[column] } });
    const bodies = [];
    for (const group of [...new Set(rows.map((r) => r.row.group))]) {
      bodies.push(el("tbody", null, el("tr", { class: "group" }, el("th", { colspan: 4, scope: "rowgroup", text: matrix.groupLabel(group) })), rows.filter((r) => r.row.group === group).map(({ row, own, rest }) => {
        const strictest = rest.strictest[0];
        return el("tr", { class: own.answer === "silent" ? "told-above" : null }, el("th", { scope: "row" }, el("a", { href: matrix.cellPlace(row.id, index), text: inLanguage(row) })),
          el("td", under(1, { class: "a-" + own.answer }), el("span", { class: "value" }, glyph(matrix.mark(own)), el("span", { text: (own.value || matrix.answerSaid(own)) + matrix.forceBehind(own) })), own.strictness === "strictest" || own.strictness === "laxer" ? strictnessTag(own.strictness) : null),
          el("td", under(2), rest.answered ? [t("municipality.others_answer", { n: number(rest.answered), all: number(rest.total) }), rest.common ? el("p", { class: "quiet", text: t("municipality.common", { n: number(rest.times), value: rest.common }) }) : rest.kinds > 1 ? el("p", { class: "quiet", text: t("municipality.spread", { n: number(rest.kinds) }) }) : null] : el("span", { class: "quiet", text: t("municipality.nobody") })),
          el("td", under(3), own.strictness === "strictest" ? el("span", { class: "quiet", text: t("municipality.self_strictest") + (rest.strictest.length ? " " + counted("municipality.as_strict", rest.strictest.length) : "") }) : own.strictness === "equal" || rest.alike ? el("span", { class: "quiet", text: t("municipality.all_alike") }) : strictest ? [el("a", { href: matrix.cellPlace(row.id, strictest.i), text: names[strictest.i].name }), strictest.value ? ": " + strictest.value : "", rest.strictest.length > 1 ? el("span", { class: "quiet", text: " " + t("municipality.and_more", { n: number(rest.strictest.length - 1) }) }) : null] : el("span", { class: "quiet", text: "–" })));
      })));
    }
    return el("div", JAMKA.scrolling(t("municipality.beside")), el("table", { class: "list beside" }, el("caption", { class: "unseen", text: t("municipality.beside") }), el("thead", null, el("tr", null, heads.map((h) => el("th", { scope: "col", text: h })))), bodies));
  }

  /** Requirements in one line: a page of empty rows would hide the others. */
  const named = (label, rows) => (rows.length ? el("p", { class: "quiet beside-named" }, label + ": ", rows.map((r, i) => [i ? ", " : "", el("a", { href: "#/matrix/" + r.row.id, text: inLanguage(r.row).toLowerCase() })]), ".") : null);

  /** The findings a printed card has room for; print.css hides the others. */
  const PRINTED_FINDINGS = 8;

  function ownFindings(rows, total) {
    if (!rows.length) return null;
    const more = (shown, settings) => (total > shown ? el("p", settings, el("a", { href: "#/findings", text: t("municipality.more_findings", { n: number(total - shown) }) })) : null);
    return el("section", null, el("h2", { text: t("municipality.findings") }), el("ul", { class: "attention" }, rows.map((f) => el("li", null, JAMKA.weightTag(f.weight), el("div", null, el("p", null, el("strong", { text: t("finding." + f.kind) }), " ", JAMKA.language() === "sv" ? f.sv : f.en), ...JAMKA.findingQuotes(f), JAMKA.findingLinks(f))))), more(rows.length, { class: "no-print" }), more(PRINTED_FINDINGS, { class: "paper-only" }));
  }
})();
