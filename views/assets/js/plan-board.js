/* Lets cards be dragged to another quarter. The card's own form does the moving, so nothing here is needed. */
let dragged;

for (const card of document.querySelectorAll('.board-card')) {
  const form = card.querySelector('form');
  if (!form) continue;
  card.draggable = true;
  card.addEventListener('dragstart', () => {
    dragged = { card, form };
  });
  card.addEventListener('dragend', () => {
    dragged = undefined;
  });
}

for (const column of document.querySelectorAll('[data-quarter]')) {
  const { quarter } = column.dataset;
  const choiceOf = ({ form }) =>
    [...form.elements.due.options].find(({ value }) => value === quarter);
  column.addEventListener('dragover', (event) => {
    if (!dragged || !choiceOf(dragged)) return;
    event.preventDefault();
    column.classList.add('target');
  });
  column.addEventListener('dragleave', () => column.classList.remove('target'));
  column.addEventListener('drop', (event) => {
    event.preventDefault();
    column.classList.remove('target');
    if (dragged && choiceOf(dragged)) move(dragged, quarter);
  });
}

/** A plan that was issued asks for a reason first. */
function move({ card, form }, quarter) {
  const { due, reason } = form.elements;
  due.value = quarter;
  if (!reason) {
    form.requestSubmit();
    return;
  }
  card.querySelector('details').open = true;
  reason.focus();
}
