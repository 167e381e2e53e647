// A document's text with what was found in it, and its pages as pictures with boxes.
"use strict";
(() => {
  const { el, t, characters, slice, part } = JAMKA;

  /** The words around a span, the span marked; cut at word boundaries. */
  function context(doc, start, end, radius = 220) {
    const chars = characters(doc.id, doc.text);
    const isSpace = (i) => /\s/.test(chars[i]);
    let from = Math.max(0, start - radius);
    let to = Math.min(chars.length, end + radius);
    while (from > 0 && from < start && !isSpace(from - 1)) from += 1;
    while (to < chars.length && to > end && !isSpace(to)) to -= 1;
    // A line that goes on in small letters was broken by the page, not by the writer.
    const tidy = (said) => said.replace(/\n{3,}/g, "\n\n").replace(/([\p{L}\d,])[^\S\n]*\n(?=[\p{Ll}(])/gu, "$1 ");
    return el("blockquote", { class: "context", lang: "sv" }, from > 0 ? "… " : "", tidy(slice(chars, from, start)).trimStart(),
      el("mark", { class: "hit", text: tidy(slice(chars, start, end)) }), tidy(slice(chars, end, to)).trimEnd(), to < chars.length ? " …" : "");
  }

  /** The page of a span as a picture with the span boxed; null where there is none. */
  function pageWithBox(doc, start, end) {
    const boxes = doc.boxes[start + "-" + end];
    if (!boxes || !boxes.length || !doc.images.includes(boxes[0][0])) return null;
    const page = boxes[0][0];
    const frame = pagePicture(doc, page, boxes.filter((b) => b[0] === page), t("page.boxed", { page }));
    const view = el("div", { class: "page-window", tabindex: 0, role: "region", "aria-label": t("page.boxed", { page }) }, frame);
    frame.firstChild.addEventListener("load", () => { 
      view.scrollTop = Math.max(0, boxes[0][2] * frame.offsetHeight - view.clientHeight / 3);
      view.scrollLeft = Math.max(0, (Math.min(...boxes.map((b) => b[1])) - 0.03) * frame.offsetWidth);
    });
    return view;
  }

  function pagePicture(doc, page, boxes, words) {
    return el("div", { class: "page-picture" }, el("img", { src: "images/" + doc.folder + "/" + page + ".webp", alt: words || t("page.picture", { page }), loading: "lazy" }),
      boxes.map(([, x0, top, x1, bottom, kind]) => {
        const box = el("span", { class: "page-box " + (kind || ""), "aria-hidden": "true" });
        Object.assign(box.style, { left: 100 * x0 + "%", top: 100 * top + "%", width: 100 * (x1 - x0) + "%", height: 100 * (bottom - top) + "%" });
        return box;
      }));
  }

  /** Marks of a document by kind; each knows its span and what it stands for. */
  function marksOf(doc) {
    const laws = doc.laws;
    return [
      ...doc.requirements.map((item) => ({ kind: "requirement", cls: "k-requirement o-" + item.force + (item.status === "proposed" ? " proposed" : ""), item })),
      ...doc.values.filter((v) => v.kind !== "legal_reference" && v.kind !== "role").map((item) => ({ kind: "value", cls: "k-value", item })),
      ...doc.values.filter((v) => v.kind === "role").map((item) => ({ kind: "role", cls: "k-role", item })),
      ...(laws.length ? laws : doc.values.filter((v) => v.kind === "legal_reference")).map((item) => ({ kind: "law", cls: "k-law", item })),
      ...doc.metadata.map((item) => ({ kind: "metadata", cls: "k-metadata", item })),
      ...doc.repairs.filter((r) => r.status !== "rejected" && r.end > r.start).map((item) => ({ kind: "repair", cls: "k-repair " + item.status, item })),
    ].filter((m) => m.item.end > m.item.start).sort((a, b) => a.item.start - b.item.start || b.item.end - a.item.end);
  }

  /** Empty lines by the dozen, as scans leave them, become one. */
  const airless = (said) => said.replace(/(?:\n[^\S\n]*){3,}/g, "\n\n");

  /** The whole text, cut where marks begin and end; a click on a marked stretch hands over its marks. */
  function fullText(doc, shown, picked, sought) {
    const chars = characters(doc.id, doc.text);
    const marks = marksOf(doc).filter((m) => shown.has(m.kind));
    if (sought) marks.push({ kind: "sought", cls: "here", item: { start: sought[0], end: sought[1] } });
    marks.sort((a, b) => a.item.start - b.item.start || b.item.end - a.item.end);
    const pages = doc.pages.filter((p) => p[0] > 1);
    const headings = doc.headings;
    const cuts = new Set([0, chars.length]);
    for (const m of marks) cuts.add(m.item.start).add(m.item.end);
    for (const [start, end] of headings) cuts.add(start).add(end);
    for (const p of pages) cuts.add(p[1]);
    const places = [...cuts].filter((c) => c <= chars.length).sort((a, b) => a - b);
    const root = el("div", { class: "full-text", lang: "sv" });
    let active = [];
    let next = 0;
    for (let i = 0; i < places.length - 1; i += 1) {
      const [start, end] = [places[i], places[i + 1]];
      active = active.filter((m) => m.item.end > start);
      while (next < marks.length && marks[next].item.start <= start) active.push(marks[next++]);
      const page = pages.find((p) => p[1] === start);
      if (page) root.append(el("span", { class: "page-break", text: t("page.n", { page: page[0] }) }));
      const heading = headings.some(([a, b]) => a <= start && b >= end);
      const classes = [...new Set(active.flatMap((m) => m.cls.split(" ")))];
      if (heading) classes.push("heading-words");
      if (!classes.length) {
        root.append(airless(slice(chars, start, end)));
        continue;
      }
      const here = active.filter((m) => m.kind !== "sought");
      const begins = here.some((m) => m.item.start === start && m.kind === "requirement");
      root.append(el("span", {
        class: classes.join(" "), text: airless(slice(chars, start, end)), data: { start },
        ...(here.length ? { on: { click: () => picked(here), keydown: (e) => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); picked(here); } } } } : {}),
        ...(begins ? { tabindex: 0, role: "button", "aria-label": t("kind.requirement") + ": " + slice(chars, here.find((m) => m.kind === "requirement").item.start, here.find((m) => m.kind === "requirement").item.end) } : {}),
      }));
    }
    return root;
  }

  Object.assign(JAMKA, { context, pageWithBox, pagePicture, marksOf, fullText });
})();
