// Makes the desk quicker and quieter: without this script every page and form works as well, a page at a time.
"use strict";
(() => {
  const body = document.body, status = document.getElementById("status");
  const main = () => document.getElementById("main"), contract = () => document.getElementById("contract");
  const FRAMES = 20; // in which a section is kept in view after it was brought there: a third of a second
  let busy = false, sent = false, leaving = null;

  const say = (words) => { status.textContent = ""; requestAnimationFrame(() => { status.textContent = words; }); };
  const field = () => main() && main().querySelector("form[data-desk]");

  // Words that are typed and not saved stay in this tab, also over a reload, with what tells the answer that was shown
  // when they were typed: where it is another one by now, saving them is a conflict, and shows both. A record has no name
  // but its number: where another one has that number by now, the words are said beside it, once, and are in no field.
  const typed = (form) => [...form.querySelectorAll("input[type=text], textarea")];
  const kept = (form) => `drafter ${form.action} ${form.dataset.words || ""}`; // forms with one address say what they are of
  const shown = (form) => "over" in form.dataset ? form.elements.namedItem("was").value : form.dataset.record || "";
  // They are dropped when the next page comes, unless that says that what was sent was not saved: it has them in its fields.
  const SENT = "drafter sent", before = sessionStorage.getItem(SENT);
  let failed = "posted" in body.dataset ? before || "" : null; // the form that was sent and isn't saved; null for none
  sessionStorage.removeItem(SENT);
  if (before && failed === null) sessionStorage.removeItem(before);
  const holds = (form) => kept(form) === failed || typed(form).some((one) => one.value !== one.defaultValue);
  const keep = (form) => {
    const words = typed(form).filter((one) => kept(form) === failed || one.value !== one.defaultValue).map((one) => [one.name, one.value]);
    if (words.length) sessionStorage.setItem(kept(form), JSON.stringify({ was: shown(form), words })); else sessionStorage.removeItem(kept(form));
  };
  const sayOther = (form, words) => {
    const note = document.createElement("p");
    note.className = "reminder";
    note.textContent = `Typed here and never saved, when there was something else at this place: ${words.map(([, value]) => `“${value}”`).join(", ")}`;
    form.before(note);
  };
  const bring = (form) => {
    const found = JSON.parse(sessionStorage.getItem(kept(form)));
    if (!found || kept(form) === failed) return;
    if ("record" in form.dataset && found.was !== form.dataset.record) { sessionStorage.removeItem(kept(form)); sayOther(form, found.words); return; }
    if ("over" in form.dataset) form.elements.namedItem("was").value = found.was;
    for (const [name, value] of found.words) {
      const one = form.elements.namedItem(name);
      if (one && one.value !== value) one.value = value;
    }
  };
  const forms = () => main() ? [...main().querySelectorAll("form")] : [];
  const bringAll = () => { for (const form of forms()) bring(form); };
  const unsaved = () => failed !== null || forms().some(holds);

  const focusFirst = () => {
    const at = main();
    const wrong = at.querySelector("#summary, [aria-invalid], .wrong input");
    const form = at.querySelector("form[data-desk], form[data-first]");
    const field = form && form.querySelector("input[type=radio], input[type=checkbox], input[type=text], textarea");
    const group = field && field.closest("fieldset");
    const first = wrong || at.querySelector("[autofocus]") || (group && group.querySelector("input:checked")) || field;
    const to = first || at.querySelector("h1");
    if (to.tagName === "H1") to.tabIndex = -1;
    to.focus({ preventScroll: true });
    at.scrollTop = 0;
    if (to.getBoundingClientRect().bottom > innerHeight || to.getBoundingClientRect().top < 0) to.scrollIntoView({ block: "center" });
  };

  const light = (names, look) => {
    for (const one of document.querySelectorAll(".s.lit")) one.classList.remove("lit");
    const found = names.map((name) => document.getElementById(`s-${name}`)).filter(Boolean);
    for (const one of found) one.classList.add("lit");
    if (look && found.length) bringIntoView(found[0], FRAMES);
  };

  // Sections that are out of sight are only guessed at in height: the place is corrected while they are laid out.
  const bringIntoView = (one, times) => {
    const pane = contract();
    if (!pane || pane.scrollHeight <= pane.clientHeight || !times) return;
    const top = one.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    if (top < 0 || top >= pane.clientHeight * 0.6) pane.scrollTop += top - 40;
    requestAnimationFrame(() => bringIntoView(one, times - 1));
  };

  const put = (made, address) => {
    if (made.main !== undefined) main().innerHTML = made.main;
    if (made.contract) contract().innerHTML = made.contract;
    for (const [name, html] of Object.entries(made.sections || {})) {
      const one = document.getElementById(`s-${name}`);
      if (one) one.outerHTML = html;
    }
    if (made.lit) light(made.lit, true);
    if (made.title) document.title = made.title;
    if (address) history.pushState({ drafter: 1 }, "", address);
    if (made.main !== undefined) bringAll();
    const undo = document.getElementById("undo");
    if (undo && made.undo !== undefined) {
      undo.elements.namedItem("from").value = location.pathname;
      undo.elements.namedItem("which").value = made.undoes;
      undo.hidden = !made.undo;
      const kind = made.undo.split(/ (?:to|of) /)[0]; // the rest is for who can't see how long it is, and on the page of Undo
      undo.querySelector(".short").textContent = kind;
      undo.querySelector(".about").textContent = made.undo.slice(kind.length);
      undo.querySelector("button").title = `Undo ${made.undo}`;
    }
    if (made.status) say(made.status);
    focusFirst();
  };

  const trouble = (form, words) => {
    let at = form.querySelector(".trouble");
    if (!at) { at = document.createElement("p"); at.className = "error trouble"; at.setAttribute("role", "alert"); form.append(at); }
    at.textContent = words;
  };

  const send = async (form, button) => {
    if (busy) return;
    busy = true;
    const given = new FormData(form);
    if (button && button.name) given.set(button.name, button.value);
    try {
      const reply = await fetch(form.action, { method: "POST", body: new URLSearchParams(given), headers: { "x-desk": "1" }, redirect: "error" });
      const made = await reply.json();
      if (made.go) { sessionStorage.removeItem(kept(form)); sent = true; location.assign(made.go); return; }
      if (made.main === undefined) { trouble(form, made.error || "Nothing was saved."); return; }
      if (reply.ok) sessionStorage.removeItem(kept(form));
      failed = reply.ok ? null : kept(form);
      put(made, reply.ok ? made.at : "");
    } catch {
      trouble(form, "Drafter was closed. What you typed is still here: open Drafter again, and copy it into the page that opens.");
    } finally { busy = false; }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("form[data-desk]")) { event.preventDefault(); send(form, event.submitter); return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1"; // a second click does nothing
    sessionStorage.setItem(SENT, "again" in form.dataset && failed || kept(form));
    sent = !main().contains(form) || !forms().some((one) => one !== form && holds(one)); // what is typed in another form is asked for
    leaving = form;
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-forget]");
    if (link) { sessionStorage.removeItem(kept(link.closest("form"))); failed = null; }
  });
  document.addEventListener("input", (event) => { if (event.target.form && main().contains(event.target)) keep(event.target.form); });
  document.addEventListener("keydown", (event) => {
    const at = event.target, form = at.form;
    if (event.key === "Enter" && event.ctrlKey && form) { event.preventDefault(); form.requestSubmit(form.querySelector("button.main") || undefined); }
    if (event.key === "Enter" && !event.ctrlKey && form && at.matches("input[type=radio], input[type=checkbox]")) { event.preventDefault(); form.requestSubmit(form.querySelector("button.main") || undefined); }
    if (/^[1-9]$/.test(event.key) && at.matches("input[type=radio], input[type=checkbox]")) {
      const one = form.querySelectorAll(`input[name="${CSS.escape(at.name)}"]`)[event.key - 1];
      if (one) { one.focus(); one.click(); }
    }
    if (event.key === "Escape") { const open = at.closest("details[open]"); if (open) { open.open = false; open.querySelector("summary").focus(); } }
  });
  addEventListener("popstate", () => location.reload());
  // Forward may come while a page loads, before this script hears of it: then the page is not that of its address.
  const loaded = performance.getEntriesByType("navigation")[0], bare = (address) => address.split("#")[0];
  if (loaded && loaded.type !== "navigate" && loaded.name.startsWith("http") && bare(loaded.name) !== bare(location.href)) location.reload();
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  addEventListener("beforeunload", (event) => {
    if (sent || !unsaved()) return;
    event.preventDefault();
    setTimeout(() => { // whoever stays may send it again
      if (leaving) { delete leaving.dataset.sent; sessionStorage.removeItem(SENT); }
      leaving = null;
    }, 0);
  });

  // Whether the matter was changed by something else is asked once, when this page comes into view again.
  let state = null;
  const asked = async () => {
    if (!body.dataset.at) return;
    try {
      const reply = await fetch(`${body.dataset.at}/state`, { headers: { "x-desk": "1" } });
      const now = (await reply.json()).state;
      if (state !== null && now !== state && document.visibilityState === "visible" && !unsaved()) { sent = true; location.reload(); return; }
      state = now;
    } catch { /* whoever saves next is told */ }
  };
  document.addEventListener("visibilitychange", asked);

  // A page of something that takes long looks how far it is, until it is done.
  const watch = async (at) => {
    try {
      const made = await (await fetch(at, { headers: { "x-desk": "1" } })).json();
      const said = main().querySelector(".said");
      if (made.go) { sent = true; location.replace(made.go); return; }
      if (made.running && said) {
        const now = document.createElement("div");
        now.innerHTML = made.main;
        const lines = now.querySelector(".said").textContent;
        if (lines !== said.textContent) { said.textContent = lines; say(lines.trim().split("\n").pop()); }
      } else {
        main().innerHTML = made.main;
        say(main().querySelector(".how").textContent);
        focusFirst();
        return;
      }
    } catch { say("Drafter was closed."); return; }
    setTimeout(() => watch(at), 400);
  };

  if (main()) {
    bringAll();
    // Back and Reload ask for the page of this address, and send nothing again.
    if (failed !== null && forms().some((form) => kept(form) === failed)) history.replaceState(history.state, "", location.href);
    const meant = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const head = meant && main().contains(meant) && (meant.querySelector("h2, h3, h4") || meant);
    const toHead = () => { head.tabIndex = -1; head.focus({ preventScroll: true }); };
    if (head) toHead(); else focusFirst();
    // a browser goes to the place in an address once more when all is loaded, and then leaves the focus nowhere
    if (head) addEventListener("load", () => setTimeout(() => { if (document.activeElement === body) toHead(); }, 0));
    if (main().dataset.job) setTimeout(() => watch(main().dataset.job), 300);
    const pane = contract();
    if (pane && pane.dataset.lit) light(pane.dataset.lit.split(" "), true);
  }
})();
