// The frame: navigation, language, light and dark, and which view stands where.
"use strict";
(() => {
  const { el, t, part, kept, views, matrix, inLanguage } = JAMKA;
  const PLACES = ["overview", "matrix", "municipality", "documents", "findings", "laws", "lineage", "graph", "method"];
  let standing = "";

  const route = () => location.hash.replace(/^#\/?|\/+$/g, "").split("/").map((piece) => { try { return decodeURIComponent(piece); } catch { return piece; } });

  /** What an address gets that leads nowhere: what is wrong with it, and ways on. */
  const lost = (said, ways) => el("section", { class: "view view-lost" }, el("h1", { text: t("error.lost") }), el("p", { class: "problem", role: "alert", text: said }),
    el("p", { text: t("error.way_back") }), el("ul", { class: "name-list" }, ways.map(([href, label]) => el("li", null, el("a", { href, text: label })))));

  /** How many pieces an address may have behind its view: a row and a column, a municipality, a document and a span. */
  const PIECES = { matrix: 2, municipality: 1, document: 2 };

  /** What is wrong with an address, as a view; null where it leads somewhere. */
  function astray(place, rest) {
    const [id, whose] = rest;
    const ways = PLACES.map((one) => ["#/" + one, t("nav." + one)]);
    if (!Object.hasOwn(views, place)) return lost(t("error.no_view", { name: place }), ways);
    const nav = place === "document" ? "documents" : place;
    const nothing = (name) => lost(t("error.no_place", { view: t("nav." + nav), name }), [["#/" + nav, t("nav." + nav)]]);
    const spare = rest.slice(PIECES[place] || 0);
    if (spare.length) return nothing(spare.join("/"));
    if (place === "document" && whose && !/^\d+(-\d+)?$/.test(whose)) return nothing(whose);
    if (place !== "matrix" || !id) return null;
    const row = matrix.requirement(id);
    if (!row) return lost(t("error.no_requirement", { name: id }), [["#/matrix", t("nav.matrix")]]);
    if (whose === undefined || matrix.whose(whose) >= 0) return null;
    return lost(t("error.no_municipality", { name: whose }), part("summary").municipalities.map((m, i) => [matrix.cellPlace(id, i), inLanguage(row) + ", " + m.name]));
  }

  async function show(force) {
    const [place, ...rest] = route();
    const name = place || "overview";
    const wrong = astray(name, rest);
    const key = name + (name === "matrix" && !wrong ? "" : "/" + rest.join("/"));
    const main = document.getElementById("main");
    if (name !== "matrix" || standing !== key) JAMKA.closePanel(true);
    if (standing !== key || force !== false) {
      const first = standing === "";
      standing = key;
      main.setAttribute("aria-busy", "true");
      let view;
      try {
        view = wrong || await views[name](rest);
      } catch (problem) {
        view = el("section", { class: "view" }, el("p", { class: "problem", role: "alert", text: problem.message }));
      }
      if (standing !== key) return;
      main.replaceChildren(view);
      main.removeAttribute("aria-busy");
      const heading = view.querySelector("h1");
      document.title = (heading ? heading.textContent + " – " : "") + "Jämka";
      if (!first && !(name === "document" && rest[1])) { scrollTo(0, 0); main.focus({ preventScroll: true }); }
      document.querySelectorAll("#nav a").forEach((a) => (a.dataset.place === (name === "document" ? "documents" : name) ? a.setAttribute("aria-current", "page") : a.removeAttribute("aria-current")));
      bringTab();
      if (name === "matrix") await new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); });
    }
    if (name === "matrix" && rest[0]) {
      if (wrong) return;
      if (rest[1] === undefined) JAMKA.showRequirement(rest[0]);
      else JAMKA.showCell(rest[0], matrix.whose(rest[1]));
    } else if (name === "matrix") JAMKA.closePanel();
  }

  /** On a narrow screen the tabs are wider than it: the one that is chosen must be in sight. */
  function bringTab() {
    const tab = document.querySelector("#nav a[aria-current]");
    const nav = document.getElementById("nav");
    if (tab) nav.scrollLeft = tab.offsetLeft - nav.offsetLeft - (nav.clientWidth - tab.offsetWidth) / 2;
  }

  function frame() {
    document.getElementById("skip").textContent = t("nav.skip");
    document.getElementById("brand-about").textContent = t("brand.about");
    const nav = document.getElementById("nav");
    nav.setAttribute("aria-label", t("nav.label"));
    nav.replaceChildren(el("ul", null, PLACES.map((p) => el("li", null, el("a", { href: "#/" + p, data: { place: p }, text: t("nav." + p) })))));
    const language = el("button", { type: "button", class: "switch", id: "language", lang: JAMKA.language() === "sv" ? "en" : "sv", text: JAMKA.language() === "sv" ? "English" : "Svenska", on: { click: () => { choose(JAMKA.language() === "sv" ? "en" : "sv"); } } });
    const theme = el("select", { id: "theme", "aria-label": t("theme.label"), on: { change: (e) => setTheme(e.target.value) } }, ["auto", "light", "dark"].map((v) => el("option", { value: v, text: t("theme." + v) })));
    theme.value = kept.get("theme", "auto");
    document.getElementById("switches").replaceChildren(theme, language);
  }

  function choose(language) {
    kept.set("language", language);
    JAMKA.setLanguage(language);
    frame();
    show(true).then(() => document.getElementById("language").focus());
  }

  function setTheme(theme) {
    kept.set("theme", theme);
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }

  Object.assign(JAMKA, { show, lost });
  document.getElementById("skip").addEventListener("click", (e) => { e.preventDefault(); document.getElementById("main").focus(); });
  addEventListener("hashchange", () => show(false));
  setTheme(kept.get("theme", "auto"));
  JAMKA.setLanguage(kept.get("language", part("summary").opens_in));
  frame();
  show(true);
})();
