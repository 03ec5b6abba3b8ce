/*
 * Keys for the rows of the inventory's table, and picking many. They act only while the focus is in the table, so they
 * are never in the way elsewhere (WCAG 2.1.4). Without this script the table is a form with checkboxes.
 */

const form = document.querySelector('form.rows');
if (form) enhance(form);

function enhance(rows) {
  const table = rows.querySelector('table');
  const ticks = [...table.querySelectorAll('input[name=id]')];
  const lineOf = (element) => element.closest('tr');
  let last;

  const tickAll = document.createElement('input');
  tickAll.type = 'checkbox';
  const head = table.querySelector('thead .tick');
  tickAll.setAttribute('aria-label', head.textContent.trim());
  head.replaceChildren(tickAll);
  tickAll.addEventListener('change', () => {
    for (const tick of ticks) tick.checked = tickAll.checked;
    tell();
  });

  table.addEventListener('click', (event) => {
    const tick = event.target.closest('input[name=id]');
    if (!tick) return;
    if (event.shiftKey && last) range(last, tick);
    last = tick;
    tell();
  });

  const keys = {
    j: (at) => move(at + 1),
    k: (at) => move(at - 1),
    x: (at) => {
      last = ticks[at];
      last.checked = !last.checked;
      tell();
    },
    '/': () => document.getElementById('q').focus(),
    '?': () => {
      const help = document.querySelector('details.keys');
      help.open = true;
      help.querySelector('summary').focus();
    },
  };
  table.querySelector('tbody').addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
    const at = ticks.findIndex((tick) => lineOf(tick) === lineOf(event.target));
    if (at < 0) return;
    event.preventDefault();
    keys[event.key](at);
  });

  function move(to) {
    const tick = ticks[Math.min(ticks.length - 1, Math.max(0, to))];
    lineOf(tick).querySelector('th a').focus();
  }

  function range(from, to) {
    const [first, end] = [ticks.indexOf(from), ticks.indexOf(to)].sort((a, b) => a - b);
    for (const tick of ticks.slice(first, end + 1)) tick.checked = to.checked;
  }

  function tell() {
    const ticked = ticks.filter((tick) => tick.checked).length;
    tickAll.checked = ticked === ticks.length;
    tickAll.indeterminate = ticked > 0 && ticked < ticks.length;
  }
}
