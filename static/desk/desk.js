// Small comforts of every page. All of it works without, only less smoothly.
"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  function notice(words) {
    const box = document.createElement("div");
    box.className = "notice notice--error";
    box.setAttribute("role", "alert");
    const text = document.createElement("span");
    text.className = "notice__words";
    text.textContent = words;
    const close = document.createElement("button");
    close.type = "button";
    close.dataset.dismiss = "";
    close.textContent = "Close";
    box.append(text, close);
    $("#notices").replaceChildren(box);
  }

  // An address with #add-evidence or #give-verdict opens what it points at.
  function openAt(hash) {
    if (hash.length < 2) return;
    const target = document.getElementById(decodeURIComponent(hash.slice(1)));
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    if (target && target.tagName === "DETAILS") {
      target.scrollIntoView({ block: "start" });
      $("input:not([type=hidden]), select, textarea", target)?.focus({ preventScroll: true });
    }
  }

  // Typed text outlives a closed tab, a sign-out or a lost connection; sending the form clears it.
  const keepAs = (field) => `keep ${location.pathname} ${field.form?.getAttribute("action") || ""} ${field.name}`;
  function keep(field) {
    try {
      localStorage.setItem(keepAs(field), field.value);
    } catch {
      localStorage.removeItem(keepAs(field)); // Too long to be kept.
    }
  }
  function restoreKept() {
    for (const field of all("[data-keep]")) {
      const kept = localStorage.getItem(keepAs(field));
      if (!kept || field.value.trim()) continue;
      field.value = kept;
      const hint = document.createElement("p");
      hint.className = "hint";
      hint.textContent = "This is what you typed before; it was not sent.";
      field.after(hint);
    }
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-keep]")) keep(event.target);
    if (event.target.matches("[data-tick-all]")) {
      for (const box of all("input[name=claims]", event.target.form)) box.checked = event.target.checked;
    }
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-dismiss]")) event.target.closest(".notice").remove();
    const opener = event.target.closest("[data-open]");
    if (opener) openAt(opener.dataset.open);
    const question = event.target.closest("[data-confirm]");
    if (question && !confirm(question.dataset.confirm)) event.preventDefault();
    for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    sessionStorage.setItem("sent", JSON.stringify(all("[data-keep]", form).map(keepAs)));
    // A second click while the first is on its way would do it twice.
    if (form.matches("[data-once]")) setTimeout(() => all("button", form).forEach((b) => (b.disabled = true)));
  });
  window.addEventListener("pageshow", () => all("[data-once] button").forEach((b) => (b.disabled = false)));

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, dialog")) return;
    event.preventDefault();
    $("#search")?.focus();
  });

  // u, or Ctrl-Z, takes back what was just done; without such a thing it leads to the last changes.
  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    const undo = (event.ctrlKey || event.metaKey) ? key === "z" && !event.shiftKey : key === "u";
    if (!undo || event.altKey || event.isComposing) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog")) return;
    const target = $("[data-undo]") || $("[data-undo-list]");
    if (!target) return;
    event.preventDefault();
    target.click();
  });

  // j and k go through the rows of a list; s says "still so" of the row, or of the page's only claim.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog")) return;
    const rows = all("[data-row]");
    const at = rows.indexOf(document.activeElement.closest("[data-row]"));
    if (rows.length && (event.key === "j" || event.key === "k")) {
      const next = at < 0 ? 0 : Math.min(Math.max(at + (event.key === "j" ? 1 : -1), 0), rows.length - 1);
      rows[next].focus();
      event.preventDefault();
    }
    if (event.key !== "s" || (rows.length && at < 0)) return;
    const button = $("[data-still-so]:not([disabled])", rows[at] || document);
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  document.addEventListener("htmx:sendError", () =>
    notice("The server cannot be reached. What you typed is still here: try again in a moment."));
  document.addEventListener("htmx:responseError", (event) =>
    notice(`That was not done (error ${event.detail.xhr.status}). What you typed is still here: try again.`));
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful) sessionStorage.removeItem("sent");
  });
  document.addEventListener("htmx:afterSettle", (event) =>
    ($("[data-focus]", event.target) || (event.target.matches?.("[data-form]") && $("textarea, input:not([type=hidden])", event.target)) || null)?.focus());

  document.addEventListener("DOMContentLoaded", () => {
    // Forget what was sent only where the answering page says that it was taken in.
    const sent = JSON.parse(sessionStorage.getItem("sent") || "[]");
    if ($(".notice--success, .notice--info, #article-body")) sent.forEach((key) => localStorage.removeItem(key));
    sessionStorage.removeItem("sent");
    restoreKept();
    openAt(location.hash);
    $("[data-focus]")?.focus();
  });
  window.addEventListener("hashchange", () => openAt(location.hash));
})();
