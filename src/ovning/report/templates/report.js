// Tables are put in order by the column whose heading is pressed; pressed again, the other way round.
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const worth = (row) => row.cells[column].dataset.sort;
      const text = (row) => row.cells[column].textContent.trim();
      const order = (a, b) => text(a).localeCompare(text(b), document.documentElement.lang, { numeric: true });
      const rows = [...table.tBodies[0].rows];
      // Where there are numbers, what has none comes last both ways.
      const numbers = rows.filter((row) => worth(row) !== undefined);
      const put = numbers.length ? numbers : rows;
      put.sort((a, b) => (up ? 1 : -1) * (numbers.length ? worth(a) - worth(b) : order(a, b)));
      table.tBodies[0].append(...put, ...rows.filter((row) => !put.includes(row)));
    });
  });
}
