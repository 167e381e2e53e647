// The graph's picture: zoomed and moved by mouse, wheel, keys and buttons; groups from afar, municipalities from near.
"use strict";
(() => {
  const { el, svg, t, number, graphLayout } = JAMKA;
  const NEAREST = 8;
  const HEIGHT = 17;
  /** Pixels between neighbours from which each municipality is shown by itself. */
  const APART = 30;
  const KEYS = { ArrowLeft: [80, 0], ArrowRight: [-80, 0], ArrowUp: [0, 80], ArrowDown: [0, -80] };

  /**
   * pairs: the lines, groups: who belongs together; weight(pair), said(pair) and tell(words) are the view's.
   * The answer has `element`, and `show(pairs)` for another choice of lines.
   */
  function graphPicture({ names, pairs: every, groups, weight, said, tell }) {
    const plan = graphLayout.layout(names.length, groups);
    const view = { x: 0, y: 0, k: 1 };
    let least = 0.1;
    let size = { width: 0, height: 0 };
    let favourite = null;
    const ink = document.createElement("canvas").getContext("2d");
    const degree = names.map((_, i) => every.filter((p) => p.one === i || p.other === i).length);
    const lines = svg("g", { class: "lines" });
    const bonds = svg("g", { class: "bonds" });
    const discs = svg("g", {}, plan.groups.map((g) => svg("circle", { class: "disc", cx: g.x.toFixed(1), cy: g.y.toFixed(1), r: g.r.toFixed(1) })));
    const nodes = names.map((name, i) => mark("a", { href: JAMKA.matrix.cardPlace(i), class: "node" }, name, 6));
    const heads = plan.groups.map((g) => names[g.members[0]]);
    const clusters = plan.groups.map((g, at) => {
      const words = g.members.length === 1 ? heads[at] : t("graph.group_label", { name: heads[at], n: number(g.members.length) });
      const node = mark("g", { class: "cluster", role: "button", tabindex: 0, "aria-label": g.members.length === 1 ? heads[at] : t("graph.group", { name: heads[at], bodies: JAMKA.bodies(g.members) }) }, words, 0);
      const closer = () => { look(g.x, g.y, Math.max(2 * view.k, (1.35 * APART) / graphLayout.STEP)); nodes[g.members[0]].element.focus({ preventScroll: true }); };
      node.element.addEventListener("click", closer);
      node.element.addEventListener("keydown", (e) => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); e.stopPropagation(); closer(); } });
      node.element.addEventListener("focus", () => tell(g.members.map((i) => names[i]).join(", ")));
      node.element.addEventListener("mouseenter", () => tell(g.members.map((i) => names[i]).join(", ")));
      return node;
    });
    const nodeLayer = svg("g", {}, nodes.map((n) => n.element));
    const clusterLayer = svg("g", {}, clusters.map((c) => c.element));
    const world = svg("g", {}, bonds, discs, lines, nodeLayer, clusterLayer);
    const picture = svg("svg", { class: "graph-picture" + (plan.groups.length ? " many" : ""), role: "group", "aria-label": t("graph.picture") }, world);
    const state = el("p", { class: "graph-state quiet", role: "status" });
    const frame = el("div", { class: "graph-frame", tabindex: 0, role: "group", "aria-label": t("graph.picture") + " " + t("graph.keys") }, picture);
    const button = (name, sign, what) => el("button", { type: "button", class: "button", "aria-label": t("graph." + name), title: t("graph." + name), text: sign, data: { graph: name }, on: { click: what } });
    const buttons = el("div", { class: "graph-buttons no-print" }, button("zoom_in", "+", () => zoom(1.5)), button("zoom_out", "−", () => zoom(1 / 1.5)),
      ...[["←", "ArrowLeft"], ["→", "ArrowRight"], ["↑", "ArrowUp"], ["↓", "ArrowDown"]].map(([sign, key]) => el("button", { type: "button", class: "button", "aria-label": t("graph.move_" + key.slice(5).toLowerCase()), title: t("graph.move_" + key.slice(5).toLowerCase()), text: sign, on: { click: () => pan(...KEYS[key]) } })),
      el("button", { type: "button", class: "button", text: t("graph.fit"), data: { graph: "fit" }, on: { click: fit } }));

    function mark(tag, settings, words, r) {
      const label = svg("text", {}, document.createTextNode(words));
      const circle = svg("circle", { r });
      return { element: svg(tag, settings, circle, label), label, circle, words, width: 0 };
    }

    nodes.forEach(({ element }, i) => {
      const light = (on) => {
        favourite = on ? i : null;
        let found = 0;
        for (const line of lines.children) {
          const own = Number(line.dataset.one) === i || Number(line.dataset.other) === i;
          line.classList.toggle("away", on && !own);
          line.classList.toggle("near", on && own);
          found += own;
        }
        if (on) tell(names[i] + ": " + t("graph.neighbours", { n: number(found) }));
        draw();
      };
      element.addEventListener("mouseenter", () => light(true));
      element.addEventListener("mouseleave", () => light(false));
      element.addEventListener("focus", () => { bring(i); light(true); });
      element.addEventListener("blur", () => light(false));
    });

    /** The lines for these pairs, and between groups one for all of theirs. */
    function show(pairs) {
      const at = plan.nodes;
      lines.replaceChildren(...pairs.map((p) => {
        const [a, b] = [at[p.one], at[p.other]];
        const bend = plan.groups.length ? `L${b.x.toFixed(1)} ${b.y.toFixed(1)}` : `Q${(0.3 * (a.x + b.x)).toFixed(1)} ${(0.3 * (a.y + b.y)).toFixed(1)} ${b.x.toFixed(1)} ${b.y.toFixed(1)}`;
        const line = svg("path", { d: `M${a.x.toFixed(1)} ${a.y.toFixed(1)}` + bend, class: "edge" + (p.shared ? " shared" : ""), "stroke-width": (1 + (plan.groups.length ? 2 : 6) * weight(p)).toFixed(1), "data-one": p.one, "data-other": p.other });
        line.addEventListener("mouseenter", () => tell(said(p)));
        return line;
      }));
      const between = new Map();
      for (const p of pairs) {
        const [g, h] = [at[p.one].group, at[p.other].group].sort((x, y) => x - y);
        if (g !== h) between.set(g + "/" + h, (between.get(g + "/" + h) || 0) + 1);
      }
      bonds.replaceChildren(...[...between].map(([key, n]) => {
        const [g, h] = key.split("/").map(Number);
        const [a, b] = [plan.groups[g], plan.groups[h]];
        const line = svg("path", { d: `M${a.x.toFixed(1)} ${a.y.toFixed(1)}L${b.x.toFixed(1)} ${b.y.toFixed(1)}`, class: "edge", "stroke-width": Math.min(14, 1 + Math.sqrt(n)).toFixed(1) });
        line.addEventListener("mouseenter", () => tell(JAMKA.counted("graph.between", n, { one: heads[g], other: heads[h] })));
        return line;
      }));
    }

    const grouped = () => plan.groups.length > 0 && graphLayout.STEP * view.k < APART;
    const onScreen = ({ x, y }) => ({ x: x * view.k + view.x, y: y * view.k + view.y });

    function draw() {
      if (!size.width) return;
      world.setAttribute("transform", `translate(${view.x.toFixed(2)} ${view.y.toFixed(2)}) scale(${view.k.toFixed(4)})`);
      const far = grouped();
      const focused = document.activeElement;
      clusterLayer.style.display = far ? "" : "none";
      bonds.style.display = far ? "" : "none";
      lines.style.display = far ? "none" : "";
      picture.classList.toggle("far", far);
      nodes.forEach((n) => n.element.setAttribute("tabindex", far ? -1 : 0));
      if (far && nodes.some((n) => n.element === focused)) frame.focus({ preventScroll: true });
      const order = far ? clusters.map((_, i) => i) : names.map((_, i) => i).sort((a, b) => (b === favourite) - (a === favourite) || degree[b] - degree[a] || a - b);
      const of = far ? clusters : nodes;
      const from = far ? plan.groups : plan.nodes;
      const items = order.map((i) => {
        const { x, y } = onScreen(from[i]);
        if (!of[i].width) of[i].width = Math.ceil(ink.measureText(of[i].words).width) + 10;
        return { i, x, y, r: far ? from[i].r * view.k : 6, width: of[i].width, height: HEIGHT, middle: far, left: !plan.groups.length && from[i].x < -1 };
      });
      const seen = items.filter((p) => p.x > -p.width && p.x < size.width + p.width && p.y > -40 && p.y < size.height + 40);
      const places = graphLayout.place(seen);
      of.forEach((n) => n.label.setAttribute("visibility", "hidden"));
      seen.forEach((p, at) => {
        if (!places[at]) return;
        of[p.i].label.setAttribute("x", (places[at].left - p.x + 5).toFixed(1));
        of[p.i].label.setAttribute("y", (places[at].top - p.y + 13).toFixed(1));
        of[p.i].label.setAttribute("visibility", "visible");
      });
      of.forEach((n, i) => n.element.setAttribute("transform", `translate(${from[i].x.toFixed(1)} ${from[i].y.toFixed(1)}) scale(${(1 / view.k).toFixed(4)})`));
      if (far) {
        clusters.forEach((c, i) => c.circle.setAttribute("r", (plan.groups[i].r * view.k).toFixed(1)));
        nodes.forEach((n, i) => n.element.setAttribute("transform", `translate(${plan.nodes[i].x.toFixed(1)} ${plan.nodes[i].y.toFixed(1)})`));
        nodes.forEach((n) => n.label.setAttribute("visibility", "hidden"));
      }
      const words = plan.groups.length ? t(far ? "graph.grouped" : "graph.detailed") : "";
      if (state.textContent !== words) state.textContent = words;
    }

    const clamp = (k) => Math.max(least, Math.min(NEAREST, k));
    function zoom(by, x = size.width / 2, y = size.height / 2) {
      const k = clamp(view.k * by);
      view.x = x - ((x - view.x) * k) / view.k;
      view.y = y - ((y - view.y) * k) / view.k;
      view.k = k;
      draw();
    }
    function pan(x, y) {
      view.x += x;
      view.y += y;
      draw();
    }
    /** A place of the picture in the middle, at a zoom. */
    function look(x, y, k) {
      view.k = clamp(k);
      view.x = size.width / 2 - x * view.k;
      view.y = size.height / 2 - y * view.k;
      draw();
    }
    function fit() {
      const across = plan.groups.length ? 1 : (size.width - 260) / size.width;
      least = Math.min((size.width * across) / (2 * plan.radius * (plan.groups.length ? 1.1 : 1)), size.height / (2 * plan.radius + (plan.groups.length ? 0 : 30)), 1.6);
      least = Math.max(least, 0.05);
      look(0, 0, least);
    }
    /** A municipality that the keyboard has come to, moved into the picture. */
    function bring(i) {
      const { x, y } = onScreen(plan.nodes[i]);
      if (x < 20 || y < 20 || x > size.width - 20 || y > size.height - 20) look(plan.nodes[i].x, plan.nodes[i].y, view.k);
    }

    frame.addEventListener("wheel", (e) => {
      // At the ends the page scrolls on, so that nobody is caught in the picture.
      if ((e.deltaY > 0 && view.k <= least * 1.001) || (e.deltaY < 0 && view.k >= NEAREST)) return;
      e.preventDefault();
      const box = frame.getBoundingClientRect();
      zoom(Math.exp(-Math.max(-120, Math.min(120, e.deltaY)) / 300), e.clientX - box.left, e.clientY - box.top);
    }, { passive: false });
    frame.addEventListener("keydown", (e) => {
      if (e.altKey || e.ctrlKey || e.metaKey) return;
      if (e.key in KEYS) pan(...KEYS[e.key]);
      else if (e.key === "+" || e.key === "=") zoom(1.35);
      else if (e.key === "-") zoom(1 / 1.35);
      else if (e.key === "0" || e.key === "Home") fit();
      else return;
      e.preventDefault();
    });
    let drag = null;
    frame.addEventListener("pointerdown", (e) => { if (e.button === 0) drag = { x: e.clientX, y: e.clientY, moved: false }; });
    frame.addEventListener("pointermove", (e) => {
      if (!drag) return;
      if (!drag.moved && Math.hypot(e.clientX - drag.x, e.clientY - drag.y) < 5) return;
      if (!drag.moved) frame.setPointerCapture(e.pointerId);
      pan(e.clientX - drag.x, e.clientY - drag.y);
      drag = { x: e.clientX, y: e.clientY, moved: true };
    });
    const release = () => { const moved = drag?.moved; drag = null; if (moved) frame.addEventListener("click", (e) => { e.preventDefault(); e.stopPropagation(); }, { capture: true, once: true }); };
    frame.addEventListener("pointerup", release);
    frame.addEventListener("pointercancel", () => { drag = null; });
    frame.addEventListener("dragstart", (e) => e.preventDefault());

    new ResizeObserver(() => {
      const before = size.width;
      size = { width: frame.clientWidth, height: frame.clientHeight };
      ink.font = "500 13px " + getComputedStyle(frame).fontFamily;
      if (before) draw();
      if (Math.abs(size.width - before) > 40) fit();
    }).observe(frame);

    show(every);
    return { element: el("div", { class: "graph" }, frame, el("div", { class: "graph-tools" }, buttons, state)), show };
  }

  Object.assign(JAMKA, { graphPicture });
})();
