// Makes the panel handier: keys, notices, dialogs. Everything works without it.
"use strict";

document.documentElement.classList.add("script");

const typing = (at) => at.closest("input, textarea, select, [contenteditable], dialog[open]");
const follow = (selector) => document.querySelector(selector)?.click();
const goto = { p: "/people", a: "/audit" };
let waiting = null;

function move(step) {
  const rows = [...document.querySelectorAll(".table.people .person")];
  const at = rows.indexOf(document.activeElement);
  rows[Math.min(Math.max(at + step, 0), rows.length - 1)]?.focus();
}

const keys = {
  "/": () => (document.querySelector("#q") ?? document.querySelector("#q-all"))?.focus(),
  "?": () => document.querySelector("#keys")?.showModal(),
  g: () => { waiting = setTimeout(() => { waiting = null; }, 1200); },
  n: () => {
    const to = document.querySelector("[data-new]")?.dataset.new;
    if (to) location.assign(to);
  },
  e: () => follow("[data-key=e]"),
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
  // Where the browser does not know commands for buttons yet.
  const button = event.target.closest("button[command=close]");
  if (button && !("command" in HTMLButtonElement.prototype)) button.closest("dialog")?.close();
});

// A toast goes after eight seconds, but not from under a pointer or the focus.
function expire() {
  const toasts = document.querySelector(".toasts");
  if (!toasts) return;
  if (toasts.matches(":hover, :focus-within")) setTimeout(expire, 1000);
  else toasts.remove();
}
setTimeout(expire, 8000);

// On errors the focus goes to the first wrong field; but not again while somebody mends another one.
let wrong = null;
function focusWrong() {
  const first = document.querySelector("[aria-invalid=true]");
  if (first && first !== wrong) first.focus();
  wrong = first;
}
focusWrong();

// What had the focus before a part of the page was swapped has it afterwards, in its new shape.
let before = null;
document.addEventListener("focusin", (event) => {
  const at = event.target;
  const heading = at.closest("th")?.className;
  const pager = at.getAttribute("rel");
  before = heading ? `th.${heading} a`
    : at.closest(".tabs") ? ".tabs a[aria-current]"
    : pager ? `a[rel=${pager}], .foot a[rel]`
    : null;
});
document.addEventListener("htmx:after:swap", () => {
  focusWrong();
  if (document.activeElement !== document.body) return;
  const again = before && document.querySelector(before);
  const heading = document.querySelector("main h1");
  heading?.setAttribute("tabindex", "-1");
  (again ?? heading)?.focus({ preventScroll: true });
});
