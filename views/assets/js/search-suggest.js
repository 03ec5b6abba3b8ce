/*
 * Titles to choose from while somebody types. Without this script the form works as a form.
 * A combobox with a list, as the ARIA Authoring Practices describe it.
 */

const pauseMs = 120;

for (const form of document.querySelectorAll('form.search')) suggestIn(form);

function suggestIn(form) {
  const input = form.querySelector('input[type=search]');
  const { suggest: address, suggestLabel } = form.dataset;
  if (!input || !address) return;

  const list = document.createElement('ul');
  list.id = `${input.id}-suggestions`;
  list.className = 'suggestions';
  list.hidden = true;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', suggestLabel);
  input.closest('.field').append(list);
  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-controls': list.id,
    'aria-expanded': 'false',
  })) {
    input.setAttribute(name, value);
  }

  let timer;
  let asking;
  let chosen = -1;

  const options = () => [...list.children];
  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    chosen = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const choose = (at) => {
    chosen = at;
    for (const [index, option] of options().entries()) {
      option.setAttribute('aria-selected', String(index === at));
    }
    if (at < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', options()[at].id);
  };
  const show = (items) => {
    list.replaceChildren(
      ...items.map(({ title, href }, at) => {
        const option = document.createElement('li');
        option.id = `${list.id}-${at}`;
        option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', 'false');
        option.dataset.href = href;
        option.textContent = title;
        return option;
      }),
    );
    if (items.length === 0) {
      close();
      return;
    }
    list.hidden = false;
    chosen = -1;
    input.setAttribute('aria-expanded', 'true');
  };
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const url = new URL(address, location.href);
    url.searchParams.set('q', input.value);
    url.searchParams.set('lang', document.documentElement.lang);
    try {
      const response = await fetch(url, { signal: asking.signal });
      if (response.ok) show((await response.json()).items);
    } catch {
      // Nothing to choose from: the form still searches.
    }
  };

  input.addEventListener('input', () => {
    clearTimeout(timer);
    if (input.value.trim().length < 2) close();
    else timer = setTimeout(ask, pauseMs);
  });
  input.addEventListener('keydown', (event) => {
    const count = options().length;
    if (list.hidden || count === 0) return;
    if (event.key === 'ArrowDown') choose(chosen + 1 >= count ? -1 : chosen + 1);
    else if (event.key === 'ArrowUp') choose(chosen < 0 ? count - 1 : chosen - 1);
    else if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && chosen >= 0) location.assign(options()[chosen].dataset.href);
    else return;
    event.preventDefault();
  });
  input.addEventListener('blur', close);
  // Before the field loses the focus, and the list with it.
  list.addEventListener('pointerdown', (event) => {
    const option = event.target.closest('[role=option]');
    event.preventDefault();
    if (option) location.assign(option.dataset.href);
  });
}
