// The panel beside the view: opens, closes, hands the keyboard back.
"use strict";
(() => {
  const { el, t } = JAMKA;
  let back = null;
  let closed = null;

  /** Show elements in the panel; `onClose` says where the keyboard goes afterwards. */
  function openPanel(title, content, onClose) {
    const panel = document.getElementById("panel");
    if (panel.hidden) back = document.activeElement;
    closed = onClose || null;
    const heading = el("h2", { tabindex: -1, id: "panel-title" }, title);
    panel.setAttribute("aria-labelledby", "panel-title");
    panel.replaceChildren(el("div", { class: "panel-head" }, heading, el("button", { type: "button", class: "close", "aria-label": t("panel.close"), title: t("panel.close"), text: "✕", on: { click: () => closePanel() } })), el("div", { class: "panel-body" }, content));
    panel.hidden = false;
    panel.scrollTop = 0;
    document.body.classList.add("with-panel");
    heading.focus({ preventScroll: true });
  }

  function closePanel(quiet) {
    const panel = document.getElementById("panel");
    if (panel.hidden) return;
    panel.hidden = true;
    panel.replaceChildren();
    document.body.classList.remove("with-panel");
    if (quiet) return;
    if (closed) closed();
    else if (back && back.isConnected) back.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.getElementById("panel").hidden && !event.target.closest("details[open]")) closePanel();
  });

  Object.assign(JAMKA, { openPanel, closePanel });
})();
