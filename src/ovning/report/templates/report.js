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
      const key = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent.trim();
      const rows = [...table.tBodies[0].rows];
      const numbers = rows.every((row) => !Number.isNaN(Number(key(row))) || key(row) === "–");
      const value = (row) => (Number.isNaN(Number(key(row))) ? Infinity : Number(key(row)));
      rows.sort((a, b) => (numbers ? value(a) - value(b) : key(a).localeCompare(key(b), document.documentElement.lang, { numeric: true })));
      if (!up) rows.reverse();
      table.tBodies[0].append(...rows);
    });
  });
}
