/*
 * Says beside a formula, while somebody types it, what is wrong with it or what it would give. Without this script the
 * form's button says the same.
 */

const pauseMs = 250;

for (const form of document.querySelectorAll('form[data-check]')) {
  for (const field of form.querySelectorAll('.formula-field'))
    checkWhileTyping(field, form.dataset);
}

function checkWhileTyping(field, { check, lang, wouldBe, noValue }) {
  const note = document.getElementById(`${field.id}.note`);
  let timer;
  let asking;

  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, pauseMs);
  });

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    const address = `${check}?formula=${encodeURIComponent(field.value)}`;
    try {
      const response = await fetch(address, { signal: asking.signal });
      if (response.ok) say(await response.json());
    } catch (error) {
      // Typed on meanwhile, or the server is away: the button still works.
      if (error.name !== 'AbortError') note.textContent = '';
    }
  }

  function say({ findings, value }) {
    const isWrong = findings.length > 0;
    field.closest('p').classList.toggle('wrong', isWrong);
    field.toggleAttribute('aria-invalid', isWrong);
    if (isWrong) note.textContent = findings.map(({ message }) => message[lang]).join(' ');
    else if (value === undefined) note.textContent = noValue;
    else note.textContent = wouldBe.replace('%', new Intl.NumberFormat(lang).format(value));
  }
}
