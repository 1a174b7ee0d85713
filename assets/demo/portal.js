// Glan-y-Don Clinical Portal. Plain script, no build step.
(function () {
  const words = {
    en: { product: 'Glan-y-Don Clinical Portal', born: 'Born', sex: 'Sex', nhs: 'NHS No', hospital: 'Hospital No', patients: 'Patients', worklist: 'Worklist', invented: 'Invented record for demonstration', episode: 'Episode', documents: 'Documents' },
    cy: { product: 'Porth Clinigol Glan-y-Don', born: 'Ganwyd', sex: 'Rhyw', nhs: 'Rhif GIG', hospital: 'Rhif ysbyty', patients: 'Cleifion', worklist: 'Rhestr waith', invented: 'Cofnod dychmygol at ddibenion arddangos', episode: 'Cyfnod', documents: 'Dogfennau' },
  };
  let lang = /lang=cy/.test(location.hash) ? 'cy' : 'en';
  let people = [];
  let shown = null;
  const $ = (id) => document.getElementById(id);
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const field = (name, text) => make('b', { 'data-field': name }, text);

  function banner(person) {
    const t = words[lang];
    return [field('name', person.name), make('span', {}, `${t.born} `, field('born', person.born)), make('span', {}, `${t.sex} `, field('sex', person.sex)),
      make('span', {}, `${t.nhs} `, field('nhs-number', person.nhs)), make('span', {}, `${t.hospital} `, field('hospital-number', person.hospital))];
  }
  function paper(person, entry) {
    const body = [make('h2', {}, entry.title), make('p', { class: 'place' }, `${entry.place} · `, make('span', { 'data-field': 'document-date' }, entry.date))];
    if (entry.number) body.push(make('p', {}, 'NHS ', make('span', { 'data-field': 'document-nhs-number' }, entry.number)));
    if (entry.rows) body.push(make('table', {}, make('tbody', {}, ...entry.rows.map(([name, value]) => make('tr', {}, make('th', { scope: 'row' }, name), make('td', {}, value))))));
    body.push(...entry.text.map((line) => make('p', {}, line)));
    return make('article', { class: 'paper', 'data-region': 'document', 'data-document-id': `${person.id}-${entry.id}`, 'data-document-kind': entry.kind, 'data-document-date': entry.date }, ...body);
  }
  function side(person) {
    const t = words[lang];
    const e = person.episode;
    return [make('h2', {}, t.episode), make('dl', { 'data-region': 'episode' },
      make('dd', { 'data-field': 'specialty' }, e.specialty), make('dd', { 'data-field': 'patient-class' }, e.class), make('dd', { 'data-field': 'consultant' }, e.consultant),
      make('dd', { 'data-field': 'admission' }, e.admission), make('dd', { 'data-field': 'discharge' }, e.discharge), make('dd', { 'data-field': 'episode-number' }, e.number)),
      make('h2', {}, t.documents), ...person.documents.map((entry) => make('p', {}, entry.title))];
  }
  function chrome() {
    const t = words[lang];
    document.documentElement.lang = lang;
    for (const element of document.querySelectorAll('[data-t]')) element.textContent = t[element.dataset.t] || element.textContent;
    $('language').textContent = lang === 'en' ? 'Cymraeg' : 'English';
  }
  function open(id) {
    const person = people.find((one) => one.id === id);
    if (!person) return;
    shown = person;
    $('banner').replaceChildren(...banner(person));
    $('side').replaceChildren(...side(person));
    $('work').replaceChildren(...person.documents.map((entry) => paper(person, entry)));
    $('banner').hidden = false;
    $('side').hidden = false;
    chrome();
  }
  function worklist() {
    shown = null;
    $('banner').hidden = true;
    $('side').hidden = true;
    $('work').replaceChildren(make('ul', { class: 'worklist' }, ...people.map((person) => {
      const button = make('button', { type: 'button', 'data-patient': person.id }, person.name);
      // Opened in place: the address stays as it is.
      button.addEventListener('click', () => open(person.id));
      return make('li', {}, button, ` ${person.episode.specialty}`);
    })));
    chrome();
  }
  function route() {
    const wanted = /#\/patient\/(\w+)/.exec(location.hash);
    if (/lang=cy/.test(location.hash)) lang = 'cy';
    if (wanted) open(wanted[1]); else worklist();
  }
  // A view that lies: the banner says one patient, the letter another.
  function lie(id, other) {
    open(id);
    const person = people.find((one) => one.id === id);
    $('work').replaceChildren(paper(person, { ...person.documents[0], number: people.find((one) => one.id === other).nhs }));
  }
  function compare(id, other) {
    open(id);
    const second = people.find((one) => one.id === other);
    $('work').append(make('section', { class: 'banner', 'data-region': 'patient-banner' }, ...banner(second)), paper(second, second.documents[0]));
  }
  $('menu-worklist').addEventListener('click', worklist);
  $('language').addEventListener('click', () => { lang = lang === 'en' ? 'cy' : 'en'; if (shown) open(shown.id); else worklist(); });
  window.addEventListener('hashchange', route);
  window.portal = { open, close: worklist, lie, compare, list: () => people.map((person) => ({ id: person.id, marker: person.marker })), shown: () => shown && shown.id };
  fetch('patients.json').then((answer) => answer.json()).then((list) => { people = list; route(); document.documentElement.dataset.ready = 'yes'; });
})();
