// The list of documents, and a page for each: metadata with quotes, text with findings, pages, before and after.
"use strict";
(() => {
  const { el, t, has, part, load, matrix, dataTable, facts, quote, number, percent, views, empty, slice, characters } = JAMKA;
  const KINDS = ["requirement", "value", "role", "law", "metadata", "repair"];
  const shownKinds = new Set(["requirement", "value", "law", "repair"]);

  views.documents = async () => {
    const documents = [...await load("documents")].sort((a, b) => JAMKA.compare(a.body, b.body) || JAMKA.compare(title(a), title(b)));
    const types = [...new Set(documents.map((d) => d.document_type).filter(Boolean))].sort();
    const names = new Map(documents.map((d) => [d.document_id, d.file_name]));
    const message = (d) => (d.duplicate_of && d.status === "ok" ? t("document.copy_of", { name: names.get(d.duplicate_of) || d.duplicate_of }) : d.outside ? t("document.outside" + (d.policy_area ? "_here" : ""), { area: d.policy_area }) : JAMKA.language() === "sv" ? d.message : d.message_en);
    /** A figure of what was read; of other files there is none, and 0 would say that there is. */
    const figure = (d, said) => (isRead(d) ? said : "");
    return el("section", { class: "view" }, el("h1", { text: t("nav.documents") }), documents.some((d) => d.staleness) ? el("p", { class: "lead", text: t("document.staleness_about") }) : null, dataTable({
      caption: t("nav.documents"), rows: documents,
      filters: [
        { label: t("field.document_type"), options: types.map((v) => [v, v]), keep: (d, v) => d.document_type === v },
        { label: t("field.state"), options: ["complete", "truncated", "proposal", "duplicate", "quarantined"].map((v) => [v, has("state." + v) ? t("state." + v) : t("completeness." + v)]), keep: (d, v) => stateOf(d) === v },
      ],
      columns: [
        { label: t("field.title"), header: true, wide: true, text: title, cell: (d) => (isRead(d) ? el("a", { href: "#/document/" + encodeURIComponent(d.document_id), lang: "sv", text: title(d) }) : el("span", { lang: "sv", text: title(d) })) },
        { label: t("field.municipality"), text: (d) => figure(d, d.body), cell: (d) => (d.municipality ? d.municipality : el("span", { class: "quiet", text: figure(d, d.body) })) },
        { label: t("field.document_type"), text: (d) => d.document_type },
        { label: t("field.date"), text: (d) => d.revised_date || d.adopted_date || d.document_date, cell: (d) => el("span", { class: "nowrap", text: d.revised_date || d.adopted_date || d.document_date }) },
        { label: t("field.file_name"), text: (d) => d.file_name, cell: (d) => el("code", null, d.file_name.split(/(?<=[._/-])/).flatMap((piece, i) => [i ? el("wbr") : null, piece])) },
        { label: t("field.pages"), numeric: true, text: (d) => d.pages, cell: (d) => figure(d, number(d.pages)) },
        { label: t("field.requirements"), numeric: true, text: (d) => d.requirements, cell: (d) => figure(d, number(d.requirements)) },
        { label: t("field.damage"), numeric: true, text: (d) => d.damage_score, cell: (d) => figure(d, percent(d.damage_score, 1)) },
        { label: t("field.staleness"), numeric: true, text: (d) => d.staleness, cell: (d) => (d.staleness ? percent(d.staleness) : "") },
        { label: t("field.state"), text: state, cell: (d) => el("span", { class: "tag " + ({ quarantined: "bad", complete: "plain", duplicate: "plain" }[stateOf(d)] || "warn"), text: state(d) }) },
        { label: t("field.message"), wide: true, sort: false, text: message },
      ],
    }));
  };

  const title = (d) => d.title || d.file_name;
  const isRead = (d) => d.status === "ok" && !d.duplicate_of;
  const stateOf = (d) => (d.status === "quarantined" ? "quarantined" : d.duplicate_of ? "duplicate" : d.completeness);
  const state = (d) => (isRead(d) ? t("completeness." + d.completeness) : t("state." + stateOf(d)));

  views.document = async ([id, at]) => {
    const documents = await load("documents");
    const row = documents.find((d) => d.document_id === id);
    if (!row) return JAMKA.lost(t("error.no_document"), [["#/documents", t("nav.documents")]]);
    const doc = await load("d/" + row.part);
    const index = part("summary").municipalities.findIndex((m) => m.name === row.body);
    const tabs = [["text", t("document.text"), () => textTab(doc, at)]];
    if (doc.images.length) tabs.push(["pages", t("document.pages"), () => pagesTab(doc)]);
    if (doc.sides.length || doc.repairs.length) tabs.push(["repairs", t("document.repairs", { n: number(doc.repairs.filter((r) => r.status === "applied").length) }), () => repairsTab(doc)]);
    return el("section", { class: "view view-document" },
      el("p", { class: "crumbs" }, el("a", { href: "#/documents", text: t("nav.documents") }), index >= 0 ? [" / ", el("a", { href: matrix.cardPlace(index), text: row.municipality })] : ""),
      el("h1", { lang: "sv", text: row.title || row.file_name }),
      el("p", { class: "quiet" }, el("code", { text: row.file_name }), " · ", t("text_source." + (row.text_source || "text")), " · ", t("document.pages_n", { n: number(row.pages) }), " · ", t("cell.damage", { share: percent(row.damage_score, 1) })),
      completeness(doc, row), metadata(doc, row, at === undefined), tabbed(tabs));
  };

  /** Signs of a text that breaks off whose titles stand there as headings. */
  const TEXTLESS = ["heading_without_body", "folded_answers"];

  function completeness(doc, row) {
    if (row.completeness === "complete" || !row.completeness) return null;
    return el("div", { class: "notice" }, el("p", null, el("strong", { text: t("completeness." + row.completeness) }), ". ", t("completeness_about." + row.completeness), " ", el("span", { class: "quiet", text: has("completeness_reason." + doc.completeness.reason) ? t("completeness_reason." + doc.completeness.reason) : "" })),
      doc.completeness.missing.length ? el("p", null, t(TEXTLESS.includes(doc.completeness.reason) ? "document.no_text_under" : "document.missing"), " ", doc.completeness.missing.map((m, i) => [i ? ", " : "", quote(m)])) : null);
  }

  /** What every document should tell of itself, in the order people ask for it. */
  const ASKED = ["title", "municipality", "document_type", "adopted_by", "adopted_date", "revised_date", "valid_until", "diary_number", "responsible"];
  const place = ({ field }) => (ASKED.indexOf(field) + ASKED.length + 1) % (ASKED.length + 1);

  function metadata(doc, row, open) {
    const known = [...doc.metadata].sort((a, b) => place(a) - place(b)).map((m) => el("tr", null, el("th", { scope: "row", text: t("metadata." + m.field) }), el("td", { lang: "sv", text: m.value }), el("td", { class: "wide" }, quote(m.quote)), el("td", { class: "numeric", text: t("page.short", { page: m.page }) }), el("td", { class: "numeric", text: percent(m.confidence) })));
    const missing = ASKED.filter((f) => !row[f] && !doc.metadata.some((m) => m.field === f));
    return el("details", { class: "metadata", open }, el("summary", { text: t("document.metadata") }),
      el("div", JAMKA.scrolling(t("document.metadata")), el("table", { class: "list" }, el("caption", { class: "unseen", text: t("document.metadata") }), el("thead", null, el("tr", null, [t("field.field"), t("field.value"), t("field.quote"), t("field.page"), t("field.confidence")].map((h, i) => el("th", { scope: "col", class: i > 2 ? "numeric" : "", text: h })))), el("tbody", null, known))),
      missing.length ? el("p", { class: "quiet", text: t("document.not_said") + " " + missing.map((f) => t("metadata." + f).toLowerCase()).join(", ") + "." }) : null);
  }

  function tabbed(tabs) {
    const body = el("div", { role: "tabpanel", id: "tab-body", class: "tab-body" });
    const buttons = tabs.map(([name, label, make], i) => el("button", { type: "button", role: "tab", class: "tab", text: label, data: { name }, on: { click: () => choose(i), keydown: (e) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
      if (step) { const next = (i + step + tabs.length) % tabs.length; choose(next); buttons[next].focus(); e.preventDefault(); }
    } } }));
    function choose(i) {
      buttons.forEach((b, j) => { b.setAttribute("aria-selected", String(i === j)); b.tabIndex = i === j ? 0 : -1; });
      body.replaceChildren(tabs[i][2]());
    }
    const result = el("div", { class: "tabs" }, el("div", { role: "tablist", "aria-label": t("document.views") }, buttons), body);
    choose(0);
    return result;
  }

  function textTab(doc, at) {
    const ends = (at || "").split("-").map(Number);
    const sought = at === undefined || ends.some(Number.isNaN) ? null : [ends[0], ends[1] || ends[0]];
    const side = el("div", { class: "text-side", "aria-live": "polite" }, el("p", { class: "quiet", text: t("document.pick") }));
    const holder = el("div", { class: "text-main" });
    const counts = {};
    for (const m of JAMKA.marksOf(doc)) counts[m.kind] = (counts[m.kind] || 0) + 1;
    const draw = () => holder.replaceChildren(JAMKA.fullText(doc, shownKinds, (marks) => side.replaceChildren(...marks.map((m) => pickedMark(doc, m))), sought));
    const switches = el("div", { class: "tools kinds", role: "group", "aria-label": t("document.kinds") }, KINDS.filter((k) => counts[k]).map((kind) => el("label", { class: "check" },
      el("input", { type: "checkbox", ...(shownKinds.has(kind) ? { checked: true } : {}), on: { change: (e) => { if (e.target.checked) shownKinds.add(kind); else shownKinds.delete(kind); draw(); } } }), el("span", { class: "swatch k-" + kind + (kind === "requirement" ? " o-must" : "") + (kind === "repair" ? " applied" : ""), text: t("kind." + kind) + " " + number(counts[kind]) }))));
    draw();
    if (sought) requestAnimationFrame(() => reveal(holder));
    return el("div", null, switches, el("div", { class: "text-columns" }, holder, side));
  }

  /** Scroll to the stretch that was asked for, and say what it is. */
  function reveal(holder) {
    const piece = holder.querySelector(".here");
    if (!piece) return;
    piece.scrollIntoView({ block: "center" });
    piece.click();
  }

  function pickedMark(doc, { kind, item }) {
    const said = slice(characters(doc.id, doc.text), item.start, item.end);
    const head = el("h2", { class: "mark-title" }, t("kind." + kind), item.page ? el("span", { class: "quiet", text: " · " + t("page.n", { page: item.page }) }) : null);
    const topics = (item.topics || []).map((id) => JAMKA.matrix.requirement(id)).filter(Boolean);
    const index = part("summary").municipalities.findIndex((m) => m.documents.includes(doc.id));
    if (kind === "requirement") return el("section", null, head, quote(said), el("p", null, JAMKA.modalityTag(item.force), item.status === "proposed" ? el("span", { class: "tag warn", text: t("status.proposed") }) : null, item.actor_group === "public" ? el("span", { class: "tag plain", text: t("actor_group.public") }) : null), JAMKA.requirementFacts(item),
      topics.length ? el("p", null, t("document.topics"), " ", topics.map((r, i) => [i ? ", " : "", el("a", { href: index >= 0 ? matrix.cellPlace(r.id, index) : "#/matrix/" + r.id, text: JAMKA.inLanguage(r) })])) : el("p", { class: "quiet", text: t("document.no_topic") }));
    if (kind === "repair") return el("section", null, head, JAMKA.repairList([item]));
    if (kind === "metadata") return el("section", null, head, facts([[t("metadata." + item.field), el("span", { lang: "sv", text: item.value })]]));
    if (kind === "law") return el("section", null, head, quote(said), facts([[t("law.norm"), item.norm || item.value], [t("law.identifier"), item.identifier], [t("law.section"), JAMKA.inLanguage(item, "section_") ?? item.section], [t("law.status_on_date"), item.status_on_date && t("law_status." + item.status_on_date)], [t("law.use_instead"), item.use_instead], [t("law.note"), item.note && el("span", { lang: "sv", text: item.note })]]));
    return el("section", null, head, quote(said), facts([[t("field.kind"), t("value_kind." + item.kind)], [t("field.value"), JAMKA.valueSaid(item.value)], [t("field.calendar"), item.calendar && t("term." + item.calendar)], [t("field.of"), item.of && t("of." + item.of)], [t("field.period"), item.period && JAMKA.valueSaid(item.period)], [t("field.negated"), item.negated && t("field.negated_yes")]]));
  }

  const pagesTab = (doc) => el("div", { class: "page-list" }, doc.images.map((page) => el("figure", null, el("figcaption", { text: t("page.n", { page }) }),
    JAMKA.pagePicture(doc, page, doc.requirements.flatMap((r) => (doc.boxes[r.start + "-" + r.end] || []).filter((b) => b[0] === page).map((b) => [...b, "o-" + r.force]))))));

  function repairsTab(doc) {
    const rows = doc.repairs;
    const rules = [...new Set(rows.map((r) => r.rule))].sort();
    const list = dataTable({
      caption: t("document.repairs_list"), rows,
      filters: [{ label: t("field.rule"), options: rules.map((r) => [r, JAMKA.ruleSaid(r)]), keep: (r, v) => r.rule === v }, { label: t("field.state"), options: ["applied", "suggested", "rejected"].map((s) => [s, t("repair_status." + s)]), keep: (r, v) => r.status === v }],
      columns: [
        { label: t("repair.before"), text: (r) => r.before, cell: (r) => el("del", { lang: "sv", text: visible(r.before) }) },
        { label: t("repair.after"), text: (r) => r.after, cell: (r) => el("ins", { lang: "sv", text: visible(r.after) }) },
        { label: t("field.rule"), text: (r) => JAMKA.ruleSaid(r.rule) },
        { label: t("field.confidence"), numeric: true, text: (r) => r.confidence, cell: (r) => percent(r.confidence) },
        { label: t("field.state"), text: (r) => t("repair_status." + r.status) },
        { label: t("field.page"), numeric: true, text: (r) => r.page },
      ],
    });
    return el("div", null, doc.sides.length ? el("section", null, el("h2", { text: t("document.sides") }), sides(doc)) : null, el("section", null, el("h2", { text: t("document.repairs_list") }), list));
  }

  /** Line breaks and blanks of layout edits, made visible. */
  const visible = (said) => (said === "" ? "∅" : said.replaceAll("\n", "⏎").replaceAll("\f", "␌").replaceAll("\t", "⇥").replace(/^ +| +$/g, (m) => "␣".repeat(m.length)));

  const sides = (doc) => el("div", JAMKA.scrolling(t("document.sides")), el("table", { class: "sides" }, el("caption", { class: "unseen", text: t("document.sides") }), el("thead", null, el("tr", null, el("th", { scope: "col", text: t("repair.before") }), el("th", { scope: "col", text: t("repair.after") }))),
    el("tbody", null, doc.sides.map(([before, after]) => el("tr", null, side(doc, before, "del"), side(doc, after, "ins"))))));
  const side = (doc, pieces, tag) => el("td", { lang: "sv" }, pieces.map(([said, place]) => (place < 0 || !said.trim() ? said : el(tag, { text: said, title: JAMKA.ruleSaid(doc.repairs[place].rule) + " · " + percent(doc.repairs[place].confidence) }))));
})();
