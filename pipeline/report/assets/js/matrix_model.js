// What the matrix shows: filters, order, and one cell's reading. No elements here.
"use strict";
(() => {
  const { part, fold, compare, t, inLanguage, language } = JAMKA;

  /** Filters live as long as the page, so that going to a document and back loses nothing. */
  const filters = { query: "", group: "", answer: "", rows: "codebook", columns: "name", hidden: new Set(), differing: false, words: null };

  /** One letter for each member of a closed set, as the summary was written. */
  const LETTERS = "abcdefghijklm";
  const summary = () => part("summary");
  const code = (set, letter) => summary().codes[set][LETTERS.indexOf(letter)];

  /** Up to so many municipalities the cells hold words from the start: ticks alone compare nothing. */
  const WORDS_UP_TO = 15;
  const inWords = (columns) => filters.words ?? columns <= WORDS_UP_TO;

  /** Forces that advise or permit: what is stated so binds less than "ska" and a prohibition. */
  const WEAKER = ["should", "should_not", "advised_against", "may", "may_remove"];
  /** The mark of a cell's answer. */
  const mark = (shown) => (isWeaker(shown) ? "stated_weaker" : shown.answer === "silent" && shown.unruled ? "unruled" : shown.answer);
  /** The classes by which the style knows a cell. */
  const classes = (shown) => ["a-" + shown.answer, "s-" + shown.strictness, shown.review !== "unreviewed" && "reviewed", shown.doubtful && "doubtful", { stated_weaker: "weaker", unruled: "unruled" }[mark(shown)]].filter(Boolean).join(" ");
  const isWeaker = (shown) => shown.answer === "stated" && WEAKER.includes(shown.modality);
  /** The force behind a value that is told with less than "ska"; nothing where the value is the force itself. */
  const forceBehind = (shown) => {
    const said = isWeaker(shown) ? t("modality." + shown.modality).toLowerCase() : "";
    return said && said !== fold(shown.value) ? " (" + said + ")" : "";
  };

  /** Everything about one cell that the summary knows. */
  function cell(requirement, index) {
    const value = summary().values[requirement.values[index]];
    return {
      unruled: summary().municipalities[index].unruled,
      answer: code("answers", requirement.answers[index]),
      strictness: code("strictness", requirement.strictness[index]),
      modality: code("modalities", requirement.modalities[index]),
      review: code("reviews", requirement.reviews[index]),
      confidence: requirement.confidence[index],
      doubtful: requirement.doubtful[index] === "?",
      documents: requirement.documents[index],
      value: value[language() === "sv" ? 0 : 1] || value[0],
    };
  }

  const requirement = (id) => summary().requirements.find((r) => r.id === id);
  const groupLabel = (id) => {
    const group = summary().groups.find((g) => g.id === id);
    return group ? inLanguage(group) : id;
  };

  /** The column that an address means: by its name, with or without "kommun" or "kommuns", or by its number; -1 for none. */
  function whose(said) {
    const names = summary().municipalities.map((m) => fold(m.name));
    const wanted = fold(said.trim());
    const found = [wanted, wanted.replace(/s?\s+kommun$/, "")].map((name) => names.indexOf(name)).find((i) => i >= 0);
    return found ?? (/^\d+$/.test(wanted) && Number(wanted) < names.length ? Number(wanted) : -1);
  }

  const named = (index) => encodeURIComponent(summary().municipalities[index].name);
  /** Addresses name whom they are about: a number would be another's when somebody is added. */
  const cardPlace = (index) => "#/municipality/" + named(index);
  const cellPlace = (id, index) => "#/matrix/" + id + "/" + named(index);

  const searchable = new Map();
  /** The row's words: labels in both languages, description, every value; folded once. */
  function rowWords(row) {
    if (!searchable.has(row)) {
      const values = [...new Set(row.values)].map((i) => summary().values[i].join(" "));
      searchable.set(row, fold([row.id, row.sv, row.en, row.about_sv, row.about_en, ...values].join(" \n ")));
    }
    return searchable.get(row);
  }

  const count = (row, columns, letters) => columns.reduce((n, i) => n + letters.includes(row.answers[i]), 0);
  const letterOf = (answer) => LETTERS[summary().codes.answers.indexOf(answer)];
  const spread = (row, columns) => new Set(columns.map((i) => row.answers[i] + "/" + row.values[i])).size;

  /** Rows and columns after filters, in order. */
  function chosen() {
    const all = summary();
    const columns = all.municipalities.map((_, i) => i).filter((i) => !filters.hidden.has(i));
    const wanted = filters.answer === "doubtful" ? (row, i) => row.doubtful[i] === "?" : (row, i) => row.answers[i] === letterOf(filters.answer);
    const rows = all.requirements.filter(
      (row) =>
        (!filters.group || row.group === filters.group) &&
        (!filters.query || rowWords(row).includes(filters.query)) &&
        (!filters.answer || columns.some((i) => wanted(row, i))) &&
        (!filters.differing || spread(row, columns) > 1),
    );
    const silent = letterOf("silent") + letterOf("unreadable");
    const byRows = {
      name: (a, b) => compare(inLanguage(a), inLanguage(b)),
      silent: (a, b) => count(b, columns, silent) - count(a, columns, silent),
      answered: (a, b) => count(a, columns, silent) - count(b, columns, silent),
      spread: (a, b) => spread(b, columns) - spread(a, columns),
    }[filters.rows];
    if (byRows) rows.sort(byRows);
    if (filters.columns !== "name") {
      const rank = columnRank(rows);
      columns.sort((a, b) => rank(b) - rank(a) || a - b);
    }
    return { rows, columns };
  }

  function columnRank(rows) {
    const strictest = LETTERS[summary().codes.strictness.indexOf("strictest")];
    const silent = letterOf("silent") + letterOf("unreadable");
    const points = summary().municipalities.map((_, i) =>
      rows.reduce((n, row) => n + (filters.columns === "strict" ? row.strictness[i] === strictest : !silent.includes(row.answers[i])), 0));
    return (i) => points[i];
  }

  /** The columns of those whose rules are in the folder: of others it has only a letter that proposes some. */
  const ruled = () => summary().municipalities.map((_, i) => i).filter((i) => !summary().municipalities[i].unruled);

  /** How many of those whose rules are in the folder give each answer to a requirement: shares count the same. */
  function distribution(row) {
    const counts = {};
    for (const answer of summary().codes.answers) counts[answer] = 0;
    for (const i of ruled()) counts[code("answers", row.answers[i])] += 1;
    return counts;
  }

  /** How many of those whose text can be read on the question answer it, as bars and tables say. */
  function answering(row) {
    const { silent, unreadable } = distribution(row);
    const all = ruled().length - unreadable;
    return { shown: all - silent, all };
  }

  /** An answer in the words of a group of the texts (answer, answer_short ...); silence in a letter is no silence of rules. */
  const answerSaid = (shown, group = "answer") => t(shown.unruled && shown.answer === "silent" ? "unruled." + group : group + "." + shown.answer);

  /** The words of a cell without a value, beside its mark: the mark itself is not said again. */
  const besideMark = (shown) => (mark(shown) === "unruled" ? t("unruled.beside_mark") : answerSaid(shown, "answer_short"));

  /** What a cell says in one line, for lists and screen readers. */
  function cellSaid(shown) {
    const parts = [answerSaid(shown)];
    if (shown.value) parts.push(shown.value + forceBehind(shown));
    if (shown.strictness !== "none") parts.push(t("strictness." + shown.strictness));
    if (shown.documents) parts.push(t("matrix.several_documents", { n: shown.documents }));
    if (shown.doubtful) parts.push(t("matrix.doubtful"));
    return parts.join(" · ");
  }

  JAMKA.matrix = { filters, whose, cardPlace, cellPlace, cell, requirement, groupLabel, inWords, mark, classes, forceBehind, chosen, ruled, distribution, answering, answerSaid, besideMark, cellSaid };
})();
