/*
 * What there is already, while somebody types what they need. Without this script the form shows it once it was sent.
 */

const pauseMs = 400;
const shortest = 6;

for (const form of document.querySelectorAll('form[data-similar]')) watch(form);

function watch(form) {
  const input = form.querySelector('input[name^="title."]');
  const section = form.querySelector('.similar');
  const list = section?.querySelector('ul');
  if (!input || !list) return;
  let timer;
  let asking;

  input.addEventListener('input', () => {
    clearTimeout(timer);
    asking?.abort();
    timer = setTimeout(ask, pauseMs);
  });

  async function ask() {
    const title = input.value.trim();
    asking = new AbortController();
    try {
      show(title.length < shortest ? [] : await similarTo(title, asking.signal));
    } catch {
      // The server is away, or somebody typed on: the form shows it when it is sent.
    }
  }

  async function similarTo(title, signal) {
    const question = new URLSearchParams({ title, lang: form.dataset.lang });
    const answer = await fetch(`${form.dataset.similar}?${question}`, { signal });
    if (!answer.ok) return [];
    const { requests, datasets } = await answer.json();
    return [...requests, ...datasets];
  }

  function show(found) {
    section.hidden = found.length === 0;
    list.replaceChildren(
      ...found.map(({ title, href }) => {
        const link = document.createElement('a');
        link.href = href;
        link.textContent = title;
        const item = document.createElement('li');
        item.append(link);
        return item;
      }),
    );
  }
}
