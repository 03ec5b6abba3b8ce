/*
 * Keeps what is typed into the form of a dataset, and says meanwhile what is wrong with it and how good it is. Without
 * this script the form's buttons do the same.
 */

const pauseMs = 1200;

for (const form of document.querySelectorAll('form[data-live]')) keepWhileTyping(form);
document.getElementById('problems')?.focus();
for (const group of document.querySelectorAll('details.form-group')) openWhenNamed(group);

function keepWhileTyping(form) {
  const saved = document.getElementById('form-saved');
  const aside = document.querySelector('.form-aside');
  const similar = form.querySelector('.similar');
  let timer;
  let asking;
  // Beneath what it is about: above it, it would push away the field that somebody types in.
  if (similar) form.querySelector('[name^="/title/"]')?.closest('fieldset')?.after(similar);

  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(send, pauseMs);
  });
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    asking?.abort();
  });

  async function send() {
    asking?.abort();
    asking = new AbortController();
    try {
      const response = await fetch(form.dataset.live, {
        method: 'POST',
        body: new URLSearchParams(new FormData(form)),
        signal: asking.signal,
      });
      if (response.status === 401) saved.textContent = form.dataset.signedOut;
      else if (!response.ok) saved.textContent = form.dataset.away;
      else show(await response.json());
    } catch (error) {
      // Typed on meanwhile; or the server is away, and the button still works.
      if (error.name !== 'AbortError') saved.textContent = form.dataset.away;
    }
  }

  function show({ saved: words, problems, score, similar: found }) {
    saved.textContent = words;
    showProblems(form, problems);
    if (aside) showScore(aside, score);
    if (similar) showSimilar(similar, found);
  }
}

/** What is wrong beside each field that was touched; an empty form is not scolded. */
function showProblems(form, problems) {
  for (const note of form.querySelectorAll('.live-note')) note.remove();
  for (const field of form.querySelectorAll('[data-live-wrong]')) {
    field.removeAttribute('aria-invalid');
    field.removeAttribute('data-live-wrong');
  }
  for (const { id, message } of problems) {
    const field = document.getElementById(id);
    if (!field || !('value' in field) || field.value === '' || field.type === 'hidden') continue;
    const note = document.createElement('span');
    note.className = 'note live-note';
    note.textContent = message;
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('data-live-wrong', '');
    field.after(note);
  }
}

/** What the inventory holds already under such a title. The same is not said twice to who listens. */
function showSimilar(section, found) {
  const key = JSON.stringify(found);
  if (section.dataset.shown === key) return;
  section.dataset.shown = key;
  section.hidden = found.length === 0;
  section.querySelector('ul').replaceChildren(
    ...found.map(({ title, href, agency, state, like }) => {
      const facts = document.createElement('p');
      facts.className = 'facts';
      const parts = [agency, state && { text: state }, { text: like }].filter(Boolean);
      facts.append(...parts.map((part) => wordsIn('span', part)).flatMap((part) => [part, ' ']));
      const name = wordsIn(href ? 'a' : 'span', title);
      if (href) name.href = href;
      const item = document.createElement('li');
      item.append(name, facts);
      return item;
    }),
  );
}

function wordsIn(tag, { text, lang }) {
  const element = document.createElement(tag);
  element.textContent = text;
  if (lang) element.lang = lang;
  return element;
}

function showScore(aside, score) {
  const shown = aside.querySelector('.form-score');
  const unscored = aside.querySelector('.form-unscored');
  const hasParts = shown.querySelector('svg') !== null;
  // The first score of a new record is drawn by the server, with the next page.
  shown.hidden = !score || !hasParts;
  unscored.hidden = Boolean(score && hasParts);
  if (!score || !hasParts) return;
  const { ring, bars, advice } = score;
  const drawn = shown.querySelector('.ring');
  drawn.className = `ring ${ring.code}`;
  drawn.querySelector('circle:not(.all)').setAttribute('stroke-dasharray', ring.dash);
  drawn.querySelector('strong').textContent = ring.text;
  drawn.querySelector('.rating').textContent = ring.rating;
  const rows = shown.querySelectorAll('.bars tr');
  for (const [index, { value, percent }] of bars.entries()) {
    rows[index].querySelector('.figure').textContent = value;
    rows[index].querySelector('rect:not(.all)').setAttribute('width', String(percent));
  }
  shown.querySelector('.form-advice').replaceChildren(
    ...advice.map(({ text, points }) => {
      const item = document.createElement('li');
      item.textContent = `${text} (${points})`;
      return item;
    }),
  );
}

/** A link to a group that is folded opens it. */
function openWhenNamed(group) {
  const open = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target && (target === group || group.contains(target))) group.open = true;
  };
  addEventListener('hashchange', open);
  open();
}
