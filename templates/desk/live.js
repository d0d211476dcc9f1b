// The clerk's screen. Every line goes to the desk at once, under a name of its own, so that what is sent twice is kept once; what has not been
// acknowledged lies in this browser, and goes again. How a line is read is told by the desk alone.
(async () => {
  "use strict";
  const $ = (found) => document.querySelector(found);
  const known = JSON.parse($("#known").textContent);
  const { where } = known;
  let state = JSON.parse($("#begun").textContent);
  document.body.classList.add("is-scripted");
  const asked = decodeURIComponent(location.hash);
  history.replaceState(null, "", location.pathname); // going to a place in the page takes the focus from the line
  const line = $("#line"), log = $("#log"), heard = $("#heard"), roll = $("#roll");

  const began = Date.now(), then = Date.parse(`${known.now.slice(0, 19)}Z`);
  const clock = () => new Date(then + Date.now() - began).toISOString().slice(11, 16); // the desk's own, wherever this window stands
  const withTimes = (found) => { // what the desk tells, with its times as they are shown
    for (const one of found.lines) { one.time = one.at.slice(11, 16); one.latest = one.changed || one.at; one.changed = one.changed && `changed ${one.changed.slice(11, 16)} by ${one.changed_by}`; }
    return found;
  };
  withTimes(state);
  const isIssued = (one) => Boolean(told.issued && one.at && new Date(one.latest) <= new Date(told.issued.at));
  const stageOf = (one) => { // how far an item is
    if (!shownLines().some((each) => each.item === one.id && each.typed !== null)) return "";
    const ended = new Set(state.lines.flatMap((each) => each.ends)), open = one.matters.filter(([, title]) => !ended.has(title)).length;
    return open ? `${open} open` : "done";
  };

  // What this window is, and what it has still to send.
  const remember = (store, key, value) => { try { value === null ? store.removeItem(key) : store.setItem(key, value); } catch { /* no room: the line stands on the screen */ } };
  const recall = (store, key) => { try { return store.getItem(key); } catch { return null; } };
  const random = () => Math.random().toString(36).slice(2, 10);
  let mine = recall(sessionStorage, "live window") || random();
  const claim = (name) => new Promise((done) => { // a window that was doubled has the name of the first
    if (!navigator.locks) { done(true); return; }
    navigator.locks.request(`live window ${name}`, { signal: AbortSignal.timeout(400) }, () => { done(true); return new Promise(() => {}); }).catch(() => done(false));
  });
  if (!await claim(mine)) await claim(mine = random());
  remember(sessionStorage, "live window", mine);
  const KEY = `live ${where} `;
  let count = 0, busy = false, answers = true, refused = "", trouble = state.trouble, sent = "", since = "";
  const queue = [];
  const named = () => `${mine}-${Date.now().toString(36)}-${count++}`;
  const store = () => remember(localStorage, KEY + mine, JSON.stringify({ queue, at: Date.now(), words: line.value, line: editing ? editing.id : "", aside, item: here }));
  let kept = null; // what stood in this window's line when it was torn down
  const adopt = () => { // what another window of this browser, or this one before it was torn down, had not sent
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(KEY))) {
      const left = JSON.parse(recall(localStorage, key) || "{}"), window = key.slice(KEY.length);
      if (window !== mine && Date.now() - left.at < 10000) continue;
      queue.push(...(left.queue || []));
      if (window === mine) kept = left;
      else for (const [of, words, of_line] of [[window, left.words, left.line], [`${window} aside`, left.aside, ""]]) {
        if ((words || "").trim()) queue.push({ id: named(), does: "unfinished", window: of, item: left.item || "", line: of_line || "", words: words.trim() });
      }
      remember(localStorage, key, null);
    }
  };
  let here = "", editing = null, offered = null, aside = "", told = { pack: "", items: {}, issued: null };
  try { adopt(); } catch { /* nothing to take over */ }

  const post = async (path, said) => {
    const answer = await fetch(`${where}/notes/live/${path}`, { method: "POST", body: new URLSearchParams(said) });
    if (!(answer.headers.get("content-type") || "").includes("json")) throw new Error(await answer.text());
    return answer.json();
  };
  const put = (does, more) => { queue.push({ id: named(), does, window: mine, item: here, ...more }); store(); draw(); pump(); };
  const pump = async () => {
    if (busy) return;
    busy = true;
    while (queue.length) {
      const one = queue[0];
      try {
        const found = await post("keep", one);
        answers = true;
        if (found.wrong && one.does === "edit" && !found.wrong.includes("not kept")) { // somebody else's change stands: this is a line of its own now
          refused = found.wrong;
          if (!line.value) { setLine(one.words); editing = null; } else queue.push({ ...one, id: named(), does: "unfinished", window: `${mine} ${one.id}`, line: "", save: "" });
        } else if (found.wrong) { refused = found.wrong; break; }
        queue.shift();
        store();
        if (!found.wrong) { take(found, one.save); refused = refused.includes("not kept") ? "" : refused; }
      } catch { answers = false; break; }
    }
    busy = false;
    if (queue.length) setTimeout(pump, 1000);
    show();
  };
  const take = (found, isSaved) => {
    if (isSaved) trouble = found.trouble;
    state = withTimes(found);
    draw();
  };

  // The agenda, with the items that nobody planned behind those in which they began.
  const items = () => {
    const every = known.items.map((one) => ({ id: one.number, ...one }));
    for (const one of shownLines().filter((each) => each.begins && each.typed !== null)) {
      const at = every.findLastIndex((each) => each.id === one.item || each.below === one.item);
      every.splice(at < 0 ? every.length : at + 1, 0, { id: one.id, below: one.item, number: "+", title: one.begins, actions: [], matters: [], questions: [] });
    }
    return every;
  };
  const titled = (id) => { const one = items().find((each) => each.id === id); return one ? `${one.number} ${one.title}` : "No item"; };
  const shownLines = () => {
    const names = new Set(state.lines.map((one) => one.id));
    const waiting = queue.filter((one) => one.does === "line" && one.item !== "attendance" && !names.has(one.line));
    const begins = (words) => { const found = /^\/i\s*\+\s*(.+)$/i.exec(words); return found ? found[1] : ""; };
    const changed = new Map(queue.filter((one) => one.does === "edit" || one.does === "out").map((one) => [one.line, one.does === "out" ? null : one.words]));
    const stand = state.lines.map((one) => (changed.has(one.id) ? { ...one, typed: changed.get(one.id), words: changed.get(one.id), kind: "…", says: [], marks: [], asks: [] } : one));
    return [...stand, ...waiting.map((one) => ({ id: one.line, item: one.item, time: "", by: "", window: mine, typed: one.words, words: one.words, kind: "…", says: [], marks: [], begins: begins(one.words) }))];
  };
  const go = (id) => { here = id; remember(sessionStorage, `live here ${where}`, id); draw(); line.focus(); hear(); };
  const step = (by) => { const every = items(), at = every.findIndex((one) => one.id === here); const to = every[Math.max(0, Math.min(every.length - 1, at + by))]; if (to) go(to.id); };

  // Everything is made of text: nothing that somebody typed is ever read as a page.
  const made = (tag, words = "", more = {}) => { const one = document.createElement(tag); one.textContent = words; for (const [name, value] of Object.entries(more)) one.setAttribute(name, value); return one; };
  const does = (words, spoken, act) => { const one = made("button", words, { type: "button" }); if (spoken) one.append(made("span", ` ${spoken}`, { class: "unseen" })); one.addEventListener("click", act); return one; };
  const reading = (one) => {
    const parts = [];
    for (const [what, who] of one.says) parts.push(parts.length ? " · " : "", made("span", what), who ? " " : "", made("b", who));
    for (const mark of one.marks) parts.push(parts.length ? " · " : "", made("span", `? ${mark}`, { class: "waits" }));
    return parts;
  };
  const fill = (parent, entries) => { // [what it shows, how it is made]: what stands there already stays, with the focus that it has
    const had = parent.holds || new Map(), holds = new Map(), nodes = [];
    for (let [key, make] of entries) { while (holds.has(key)) key += " "; holds.set(key, had.get(key) || make()); nodes.push(holds.get(key)); }
    parent.holds = holds;
    const stay = new Set(nodes);
    for (const node of [...parent.children]) if (!stay.has(node)) node.remove();
    nodes.forEach((node, at) => { if (parent.children[at] !== node) parent.insertBefore(node, parent.children[at] || null); });
  };
  const draw = () => {
    fill($("#items"), items().map((one) => {
      const stage = one.id === here ? "here" : stageOf(one);
      return [JSON.stringify([one.id, one.number, one.title, stage]), () => {
        const item = made("li"), button = does("", "", () => go(one.id));
        button.append(made("span", one.number), made("span", one.title), made("small", stage));
        if (one.id === here) button.setAttribute("aria-current", "step");
        item.append(button);
        return item;
      }];
    }));
    $("#here").textContent = !roll.hidden ? "Roll call" : here ? titled(here) : "Live notes";
    const atEnd = log.scrollTop + log.clientHeight > log.scrollHeight - 60, lines = $("#lines"), issued = $("#issued");
    const every = shownLines(), gone = every.filter(isIssued);
    issued.hidden = !gone.length;
    if (told.issued) $("#issued > summary").textContent = `Issued in the annex, version ${told.issued.version}, on ${told.issued.day}: ${gone.length} ${gone.length === 1 ? "line" : "lines"}`;
    fill($("#issued > div"), rowsOf(gone));
    const others = state.unfinished.filter(([window]) => window !== mine && window !== `${mine} aside`);
    fill(lines, [...rowsOf(every.filter((one) => !isIssued(one))), ...others.map((one) => [JSON.stringify(one), () => unfinished(...one)])]);
    if (atEnd) log.scrollTop = log.scrollHeight;
    if (atEnd && matchMedia("(max-width: 700px)").matches && document.activeElement === line && lines.lastElementChild) lines.lastElementChild.scrollIntoView({ block: "end" });
    drawWord();
    drawBeside();
    drawRoll();
    show();
  };
  const rowsOf = (every) => {
    let above = null;
    const rows = [];
    for (const one of every) {
      const place = one.begins ? one.id : one.item;
      if (place !== above) { rows.push([JSON.stringify(["item", one.id, one.time, titled(place)]), () => { const head = made("h2"); head.append(made("time", one.time), made("span", titled(place))); return head; }]); above = place; }
      if (!one.begins) rows.push([JSON.stringify([one.id, one.time, one.kind, one.typed, one.words, one.says, one.marks, one.asks, one.changed, one.by]), () => row(one)]);
    }
    return rows;
  };
  const unfinished = (window, by, at, item, words, of) => {
    const part = made("article"), under = made("p", `${window.startsWith(`${mine} `) ? "yours" : `${by}, in another window`}, ${titled(item)} `, { class: "meta" });
    const changed = state.lines.find((one) => one.id === of);
    under.append(does("Take it into the line", `: ${words.slice(0, 40)}`, () => { if (changed) edit(changed); setLine(words); put("unfinished", { window, words: "", item }); line.focus(); }));
    part.append(made("time", at), made("b", "Not kept yet"), made("p", words), under);
    return part;
  };
  const mends = [["owner", "Owner"], ["day", "Day"], ["matter", "Which matter"]];
  const row = (one) => {
    const part = made("article", "", { id: `of-${one.id}` });
    const by = one.window === mine ? "" : `${one.by}, in another window`;
    const words = made("p", one.typed === null ? "Taken out" : one.words);
    if (one.typed === null) words.className = "gone";
    const under = made("p", "", { class: "meta" });
    const more = [one.changed, by].filter(Boolean).join(" · ");
    under.append(...reading(one), more ? made("span", `${one.says.length + one.marks.length ? " · " : ""}${more}`) : "");
    const about = `the line of ${one.time}: ${(one.typed || "").slice(0, 40)}`, asks = one.asks || [];
    for (const [what, name] of mends) if (asks.includes(what)) under.append(" ", does(name, about, () => mend(one, what)));
    for (const month of asks.filter((each) => /^\d/.test(each))) {
      under.append(" ", does("Set the meeting", about, () => leave(() => location.assign(`/calendar?from=${month}&back=${encodeURIComponent(location.pathname)}`))));
    }
    const change = does("Change", about, () => edit(one));
    change.className = "link";
    part.append(made("time", one.time), made("b", one.kind), words, one.kind === "…" ? "" : change, under.childNodes.length ? under : "");
    return part;
  };
  const drawWord = () => {
    const different = state.lines.filter((one) => one.differs);
    $("#word").hidden = !different.length;
    fill($("#word tbody"), different.map((one) => [JSON.stringify([one.id, one.stands, one.typed]), () => {
      const part = made("tr"), choice = made("td");
      const chosen = (how) => () => put(how, { line: one.id, item: one.item, save: "1" });
      const about = `: ${(one.typed || "").slice(0, 60)}`;
      choice.append(does(one.stands === null ? "Leave it out" : "Keep Word’s", about, chosen("keep Word's")), " ", does(one.stands === null ? "Put mine in" : "Put mine back", about, chosen("put mine back")));
      const [theirs, ours] = compared(one.stands, one.typed);
      ours.append(made("div", `${one.time}, ${one.by}`, { class: "meta" }));
      part.append(made("td", titled(one.item).split(" ")[0]), theirs, ours, choice);
      return part;
    }]));
  };
  const compared = (theirs, typed) => { // word by word from both ends: what is between differs
    const left = made("td"), right = made("td");
    if (theirs === null || typed === null) { left.textContent = theirs ?? "Nothing"; right.textContent = typed ?? "Taken out"; return [left, right]; }
    const a = theirs.split(" "), b = typed.split(" ");
    let from = 0, to = 0;
    while (from < Math.min(a.length, b.length) && a[from] === b[from]) from++;
    while (to < Math.min(a.length, b.length) - from && a[a.length - 1 - to] === b[b.length - 1 - to]) to++;
    for (const [cell, words, tag] of [[left, a, "ins"], [right, b, "del"]]) cell.append(`${words.slice(0, from).join(" ")} `, made(tag, words.slice(from, words.length - to).join(" ")), ` ${words.slice(words.length - to).join(" ")}`);
    return [left, right];
  };
  const drawBeside = () => {
    const one = items().find((each) => each.id === here), parts = [];
    const list = (title, lines) => { if (lines.length) parts.push(made("h2", title), ...lines.map((words) => { const p = made("p"); p.append(...[].concat(words)); return p; })); };
    const asked = state.lines.filter((each) => each.kind === "Question").map((each) => each.words.toLowerCase());
    if (one) {
      list("Open actions on it", one.actions.map(([ref, words, how]) => [made("b", ref), ` ${words}: ${how}`]));
      list("Brought forward to it", one.matters.map(([ref, words]) => [made("b", ref), ` ${words}`]));
      list(`What the figures say${told.pack ? `, in the pack of ${told.pack}` : ""}`, (told.items[one.id] || []).map(figure));
      list("Questions not put yet", one.questions.filter((words) => !asked.includes(words.toLowerCase())));
    }
    const open = items().filter((each) => each.id !== here).map((each) => {
      const marks = state.lines.filter((every) => every.item === each.id && every.typed !== null && every.marks.length && !isIssued(every)).length;
      const words = [marks ? `${marks} ${marks === 1 ? "line is" : "lines are"} asked about` : "", stageOf(each).endsWith("open") ? `${stageOf(each).split(" ")[0]} brought forward without an outcome` : ""].filter(Boolean);
      return words.length ? [made("b", each.number), ` ${words.join("; ")}`] : null;
    }).filter(Boolean);
    list("Left open so far", open);
    fill($("#facts"), (parts.length ? parts : [made("p", "Nothing stands on it.")]).map((part) => [part.outerHTML, () => part]));
    const first = shownLines().find((each) => each.item === here && each.time);
    $("#began").textContent = first ? `item began ${first.time}` : "";
  };
  const figure = (one) => { // `Violence without injury: 1,072 in April 2019. Worse.` A promise has its test in the place of the figure.
    const newest = [one.figure, one.when].filter(Boolean).join(" in "), said = one.said.join("; ");
    return [`${one.title}${newest ? `: ${newest}` : ""}${/[.?!]$/.test(newest || one.title) ? " " : said ? ". " : "."}`, said ? made("span", `${said}.`, { class: one.is_worse ? "waits" : "" }) : ""];
  };
  const show = () => {
    const left = queue.filter((one) => one.does === "line" || one.does === "edit").length;
    since = answers ? "" : since || clock();
    const wrong = !answers ? `The desk has not answered since ${since}. ${left ? `${left} not kept by it yet: ` : ""}What you type is kept in this window; go on typing.` : refused || trouble;
    if ($("#trouble").textContent !== wrong) $("#trouble").textContent = wrong;
    const saved = state.saved && !queue.length && !wrong && pending() === sent;
    const words = $("#state");
    if (saved) words.replaceChildren(made("strong", `Saved ${state.saved}`), told.issued ? ` in the Word file of this meeting. Version ${told.issued.version} of the annex is issued: what changes now is for the next.` : " in the Word file of this meeting. Draft: nothing is recorded until the annex is issued.");
    else words.textContent = wrong || !(queue.length || state.lines.length || line.value) ? "" : "Saving";
  };

  // The line.
  const grow = () => { line.style.height = "auto"; line.style.height = `${line.scrollHeight}px`; };
  const setLine = (words, from = words.length, to = from) => { line.value = words; line.setSelectionRange(from, to); grow(); hear(); };
  const spoken = $("#spoken");
  let asks = 0, wait = 0, pause = 0, ticked = 0;
  const hear = () => {
    clearTimeout(wait);
    const at = line.selectionStart;
    offered = /^(\s|$)/.test(line.value.slice(at)) ? offer(line.value.slice(0, at)) : null;
    if (offered) offered.at = at;
    $("#all-signs").hidden = line.value.trim() !== "/";
    const words = line.value.trim(), number = ++asks;
    if (!words || words === "/") { heard.replaceChildren(); if (words) spoken.textContent = "Every sign is listed below the line."; return; }
    wait = setTimeout(async () => {
      try {
        const found = await post("hear", { words, item: here, line: editing ? editing.id : "" });
        if (number !== asks || !found.kind) return;
        heard.replaceChildren(made("b", found.kind), found.says.length || found.marks.length ? " · " : "", ...reading(found));
        if (offered) heard.append(" ", made("kbd", "→"), ` ${offered.shown}`);
      } catch { /* the state says it */ }
    }, 120);
  };
  const MONTHS = "jan feb march april may june july aug sep oct nov dec".split(" "), DAYS = "mon tue wed thu fri".split(" ");
  const ENDS = ["carry", "closed", "not reached", "action"];
  const offer = (text) => { // what the right arrow takes: {from, put, shown}
    const finish = (part, from, choices) => { const one = part && choices.find(([put]) => put.toLowerCase().startsWith(part.toLowerCase()) && put.length > part.length); return one ? { from, put: one[0], shown: one[1] || one[0] } : null; };
    let found = /^\/([arqp])\s+(?:[^\s+]+\+)*([^\s+]+)$/i.exec(text);
    if (found) {
      const by = known.posts.map(([short, title]) => [short, `${short}: ${title}`]), from = text.length - found[2].length;
      const word = found[2].toLowerCase(), full = known.posts.find(([, title]) => word.length > 2 && title.toLowerCase().split(/[ ,]+/).some((one) => one.startsWith(word)));
      return finish(found[2], from, by) || (full && !known.posts.some(([short]) => short === word) ? { from, put: full[0], shown: `${full[0]}: ${full[1]}` } : null);
    }
    found = /^\/i\s+([^+\s].*)$/i.exec(text);
    if (found) { const one = items().find((each) => each.title.toLowerCase().startsWith(found[1].toLowerCase()) || (each.number.startsWith(found[1]) && each.number !== found[1])); return one ? { from: text.length - found[1].length, put: one.number, shown: `${one.number} ${one.title}` } : null; }
    if (/^=/.test(text)) {
      const one = items().find((each) => each.id === here) || { actions: [], matters: [] };
      found = /(\S+)$/.exec(text.slice(1));
      if (!found) return null;
      const isRef = /^=\s*\S+$/.test(text), after = /^=\s*\S+\/\d{4}\s+\S+$/.test(text);
      const refs = [...one.actions.map(([ref, words]) => [ref, `${ref} ${words}`]), ...one.matters.map(([ref, words]) => [ref, `${ref} ${words}`])];
      const choices = isRef ? [...ENDS.map((each) => [each]), ...refs] : after ? [["accepted"], ["disputed"], ...ENDS.map((each) => [each])] : MONTHS.map((each) => [each]);
      return finish(found[1], text.length - found[1].length, choices);
    }
    found = /^\/[ap]\s+\S+\s.*?\s?([a-z]{2,})$/i.exec(text);
    return found ? finish(found[1], text.length - found[1].length, [...DAYS, ...MONTHS].map((each) => [each])) : null;
  };
  const pending = () => { const words = line.value.trim(); return editing && words === editing.typed ? "" : words; };
  const resting = () => { // what stands in the line, every three seconds; at a pause of one, the Word file too, and how it is read is spoken
    clearTimeout(pause);
    pause = setTimeout(() => { rest(); if (heard.textContent !== spoken.textContent) spoken.textContent = heard.textContent; }, 1000);
    store();
    if (Date.now() - ticked > 3000 && pending() !== sent) tell("");
    show();
  };
  const tell = (save) => { ticked = Date.now(); sent = pending(); put("unfinished", { words: sent, line: editing ? editing.id : "", save }); };
  const rest = () => {
    clearTimeout(pause);
    if (pending() !== sent) tell("1");
    else if (state.lines.length && (!state.saved || trouble) && !queue.length) put("save", { save: "1" });
  };
  const setAside = (words) => { aside = words; put("unfinished", { window: `${mine} aside`, words: words.trim() }); };
  const clear = () => { editing = null; $("#mode").textContent = ""; setLine(aside); if (aside) setAside(""); store(); };
  const edit = (one, what = "") => {
    if (!editing && line.value.trim()) setAside(line.value);
    editing = one;
    $("#mode").textContent = `Changing the line of ${one.time}${what}. Enter keeps it, with nothing in it takes it out; Esc leaves it.`;
    setLine(one.typed || "");
    store();
    line.focus();
  };
  const DAY = /(?:\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?|\d{1,2}(?:st|nd|rd|th)?\s+[a-z]{3,9}(?:\s+\d{2,4})?|[a-z]+|\?)\.?$/i;
  const mend = (one, what) => { // what is asked about is chosen, or there is room for it: what is typed next stands in its place
    edit(one, { owner: ": who is it for", day: ": by when", matter: ": which matter" }[what]);
    const words = line.value, sign = /^(?:\/\w\s*|=\s*)/.exec(words), from = sign ? sign[0].length : 0;
    const isNamed = one.says.some(([how]) => how === "owner" || how === "promised by"), isDated = one.says.some(([how]) => how.startsWith("due"));
    if (what === "day") { const found = isDated && DAY.exec(words); if (found) line.setSelectionRange(found.index, words.length); else setLine(`${words.trimEnd()} `); }
    else if (sign && what === "owner" && isNamed) line.setSelectionRange(from, from + /^\S*/.exec(words.slice(from))[0].length);
    else if (sign) setLine(`${words.slice(0, from).trimEnd()}${what === "matter" ? "" : " "} ${words.slice(from)}`, words.slice(0, from).trimEnd().length + (what === "matter" ? 0 : 1));
  };
  const keep = () => {
    const words = line.value.split(/\s+/).join(" ").trim();
    if (editing) {
      const one = editing;
      clear();
      if (words !== one.typed) { put(words ? "edit" : "out", { line: one.id, item: one.item, words, was: one.typed || "", save: "1" }); sent = ""; }
      rest();
      return;
    }
    if (!words || words === "/") return;
    const goes = /^\/i\s+([^+\s]\S*?)\.?$/i.exec(words), to = goes && items().find((one) => one.number === goes[1]);
    refused = "";
    clear();
    if (to) { rest(); go(to.id); spoken.textContent = titled(to.id); return; }
    const name = named();
    put("line", { line: name, words, save: "1" });
    sent = "";
    spoken.textContent = `Kept: ${heard.textContent || words}`;
    log.scrollTop = log.scrollHeight;
    if (/^\/i\s*\+\s*\S/i.test(words)) go(name);
  };
  const SIGNED = /^(\/[adqrpi](\s|$)|=\s?[a-z0-9])/i;
  const pasted = (text) => { // prose, whatever it begins with; what looks like signs is asked about
    const words = text.split(/\n+/).map((one) => one.split(/\s+/).join(" ").trim()).filter(Boolean), signed = [];
    const before = line.value.trim();
    if (before) words[0] = `${before} ${words[0]}`;
    clear();
    sent = "";
    for (const one of words) {
      const name = named(), isSign = SIGNED.test(one);
      if (isSign) signed.push([name, one, here]);
      put("line", { line: name, words: /^[/=]/.test(one) ? one[0] + one : one });
    }
    resting();
    if (!signed.length) return;
    const note = $("#pasted"), done = () => { note.hidden = true; line.focus(); };
    const read = () => { for (const [name, one, item] of signed) put("edit", { line: name, item, words: one, was: one[0] + one, save: "1" }); done(); };
    note.hidden = false;
    note.replaceChildren(`${signed.length} ${signed.length === 1 ? "line looks like a sign: read it?" : "lines look like signs: read them?"} `, does("Read as signs", "", read), " ", does("Leave as prose", "", done));
  };
  line.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text").trim();
    if (text.includes("\n") && !editing) { event.preventDefault(); pasted(text); }
  });
  line.addEventListener("input", () => { if (line.value.includes("\n")) line.value = line.value.replace(/\s*\n\s*/g, " "); grow(); hear(); resting(); });
  line.addEventListener("blur", rest);
  line.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const { key } = event, isAlone = !event.altKey && !event.shiftKey;
    const every = shownLines(), at = editing ? every.findIndex((one) => one.id === editing.id) : every.length;
    const earlier = () => every.slice(0, at).findLast((one) => one.typed !== null), later = () => every.slice(at + 1).find((one) => one.typed !== null);
    if (key === "Enter") { event.preventDefault(); keep(); }
    else if (key === "ArrowRight" && isAlone && offered && line.selectionStart === offered.at && line.selectionEnd === offered.at) { event.preventDefault(); setLine(line.value.slice(0, offered.from) + offered.put + line.value.slice(offered.at), offered.from + offered.put.length); resting(); }
    else if (key === "ArrowUp" && isAlone && line.selectionStart === 0 || key === "ArrowUp" && isAlone && editing && line.value === editing.typed) { const one = earlier(); if (one) { event.preventDefault(); edit(one); } }
    else if (key === "ArrowDown" && isAlone && editing && line.value === editing.typed) { event.preventDefault(); const one = later(); if (one) edit(one); else { clear(); rest(); } }
    else if (key === "Escape" && editing) { event.preventDefault(); clear(); rest(); }
  });
  $("#typing").addEventListener("submit", (event) => { event.preventDefault(); keep(); line.focus(); });
  document.addEventListener("keydown", (event) => {
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) { event.preventDefault(); step(event.key === "ArrowUp" ? -1 : 1); }
    else if (event.key === "F2") { event.preventDefault(); call(roll.hidden); }
    else if (event.key === "F8") { event.preventDefault(); const side = $("#beside"); side.hidden = !side.hidden; }
    else if (event.key === "F9") { event.preventDefault(); leave(() => location.assign($("#room").href)); }
    else if (event.key === "Escape" && !roll.hidden) { event.preventDefault(); call(false); }
    else if (event.key === "Escape" && document.activeElement !== line) line.focus();
  });
  const leave = async (then) => { // everything first: nobody reads back what is not there
    rest();
    for (let tries = 0; (queue.length || busy) && answers && tries < 60; tries++) await new Promise((done) => { setTimeout(done, 50); });
    then();
  };
  $("#room").addEventListener("click", (event) => { event.preventDefault(); leave(() => location.assign($("#room").href)); });
  $("#end").addEventListener("submit", (event) => {
    event.preventDefault();
    if (line.value.trim()) keep();
    leave(() => { if (!queue.length) event.target.submit(); });
  });

  // Roll call.
  let marked = 0;
  const extra = [];
  const people = () => [...new Set([...known.people, ...Object.keys(state.roll), ...extra])];
  const drawRoll = () => {
    const waiting = Object.fromEntries(queue.filter((one) => one.item === "attendance").map((one) => [one.line, one.words]));
    const said = (name) => waiting[name] ?? state.roll[name] ?? "";
    $("#people").setAttribute("aria-activedescendant", `person-${marked}`);
    $("#people").replaceChildren(...people().map((name, at) => { const one = made("li", "", { id: `person-${at}`, "aria-selected": at === marked, role: "option" }); one.append(made("span", name), made("span", said(name) || "not said", { class: said(name).startsWith("present") ? "done" : "" })); one.addEventListener("click", () => { marked = at; drawRoll(); }); return one; }));
    const all = people().map(said);
    $("#counted").textContent = `Present ${all.filter((one) => one.startsWith("present")).length}, apologies ${all.filter((one) => one === "apologies").length}`;
    return said;
  };
  const call = (isOn) => { roll.hidden = !isOn; log.hidden = $("#typing").hidden = $("#signs").hidden = isOn; draw(); if (isOn) { drawRoll(); $("#people").focus(); } else line.focus(); };
  const says = (key) => {
    const name = people()[marked], said = drawRoll()(name), now = clock();
    if (!name) return;
    const came = !said.startsWith("present") ? `present from ${now}` : said.includes("until") ? `${said}, and from ${now}` : `${said} until ${now}`;
    const words = { p: "present", a: "apologies", t: came, "?": "" }[key];
    spoken.textContent = `${name}: ${words || "not said"}`;
    put(name in state.roll ? "edit" : "line", { line: name, item: "attendance", words, was: said, save: "1" });
    marked = Math.min(people().length - 1, marked + 1);
    drawRoll();
  };
  $("#people").tabIndex = 0;
  $("#people").setAttribute("role", "listbox");
  $("#people").setAttribute("aria-label", "Who is here");
  roll.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.id === "somebody") { if (event.key === "Enter" && event.target.value.trim()) { extra.push(event.target.value.trim().replace(/\s+/g, " ")); event.target.value = ""; marked = people().length - 1; drawRoll(); $("#people").focus(); } return; }
    if ("pat?".includes(event.key) && event.key.length === 1) { event.preventDefault(); says(event.key); }
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); marked = Math.max(0, Math.min(people().length - 1, marked + (event.key === "ArrowDown" ? 1 : -1))); drawRoll(); }
  });
  for (const button of document.querySelectorAll("[data-says]")) button.addEventListener("click", () => says(button.dataset.says));
  $("#to-roll").addEventListener("click", () => call(true));
  $("#from-roll").addEventListener("click", () => call(false));

  // Other windows, and a file that was closed meanwhile, are looked at every two seconds.
  setInterval(async () => {
    store();
    if (document.hidden || busy) return;
    if (queue.length) { pump(); return; }
    if (state.lines.length && (!state.saved || trouble) && Date.now() % 6000 < 2000) { put("save", { save: "1" }); return; }
    try {
      const answer = await fetch(`${where}/notes/live/lines?seen=${state.entries}`);
      const found = await answer.json();
      answers = true;
      if (found.entries) take(found, false); else show();
    } catch { answers = false; show(); }
  }, 2000);
  addEventListener("beforeunload", store);
  if (matchMedia("(max-width: 700px)").matches) $("#agenda").open = false;
  const unsent = (window) => state.unfinished.find(([of]) => of === window) || [];
  const left = kept || { words: unsent(mine)[4] || unsent(`${mine} aside`)[4] || "", line: unsent(mine)[5] || "", aside: unsent(mine)[5] ? unsent(`${mine} aside`)[4] || "" : "" };
  here = recall(sessionStorage, `live here ${where}`) || (known.items[0] || { number: "" }).number;
  if (!items().some((one) => one.id === here)) here = (known.items[0] || { number: "" }).number;
  sent = unsent(mine)[4] || "";
  const changed = state.lines.find((one) => one.id === left.line);
  if (changed) { edit(changed); aside = left.aside || ""; }
  setLine(left.words || "");
  draw();
  const called = state.lines.find((one) => `#of-${one.id}` === asked); // a line that the read-back asks to correct
  if (called) edit(called);
  log.scrollTop = log.scrollHeight;
  grow();
  hear();
  const lookBeside = async () => { // what the pack said, and whether the annex is issued: neither waits for the other, nor the line for them
    try { const answer = await fetch(`${where}/notes/live/beside`); if ((answer.headers.get("content-type") || "").includes("json")) { told = await answer.json(); draw(); } } catch { /* the line goes on without it */ }
  };
  lookBeside();
  document.addEventListener("visibilitychange", () => { if (!document.hidden) lookBeside(); });
  if (state.lines.length && !state.saved) put("save", { save: "1" });
  pump();
  line.focus();
})();
