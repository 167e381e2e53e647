// The evidence of a cell: quote in its place, rule, passages for and against, repairs, laws; and a requirement's answers.
"use strict";
(() => {
  const { el, t, has, part, load, inLanguage, matrix, answerTag, strictnessTag, modalityTag, confidence, quote, facts, empty, number, percent } = JAMKA;
  const leave = () => { location.hash = "#/matrix"; JAMKA.selectCell(null); JAMKA.refocusMatrix(); };

  /** A link to a document, or to a span of its text. */
  const documentLink = (id, start, end) => el("a", { href: documentPlace(id, start, end), text: documentName(id) });
  const documentPlace = (id, start, end) => "#/document/" + encodeURIComponent(id) + (start === null || start === undefined ? "" : "/" + start + "-" + end);
  const documentName = (id) => {
    const known = (part("documents") || []).find((d) => d.document_id === id);
    return known ? known.title || known.file_name : id;
  };

  async function showCell(id, index) {
    const row = matrix.requirement(id);
    const names = part("summary").municipalities;
    if (!row || !names[index]) return;
    const shown = matrix.cell(row, index);
    const body = el("div", { class: "evidence" }, summaryOf(row, index, shown), el("p", { class: "waiting", text: t("panel.loading") }));
    JAMKA.selectCell(id, index);
    JAMKA.openPanel([el("span", { class: "over", text: names[index].name }), inLanguage(row)], body, leave);
    try {
      const [detail] = await Promise.all([load(JAMKA.municipalityPart(index)), load("documents")]);
      const cell = detail.cells[id];
      const doc = cell.document ? await load("d/" + partName(cell.document)).catch(() => null) : null;
      if (!body.isConnected) return;
      body.lastChild.replaceWith(el("div", null, sources(cell), leading(cell, doc, shown, index), passages(cell, Boolean(doc) && cell.start !== null, shown), await repairsUnder(cell, doc), laws(cell), others(detail.relations[id], row, index)));
    } catch (problem) {
      body.lastChild.replaceWith(el("p", { class: "problem", role: "alert", text: problem.message }));
    }
  }

  const partName = (id) => (part("documents") || []).find((d) => d.document_id === id)?.part || id;

  function summaryOf(row, index, shown) {
    const count = part("summary").municipalities.length;
    const go = (step) => matrix.cellPlace(row.id, (index + step + count) % count);
    return el("div", { class: "evidence-head" },
      el("div", { class: "tags" }, answerTag(shown.answer, matrix.answerSaid(shown), shown.unruled ? matrix.mark(shown) : shown.answer), modalityTag(shown.modality), strictnessTag(shown.strictness), shown.review !== "unreviewed" ? el("span", { class: "tag plain", text: t("review." + shown.review) }) : null),
      shown.value ? el("p", { class: "big-value", text: shown.value }) : el("p", { class: "big-value none", text: matrix.answerSaid(shown, "answer_long") }),
      el("p", { class: "row small" }, el("span", null, t("cell.confidence"), " ", confidence(shown.confidence)), el("a", { href: "#/matrix/" + row.id, text: t("cell.all_answers") }),
        count > 1 ? el("span", { class: "steps" }, el("a", { href: go(-1), title: t("cell.previous"), "aria-label": t("cell.previous"), text: "←" }), el("a", { href: go(1), title: t("cell.next"), "aria-label": t("cell.next"), text: "→" })) : null));
  }

  function leading(cell, doc, shown, index) {
    if (cell.start === null || !doc) return proofOfSilence(shown, index);
    const support = cell.passages.find((p) => p.start === cell.start && p.end === cell.end && p.requirement) || cell.passages.find((p) => p.relation === "supports" && p.requirement);
    return el("section", null, el("h3", { text: t("cell.quote") }),
      shown.review === "changed" ? el("p", { class: "quiet", text: t("reviewed.quoted") }) : null,
      JAMKA.pageWithBox(doc, cell.start, cell.end), JAMKA.context(doc, cell.start, cell.end),
      el("p", { class: "place" }, documentLink(cell.document, cell.start, cell.end), " · ", t("page.n", { page: cell.page }), support?.requirement?.section ? [" · ", el("span", { lang: "sv", text: support.requirement.section })] : null),
      support?.requirement ? requirementFacts(support.requirement) : null);
  }

  /** Which document says what of an answer that several give together. */
  function sources(cell) {
    if (!cell.sources.length) return null;
    return el("section", null, el("h3", { text: t("cell.sources", { n: number(cell.sources.length) }) }),
      el("ul", { class: "plain-list" }, cell.sources.map((s) => el("li", null, inLanguage(s) ? [el("strong", { text: inLanguage(s) }), ": "] : "", documentLink(s.document, null), s.owner ? el("span", { class: "quiet", lang: "sv", text: " · " + s.owner }) : ""))));
  }

  function requirementFacts(r) {
    return facts([
      [t("field.actor"), r.actor ? [el("span", { lang: "sv", text: r.actor }), r.actor_explicit ? "" : " (" + t("field.actor_inherited") + ")"] : el("em", { text: t("field.no_actor") })],
      [t("field.action"), el("span", { lang: "sv", text: r.action })],
      [t("field.condition"), r.condition && el("span", { lang: "sv", text: r.condition })],
      [t("field.exception"), r.exception && el("span", { lang: "sv", text: r.exception })],
      [t("field.modality"), r.modality === r.force ? t("modality." + r.force) : t("field.modality_effective", { written: t("modality." + r.modality), force: t("modality." + r.force) })],
      [t("field.rule"), el("span", { text: JAMKA.ruleSaid(r.rule), title: r.rule })],
      [t("field.confidence"), percent(r.confidence)],
      [t("field.repair_dependent"), r.repair_dependent && t("field.repair_dependent_yes")],
    ].filter(([, v]) => !(v instanceof HTMLElement && !v.textContent)));
  }

  /** A cell that says "nothing" shows what was read, and how readable it was. */
  function proofOfSilence(shown, index) {
    const read = (part("summary").municipalities[index].documents).map((id) => part("documents").find((d) => d.document_id === id)).filter(Boolean);
    return el("section", null, el("h3", { text: t("cell.what_was_read") }),
      el("p", { text: reviewSaid(shown) || (shown.answer === "silent" && shown.doubtful && !shown.unruled ? t("silence_in_doubt") : matrix.answerSaid(shown, "answer_about")) }),
      el("ul", { class: "plain-list" }, read.map((d) => el("li", null, documentLink(d.document_id, null), " · ", t("cell.read", { pages: number(d.pages), requirements: number(d.requirements) }), " · ",
        t("cell.damage", { share: percent(d.damage_score, 1) }), d.completeness && d.completeness !== "complete" ? " · " + t("completeness." + d.completeness) : ""))));
  }

  const SAID = ["stated", "stated_negatively", "delegated", "conflicting"];
  /** What a reviewer has made of an answer that no quote of a text gives; empty where nobody has. */
  const reviewSaid = (shown) => (shown.review === "rejected" ? t("reviewed.rejected") : shown.review === "changed" ? t(SAID.includes(shown.answer) ? "reviewed.without_quote" : "reviewed.changed") : "");

  /** A heading's words without the marks by which Markdown knows it. */
  const bare = (said) => said.replace(/^\s*#{1,6}\s+/gm, "");

  /** A passage that matches the question by less has nothing to do with it: it is shown only since none is nearer. */
  const FAR = 0.05;

  /** Everything else that bears on the answer; the leading quote stands above already. */
  function passages(cell, quoted, shown) {
    const heading = (relation) => t(relation === "supports" && shown.review === "rejected" ? "reviewed.rejected_place" : "evidence." + relation);
    return ["supports", "dissents", "nearest"].map((relation) => {
      const rows = cell.passages.filter((p) => p.relation === relation && !(quoted && p.document === cell.document && p.start === cell.start && p.end === cell.end));
      if (!rows.length) return null;
      return el("section", null, el("h3", null, heading(relation), el("span", { class: "count", text: " " + number(rows.length) })),
        relation === "nearest" && rows.every((p) => p.score < FAR) ? el("p", { class: "quiet", text: t("evidence.far") }) : null,
        el("ol", { class: "passages r-" + relation }, rows.map((p) => el("li", null, quote(bare(p.quote)),
          el("p", { class: "place" }, documentLink(p.document, p.start, p.end), p.page ? " · " + t("page.n", { page: p.page }) : "", " · ", t("evidence.score", { score: percent(p.score) }),
            p.requirement ? [" · ", t("modality." + p.requirement.force), p.requirement.actor ? [" · ", el("span", { lang: "sv", text: p.requirement.actor })] : ""] : "",
            p.value ? [" · ", t("value_kind." + p.value.kind) + ": ", valueSaid(p.value.value)] : "", p.requirement ? [" · ", el("span", { text: JAMKA.ruleSaid(p.requirement.rule), title: p.requirement.rule })] : "")))));
    });
  }

  const UNITS = { Y: "years", M: "months", W: "weeks", D: "days", TH: "hours", TM: "minutes" };
  /** A length of time in words ("PT24H": 24 hours), empty for anything else. */
  function lengthSaid(value) {
    const [, clock, count, unit] = /^P(T?)(\d+)([A-Z])$/.exec(value) || [];
    const name = UNITS[clock + unit];
    return name ? t("unit." + name + (count === "1" ? ".one" : ".many"), { n: count }) : "";
  }
  const valueSaid = (value) => (has("term." + value) ? t("term." + value) : lengthSaid(value) || el("span", { lang: "sv", text: value }));

  async function repairsUnder(cell, doc) {
    if (!doc || cell.start === null) return null;
    const under = doc.repairs.filter((r) => r.status !== "rejected" && r.start < cell.end && r.end > cell.start && r.before.trim() !== r.after.trim());
    if (!under.length) return el("section", null, el("h3", { text: t("cell.repairs") }), el("p", { class: "quiet", text: t("cell.no_repairs") }));
    return el("section", null, el("h3", { text: t("cell.repairs") }), repairList(under));
  }

  const repairList = (rows) => el("ul", { class: "plain-list repairs" }, rows.map((r) => el("li", null, el("del", { lang: "sv", text: r.before || "∅" }), " → ", el("ins", { lang: "sv", text: r.after || "∅" }), " ",
    el("span", { class: "quiet" }, t("repair_status." + r.status), " · ", percent(r.confidence), " · ", el("span", { text: JAMKA.ruleSaid(r.rule), title: r.rule })))));

  function laws(cell) {
    if (!cell.laws.length) return null;
    return el("section", null, el("h3", { text: t("cell.laws") }), el("ul", { class: "plain-list" }, cell.laws.map((l) => el("li", null, el("strong", { text: l.norm }), l.identifier ? " (" + l.identifier + ")" : "", l.section ? " " + inLanguage(l, "section_") : "", " · ", el("span", { class: "law-" + l.status, text: t("law_status." + l.status) }), l.use_instead ? " · " + t("law.use_instead") + " " + l.use_instead : "", inLanguage(l, "note_") ? el("span", { class: "quiet", text: " – " + inLanguage(l, "note_") }) : ""))));
  }

  function others(relations, row, index) {
    if (!relations || !relations.length) return null;
    const names = part("summary").municipalities;
    const rows = relations.map((r) => [r, names.findIndex((m) => m.name === r.other)]).filter(([, i]) => i >= 0);
    return el("details", null, el("summary", { text: t("cell.beside_others", { n: number(rows.length) }) }),
      el("ul", { class: "plain-list" }, rows.slice(0, 60).map(([r, i]) => el("li", null, el("a", { href: matrix.cellPlace(row.id, i), text: r.other }), ": ", t("relation." + r.relation), r.rationale ? el("span", { class: "quiet", lang: "sv", text: " – " + r.rationale }) : ""))));
  }

  /** How an answer stands to the strictest: a sign, and in words where it can't be said by its place in the list. */
  const place = (kind) => (kind === "none" || kind === "equal" ? null : el("span", { class: "standing s-" + kind }, JAMKA.glyph(kind), kind === "incomparable" ? el("span", { "aria-hidden": "true", text: t("strictness." + kind) }) : null));

  async function showRequirement(id) {
    const row = matrix.requirement(id);
    if (!row) return;
    const names = part("summary").municipalities;
    const ranked = row.ranked.map((i) => ({ name: names[i].name, index: i, ...matrix.cell(row, i) }));
    const heading = row.stricter === "no_order" ? "requirement.answers_unordered" : "requirement.answers";
    const stands = (kind) => ranked.some((r) => r.strictness === kind);
    // Where the first of the list can't be ranked it must not look as if they were the strictest.
    const headless = row.stricter !== "no_order" && stands("incomparable") && !stands("strictest") ? el("p", { class: "quiet", text: t("requirement.no_strictest") }) : null;
    const statistics = el("div");
    const body = el("div", { class: "evidence" }, el("p", { text: inLanguage(row, "about_") }),
      facts([[t("requirement.group"), matrix.groupLabel(row.group)], [t("requirement.type"), t("value_type." + row.type)], [t("requirement.stricter"), t("order." + row.stricter)], [t("requirement.id"), el("code", { text: row.id })]]),
      JAMKA.distributionBar(row, true), el("h3", { text: t(heading) }), headless,
      el("ol", { class: "answers" }, ranked.map((r) => el("li", { class: "a-" + r.answer }, el("a", { href: matrix.cellPlace(id, r.index) }, JAMKA.glyph(matrix.mark(r)), el("strong", { text: r.name }), el("span", { text: (r.value || matrix.answerSaid(r)) + matrix.forceBehind(r) }), place(r.strictness), el("span", { class: "unseen", text: matrix.answerSaid(r) + (r.strictness !== "none" ? ", " + t("strictness." + r.strictness) : "") }))))), statistics);
    JAMKA.selectCell(null);
    JAMKA.openPanel([el("span", { class: "over", text: t("requirement.over") }), inLanguage(row)], body, leave);
    const method = await load("method").catch(() => null);
    const own = method ? method.statistics.filter((s) => s.requirement === id) : [];
    if (own.length) statistics.append(el("h3", { text: t("requirement.figures") }), ...JAMKA.statisticsList(own).filter(Boolean));
  }

  const sentences = (said) => said.split(/(?<=\.) /).filter(Boolean);
  /** Shares with their intervals; what is to be noted of all of them stands once, below. */
  function statisticsList(rows) {
    const notes = (s) => sentences(inLanguage(s, "note_"));
    const common = notes(rows[0]).filter((one) => rows.length > 1 && rows.every((s) => notes(s).includes(one)));
    const rest = (s) => notes(s).filter((one) => !common.includes(one)).join(" ");
    return [shares(rows, rest), common.length ? el("p", { class: "quiet", text: common.join(" ") }) : ""];
  }

  const shares = (rows, rest) => el("ul", { class: "plain-list" }, rows.map((s) => el("li", null, el("strong", { text: t("measure." + s.measure) }), ": ", t("statistic.share", { count: number(s.count), total: number(s.total), share: percent(s.share) }), " ", el("span", { class: "quiet", text: t("statistic.interval", { low: percent(s.low), high: percent(s.high) }) }), rest(s) ? el("span", { class: "quiet", text: " " + rest(s) }) : "")));

  Object.assign(JAMKA, { showCell, showRequirement, requirementFacts, documentLink, documentPlace, documentName, partName, repairList, valueSaid, statisticsList, empty });
})();
