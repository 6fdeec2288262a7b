// The article page: claims by keyboard, text and list in step, a claim from a selection.
"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  // Of several claims in one place the one that most needs a person gives the mark its look.
  const URGENCY = ["new", "in_review", "in_progress", "published", "retired"];
  let current = null; // The id of the claim that the keys act on.

  const cards = () => all(".claims > [data-claim]");
  const card = () => (current ? document.getElementById(`claim-${current}`) : null);
  const markOf = (id) => all(".mark[data-claims]").find((mark) => mark.dataset.claims.split(" ").includes(id));

  function choose(id, { scrollText = true, focus = true } = {}) {
    current = id;
    all(".is-current").forEach((element) => element.classList.remove("is-current"));
    const chosen = card();
    if (!chosen) return;
    chosen.classList.add("is-current");
    if (focus) chosen.focus({ preventScroll: true });
    // Within its own column only, so that the text beside it stays where it is read.
    const side = chosen.closest(".desk__side");
    if (side && getComputedStyle(side).position === "sticky") {
      const box = chosen.getBoundingClientRect(), frame = side.getBoundingClientRect();
      if (box.top < frame.top + 8 || box.bottom > frame.bottom - 8) side.scrollTop += box.top - frame.top - 60;
    } else chosen.scrollIntoView({ block: "nearest" });
    for (const mark of all(".mark[data-claims]")) {
      if (!mark.dataset.claims.split(" ").includes(id)) continue;
      mark.classList.add("is-current");
    }
    const mark = markOf(id);
    if (mark && scrollText && side && getComputedStyle(side).position === "sticky") {
      const box = mark.getBoundingClientRect();
      if (box.top < 90 || box.bottom > innerHeight - 40) mark.scrollIntoView({ block: "center" });
    }
  }

  function step(by) {
    const list = cards();
    if (!list.length) return;
    const at = list.findIndex((element) => element.dataset.claim === current);
    const next = at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1);
    choose(list[next].dataset.claim);
  }

  // A claim's state has changed: its marks in the text follow.
  function repaint() {
    const states = Object.fromEntries(cards().map((element) => [element.dataset.claim, element.dataset.state]));
    for (const mark of all(".mark[data-claims]")) {
      const here = mark.dataset.claims.split(" ").map((id) => states[id]).filter(Boolean);
      const state = URGENCY.find((name) => here.includes(name));
      if (!state || here.length < mark.dataset.claims.split(" ").length) continue;
      mark.className = `mark mark--${state}${mark.classList.contains("is-current") ? " is-current" : ""}`;
    }
  }

  function press(key) {
    const target = $(`[data-key="${key}"]`, card() || document.body);
    if (target && card()) target.click();
    return Boolean(target && card());
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      const cancel = event.target.closest?.("[data-form]")?.querySelector("[data-key=Escape]");
      if (cancel) { event.preventDefault(); cancel.click(); }
      return;
    }
    if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog")) return;
    const acts = {
      j: () => step(1), k: () => step(-1), v: () => press("v") || $("a.claim-card__text", card() || document.body)?.click(),
      a: () => press("a"), e: () => press("e"), x: () => press("x"), z: () => press("z"),
      m: () => press("m"), d: () => press("d"),
      s: () => $("#show-skipped")?.click(), "?": () => $("#shortcuts").showModal(),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  document.addEventListener("click", (event) => {
    const mark = event.target.closest(".mark[data-claims]");
    if (mark && String(getSelection()) === "") {
      const ids = mark.dataset.claims.split(" ");
      // Clicking again goes through the claims of the sentence.
      const next = ids[(ids.indexOf(current) + 1) % ids.length];
      if (document.getElementById(`claim-${next}`)) {
        event.preventDefault();
        choose(next, { scrollText: false });
        history.replaceState(null, "", `#claim-${next}`);
      }
    }
    const inside = event.target.closest(".claims > [data-claim]");
    if (inside && inside.dataset.claim !== current) choose(inside.dataset.claim, { focus: false });
    if (event.target.closest("[data-shortcuts]")) $("#shortcuts").showModal();
    if (event.target.closest("[data-close-form]")) { event.preventDefault(); $("#new-claim").replaceChildren(); }
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    const settled = event.detail.elt;
    repaint();
    if (settled.matches?.("[data-form]")) settled.scrollIntoView({ block: "nearest" });
    if (settled.matches?.(".claim-card[data-claim]:not([data-form])") && settled.dataset.claim === current) {
      choose(current, { scrollText: false });
      // A decision made: on to the next draft.
      const list = cards();
      const rest = list.slice(list.indexOf(settled) + 1).find((element) => element.dataset.state === "new");
      if (decided && rest) choose(rest.dataset.claim);
      decided = false;
    }
    if (settled.id === "new-claim" || $("#new-claim")?.contains(settled)) {
      hideOffer();
      $("#new-claim").scrollIntoView({ block: "nearest" });
      $("#new-claim textarea[name=text]")?.focus();
    }
  });
  document.addEventListener("claim-added", (event) => choose(String(event.detail.id)));
  let decided = false;
  document.addEventListener("htmx:beforeRequest", (event) => {
    decided = /\/(accept|reject)\//.test(event.detail.requestConfig.path) && event.detail.requestConfig.verb === "post";
  });

  // --- A claim from a selection. The server counts characters (code points), the browser UTF-16 units.
  const characters = (text) => [...text].length;
  function place(node, offset) {
    const holder = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
    if (!holder) return null;
    const range = document.createRange();
    range.selectNodeContents(holder);
    range.setEnd(node, offset);
    return Number(holder.dataset.start) + characters(range.toString());
  }
  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const text = $("[data-text]");
    if (!text || !text.contains(range.commonAncestorContainer)) return null;
    const start = place(range.startContainer, range.startOffset), end = place(range.endContainer, range.endOffset);
    return start !== null && end !== null && end > start ? { start, end } : null;
  }
  const hideOffer = () => $("#selection-offer")?.remove();
  document.addEventListener("selectionchange", () => {
    const address = $("#text")?.dataset.add;
    const place = address && selected();
    if (!place) return hideOffer();
    let offer = $("#selection-offer");
    if (!offer) {
      offer = document.createElement("button");
      offer.type = "button";
      offer.id = "selection-offer";
      offer.className = "btn btn--primary";
      offer.textContent = "Add the selection as a claim";
      // The press itself must not end the selection.
      offer.addEventListener("mousedown", (event) => event.preventDefault());
      offer.addEventListener("click", () => {
        htmx.ajax("GET", `${address}?start=${offer.dataset.start}&end=${offer.dataset.end}`, { target: "#new-claim", swap: "innerHTML" });
        getSelection().removeAllRanges();
      });
      document.body.append(offer);
    }
    offer.dataset.start = place.start;
    offer.dataset.end = place.end;
  });

  document.addEventListener("DOMContentLoaded", () => {
    const asked = location.hash.match(/^#claim-(\d+)$/);
    if (asked) choose(asked[1], { focus: false });
  });
})();
