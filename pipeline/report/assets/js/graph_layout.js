// Where the graph's municipalities stand, and which of their labels have room. No elements here.
"use strict";
(() => {
  const FEW = 24;
  /** Distance between municipalities of one group, in units of the picture. */
  const STEP = 29;
  const TURN = Math.PI * (3 - Math.sqrt(5));

  /** Few stand on a circle; many in discs, one a group, the largest in the middle. */
  function layout(count, groups) {
    if (count <= FEW) {
      const radius = Math.max(110, count * 17);
      const nodes = Array.from({ length: count }, (_, i) => {
        const angle = (2 * Math.PI * i) / count - Math.PI / 2;
        return { x: radius * Math.cos(angle), y: radius * Math.sin(angle), group: 0 };
      });
      return { nodes, groups: [], radius: radius + 20 };
    }
    const nodes = new Array(count);
    const discs = [];
    groups.forEach((members, g) => {
      const r = STEP * Math.sqrt(members.length) + 0.7 * STEP;
      const { x, y } = room(discs, r);
      discs.push({ x, y, r, members });
      members.forEach((member, i) => {
        const out = members.length === 1 ? 0 : STEP * Math.sqrt(i + 0.4);
        nodes[member] = { x: x + out * Math.cos(i * TURN), y: y + out * Math.sin(i * TURN), group: g };
      });
    });
    return { nodes, groups: discs, radius: Math.max(...discs.map((d) => Math.hypot(d.x, d.y) + d.r)) };
  }

  /** The place nearest the middle where a disc fits, sought along a spiral. */
  function room(discs, r) {
    const gap = STEP;
    for (let step = 0; ; step += 1) {
      const out = 6 * Math.sqrt(step);
      const x = 1.45 * out * Math.cos(step * TURN);
      const y = out * Math.sin(step * TURN);
      if (discs.every((d) => Math.hypot(d.x - x, d.y - y) >= d.r + r + gap)) return { x, y };
    }
  }

  const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;

  /**
   * Labels that fit beside their marks without touching each other, the first given first.
   * items: [{ x, y, r, width, height }] in pixels; the answer has for each the label's left and top, or null.
   * A `middle` label may only stand in the middle of its mark or below it.
   */
  function place(items) {
    const marks = items.map((i) => ({ left: i.x - i.r, right: i.x + i.r, top: i.y - i.r, bottom: i.y + i.r }));
    const taken = [];
    return items.map((item, at) => {
      const { x, y, r, width, height } = item;
      const beside = [[x + r + 4, y - height / 2], [x - r - 4 - width, y - height / 2], [x - width / 2, y - r - 2 - height], [x - width / 2, y + r + 2]];
      const tried = item.middle ? [[x - width / 2, y - height / 2], [x - width / 2, y + r + 2]] : item.left ? [beside[1], beside[0], beside[2], beside[3]] : beside;
      for (const [left, top] of tried) {
        const box = { left, top, right: left + width, bottom: top + height };
        if (taken.every((other) => apart(box, other)) && (item.middle || marks.every((mark, i) => i === at || apart(box, mark)))) {
          taken.push(box);
          return { left, top };
        }
      }
      return null;
    });
  }

  JAMKA.graphLayout = { layout, place, FEW, STEP };
})();
