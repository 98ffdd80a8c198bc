"use strict";
for (const value of document.querySelectorAll(".value")) {
  const button = document.createElement("button");
  const label = value.closest("div")?.querySelector("dt")?.textContent ?? document.querySelector("#statement").textContent;
  const say = (text) => { button.textContent = text; };
  button.type = "button";
  button.setAttribute("aria-live", "polite");
  button.setAttribute("aria-describedby", value.id);
  button.title = label;
  say("{{ copy }}");
  button.addEventListener("click", async () => {
    getSelection().selectAllChildren(value);
    try {
      await navigator.clipboard.writeText(value.innerText);
    } catch {
      document.execCommand("copy");
    }
    say("{{ copied }}");
    setTimeout(say, 2500, "{{ copy }}");
  });
  value.after(button);
}
