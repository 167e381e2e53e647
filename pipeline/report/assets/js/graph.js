// The comparison as a picture: municipalities, lines between those that answer alike or share text, and the same as a table.
"use strict";
(() => {
  const { el, svg, t, part, load, matrix, dataTable, number, percent, views, empty, graphPicture } = JAMKA;
  const KINDS = ["equal", "stricter", "laxer", "broader", "narrower", "overlapping", "incomparable"];
  const compared = (e) => KINDS.reduce((n, k) => n + (e[k] || 0), 0);
  const alike = (e) => (e.equal || 0) / (compared(e) || 1);

  views.graph = async () => {
    const { pairs, groups, central } = await load("graph");
    const names = part("summary").municipalities.map((m) => m.name);
    if (!pairs.length) return el("section", { class: "view" }, el("h1", { text: t("nav.graph") }), empty(t("graph.none")));
    const detail = el("p", { class: "graph-detail", "aria-live": "polite", text: t("graph.hint") });
    const limit = el("input", { type: "range", min: 0, max: 100, value: names.length > 40 ? 50 : 0, id: "graph-limit", on: { input: choose } });
    const said = el("output", { for: "graph-limit" });
    const picture = graphPicture({ names, pairs: chosen(), groups, weight: alike, said: (e) => sentence(names, e), tell: (words) => { detail.textContent = words; } });
    function chosen() {
      const least = limit.value / 100;
      return pairs.filter((e) => (e.equal || e.shared) && (alike(e) >= least || (e.shared && least === 0)));
    }
    function choose() {
      said.textContent = percent(limit.value / 100);
      picture.show(chosen());
    }
    choose();
    const key = (kind, words) => el("li", null, svg("svg", { viewBox: "0 0 30 10", class: "line-key", "aria-hidden": "true" }, svg("path", { d: "M1 5h28", class: kind })), words);
    return el("section", { class: "view" }, el("h1", { text: t("nav.graph") }), el("p", { class: "lead", text: t("graph.lead") }),
      el("div", { class: "tools" }, el("label", { class: "field" }, el("span", { text: t("graph.limit") }), limit), said, el("ul", { class: "legend small" }, key("edge", t("graph.alike")), key("edge shared", t("graph.shared")))),
      picture.element, el("p", { class: "hint", text: t("graph.keys") }), detail, el("h2", { text: t("graph.table") }), table(names, pairs), ...communities(names, groups), ...centralities(central), el("p", { class: "quiet", text: t("graph.files") }));
  };

  function sentence(names, e) {
    return t("graph.pair", { one: names[e.one], other: names[e.other], equal: number(e.equal || 0), compared: number(compared(e)), share: percent(alike(e)) }) + (e.shared ? " " + t("graph.pair_shared", { n: number(e.shared) }) : "");
  }

  /** The groups of more than one, the largest first. */
  function communities(names, groups) {
    const rows = groups.filter((members) => members.length > 1).map((members, at) => ({ at: at + 1, members }));
    if (!rows.length) return [];
    return [el("h2", { text: t("graph.groups") }), el("p", { class: "hint", text: t("graph.groups_lead") }), dataTable({
      caption: t("graph.groups"), rows,
      columns: [
        { label: t("graph.group_number"), header: true, text: (g) => g.at, cell: (g) => number(g.at) },
        { label: t("graph.group_size"), numeric: true, text: (g) => g.members.length, cell: (g) => number(g.members.length) },
        { label: t("graph.group_members"), text: (g) => names[g.members[0]], cell: (g) => g.members.map((i) => names[i]).join(", ") },
      ],
    })];
  }

  /** The requirements that share clauses with others, the most central first. */
  function centralities(central) {
    const rows = central.filter((c) => c.strength);
    if (!rows.length) return [];
    const { requirements } = part("summary");
    const answering = (c) => matrix.answering(requirements[c.requirement]);
    const label = (at) => JAMKA.inLanguage(requirements[at]);
    return [el("h2", { text: t("graph.central") }), el("p", { class: "hint", text: t("graph.central_lead") }), dataTable({
      caption: t("graph.central"), rows,
      columns: [
        { label: t("graph.central_requirement"), header: true, text: (c) => label(c.requirement), cell: (c) => label(c.requirement) },
        { label: t("graph.central_betweenness"), numeric: true, text: (c) => c.betweenness, cell: (c) => percent(c.betweenness) },
        { label: t("graph.central_strength"), numeric: true, text: (c) => c.strength, cell: (c) => number(c.strength) },
        { label: t("graph.central_clauses"), numeric: true, text: (c) => c.clauses, cell: (c) => number(c.clauses) },
        { label: t("graph.central_answered"), numeric: true, text: (c) => answering(c).shown, cell: (c) => t("table.count", { shown: number(answering(c).shown), all: number(answering(c).all) }) },
        { label: t("graph.central_ties"), text: (c) => c.ties.length, cell: (c) => c.ties.map(([at, n]) => `${label(at)} (${number(n)})`).join(", ") },
      ],
    })];
  }

  const table = (names, pairs) => dataTable({
    caption: t("graph.table"), rows: pairs,
    columns: [
      { label: t("graph.one"), header: true, text: (e) => names[e.one], cell: (e) => el("a", { href: matrix.cardPlace(e.one), text: names[e.one] }) },
      { label: t("graph.other"), text: (e) => names[e.other], cell: (e) => el("a", { href: matrix.cardPlace(e.other), text: names[e.other] }) },
      { label: t("graph.compared"), numeric: true, text: compared, cell: (e) => number(compared(e)) },
      ...KINDS.map((k) => ({ label: t("graph.relation_" + k), numeric: true, text: (e) => e[k] || 0, cell: (e) => number(e[k] || 0) })),
      { label: t("graph.shared_passages"), numeric: true, text: (e) => e.shared || 0, cell: (e) => number(e.shared || 0) },
    ],
  });
})();
