// Sorting in the page for tables that are shown whole: <table data-sortable>. A header may say
// data-sort="number"; a cell may carry data-value. Long lists are sorted by the server instead.
// <input data-filters="ID"> narrows the rows of the table with that id while one types.

const SVG = "http://www.w3.org/2000/svg";
const words = new Intl.Collator("id", { numeric: true, sensitivity: "base" });

// What a cell is sorted by: data-value as a machine writes it, or the text as an Indonesian reads it (1.234,5).
function text(row, column) {
  const cell = row.cells[column];
  return cell ? (cell.dataset.value ?? cell.textContent.trim()) : "";
}

function number(row, column) {
  const cell = row.cells[column];
  if (cell?.querySelector(".st--nihil")) return 0; // nihil is a counted zero; "belum diisi" is no number
  const plain = cell?.dataset.value ?? text(row, column).replace(/[^\d,−-]/g, "").replace(",", ".").replace("−", "-");
  return plain === "" || Number.isNaN(Number(plain)) ? null : Number(plain);
}

// A cell without a number goes last, whichever way the column runs: missing is not zero.
function compare(one, other, column, kind, direction) {
  if (kind !== "number") return direction * words.compare(text(one, column), text(other, column));
  const [a, b] = [number(one, column), number(other, column)];
  if (a === null || b === null) return (a === null) - (b === null);
  return direction * (a - b);
}

function sort(table, header) {
  const column = header.cellIndex;
  const direction = header.getAttribute("aria-sort") === "ascending" ? -1 : 1;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  rows.sort((a, b) => compare(a, b, column, header.dataset.sort, direction));
  body.append(...rows);
  for (const other of table.tHead.querySelectorAll("[aria-sort]")) other.setAttribute("aria-sort", "none");
  header.setAttribute("aria-sort", direction === 1 ? "ascending" : "descending");
}

// Built part by part: the content policy lets no text become markup.
function chevron() {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("class", "i");
  picture.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", "#i-chev");
  picture.append(use);
  return picture;
}

for (const table of document.querySelectorAll("table[data-sortable]")) {
  for (const header of table.tHead.querySelectorAll("th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...header.childNodes);
    button.append(chevron());
    header.append(button);
    header.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => sort(table, header));
  }
}

for (const input of document.querySelectorAll("input[data-filters]")) {
  const table = document.getElementById(input.dataset.filters);
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    for (const row of table.tBodies[0].rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
  });
}
