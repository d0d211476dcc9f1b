// What a page can do beyond links and forms: letter keys, dropping a file, and a page that looks again while a build goes on. No step is taken by a key.
(() => {
  "use strict";
  const $ = (found) => document.querySelector(found);
  const places = $(".places");
  if (places && matchMedia("(max-width: 700px)").matches) places.open = false;

  // Letter keys: places to go to, none that acts. Turned off in the list that ? shows.
  const KEYS = "desk-keys-off";
  const dialog = $("#keys");
  const off = $("#keys-off");
  let isOff = false;
  try { isOff = localStorage.getItem(KEYS) === "yes"; } catch { /* no storage: keys stay on */ }
  if (off) {
    off.checked = isOff;
    off.addEventListener("change", () => { isOff = off.checked; try { localStorage.setItem(KEYS, isOff ? "yes" : "no"); } catch { /* for this page */ } });
  }
  const hint = $(".keys");
  if (hint) hint.hidden = false;
  const goes = { t: "today", f: "figures", d: "papers", p: "pack", s: "send", n: "notes", a: "annex", i: "inbox", r: "register", c: "calendar", m: "people" };
  let waitsForPlace = false;
  const follow = (link) => { if (link) { link.click(); return true; } return false; };
  document.addEventListener("keydown", (event) => {
    const at = event.target;
    if (event.ctrlKey || event.altKey || event.metaKey || at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) { waitsForPlace = false; return; }
    if (event.key === "?" && dialog && !dialog.open) { dialog.showModal(); event.preventDefault(); return; }
    if (isOff || (dialog && dialog.open)) return;
    if (waitsForPlace) {
      waitsForPlace = false;
      if (goes[event.key] && follow($(`nav a[data-key="${goes[event.key]}"]`))) event.preventDefault();
      return;
    }
    if (event.key === "g") { waitsForPlace = true; return; }
    if (event.key === "f") { const find = $("#find"); if (find) { find.focus(); event.preventDefault(); } return; }
    const asks = at.closest && at.closest("[data-asks]");
    const own = asks && asks.querySelector(`[aria-keyshortcuts="${CSS.escape(event.key)}"]`);
    const other = own || document.querySelector(`a[aria-keyshortcuts="${CSS.escape(event.key)}"]`);
    if (other && other.id !== "find") { if (other.tagName === "A" || other.tagName === "BUTTON") other.click(); else other.focus(); event.preventDefault(); }
  });

  // The read-back: up and down the lines; Enter follows the one that has the focus, to where it is corrected.
  const read = [...document.querySelectorAll(".room a[data-row]")];
  document.addEventListener("keydown", (event) => {
    if (!read.length || event.altKey || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    const at = read.indexOf(document.activeElement), to = event.key === "ArrowDown" ? at + 1 : Math.max(0, at - 1);
    read[Math.min(read.length - 1, to)].focus();
    event.preventDefault();
  });

  // Dropping a file is choosing it: the form goes as it would by its button.
  for (const form of document.querySelectorAll("form[data-drop]")) {
    const field = form.querySelector("input[type=file]");
    const most = Number(form.dataset.most) * 1e6;
    const words = form.querySelector("[data-words]");
    const take = () => {
      const large = [...field.files].find((one) => one.size > most);
      if (large) { words.textContent = `${large.name} has ${Math.ceil(large.size / 1e6)} MB; the most is ${form.dataset.most} MB. Nothing was sent.`; field.value = ""; return; }
      words.textContent = `Sending ${[...field.files].map((one) => one.name).join(", ")}`;
      form.requestSubmit();
    };
    if (form.dataset.drop === "page") {
      addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over-it"); });
      addEventListener("dragleave", () => form.classList.remove("over-it"));
      addEventListener("drop", (event) => {
        event.preventDefault();
        form.classList.remove("over-it");
        if (event.dataTransfer.files.length) { field.files = event.dataTransfer.files; take(); }
      });
    }
    form.addEventListener("submit", (event) => {
      if ([...field.files].some((one) => one.size > most)) { event.preventDefault(); take(); }
    });
  }

  // While a build goes on, its line is looked at; when it is done, or its files changed, the page is shown anew.
  const watch = $("[data-watch]");
  if (watch) {
    const look = async () => {
      if (document.hidden) return;
      try {
        const answer = await fetch(watch.dataset.watch, { headers: { accept: "application/json" } });
        const found = await answer.json();
        if (found.line && watch.textContent !== found.line) watch.textContent = found.line;
        if (found.state !== watch.dataset.state) location.replace(found.where || location.pathname + location.search);
      } catch { /* the desk was stopped; the page stays as it is */ }
    };
    setInterval(look, Number(watch.dataset.every) || 500);
  }
})();
