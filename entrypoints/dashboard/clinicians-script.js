// The script of the clinicians' file: plain, without a library, and by attributes alone. It reads nothing and asks nobody.
(() => {
  const root = document.documentElement;
  const find = document.getElementById('find');
  const none = document.getElementById('none');
  const rows = [...document.querySelectorAll('tbody tr')];
  const plain = (words) => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const texts = rows.map((row) => plain(row.textContent));
  const templates = [...document.querySelectorAll('#shown [data-say]')];
  const chosen = (name) => document.querySelector(`input[name="${name}"]:checked`)?.value ?? '';
  const show = () => {
    const language = chosen('language');
    root.lang = language;
    root.dataset.shown = language;
    document.title = document.querySelector(`h1 [lang="${language}"]`).textContent;
    const wanted = plain(find.value).split(/\s+/).filter((word) => word !== '');
    const specialty = chosen('specialty');
    let shown = 0;
    rows.forEach((row, at) => {
      const own = row.dataset.for;
      const isShown = (specialty === '' || own === '' || own.split(' ').includes(specialty)) && wanted.every((word) => texts[at].includes(word));
      row.hidden = !isShown;
      if (isShown) shown += 1;
    });
    for (const one of templates) one.textContent = one.dataset.say.replace('{shown}', String(shown));
    none.hidden = shown > 0;
  };
  document.addEventListener('input', show);
  document.addEventListener('change', show);
  document.addEventListener('submit', (event) => event.preventDefault());
  document.addEventListener('keydown', (event) => { if (event.key === '/' && document.activeElement !== find) { event.preventDefault(); find.focus(); } });
  show();
})();
