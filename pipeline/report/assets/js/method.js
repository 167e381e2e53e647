// How it was done and how far it can be trusted: figures against gold, uncertainty, decisions without a place.
"use strict";
(() => {
  const { el, t, has, part, load, inLanguage, matrix, number, percent, counted, quote, dataTable, views, empty } = JAMKA;

  views.method = async () => {
    const [method, documents] = await Promise.all([load("method"), load("documents")]);
    return el("section", { class: "view prose" }, el("h1", { text: t("nav.method") }), el("p", { class: "lead", text: t("method.lead") }),
      section("method.steps", ["ingest", "repair", "outline", "extract", "compare"].map((s) => el("li", null, el("strong", { text: t("method.step_" + s) }), " ", t("method.about_" + s))), "ol"),
      section("method.answers", part("summary").codes.answers.map((a) => el("li", null, JAMKA.answerTag(a), " ", t("answer_about." + a)))),
      el("section", null, el("h2", { text: t("method.scorecard") }), unseen(method.unseen), method.scorecard ? [el("p", { text: t("method.scorecard_about") }), el("p", { text: t("method.scorecard_of") }), scorecard(method.scorecard)] : empty(t("method.no_scorecard"))),
      el("section", null, el("h2", { text: t("method.reading") }), el("p", { text: t("method.reading_about") }), readability(documents)),
      el("section", null, el("h2", { text: t("method.statistics") }), el("p", { text: t("method.statistics_about") }), statistics(method.statistics)),
      reviewNext(method.review_next),
      proposed(method.proposed), conflicts(method.conflicts),
      section("method.limits", ["1", "2", "3", "4", "5"].map((n) => el("li", { text: t("method.limit_" + n) }))));
  };

  const section = (title, items, tag = "ul") => el("section", null, el("h2", { text: t(title) }), el(tag, { class: tag === "ol" ? "" : "plain-list" }, items));

  /** What holds of documents like the reader's own: the figures of the scorecard are of known ones. */
  const unseen = (m) => el("p", { class: "notice", text: t("method.unseen", { documents: number(m.documents), wrong: number(m.silent_wrong), silent: number(m.silent), wrong_share: percent(m.silent_wrong / m.silent), found: number(m.stated_found), stated: number(m.stated), found_share: percent(m.stated_found / m.stated) }) });

  const COLUMNS = ["precision", "recall", "f1", "share", "errors"];
  const isGroup = (v) => v !== null && typeof v === "object" && !Array.isArray(v);
  const isRow = (v) => isGroup(v) && Object.keys(v).every((k) => COLUMNS.includes(k));
  const label = (name) => (has("score." + name) ? t("score." + name) : name.replaceAll("_", " "));
  /** Shares that are told by themselves. */
  const SHARES = ["edit_precision", "silent_error_rate"];
  const shown = (v, name) => (typeof v === "number" && SHARES.includes(name) ? percent(v, 1) : typeof v === "number" ? number(v, Number.isInteger(v) ? 0 : 3) : Array.isArray(v) ? v.map((one) => shown(one)).join(" – ") : v === null || v === undefined ? "–" : String(v));

  /** Figures of one subject: measures with the usual columns as a table, the others as lists; subjects within, the same. */
  function scorecard(card, name) {
    const entries = Object.entries(card);
    const rows = entries.filter(([, v]) => isRow(v));
    const single = entries.filter(([, v]) => !isGroup(v));
    const within = entries.filter(([, v]) => isGroup(v) && !isRow(v));
    const columns = COLUMNS.filter((c) => rows.some(([, v]) => v[c] !== undefined));
    return el("div", { class: "score" }, name ? el("h3", { text: label(name) }) : null,
      single.length ? JAMKA.facts(single.map(([k, v]) => [label(k), shown(v, k)])) : null,
      rows.length ? el("div", { class: "scroll" }, el("table", { class: "list measures" }, el("caption", { class: "unseen", text: name ? label(name) : t("score.all") }),
        el("thead", null, el("tr", null, el("th", { scope: "col", text: t("score.measure") }), columns.map((c) => el("th", { scope: "col", class: "numeric", text: label(c) })))),
        el("tbody", null, rows.map(([k, v]) => el("tr", null, el("th", { scope: "row", text: label(k) }), columns.map((c) => el("td", { class: "numeric", text: v[c] === undefined || v[c] === null ? "" : number(v[c], c === "errors" ? 0 : 3) }))))))) : null,
      within.map(([k, v]) => scorecard(v, k)));
  }

  const readability = (documents) => dataTable({
    caption: t("method.reading"), rows: documents.filter((d) => d.status === "ok" && !d.duplicate_of),
    columns: [
      { label: t("field.title"), header: true, wide: true, text: (d) => d.title || d.file_name, cell: (d) => JAMKA.documentLink(d.document_id, null) },
      { label: t("field.municipality"), text: (d) => d.body },
      { label: t("field.source"), text: (d) => t("text_source." + (d.text_source || "text")) },
      { label: t("field.damage"), numeric: true, text: (d) => d.damage_score, cell: (d) => percent(d.damage_score, 1) },
      { label: t("field.state"), text: (d) => (d.completeness ? t("completeness." + d.completeness) : "") },
    ],
  });

  const requirementName = (id) => (matrix.requirement(id) ? inLanguage(matrix.requirement(id)) : id || t("method.whole"));

  /** A row a requirement, a column a measure: count, share and interval in each. */
  function statistics(rows) {
    const measures = ["stated", "stated_negatively", "delegated", "silent"].filter((m) => rows.some((s) => s.measure === m));
    measures.push(...[...new Set(rows.map((s) => s.measure))].filter((m) => !measures.includes(m)));
    const byRequirement = new Map();
    for (const s of rows) byRequirement.set(s.requirement, { ...byRequirement.get(s.requirement), requirement: s.requirement, [s.measure]: s });
    const order = ["", ...part("summary").requirements.map((r) => r.id)];
    const list = [...byRequirement.values()].sort((a, b) => order.indexOf(a.requirement) - order.indexOf(b.requirement));
    const cell = (s) => (s ? [number(s.count) + "/" + number(s.total), " ", el("span", { class: "quiet", text: percent(s.low) + "–" + percent(s.high) }), corrected(s)] : "");
    // Where the errors of reading say nothing the corrected interval is everything, and is left out.
    const corrected = (s) => (s.corrected_high - s.corrected_low < 1 ? el("span", { class: "quiet block", text: t("method.corrected", { low: percent(s.corrected_low), high: percent(s.corrected_high) }) }) : "");
    return dataTable({
      caption: t("method.statistics"), rows: list,
      columns: [
        { label: t("matrix.requirement"), header: true, text: (r) => requirementName(r.requirement) },
        ...measures.map((m) => ({ label: t("measure." + m), numeric: true, text: (r) => (r[m] ? r[m].share : 0), cell: (r) => cell(r[m]) })),
      ],
    });
  }

  /** The documents whose review would narrow the shares most. */
  const reviewNext = (rows) => (rows.length ? el("section", null, el("h2", { text: t("method.review_next") }), el("p", { text: t("method.review_next_about") }), dataTable({
    caption: t("method.review_next"), rows,
    columns: [
      { label: t("method.review_rank"), numeric: true, text: (r) => r.rank, cell: (r) => number(r.rank) },
      { label: t("field.title"), header: true, wide: true, text: (r) => r.municipality, cell: (r) => JAMKA.documentLink(r.document_id, null) },
      { label: t("field.municipality"), text: (r) => r.municipality },
      { label: t("method.review_cells"), numeric: true, text: (r) => r.cells, cell: (r) => number(r.cells) },
      { label: t("method.review_share"), numeric: true, text: (r) => r.share, cell: (r) => percent(r.share) },
      { label: t("method.review_requirements"), wide: true, text: (r) => r.requirements, cell: (r) => r.requirements.split("|").map(requirementName).join(", ") },
    ],
  })) : "");

  /** Requirements outside the codebook: those of several documents first, for what one alone has is seldom a new question. */
  function proposed(rows) {
    if (!rows.length) return null;
    const documents = new Map();
    for (const r of rows) documents.set(r.proposal, (documents.get(r.proposal) || new Set()).add(r.document));
    const shared = rows.filter((r) => documents.get(r.proposal).size > 1);
    const single = rows.filter((r) => documents.get(r.proposal).size === 1);
    return el("section", null, el("h2", { text: t("method.proposed") }), el("p", { text: t("method.proposed_about") }),
      shared.length ? proposals(shared, t("method.proposed")) : empty(t("method.none_shared")),
      single.length ? el("details", null, el("summary", { text: counted("method.single", single.length) }), proposals(single, counted("method.single", single.length))) : null);
  }

  const proposals = (rows, caption) => dataTable({
    caption, rows,
    columns: [
      { label: t("method.proposal"), header: true, text: (r) => r.label || r.proposal },
      { label: t("field.municipality"), text: (r) => r.municipality },
      { label: t("field.quote"), wide: true, text: (r) => r.quote, cell: (r) => [quote(r.quote), el("p", { class: "place" }, JAMKA.documentLink(r.document, r.start, r.end))] },
    ],
  });

  const conflicts = (rows) => (rows.length ? el("section", null, el("h2", { text: t("method.conflicts") }), el("p", { text: t("method.conflicts_about") }), el("ul", { class: "plain-list" }, rows.map((c) => el("li", null, quote(c.quote), " ", el("span", { lang: "sv", text: c.reason }), c.nearest ? [" ", quote(c.nearest)] : "")))) : null);
})();
