// Findings, law status and lineage: three lists with their evidence.
"use strict";
(() => {
  const { el, t, part, load, dataTable, quote, weightTag, inLanguage, matrix, number, percent, counted, bodies, views, language } = JAMKA;

  /** A long list's rows for a table: those of the first part, and how to get those of the others. */
  const rowsOf = (name, list) => ({ rows: list.rows, total: list.total, next: (number) => (number <= list.parts ? load(name + "/" + number) : null) });

  /** What a finding rests on: the document's own words, and those that they are held against or stand among. */
  function findingQuotes(f) {
    const whose = f.around ? t("finding.around") : f.other_of ? t("finding.other_of", { name: f.other_of }) : t("finding.other");
    return [f.quote ? el("p", { class: "quoted" }, quote(f.quote)) : null, f.other_quote ? el("p", { class: "quoted" }, el("span", { class: "quiet", text: whose + " " }), quote(f.other_quote)) : null];
  }

  /** Where a finding leads: its cell, its place in the document. */
  function findingLinks(f) {
    const index = part("summary").municipalities.findIndex((m) => m.name === f.municipality);
    const row = matrix.requirement(f.requirement);
    const links = [
      row && index >= 0 ? el("a", { href: matrix.cellPlace(row.id, index), text: inLanguage(row) }) : null,
      f.document ? el("a", { href: JAMKA.documentPlace(f.document, f.start, f.end), text: f.page ? t("finding.in_document", { page: f.page }) : t("finding.to_document") }) : null,
    ].filter(Boolean);
    return links.length ? el("p", { class: "place" }, links.map((l, i) => [i ? " · " : "", l])) : null;
  }

  views.findings = async () => {
    const [list] = await Promise.all([load("findings"), load("documents")]);
    const kinds = Object.keys(list.kinds).sort();
    const counts = kinds.map((k) => [k, list.kinds[k]]);
    const message = (f) => (language() === "sv" ? f.sv : f.en);
    return el("section", { class: "view" }, el("h1", { text: t("nav.findings") }), el("p", { class: "lead", text: t("finding.lead") }),
      el("dl", { class: "kinds-about" }, counts.map(([k, n]) => el("div", null, el("dt", { text: t("finding." + k) + "\u00a0" + number(n) }), el("dd", { text: t("finding_about." + k) })))),
      dataTable({
        caption: t("nav.findings"), ...rowsOf("findings", list),
        filters: [
          { label: t("field.kind"), options: kinds.map((k) => [k, t("finding." + k)]), keep: (f, v) => f.kind === v },
          { label: t("field.municipality"), options: part("summary").municipalities.map((m) => [m.name, m.name]), keep: (f, v) => f.municipality === v },
        ],
        columns: [
          { label: t("field.weight"), text: (f) => f.weight, order: (f) => f.weight, cell: (f) => weightTag(f.weight) },
          { label: t("field.kind"), text: (f) => t("finding." + f.kind) },
          { label: t("field.municipality"), text: (f) => f.municipality },
          { label: t("field.finding"), wide: true, header: true, text: (f) => message(f) + " " + f.quote + " " + f.other_quote, cell: (f) => [el("p", { text: message(f) }), findingLinks(f)] },
          { label: t("field.quote"), wide: true, sort: false, text: () => "", cell: findingQuotes },
        ],
      }));
  };

  views.laws = async () => {
    const [list] = await Promise.all([load("laws"), load("documents")]);
    const statuses = ["repealed", "not_yet", "unknown", "in_force"].filter((s) => list.statuses.includes(s));
    return el("section", { class: "view" }, el("h1", { text: t("nav.laws") }), el("p", { class: "lead", text: JAMKA.lawLead() }), actTable(list.acts),
      el("h2", { text: t("law.references") }), dataTable({
        caption: t("law.references"), ...rowsOf("laws", list),
        filters: [{ label: t("law.status_on_date"), options: statuses.map((s) => [s, t("law_status." + s)]), keep: (r, v) => r.status_on_date === v }],
        columns: [
          { label: t("law.norm"), header: true, text: (r) => r.norm, cell: (r) => [el("strong", { lang: "sv", text: r.norm }), r.identifier ? " " + r.identifier : ""] },
          { label: t("law.section"), text: (r) => inLanguage(r, "section_") },
          { label: t("field.municipality"), text: (r) => r.municipality },
          { label: t("field.quote"), wide: true, text: (r) => r.quote, cell: (r) => [quote(r.quote), el("p", { class: "place" }, JAMKA.documentLink(r.document_id, r.start, r.end), " · ", t("page.n", { page: r.page }))] },
          { label: t("law.status_when_adopted"), text: (r) => t("law_status." + r.status_when_adopted) },
          { label: t("law.status_on_date"), text: (r) => t("law_status." + r.status_on_date), cell: (r) => statusTag(r.status_on_date) },
          { label: t("law.what_to_write"), text: (r) => r.use_instead, cell: (r) => [r.repealed_on ? el("p", { text: t("law.repealed_on", { date: r.repealed_on, by: r.repealed_by || "–" }) }) : null, r.use_instead ? el("p", null, el("strong", { text: r.use_instead })) : null] },
          { label: t("law.note"), wide: true, text: (r) => inLanguage(r, "note_"), cell: (r) => inLanguage(r, "note_") },
          { label: t("field.confidence"), numeric: true, text: (r) => r.confidence, cell: (r) => percent(r.confidence) },
        ],
      }));
  };

  /** What the page is about, with the day that "the report's date" is. */
  JAMKA.lawLead = () => {
    const day = part("summary").law_date;
    return day ? t("law.lead_dated", { date: JAMKA.day(day) }) : t("law.lead");
  };

  const statusTag = (status) => el("span", { class: "tag law-" + status, text: t("law_status." + status) });

  const bodiesNamed = (names) => bodies(names.map((name) => part("summary").municipalities.findIndex((m) => m.name === name)).filter((i) => i >= 0)) || t("law.nobody_compared");

  /** Each act once: how many municipalities name it. */
  function actTable(acts) {
    const order = ["repealed", "not_yet", "unknown", "in_force"];
    const list = [...acts].sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status) || b.municipalities.length - a.municipalities.length || JAMKA.compare(a.norm, b.norm));
    return el("ul", { class: "acts" }, list.map((a) => el("li", { class: "law-" + a.status }, el("strong", { lang: "sv", text: a.norm }), el("span", { class: "quiet", text: a.identifier }), statusTag(a.status), el("span", { text: bodiesNamed(a.municipalities) + ", " + counted("law.place", a.places), title: a.municipalities.join(", ") }), a.use ? el("span", { class: "quiet", text: t("law.use_instead") + " " + a.use }) : null)));
  }

  views.lineage = async () => {
    const [list] = await Promise.all([load("lineage"), load("documents")]);
    return el("section", { class: "view" }, el("h1", { text: t("nav.lineage") }), el("p", { class: "lead", text: t("lineage.lead") }),
      list.left_out ? el("p", { class: "lead", text: counted("lineage.left_out", list.left_out) }) : null, dataTable({
      caption: t("nav.lineage"), ...rowsOf("lineage", list),
      columns: [
        { label: t("lineage.one"), header: true, text: (r) => r.municipality, cell: (r) => side(r.municipality, r.document_id, [r.start, r.end], r.earlier) },
        { label: t("lineage.passage"), wide: true, text: (r) => r.quote, cell: (r) => quote(r.quote) },
        { label: t("lineage.other"), text: (r) => r.other_municipality, cell: (r) => side(r.other_municipality, r.other_document_id, [r.other_start, r.other_end], r.earlier) },
        { label: t("lineage.other_passage"), wide: true, text: (r) => r.other_quote, cell: (r) => quote(r.other_quote) },
        { label: t("lineage.similarity"), numeric: true, text: (r) => r.similarity, cell: (r) => percent(r.similarity) },
      ],
    }));
  };

  const side = (name, id, span, earlier) => [el("strong", { text: name }), el("p", { class: "place" }, JAMKA.documentLink(id, ...span), " ", earlier === id ? el("span", { class: "tag plain", text: t("lineage.earlier") }) : null)];

  Object.assign(JAMKA, { findingLinks, findingQuotes });
})();
