// Glan-y-Don Clinical Portal. Plain script, no build step.
(function () {
  const { make, field, loadPatients, paper } = window.papers;
  const words = {
    en: { product: 'Glan-y-Don Clinical Portal', born: 'Born', sex: 'Sex', nhs: 'NHS No', hospital: 'Hospital No', patients: 'Patients', worklist: 'Worklist', invented: 'Invented record for demonstration',
      episode: 'Episode', documents: 'Documents', recent: 'Recently viewed', specialty: 'Specialty', class: 'Class', consultant: 'Consultant', admission: 'Admitted', discharge: 'Discharged', number: 'Number', find: 'Find a patient', name: 'Name', language: 'Cymraeg' },
    cy: { product: 'Porth Clinigol Glan-y-Don', born: 'Ganwyd', sex: 'Rhyw', nhs: 'Rhif GIG', hospital: 'Rhif ysbyty', patients: 'Cleifion', worklist: 'Rhestr waith', invented: 'Cofnod dychmygol at ddibenion arddangos',
      episode: 'Cyfnod', documents: 'Dogfennau', recent: 'Edrychwyd yn ddiweddar', specialty: 'Arbenigedd', class: 'Dosbarth', consultant: 'Ymgynghorydd', admission: 'Derbyn', discharge: 'Rhyddhau', number: 'Rhif', find: 'Chwilio am glaf', name: 'Enw', language: 'English' },
  };
  let lang = 'en';
  let people = [];
  let shown = null;
  let before = null;
  const $ = (id) => document.getElementById(id);
  const t = (key) => words[lang][key];
  const find = (id) => people.find((one) => one.id === id);

  function banner(person) {
    const value = (key, name) => make('span', {}, make('i', {}, `${t(key)} `), field(name, person[key]));
    return [field('name', person.name), value('born', 'born'), value('sex', 'sex'), value('nhs', 'nhs-number'), value('hospital', 'hospital-number')];
  }
  function episode(person) {
    const line = (key, name) => make('div', {}, make('dt', {}, t(key)), make('dd', { 'data-field': name }, person.episode[key]));
    return make('section', { class: 'episode', 'aria-label': t('episode') }, make('dl', { 'data-region': 'episode' },
      line('number', 'episode-number'), line('specialty', 'specialty'), line('consultant', 'consultant'), line('admission', 'admission'), line('discharge', 'discharge'), line('class', 'patient-class')));
  }
  function side(person) {
    const row = (name, when, act) => {
      const button = make('button', { type: 'button', class: 'open' }, make('span', {}, name), make('span', {}, when));
      button.addEventListener('click', act);
      return make('li', {}, button);
    };
    return [make('h2', {}, t('episode')), make('ul', {}, row(person.episode.specialty, person.episode.admission, () => $('work').scrollTo(0, 0))),
      make('h2', {}, t('documents')), make('ul', {}, ...person.documents.map((entry, index) => row(entry.title, entry.date.split(' ').slice(0, 2).join(' '), () => { tab('documents'); $('documents').children[index].scrollIntoView(); })))];
  }
  /** The tab of the last record stays in the page, hidden, with its words and its frame: as portals do to open it again quickly. */
  function recent() {
    if (!before) return [];
    return [make('section', { class: 'banner', 'data-region': 'patient-banner' }, ...banner(before)), ...before.documents.filter((entry) => entry.show !== 'pdf').map((entry) => paper(before, entry))];
  }
  function tab(name) {
    for (const button of document.querySelectorAll('[role=tab]')) button.setAttribute('aria-selected', String(button.id === `tab-${name}`));
    $('documents').hidden = name !== 'documents';
    $('recent').hidden = name !== 'recent';
    $('episode').hidden = name !== 'documents';
  }
  function chrome() {
    document.documentElement.lang = lang;
    for (const element of document.querySelectorAll('[data-t]')) element.textContent = t(element.dataset.t);
    $('language').lang = lang === 'en' ? 'cy' : 'en';
  }
  /** Writes the words of fresh papers into the ones that stand, where they are built alike: as frameworks do. False where they are not. */
  function rewrite(fresh) {
    const words = (nodes) => nodes.flatMap((node) => { const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT); const found = []; while (walker.nextNode()) found.push(walker.currentNode); return found; });
    const standing = [...$('documents').children];
    const old = words(standing);
    const now = words(fresh);
    if (standing.length !== fresh.length || old.length !== now.length || old.some((node, index) => node.parentNode.localName !== now[index].parentNode.localName)) return false;
    old.forEach((node, index) => { node.data = now[index].data; });
    standing.forEach((node, index) => { for (const { name, value } of fresh[index].attributes) node.setAttribute(name, value); });
    return true;
  }
  /**
   * Opens a record in place: the address stays as it is. `bannerAfter` leaves the banner empty for so many milliseconds;
   * `inPlace` keeps the elements of the last record and writes other words into them.
   */
  function open(id, { bannerAfter = 0, inPlace = false } = {}) {
    const person = find(id);
    if (!person) return;
    if (shown && shown !== person) before = shown;
    shown = person;
    if (bannerAfter > 0) {
      $('banner').replaceChildren(make('span', { class: 'wait' }, '…'));
      setTimeout(() => { if (shown === person) $('banner').replaceChildren(...banner(person)); }, bannerAfter);
    } else $('banner').replaceChildren(...banner(person));
    $('side').replaceChildren(...side(person));
    $('episode').replaceChildren(episode(person));
    const papers = person.documents.map((entry) => paper(person, entry));
    if (!inPlace || !rewrite(papers)) $('documents').replaceChildren(...papers);
    $('recent').replaceChildren(...recent());
    for (const name of ['banner', 'side', 'tabs']) $(name).hidden = false;
    $('worklist').hidden = true;
    tab('documents');
    chrome();
    $('work').scrollTo(0, 0);
  }
  function worklist() {
    shown = null;
    for (const name of ['banner', 'side', 'tabs', 'documents', 'recent', 'episode']) $(name).hidden = true;
    for (const name of ['banner', 'documents', 'recent', 'episode']) $(name).replaceChildren();
    const wanted = $('find').value.trim().toLowerCase();
    $('list').replaceChildren(...people.filter((person) => `${person.name} ${person.hospital} ${person.episode.specialty}`.toLowerCase().includes(wanted)).map((person) => {
      const button = make('button', { type: 'button', 'data-patient': person.id }, person.name);
      button.addEventListener('click', () => open(person.id));
      return make('tr', {}, make('td', {}, button), make('td', {}, person.hospital), make('td', {}, person.born), make('td', {}, person.episode.specialty), make('td', {}, person.episode.consultant), make('td', {}, person.episode.admission));
    }));
    $('worklist').hidden = false;
    chrome();
  }
  function route() {
    const wanted = /#\/patient\/(\w+)/.exec(location.hash);
    if (/lang=cy/.test(location.hash)) lang = 'cy';
    if (wanted && find(wanted[1])) open(wanted[1]); else worklist();
  }
  /** A view that lies: the banner says one patient, the letter another. */
  function lie(id, other) {
    open(id);
    const person = find(id);
    $('documents').replaceChildren(paper(person, { ...person.documents[0], number: find(other).nhs }));
  }
  /** Two records side by side, each with its banner. */
  function compare(id, other) {
    open(id);
    const second = find(other);
    $('documents').append(make('section', { class: 'banner', 'data-region': 'patient-banner' }, ...banner(second)), paper(second, second.documents[0]));
  }
  /** Invented records with one doubted word each that stands in no other record, for trying many switches. Gives their ids. */
  function addPatients(count) {
    const made = Array.from({ length: count }, (_, index) => {
      const nine = String(999000000 + index * 37).slice(0, 9);
      const sum = [...nine].reduce((all, digit, place) => all + Number(digit) * (10 - place), 0);
      const check = (11 - (sum % 11)) % 11;
      return { nine, check, index };
    }).filter(({ check }) => check !== 10).map(({ nine, check, index }) => {
      const number = `${nine}${check}`;
      const marker = `marker${String(index).padStart(4, '0')}`;
      return {
        id: `z${index}`, name: `TEST, Number ${index}`, born: '01-Jan-1950', sex: index % 2 ? 'F' : 'M', nhs: `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`, hospital: `T${100000 + index}`, marker,
        episode: { number: `E-9${index}`, specialty: ['Neurology', 'Rheumatology', 'Ophthalmology'][index % 3], consultant: 'Dr T Test', admission: '02-Nov-2026', discharge: '03-Nov-2026', class: 'Day case' },
        documents: [{ id: 'd1', kind: 'clinic-letter', title: 'Clinic letter', date: '3 November 2026', place: 'Outpatients', parts: [`Seen today with ?${marker} for some weeks.`, { list: [`History of ?${marker}`, 'No change in medication.'] }] }],
      };
    });
    people = [...people, ...made];
    return made.map((one) => one.id);
  }
  $('menu-worklist').addEventListener('click', worklist);
  $('find').addEventListener('input', worklist);
  $('tab-documents').addEventListener('click', () => tab('documents'));
  $('tab-recent').addEventListener('click', () => tab('recent'));
  $('language').addEventListener('click', () => { lang = lang === 'en' ? 'cy' : 'en'; if (shown) open(shown.id); else worklist(); });
  window.addEventListener('hashchange', route);
  window.portal = { open, close: worklist, lie, compare, tab, addPatients, list: () => people.map((person) => ({ id: person.id, marker: person.marker })), shown: () => shown && shown.id };
  loadPatients().then((all) => { people = all; route(); document.documentElement.dataset.ready = 'yes'; });
})();
