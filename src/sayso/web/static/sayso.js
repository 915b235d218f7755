// Links cards and spans: pointing at one lights the other, a click keeps it lit, Escape lets it go.
// The page is complete without this.
"use strict";

(() => {
  const reading = document.querySelector(".reading");
  if (!reading) return;

  reading.classList.add("linked");

  const roles = ["source", "cue", "content"];
  const marked = roles.map((role) => `[data-${role}]`).join();
  let places = null; // anchor -> [[element, role], ...], made at the first need
  let kept = null; // the statement that stays lit
  let lit = null;

  const placesOf = (anchor) => {
    if (!places) {
      places = new Map();
      for (const element of reading.querySelectorAll(marked)) {
        for (const role of roles) {
          for (const name of (element.dataset[role] || "").split(" ")) {
            if (!name) continue;
            if (!places.has(name)) places.set(name, []);
            places.get(name).push([element, role]);
          }
        }
      }
    }
    return places.get(anchor) || [];
  };

  const paint = (anchor, on) => {
    const card = document.getElementById(anchor);
    if (card) card.classList.toggle("lit", on);
    for (const [element, role] of placesOf(anchor)) element.classList.toggle(`lit-${role}`, on);
  };

  const light = (anchor) => {
    if (anchor === lit) return;
    if (lit) paint(lit, false);
    lit = anchor;
    if (lit) paint(lit, true);
  };

  // The statements of a piece, innermost first: a cue or source speaks for its own before what it lies in.
  const statementsOf = (element) => {
    const names = [];
    for (const role of ["cue", "source", "content"]) {
      names.push(...(element.dataset[role] || "").split(" ").filter(Boolean).reverse());
    }
    return [...new Set(names)];
  };

  const anchorOf = (target) => {
    if (!(target instanceof Element)) return null;
    const ref = target.closest(".ref");
    if (ref) return ref.hash.slice(1);
    const card = target.closest(".card");
    if (card) return card.id;
    const piece = target.closest(marked);
    return piece && reading.contains(piece) ? statementsOf(piece)[0] : null;
  };

  const keep = (anchor) => {
    kept = anchor;
    light(anchor);
    if (anchor) history.replaceState(null, "", `#${anchor}`);
  };

  reading.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "touch") light(anchorOf(event.target) || kept);
  });
  reading.addEventListener("pointerleave", () => light(kept));
  reading.addEventListener("focusin", (event) => light(anchorOf(event.target) || kept));
  reading.addEventListener("focusout", () => light(kept));

  reading.addEventListener("click", (event) => {
    if (event.target.closest("a, summary") || String(getSelection())) return;
    const piece = event.target.closest(marked);
    if (!piece) {
      if (event.target.closest(".card")) keep(anchorOf(event.target));
      return;
    }
    // A second click on the same words goes one statement outwards.
    const names = statementsOf(piece);
    keep(names[(names.indexOf(kept) + 1) % names.length]);
    document.getElementById(kept).scrollIntoView({ block: "nearest" });
  });

  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    kept = null;
    light(null);
    history.replaceState(null, "", location.pathname + location.search);
  });

  const follow = () => {
    const anchor = location.hash.slice(1).replace(/^at-/, "");
    if (placesOf(anchor).length) {
      kept = anchor;
      light(anchor);
    }
  };
  addEventListener("hashchange", follow);
  follow();
})();
