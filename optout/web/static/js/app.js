/* Sweeteners only: every page works without this file. */
"use strict";

document.documentElement.classList.add("has-js");

/* Copy buttons: data-copy names the element whose text is copied. */
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  const paragraphs = [...source.querySelectorAll("p")].map((p) => p.textContent.trim());
  const text = paragraphs.length ? paragraphs.join("\n\n") : source.textContent;
  const before = button.textContent;
  navigator.clipboard.writeText(text).then(() => {
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = before; }, 2000);
  });
});

/* Tick every box of a form that is shown. */
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-tick-all]");
  if (!button) return;
  const boxes = [...document.getElementById(button.dataset.tickAll).elements]
    .filter((element) => element.type === "checkbox"
      && (!button.dataset.tickName || element.name === button.dataset.tickName));
  const all = boxes.every((box) => box.checked);
  boxes.forEach((box) => { box.checked = !all; });
});

/* Leave quickly: the harmless page takes this page's place in the history. */
const exit = document.querySelector("[data-quick-exit]");
let leaving = false;
const leave = () => {
  if (leaving) return;
  leaving = true;
  document.documentElement.hidden = true;
  const going = () => location.replace(exit.dataset.quickExit);
  fetch(exit.action, {
    method: "POST", body: new FormData(exit), redirect: "manual", keepalive: true,
  }).then(going, going);
};
if (exit) {
  exit.addEventListener("submit", (event) => { event.preventDefault(); leave(); });
  let last = -Infinity;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - last < 1500) leave();
    last = event.timeStamp;
  });
}

/* A page brought back from the browser's memory may be locked by now: ask for it anew. */
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

/* How strong a passphrase is, by its words and length. */
const meter = document.querySelector("[data-strength-of]");
if (meter) {
  const input = document.getElementById(meter.dataset.strengthOf);
  input.addEventListener("input", () => {
    const text = input.value.trim();
    const words = new Set(text.toLowerCase().split(/\s+/).filter((word) => word.length > 2)).size;
    let name = "short";
    if (text.length >= 12) name = words >= 5 || text.length >= 30 ? "strong" : words === 4 ? "fair" : "weak";
    meter.textContent = text ? meter.dataset[name] : "";
  });
}

/* The summary of errors is read first. */
const errors = document.getElementById("errors");
if (errors) errors.focus();
