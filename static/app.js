// Makes the panel handier: keys, notices, dialogs, rows chosen together. Everything works without it.
"use strict";

document.documentElement.classList.add("script");

const typing = (at) => at.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog[open]");
const follow = (selector) => document.querySelector(selector)?.click();
const goto = { o: "/organisations", p: "/people", g: "/groups", h: "/", a: "/audit" };
let waiting = null;

const rows = () => [...document.querySelectorAll(".table.people .person, .table.rows .row")];
const boxOf = (row) => row?.closest("tr")?.querySelector(".tick input");

function move(step) {
  const all = rows();
  const at = all.indexOf(document.activeElement.closest("tr")?.querySelector(".person, .row"));
  all[Math.min(Math.max(at + step, 0), all.length - 1)]?.focus();
}

// The row that was chosen last: a range goes from there.
let last = null;
function choose(box, range) {
  if (!box) return;
  const all = [...document.querySelectorAll("td .tick input")];
  const [from, to] = [all.indexOf(last), all.indexOf(box)];
  box.checked = !box.checked;
  if (range && from >= 0) all.slice(Math.min(from, to), Math.max(from, to) + 1).forEach((one) => { one.checked = box.checked; });
  last = box;
}

const focused = () => document.activeElement.closest("tr");
const keys = {
  "/": () => document.querySelector("#q-all")?.focus(),
  "?": () => document.querySelector("#keys")?.showModal(),
  g: () => { waiting = setTimeout(() => { waiting = null; }, 1200); },
  n: () => {
    const to = document.querySelector("main [data-new], [data-new]")?.dataset.new;
    if (to) location.assign(to);
  },
  f: () => document.querySelector("#q")?.focus(),
  e: () => {
    const person = focused()?.querySelector("a.person");
    if (person) location.assign(`${person.getAttribute("href")}/edit`);
    else follow("[data-key=e]");
  },
  x: () => choose(boxOf(focused()), false),
  X: () => choose(boxOf(focused()), true),
  j: () => move(1),
  k: () => move(-1),
  "[": () => follow("a[rel=prev]"),
  "]": () => follow("a[rel=next]"),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.target.closest("form")?.requestSubmit();
    return;
  }
  if (document.body.dataset.shortcuts === "off") return;
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (waiting) {
    clearTimeout(waiting);
    waiting = null;
    const link = goto[event.key] && document.querySelector(`.nav a[href="${goto[event.key]}"]`);
    if (link) link.click();
    return;
  }
  const act = keys[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});

document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest(".toasts")?.remove();
  const box = event.target.closest("td .tick input");
  if (box && event.shiftKey) {
    box.checked = !box.checked;
    choose(box, true);
  } else if (box) last = box;
  // Where the browser does not know commands for buttons yet.
  const button = event.target.closest("button[command=close]");
  if (button && !("command" in HTMLButtonElement.prototype)) button.closest("dialog")?.close();
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-pick-all]")) return;
  document.querySelectorAll("td .tick input").forEach((box) => { box.checked = event.target.checked; });
});

// A toast goes after eight seconds, but not from under a pointer or the focus, nor while it offers an undo.
function expire() {
  const toasts = document.querySelector(".toasts");
  if (!toasts || toasts.querySelector("form")) return;
  if (toasts.matches(":hover, :focus-within")) setTimeout(expire, 1000);
  else toasts.remove();
}
setTimeout(expire, 8000);

// Without a network nothing is sent, and what was typed stays.
function offline() {
  const notices = document.querySelector("#notices");
  const words = document.querySelector("#offline");
  if (notices && words && !notices.querySelector(".offline")) notices.append(words.content.cloneNode(true));
}
window.addEventListener("offline", offline);
window.addEventListener("online", () => document.querySelector("#notices .offline")?.remove());
document.addEventListener("htmx:error", () => { if (!navigator.onLine) offline(); });
document.addEventListener("submit", (event) => {
  if (navigator.onLine) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  offline();
}, true);

// The session is over: the form goes as a page, so that the sign-in can bring it back.
document.addEventListener("expired", (event) => {
  const form = event.target.closest("form");
  if (form) HTMLFormElement.prototype.submit.call(form);
});

// On errors the focus goes to the first wrong field; but not again while somebody mends another one.
let wrong = null;
function focusWrong() {
  const first = document.querySelector("[aria-invalid=true]");
  if (first && first !== wrong) first.focus();
  wrong = first;
}
focusWrong();

// What had the focus before a part of the page was swapped has it afterwards, in its new shape.
let [at, before] = [null, null];
document.addEventListener("focusin", (event) => {
  at = event.target;
  const heading = at.closest("th")?.className;
  const pager = at.getAttribute("rel");
  before = heading ? `th.${heading} a`
    : at.closest(".tabs") ? ".tabs a[aria-current]"
    : pager ? `a[rel=${pager}], .foot a[rel]`
    : null;
});
document.addEventListener("htmx:after:swap", () => {
  focusWrong();
  if (!at || at.isConnected || document.activeElement !== document.body) return;
  const again = before && document.querySelector(before);
  const heading = document.querySelector("main h1");
  heading?.setAttribute("tabindex", "-1");
  (again ?? heading)?.focus({ preventScroll: true });
});

// A part of the page that the server tells about as it changes. Without this it is asked for now and then.
function listen() {
  const part = document.querySelector("[data-events]");
  if (!part || !window.EventSource) return;
  const source = new EventSource(part.dataset.events);
  source.addEventListener("progress", (event) => {
    const now = document.getElementById(part.id);
    if (!now) return source.close();
    const focused = now.contains(document.activeElement) && document.activeElement.id;
    now.outerHTML = event.data;
    const next = document.getElementById(part.id);
    window.htmx?.process(next);
    if (focused) document.getElementById(focused)?.focus();
    if (!next.dataset.events) source.close();
  });
}
listen();
