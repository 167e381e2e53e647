// The comparison as a picture: municipalities on a circle, lines between those that answer alike or share text.
"use strict";
(() => {
  const { el, svg, t, part, load, dataTable, number, percent, views, empty } = JAMKA;
  const KINDS = ["equal", "stricter", "laxer", "broader", "narrower", "overlapping", "incomparable"];
  const compared = (e) => KINDS.reduce((n, k) => n + (e[k] || 0), 0);
  const alike = (e) => (e.equal || 0) / (compared(e) || 1);

  views.graph = async () => {
    const edges = await load("graph");
    const names = part("summary").municipalities.map((m) => m.name);
    if (!edges.length) return el("section", { class: "view" }, el("h1", { text: t("nav.graph") }), empty(t("graph.none")));
    const holder = el("div", { class: names.length <= 12 ? "graph few" : "graph" });
    const detail = el("p", { class: "graph-detail", "aria-live": "polite", text: t("graph.hint") });
    const limit = el("input", { type: "range", min: 0, max: 100, value: names.length > 40 ? 50 : 0, id: "graph-limit", on: { input: draw } });
    const said = el("output", { for: "graph-limit" });
    function draw() {
      said.textContent = percent(limit.value / 100);
      const shown = edges.filter((e) => (e.equal || e.shared) && (alike(e) >= limit.value / 100 || (e.shared && Number(limit.value) === 0)));
      holder.replaceChildren(picture(names, shown, (text) => { detail.textContent = text; }));
    }
    draw();
    return el("section", { class: "view" }, el("h1", { text: t("nav.graph") }), el("p", { class: "lead", text: t("graph.lead") }),
      el("div", { class: "tools" }, el("label", { class: "field" }, el("span", { text: t("graph.limit") }), limit), said, el("ul", { class: "legend small" }, el("li", null, svg("svg", { viewBox: "0 0 30 10", class: "line-key", "aria-hidden": "true" }, svg("path", { d: "M1 5h28", class: "edge" })), t("graph.alike")), el("li", null, svg("svg", { viewBox: "0 0 30 10", class: "line-key", "aria-hidden": "true" }, svg("path", { d: "M1 5h28", class: "edge shared" })), t("graph.shared")))),
      holder, detail, el("h2", { text: t("graph.table") }), table(names, edges), el("p", { class: "quiet", text: t("graph.files") }));
  };

  function sentence(names, e) {
    return t("graph.pair", { one: names[e.one], other: names[e.other], equal: number(e.equal || 0), compared: number(compared(e)), share: percent(alike(e)) }) + (e.shared ? " " + t("graph.pair_shared", { n: number(e.shared) }) : "");
  }

  function picture(names, edges, tell) {
    const radius = Math.max(170, names.length * 3.4);
    const room = 150;
    const size = 2 * (radius + room);
    const at = names.map((_, i) => {
      const angle = (2 * Math.PI * i) / names.length - Math.PI / 2;
      return { x: radius * Math.cos(angle), y: radius * Math.sin(angle), angle };
    });
    const lines = edges.map((e) => {
      const [a, b] = [at[e.one], at[e.other]];
      const pull = names.length < 8 ? 0.35 : 0.2;
      const line = svg("path", { d: `M${a.x.toFixed(1)} ${a.y.toFixed(1)}Q${((a.x + b.x) * pull).toFixed(1)} ${((a.y + b.y) * pull).toFixed(1)} ${b.x.toFixed(1)} ${b.y.toFixed(1)}`, class: "edge" + (e.shared ? " shared" : ""), "stroke-width": (1 + 7 * alike(e)).toFixed(1) }, svg("title", {}, document.createTextNode(sentence(names, e))));
      line.addEventListener("mouseenter", () => tell(sentence(names, e)));
      return { e, line };
    });
    const nodes = names.map((name, i) => {
      const { x, y, angle } = at[i];
      const right = Math.cos(angle) >= -0.001;
      const upright = names.length <= 24;
      const turn = upright ? "" : ` rotate(${((angle * 180) / Math.PI + (right ? 0 : 180)).toFixed(1)})`;
      const out = upright ? [16 * Math.cos(angle), 20 * Math.sin(angle) + 5] : [right ? 11 : -11, 4];
      const anchor = upright && Math.abs(Math.cos(angle)) < 0.2 ? "middle" : right ? "start" : "end";
      const words = svg("text", { x: out[0].toFixed(1), y: out[1].toFixed(1), "text-anchor": anchor }, document.createTextNode(name));
      const node = svg("a", { href: "#/municipality/" + i, class: "node", transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})${turn}` }, svg("circle", { r: upright ? 7 : 4.5 }), words);
      const light = (on) => {
        lines.forEach(({ e, line }) => line.classList.toggle("away", on && e.one !== i && e.other !== i));
        if (on) tell(name + ": " + t("graph.neighbours", { n: number(lines.filter(({ e }) => e.one === i || e.other === i).length) }));
      };
      node.addEventListener("mouseenter", () => light(true));
      node.addEventListener("mouseleave", () => light(false));
      node.addEventListener("focus", () => light(true));
      node.addEventListener("blur", () => light(false));
      return node;
    });
    const half = size / 2;
    return svg("svg", { viewBox: `${-half} ${-half + (names.length <= 24 ? room - 50 : 0)} ${size} ${size - (names.length <= 24 ? 2 * room - 100 : 0)}`, role: "group", "aria-label": t("graph.picture"), class: "graph-picture" }, svg("g", {}, lines.map((l) => l.line)), svg("g", {}, nodes));
  }

  const table = (names, edges) => dataTable({
    caption: t("graph.table"), rows: edges,
    columns: [
      { label: t("graph.one"), header: true, text: (e) => names[e.one], cell: (e) => el("a", { href: "#/municipality/" + e.one, text: names[e.one] }) },
      { label: t("graph.other"), text: (e) => names[e.other], cell: (e) => el("a", { href: "#/municipality/" + e.other, text: names[e.other] }) },
      { label: t("graph.compared"), numeric: true, text: compared, cell: (e) => number(compared(e)) },
      ...KINDS.map((k) => ({ label: t("relation." + k), numeric: true, text: (e) => e[k] || 0, cell: (e) => number(e[k] || 0) })),
      { label: t("graph.shared"), numeric: true, text: (e) => e.shared || 0, cell: (e) => number(e.shared || 0) },
    ],
  });
})();
