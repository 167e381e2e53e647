// What must change before paper: views say here how they print, and how they stand on the screen again.
"use strict";
(() => {
  const kept = new Map();

  /** Call `before` ahead of a print and `after` behind it, as long as the element stands in the page. */
  function whenPrinted(element, before, after) {
    kept.set(element, { before, after });
  }

  function each(moment) {
    for (const [element, own] of kept) {
      if (element.isConnected) own[moment]();
      else kept.delete(element);
    }
  }

  addEventListener("beforeprint", () => each("before"));
  addEventListener("afterprint", () => each("after"));
  Object.assign(JAMKA, { whenPrinted });
})();
