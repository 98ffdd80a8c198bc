/* Sweetener for fields that take a file: paste a screenshot, or drop a file; see what was taken. */
"use strict";

const fields = [...document.querySelectorAll("[data-attach]")];
const inputOf = (field) => field.querySelector('input[type="file"]');

/* The picture is shown out of the browser's memory; nothing leaves before the form is sent. */
const show = (field) => {
  const file = inputOf(field).files[0];
  const seen = field.querySelector(".attach-seen");
  seen.replaceChildren();
  if (!file) return;
  const name = document.createElement("p");
  name.textContent = file.size > Number(field.dataset.most) ? field.dataset.tooLarge : file.name;
  name.className = file.size > Number(field.dataset.most) ? "field-error" : "strong";
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "secondary outline small";
  remove.textContent = field.dataset.remove;
  remove.addEventListener("click", () => {
    inputOf(field).value = "";
    show(field);
    inputOf(field).focus();
  });
  seen.append(name, remove);
  if (!/^image\/(png|jpeg|webp)$/.test(file.type)) return;
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    if (inputOf(field).files[0] !== file) return; // another one was taken meanwhile
    const picture = document.createElement("img");
    picture.alt = "";
    picture.src = reader.result;
    seen.prepend(picture);
  });
  reader.readAsDataURL(file);
};

const take = (field, files) => {
  if (!files.length) return;
  const one = new DataTransfer();
  one.items.add(files[0]);
  inputOf(field).files = one.files;
  show(field);
};

fields.forEach((field) => {
  inputOf(field).addEventListener("change", () => show(field));
  ["dragenter", "dragover"].forEach((kind) => field.addEventListener(kind, (event) => {
    event.preventDefault();
    field.classList.add("attach-over");
  }));
  ["dragleave", "drop"].forEach((kind) => field.addEventListener(kind, () => {
    field.classList.remove("attach-over");
  }));
  field.addEventListener("drop", (event) => {
    event.preventDefault();
    take(field, event.dataTransfer.files);
  });
});

/* What is pasted goes to the form that one is in, else to the first that can be seen. */
document.addEventListener("paste", (event) => {
  const files = event.clipboardData ? event.clipboardData.files : [];
  if (!files.length) return;
  const form = document.activeElement.closest("form");
  const field = fields.find((one) => form && form.contains(one))
    || fields.find((one) => one.getClientRects().length);
  if (!field) return;
  event.preventDefault();
  take(field, files);
  field.scrollIntoView({ block: "nearest" });
});
