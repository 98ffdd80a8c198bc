/* Sweetener for the re-check session: one key for each answer; a copied link finds its field. */
"use strict";

const walk = document.querySelector("[data-keys]");
let answered = false;
const typing = (element) => element.matches("textarea, select, input:not([type=file])");

/* Only while the focus is in the session's part, so that no key acts by surprise. */
document.addEventListener("keydown", (event) => {
  const focused = document.activeElement;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  if (!walk.contains(focused) || typing(focused)) return;
  const target = walk.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!target) return;
  event.preventDefault();
  if (answered) return; // a hasty key would send the same answer again, and hold up the next page
  if (target.tagName === "DETAILS") {
    target.open = !target.open;
    target.querySelector("summary").focus();
  } else {
    answered = target.type === "submit";
    target.click();
  }
});
window.addEventListener("pageshow", () => { answered = false; });

/* A copied link goes to its field; pictures are taken by attach.js. */
document.addEventListener("paste", (event) => {
  const text = event.clipboardData ? event.clipboardData.getData("text").trim() : "";
  if (!/^https?:\/\/\S+$/.test(text) || typing(document.activeElement)) return;
  const field = walk.querySelector('input[name="url"]');
  field.value = text;
  field.focus();
  event.preventDefault();
});
