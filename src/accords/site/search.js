// The search page: an index of the names of all records, built when the page opens.
"use strict";

(() => {
  const MOST = 100;
  const english = document.documentElement.lang === "en";
  const field = document.getElementById("q");
  const state = document.getElementById("state");
  const list = document.getElementById("found");
  const { kinds, rows } = window.accordsRecords;

  // Words that say nothing, and what French puts before an apostrophe.
  const EMPTY = new Set(("a au aux ce ces d dans de des du en et l la le les leur ou par pour qu que qui s sa ses son "
    + "sur un une and at by for from in of on or the to with").split(" "));

  const plain = (text) => text.replace(/œ/gi, "oe").replace(/æ/gi, "ae")
    .normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const stem = (word) => (word.length > 4 ? word.replace(/(?:es|s|x)$/, "") : word);
  const words = (text) => plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

  const index = new MiniSearch({
    fields: ["fr", "en", "others"],
    tokenize: words,
    processTerm: (word) => (EMPTY.has(word) ? null : stem(word)),
    searchOptions: {
      boost: english ? { en: 2, fr: 1.5 } : { fr: 2, en: 1 },
      boostDocument: (id) => kinds[rows[id][4]][2],
      prefix: (word) => word.length > 2,
      fuzzy: (word) => (word.length > 5 ? 0.2 : false),
    },
  });
  index.addAll(rows.map(([, fr, en, others], id) => ({ id, fr, en: en || fr, others })));

  const told = (count) => {
    const said = count === 0 ? state.dataset.none
      : count === 1 ? state.dataset.one
        : count > MOST ? state.dataset.first : state.dataset.many;
    return said.replace("{n}", count).replace("{m}", MOST);
  };

  const line = ({ id }) => {
    const [place, fr, en, , kind] = rows[id];
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `${place}.html`;
    link.textContent = (english && en) || fr;
    const beside = document.createElement("span");
    beside.className = "soft small";
    beside.textContent = ` ${kinds[kind][english ? 1 : 0]}`;
    item.append(link, beside);
    return item;
  };

  const show = () => {
    const asked = field.value.trim();
    let found = asked ? index.search(asked, { combineWith: "AND" }) : [];
    if (asked && !found.length) {
      found = index.search(asked);
    }
    state.textContent = asked ? told(found.length) : "";
    list.replaceChildren(...found.slice(0, MOST).map(line));
  };

  const first = new URLSearchParams(window.location.search).get("q");
  if (first) {
    field.value = first;
  }
  field.addEventListener("input", show);
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  show();
})();
