// The matrix as a grid: only the columns in sight are drawn, arrow keys move, Enter opens the evidence.
"use strict";
(() => {
  const { el, t, part, inLanguage, glyph, matrix, soft } = JAMKA;
  const ALL_AT_ONCE = 40;
  const AHEAD = 6;
  /** Pixels that no row is lower than. */
  const LOWEST_ROW = 28;
  /** Letters of a name that two upright lines hold. */
  const LONG_NAME = 36;
  const WIDTHS = { few: 142, words: 156, compact: 40 };

  function matrixGrid() {
    let rows = [];
    let columns = [];
    let from = 0;
    let to = 0;
    let compact = false;
    let focus = { row: -1, column: 0 };
    let selected = null;
    let held = null;
    let headStamp = "";
    let laidOut = "";
    let top = [];
    let below = null;
    const made = new Map();
    const table = el("table", { class: "matrix", role: "grid", "aria-label": t("matrix.title") });
    const scroll = el("div", { class: "matrix-scroll" }, table);
    /** Few municipalities share the room there is; many keep their width and the grid scrolls. */
    const width = () => compact ? WIDTHS.compact : Math.max(columns.length <= 8 ? WIDTHS.few : WIDTHS.words, Math.min(360, Math.floor((scroll.clientWidth - headWidth() - 2) / (columns.length || 1))));
    const headWidth = () => Math.min(288, Math.max(150, scroll.clientWidth * 0.28 || 288));

    function inSight() {
      if (columns.length <= ALL_AT_ONCE) return [0, columns.length];
      const first = Math.floor(scroll.scrollLeft / width());
      const seen = Math.ceil(Math.max(scroll.clientWidth - headWidth(), 300) / width());
      return [Math.max(0, first - AHEAD), Math.min(columns.length, first + seen + AHEAD)];
    }

    /** Draw anew after filters changed. */
    function draw(shown) {
      ({ rows, columns } = shown);
      const compactNow = !matrix.inWords(columns.length);
      if (compactNow !== compact) { made.clear(); headStamp = ""; laidOut = ""; }
      compact = compactNow;
      focus = { row: Math.min(focus.row, rows.length - 1), column: Math.min(focus.column, columns.length - 1) };
      [from, to] = inSight();
      paint();
    }

    /** Lay out what is in sight. Cells and rows are made once and moved afterwards: filters only choose among them. */
    function paint() {
      table.className = "matrix " + (compact ? "compact" : "words");
      table.dataset.wanted = matrix.filters.answer;
      table.setAttribute("aria-rowcount", rows.length + 1);
      table.setAttribute("aria-colcount", columns.length + 1);
      const cols = [headWidth(), from * width(), ...columns.slice(from, to).map(width), (columns.length - to) * width()];
      const stamp = cols.join() + "/" + columns.slice(from, to).join();
      if (stamp !== headStamp) {
        headStamp = stamp;
        table.style.width = cols.reduce((a, b) => a + b, 0) + "px";
        const group = el("colgroup", null, cols.map((w) => {
          const col = el("col");
          col.style.width = w + "px";
          return col;
        }));
        top = [group, head()];
      }
      held?.setAttribute("tabindex", "-1");
      const order = stamp + "/" + matrix.filters.rows + "/" + rows.map((r) => r.id).join();
      if (order !== laidOut) {
        // With hundreds of columns the rows in sight come first and the others a moment later: nobody waits for them.
        const first = columns.length > ALL_AT_ONCE ? Math.min(rows.length, Math.ceil((scroll.scrollTop + scroll.clientHeight) / LOWEST_ROW)) : rows.length;
        table.replaceChildren(...top, ...bodies(stamp, 0, first));
        below = first < rows.length ? () => table.append(...bodies(stamp, first, rows.length)) : null;
        if (below) requestAnimationFrame(() => setTimeout(finish));
      }
      laidOut = order;
      if (!rows.length || !columns.length) table.append(el("tbody", null, el("tr", null, el("td", { class: "none", colspan: cols.length, text: t(part("summary").municipalities.length && part("summary").requirements.length ? "matrix.none" : "table.empty") }))));
      held = target(focus);
      held?.setAttribute("tabindex", "0");
    }

    /** Put in the rows that were left for later. */
    function finish() {
      const rest = below;
      below = null;
      rest?.();
      if (held) return;
      held = target(focus);
      held?.setAttribute("tabindex", "0");
    }

    function head() {
      const names = part("summary").municipalities;
      return el("thead", null, el("tr", { "aria-rowindex": 1 },
        el("th", { scope: "col", class: "corner", "aria-colindex": 1, text: t("matrix.requirement") }), spacer(),
        columns.slice(from, to).map((i, at) => el("th", { scope: "col", class: "name", "aria-colindex": from + at + 2 },
          el("a", { class: names[i].name.length > LONG_NAME && "long", href: matrix.cardPlace(i), tabindex: -1, title: names[i].name, data: { row: -1, column: from + at } }, el("span", { text: soft(names[i].name) })), reservation(names[i]))),
        spacer()));
    }

    /** Under the name where all there is of the municipality is cut off or only proposed. */
    function reservation({ completeness }) {
      if (compact || completeness.includes("complete") || !completeness.length) return null;
      return el("span", { class: "reservation", text: completeness.map((c) => t("completeness." + c)).join(", ") });
    }

    const spacer = () => el("td", { class: "spacer", role: "presentation" });

    function bodies(stamp, first, end) {
      const result = [];
      let group = first > 0 ? rows[first - 1].group : null;
      const grouped = matrix.filters.rows === "codebook";
      rows.slice(first, end).forEach((row, step) => {
        const at = first + step;
        const another = row.group !== group;
        if (!result.length || (grouped && another)) {
          group = row.group;
          const body = el("tbody");
          if (grouped && another) body.append(el("tr", { class: "group" }, el("th", { scope: "rowgroup" }, el("span", { text: matrix.groupLabel(group) })), el("td", { colspan: to - from + 2, role: "presentation" })));
          result.push(body);
        }
        result[result.length - 1].append(line(row, at, stamp));
      });
      return result;
    }

    function line(row, at, stamp) {
      if (!made.has(row)) {
        const name = el("button", { type: "button", class: "row-name", tabindex: -1, text: soft(inLanguage(row)), data: { column: -1 } });
        made.set(row, { cells: [], name, head: el("th", { scope: "row", "aria-colindex": 1 }, name), line: el("tr"), spacers: [spacer(), spacer()] });
      }
      const own = made.get(row);
      if (own.stamp !== stamp) {
        own.stamp = stamp;
        const cells = columns.slice(from, to).map((i, step) => {
          const cell = own.cells[i] || (own.cells[i] = gridCell(row, i));
          cell.dataset.column = from + step;
          cell.setAttribute("aria-colindex", from + step + 2);
          return cell;
        });
        own.line.replaceChildren(own.head, own.spacers[0], ...cells, own.spacers[1]);
        own.at = null;
      }
      if (own.at !== at) {
        own.at = at;
        own.line.setAttribute("aria-rowindex", at + 2);
        own.name.dataset.row = at;
        for (const cell of own.line.children) if (cell.dataset.column) cell.dataset.row = at;
      }
      return own.line;
    }

    function gridCell(row, index) {
      const shown = matrix.cell(row, index);
      const said = matrix.cellSaid(shown);
      const settings = {
        class: matrix.classes(shown),
        role: "gridcell", tabindex: -1,
      };
      if (selected && selected[0] === row.id && selected[1] === index) Object.assign(settings, { class: settings.class + " picked", "aria-selected": "true" });
      if (compact) return el("td", { ...settings, title: part("summary").municipalities[index].name + ": " + said, "aria-label": said });
      const mark = ["strictest", "laxer", "incomparable"].includes(shown.strictness) ? glyph(shown.strictness) : null;
      return el("td", { ...settings, title: said, "aria-label": said }, glyph(matrix.mark(shown)), el("span", { class: "clamp" }, soft(shown.value) || matrix.besideMark(shown), matrix.forceBehind(shown), shown.documents ? el("span", { class: "quiet", text: " (" + t("matrix.documents", { n: shown.documents }) + ")" }) : null), mark);
    }

    const target = ({ row, column }) => table.querySelector(`[data-row="${row}"][data-column="${column}"]`);

    /** Draw a column that is out of sight. */
    function bring(column) {
      finish();
      if (column < 0 || (column >= from && column < to)) return;
      scroll.scrollLeft = Math.max(0, (column - 2) * width());
      [from, to] = inSight();
      paint();
    }

    function move(row, column) {
      row = Math.max(-1, Math.min(rows.length - 1, row));
      column = Math.max(row === -1 ? 0 : -1, Math.min(columns.length - 1, column));
      bring(column);
      held?.setAttribute("tabindex", "-1");
      focus = { row, column };
      held = target(focus);
      held?.setAttribute("tabindex", "0");
      held?.focus();
    }

    function open(row, column) {
      if (row >= 0 && column >= 0) location.hash = matrix.cellPlace(rows[row].id, columns[column]);
      else if (row >= 0) location.hash = "#/matrix/" + rows[row].id;
      else location.hash = matrix.cardPlace(columns[column]);
    }

    const STEPS = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1], PageDown: [10, 0], PageUp: [-10, 0] };
    table.addEventListener("keydown", (event) => {
      const at = event.target.closest("[data-row]");
      if (!at || event.altKey || event.metaKey) return;
      const row = Number(at.dataset.row);
      const column = Number(at.dataset.column);
      if (event.key in STEPS) move(row + STEPS[event.key][0], column + STEPS[event.key][1]);
      else if (event.key === "Home") move(event.ctrlKey ? 0 : row, event.ctrlKey ? 0 : -1);
      else if (event.key === "End") move(event.ctrlKey ? rows.length - 1 : row, columns.length - 1);
      else if (event.key === "Enter" || event.key === " ") open(row, column);
      else return;
      event.preventDefault();
    });
    table.addEventListener("click", (event) => {
      const at = event.target.closest("[data-row]");
      if (!at) return;
      focus = { row: Number(at.dataset.row), column: Number(at.dataset.column) };
      if (focus.row >= 0) open(focus.row, focus.column);
    });

    let asked = false;
    scroll.addEventListener("scroll", () => {
      if (asked || columns.length <= ALL_AT_ONCE) return;
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        const [first, last] = inSight();
        if (first < from + AHEAD / 2 && from > 0 ? true : last > to - AHEAD / 2 && to < columns.length) {
          const inside = table.contains(document.activeElement);
          [from, to] = [first, last];
          paint();
          if (inside) target(focus)?.focus({ preventScroll: true });
        }
      });
    });

    let wide = 0;
    new ResizeObserver(() => {
      if (Math.abs(scroll.clientWidth - wide) < 24 || !rows.length) return;
      wide = scroll.clientWidth;
      const inside = table.contains(document.activeElement);
      [from, to] = inSight();
      paint();
      if (inside) target(focus)?.focus({ preventScroll: true });
      if (selected) table.querySelector(".picked")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    }).observe(scroll);

    /** Show which cell the panel is about. */
    function select(requirement, index) {
      selected = requirement && index !== undefined ? [requirement, index] : null;
      for (const own of made.values()) own.cells.forEach((cell) => { if (cell.classList.contains("picked")) { cell.classList.remove("picked"); cell.removeAttribute("aria-selected"); } });
      if (!selected) return;
      const at = { row: rows.findIndex((r) => r.id === requirement), column: columns.indexOf(index) };
      if (at.row < 0 || at.column < 0) return;
      bring(at.column);
      const cell = target(at);
      cell.classList.add("picked");
      cell.setAttribute("aria-selected", "true");
      cell.scrollIntoView({ block: "nearest", inline: "nearest" });
      focus = at;
    }

    const refocus = () => { finish(); target(focus)?.focus(); };
    const paper = el("div", { class: "printed-matrix" });
    JAMKA.whenPrinted(paper, () => paper.replaceChildren(...JAMKA.printedMatrix({ rows, columns, compact })), () => paper.replaceChildren());
    return { element: scroll, paper, draw, select, refocus };
  }

  Object.assign(JAMKA, { matrixGrid });
})();
