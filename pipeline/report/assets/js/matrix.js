// The matrix view: filters above, legend, the grid.
"use strict";
(() => {
  const { el, t, part, inLanguage, glyph, matrix, matrixGrid, number, counted, bodies, announce, fold, views } = JAMKA;
  let grid = null;

  views.matrix = () => {
    const { filters } = matrix;
    grid = matrixGrid();
    const count = el("p", { class: "count" });
    const chooser = municipalityChooser(draw);

    function draw(quiet) {
      const shown = matrix.chosen();
      grid.draw(shown);
      count.textContent = t("matrix.count", { rows: counted("count.requirements", shown.rows.length), columns: bodies(shown.columns) || number(0) });
      chooser.count(shown.columns.length);
      if (quiet !== true) announce(count.textContent);
    }

    const summary = part("summary");
    const tools = el("div", { class: "tools", role: "search" },
      el("label", { class: "field grow" }, el("span", { text: t("matrix.search") }),
        el("input", { type: "search", id: "matrix-search", value: filters.query, placeholder: t("matrix.search_hint"), on: { input: (e) => { filters.query = fold(e.target.value.trim()); draw(); } } })),
      select("group", t("matrix.group"), [["", t("table.all")], ...summary.groups.map((g) => [g.id, inLanguage(g)])]),
      select("answer", t("matrix.answer"), [["", t("table.all")], ...summary.codes.answers.map((a) => [a, t("answer." + a)]), ["doubtful", t("matrix.doubtful")]]),
      chooser.element,
      select("rows", t("matrix.order_rows"), ["codebook", "name", "silent", "answered", "spread"].map((o) => [o, t("order_rows." + o)])),
      select("columns", t("matrix.order_columns"), ["name", "answered", "strict"].map((o) => [o, t("order_columns." + o)])),
      el("label", { class: "check" }, el("input", { type: "checkbox", id: "matrix-differing", ...(filters.differing ? { checked: true } : {}), on: { change: (e) => { filters.differing = e.target.checked; draw(); } } }), t("matrix.differing")),
      el("label", { class: "check" }, el("input", { type: "checkbox", id: "matrix-words", ...(matrix.inWords(summary.municipalities.length) ? { checked: true } : {}), on: { change: (e) => { filters.words = e.target.checked; draw(); } } }), t("matrix.words")),
      el("button", { type: "button", class: "button quiet", text: t("matrix.reset"), on: { click: reset } }));

    function select(name, label, options) {
      const box = el("select", { id: "matrix-" + name, on: { change: (e) => { filters[name] = e.target.value; draw(); } } }, options.map(([value, words]) => el("option", { value, text: words })));
      box.value = filters[name];
      return el("label", { class: "field" }, el("span", { text: label }), box);
    }

    function reset() {
      Object.assign(filters, { query: "", group: "", answer: "", rows: "codebook", columns: "name", differing: false, words: null });
      filters.hidden.clear();
      JAMKA.show();
    }

    requestAnimationFrame(() => draw(true));
    return el("section", { class: "view view-matrix" },
      el("div", { class: "title-row" }, el("h1", { text: t("matrix.title") }), count), tools, legend(), grid.element, grid.paper,
      el("p", { class: "hint", text: t("matrix.keys") }));
  };

  function legend() {
    const answers = part("summary").codes.answers.map((a) => el("li", null, glyph(a), t("answer." + a)));
    if (part("summary").municipalities.some((m) => m.unruled)) answers.splice(part("summary").codes.answers.indexOf("silent") + 1, 0, el("li", null, glyph("unruled"), t("unruled.mark")));
    answers.splice(1, 0, el("li", null, glyph("stated_weaker"), t("matrix.weaker")));
    const marks = ["strictest", "laxer", "incomparable"].map((s) => el("li", null, glyph(s), t("strictness." + s)));
    marks.push(el("li", null, el("span", { class: "glyph", "aria-hidden": "true", text: "?" }), t("matrix.doubtful_when")));
    return el("ul", { class: "legend", "aria-label": t("matrix.legend") }, answers, el("li", { class: "divider", "aria-hidden": "true" }), marks);
  }

  function municipalityChooser(changed) {
    const { hidden } = matrix.filters;
    const names = part("summary").municipalities;
    const label = el("summary");
    const boxes = names.map((m, i) => el("label", { class: "check", data: { name: fold(m.name) } },
      el("input", { type: "checkbox", ...(hidden.has(i) ? {} : { checked: true }), on: { change: (e) => { if (e.target.checked) hidden.delete(i); else hidden.add(i); changed(); } } }), m.name));
    const set = (keep) => {
      boxes.forEach((box, i) => {
        if (box.hidden) return;
        box.firstChild.checked = keep;
        if (keep) hidden.delete(i);
        else hidden.add(i);
      });
      changed();
    };
    const element = el("details", { class: "chooser", on: { keydown: (e) => { if (e.key === "Escape") { element.open = false; label.focus(); } } } }, label,
      el("div", { class: "chooser-box" },
        el("input", { type: "search", "aria-label": t("matrix.find_municipality"), placeholder: t("matrix.find_municipality"), on: { input: (e) => { const wanted = fold(e.target.value.trim()); boxes.forEach((box) => { box.hidden = !box.dataset.name.includes(wanted); }); } } }),
        el("div", { class: "row" }, el("button", { type: "button", class: "button quiet", text: t("matrix.all"), on: { click: () => set(true) } }), el("button", { type: "button", class: "button quiet", text: t("matrix.no_one"), on: { click: () => set(false) } })),
        el("div", { class: "chooser-list" }, boxes)));
    return { element, count: (n) => { label.textContent = t("matrix.municipalities", { n: number(n), all: number(names.length) }); } };
  }

  JAMKA.selectCell = (requirement, index) => grid?.select(requirement, index);
  JAMKA.refocusMatrix = () => grid?.refocus();
})();
