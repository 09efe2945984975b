// Makes pages more convenient; every page reads without it.
"use strict";

// A field above a long list leaves the lines that hold what is typed.
(() => {
  const FEW = 15;
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const above = (list, number) => {
    const lines = [...list.children].map((item) => [item, plain(item.textContent)]);
    const label = document.createElement("label");
    const field = document.createElement("input");
    const state = document.createElement("span");
    const box = document.createElement("p");
    field.type = "search";
    field.id = `filter-${number}`;
    label.htmlFor = field.id;
    label.textContent = `${list.dataset.filter} `;
    state.className = "count";
    state.setAttribute("role", "status");
    field.addEventListener("input", () => {
      const wanted = plain(field.value.trim());
      const shown = lines.filter(([item, text]) => {
        item.hidden = !text.includes(wanted);
        return !item.hidden;
      });
      state.textContent = wanted ? ` ${shown.length} / ${lines.length}` : "";
    });
    box.append(label, field, state);
    list.before(box);
  };

  [...document.querySelectorAll("[data-filter]")]
    .filter((list) => list.children.length > FEW)
    .forEach(above);
})();

// A button beside a text that is there to be copied.
(() => {
  const selected = (text) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    const chosen = window.getSelection();
    chosen.removeAllRanges();
    chosen.addRange(range);
    return document.execCommand("copy"); // where there is no other way: the text stays selected
  };

  document.querySelectorAll("[data-copy]").forEach((text) => {
    const button = document.createElement("button");
    const state = document.createElement("span");
    const box = document.createElement("p");
    button.type = "button";
    button.textContent = text.dataset.copy;
    state.setAttribute("role", "status");
    state.className = "count";
    button.addEventListener("click", () => {
      const done = () => { state.textContent = ` ${text.dataset.copied}`; };
      const other = () => { if (selected(text)) done(); };
      if (!navigator.clipboard) return other();
      return navigator.clipboard.writeText(text.textContent).then(done, other);
    });
    box.append(button, state);
    text.before(box);
  });
})();
