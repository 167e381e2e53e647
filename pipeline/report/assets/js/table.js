// A table that can be searched, sorted and read in parts: for lists that may hold tens of thousands of rows.
"use strict";
(() => {
  const { el, t, fold, compare, number, counted, announce } = JAMKA;
  const STEP = 100;
  /** Rows on paper; a longer list says how many are left out. */
  const PRINTED = 1000;

  /**
   * columns: [{ key, label, text(row) for search and sort, cell(row) for show, numeric, wide, sort: false }]
   * total, next: how many rows there are in all, and next(2), next(3) ... promise those that are in further parts
   * filters: [{ label, options: [[value, words]], keep(row, value) }]
   */
  function dataTable({ caption, columns, rows, filters = [], rowLabel, initial, total = rows.length, next }) {
    const state = { query: "", sort: null, down: false, shown: STEP, parts: 1, chosen: filters.map((_, i) => (initial && initial[i]) || "") };
    const said = new Map();
    const words = (row) => {
      if (!said.has(row)) said.set(row, fold(columns.map((c) => c.text(row)).join(" ")));
      return said.get(row);
    };
    const body = el("tbody");
    const count = el("p", { class: "count" });
    const more = el("button", { type: "button", class: "button", on: { click: () => { state.shown += 5 * STEP; draw(); } } });
    const unread = el("p", { class: "unread" });
    const fetch = el("button", { type: "button", class: "button", on: { click: async () => {
      fetch.disabled = true;
      state.parts += 1;
      try {
        rows = rows.concat(await next(state.parts));
        draw();
      } catch (problem) {
        state.parts -= 1;
        announce(problem.message);
      }
      fetch.disabled = false;
    } } });
    const head = el("tr", null, columns.map((column, i) => header(column, i)));
    const table = el("table", { class: "list" }, el("caption", { class: "unseen", text: caption }), el("thead", null, head), body);
    const tools = el("div", { class: "tools" },
      el("label", { class: "field" }, el("span", { text: t("table.search") }),
        el("input", { type: "search", on: { input: (e) => { state.query = fold(e.target.value.trim()); state.shown = STEP; draw(); } } })),
      filters.map((filter, i) => select(filter, i)), count);

    function select(filter, i) {
      const box = el("select", { on: { change: (e) => { state.chosen[i] = e.target.value; state.shown = STEP; draw(); } } },
        el("option", { value: "", text: t("table.all") }), filter.options.map(([value, label]) => el("option", { value, text: label })));
      box.value = state.chosen[i];
      return el("label", { class: "field" }, el("span", { text: filter.label }), box);
    }

    function header(column, i) {
      const cell = el("th", { scope: "col", class: [column.numeric && "numeric", column.wide && "wide"].filter(Boolean).join(" "), data: { label: column.label } });
      if (column.sort === false) cell.textContent = column.label;
      else cell.append(el("button", { type: "button", class: "sort", text: column.label, on: { click: () => {
        state.down = state.sort === i ? !state.down : false;
        state.sort = i;
        [...head.children].forEach((other, j) => (j === i ? other.setAttribute("aria-sort", state.down ? "descending" : "ascending") : other.removeAttribute("aria-sort")));
        draw();
      } } }));
      return cell;
    }

    function chosen() {
      let result = rows.filter((row) => (!state.query || words(row).includes(state.query)) &&
        filters.every((filter, i) => !state.chosen[i] || filter.keep(row, state.chosen[i])));
      if (state.sort !== null) {
        const key = columns[state.sort].order || columns[state.sort].text;
        const sign = state.down ? -1 : 1;
        result = result.map((row, i) => [key(row), i, row]).sort(([a, i], [b, j]) => sign * compare(a, b) || i - j).map(([, , row]) => row);
      }
      return result;
    }

    function draw() {
      const found = chosen();
      body.replaceChildren(...found.slice(0, state.shown).map((row) => {
        const line = el("tr", null, columns.map((column, i) => el(column.header ? "th" : "td",
          { scope: column.header && "row", class: [column.numeric && "numeric", column.wide && "wide"].filter(Boolean).join(" "), data: { label: column.label } },
          column.cell ? column.cell(row) : column.text(row))));
        if (rowLabel) line.dataset.row = rowLabel(row);
        return line;
      }));
      if (!found.length) body.append(el("tr", null, el("td", { colspan: columns.length, class: "none", text: t(rows.length ? "table.none" : "table.empty") })));
      count.textContent = t("table.count", { shown: number(found.length), all: number(rows.length) });
      more.hidden = found.length <= state.shown;
      more.textContent = t("table.more", { n: number(found.length - state.shown) });
      unread.hidden = fetch.hidden = rows.length >= total;
      unread.textContent = t("table.unread", { read: number(rows.length), total: number(total) });
      fetch.textContent = t("table.fetch");
      if (state.query) announce(count.textContent);
    }
    draw();
    const paper = el("p", { class: "paper-only" });
    let onScreen = STEP;
    const print = () => {
      const found = chosen().length;
      onScreen = state.shown;
      state.shown = PRINTED;
      draw();
      const unread = total - rows.length;
      paper.textContent = t("table.printed", { shown: number(Math.min(found, PRINTED)), all: number(total) }) + (found > PRINTED || unread ? " " + counted("table.not_printed", Math.max(0, found - PRINTED) + unread) : "");
    };
    const element = el("div", { class: "data-table" }, tools, paper, el("div", JAMKA.scrolling(caption), table), more, unread, fetch);
    JAMKA.whenPrinted(element, print, () => { state.shown = onScreen; draw(); });
    return element;
  }

  Object.assign(JAMKA, { dataTable });
})();
