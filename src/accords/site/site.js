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
