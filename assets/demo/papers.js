// Draws one document of the sample record. Used by the portal and by the letter viewer's own pages.
(function () {
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const field = (name, text) => make('b', { 'data-field': name }, text);
  const files = ['first', 'ophthalmology', 'neurology', 'rheumatology', 'medicine'];
  const loadPatients = () => Promise.all(files.map((name) => fetch(`patients/${name}.json`).then((answer) => answer.json()))).then((lists) => lists.flat());

  /** Time that a late part takes to come, milliseconds. */
  const lateBy = 400;

  function part(one) {
    if (typeof one === 'string') return make('p', {}, one);
    if (one.heading) return make('h4', {}, one.heading);
    if (one.list) return make('ul', {}, ...one.list.map((line) => make('li', {}, line)));
    if (one.rows) return make('table', { class: 'kv' }, make('tbody', {}, ...one.rows.map(([name, value]) => make('tr', {}, make('th', { scope: 'row' }, name), make('td', {}, value)))));
    if (one.grid) return make('table', { class: 'grid' }, make('thead', {}, make('tr', {}, ...one.grid.head.map((name) => make('th', { scope: 'col' }, name)))),
      make('tbody', {}, ...one.grid.rows.map((row) => make('tr', {}, ...row.map((cell) => make('td', {}, cell))))));
    if (one.collapsed) return make('details', {}, make('summary', {}, one.collapsed.title), ...one.collapsed.parts.map(part));
    if (one.support) return make('aside', { 'data-role': 'decision-support' }, make('h3', {}, 'Advice'), make('p', {}, one.support));
    if (one.late) {
      const place = make('div', { class: 'late' }, make('p', { class: 'waiting' }, '…'));
      setTimeout(() => { if (place.isConnected) place.replaceChildren(...one.late.parts.map(part)); }, lateBy);
      return place;
    }
    if (one.log) return recycling(one.log);
    throw new Error(`The sample record has a part that nobody knows: ${Object.keys(one)}`);
  }

  /** A list that draws only the rows in view and writes other rows into the same elements when it is scrolled. */
  function recycling(entries) {
    const tall = 46;
    const pool = Array.from({ length: 14 }, () => make('div', { class: 'vrow', role: 'row' }, make('span', { role: 'cell' }), make('span', { role: 'cell' }), make('span', { role: 'cell' })));
    const pad = make('div', { class: 'pad', role: 'presentation' }, ...pool);
    pad.style.height = `${entries.length * tall}px`;
    const list = make('div', { class: 'vlist', role: 'table', tabindex: '0', 'aria-label': 'Nursing notes', 'aria-rowcount': String(entries.length) }, pad);
    const draw = () => {
      const first = Math.max(0, Math.min(entries.length - pool.length, Math.floor(list.scrollTop / tall) - 1));
      for (let at = 0; at < pool.length; at += 1) {
        const index = first + at;
        // Row 17 lives in element 17 mod 14, so that scrolling by one row rewrites one element.
        const row = pool[index % pool.length];
        const entry = entries[index];
        if (!entry || row.dataset.at === String(index)) continue;
        row.dataset.at = String(index);
        row.setAttribute('aria-rowindex', String(index + 1));
        row.style.top = `${index * tall}px`;
        entry.forEach((words, cell) => { row.children[cell].firstChild ? row.children[cell].firstChild.data = words : row.children[cell].append(words); });
      }
    };
    list.addEventListener('scroll', draw, { passive: true });
    draw();
    return list;
  }

  function scan(parts) {
    const canvas = make('canvas', { width: '620', height: String(40 + parts.length * 48), role: 'img', 'aria-label': 'Scanned page' });
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#fffef6';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = '#333';
    pen.font = '14px serif';
    parts.filter((one) => typeof one === 'string').forEach((line, index) => {
      for (let from = 0, row = 0; from < line.length && row < 2; from += 84, row += 1) pen.fillText(line.slice(from, from + 84), 24, 40 + index * 48 + row * 18);
    });
    return canvas;
  }

  function content(person, entry) {
    const head = [make('h3', { 'data-field': 'document-title' }, entry.title), make('p', { class: 'mt' }, `${entry.place} · `, make('span', { 'data-field': 'document-date' }, entry.date))];
    if (entry.number) head.push(make('p', { class: 're' }, 'NHS ', make('span', { 'data-field': 'document-nhs-number' }, entry.number)));
    switch (entry.show || 'page') {
      case 'draft': return [...head, make('div', { class: 'editor', contenteditable: 'true', role: 'textbox', 'aria-multiline': 'true', 'aria-label': entry.title, spellcheck: 'false' }, ...entry.parts.map(part))];
      case 'textarea': {
        const box = make('textarea', { readonly: '', 'aria-label': entry.title });
        box.value = entry.parts.filter((one) => typeof one === 'string').join('\n\n');
        return [...head, make('div', { class: 'refer' }, box)];
      }
      case 'scan': return [...head, scan(entry.parts)];
      case 'pdf': return [...head, make('embed', { type: 'application/pdf', src: 'letter.pdf', width: '600', height: '320', title: entry.title })];
      case 'letter-card': case 'sealed-letter': {
        const host = make(entry.show, {});
        host.fill(entry.parts.map(part));
        return [...head, host];
      }
      default: return [...head, ...entry.parts.map(part)];
    }
  }

  /** A letter whose words are in a shadow root: open for `letter-card`, closed for `sealed-letter`. */
  for (const [name, mode] of [['letter-card', 'open'], ['sealed-letter', 'closed']]) {
    customElements.define(name, class extends HTMLElement {
      #root = this.attachShadow({ mode });
      fill(nodes) { this.#root.replaceChildren(make('link', { rel: 'stylesheet', href: 'portal.css' }), ...nodes); }
    });
  }

  /** The document as an article, or the viewer that holds it in a frame inside a frame. */
  function paper(person, entry) {
    if (entry.show === 'frame') return make('div', { class: 'viewer' }, make('iframe', { src: `viewer.html#${person.id}/${entry.id}`, title: entry.title }));
    return article(person, entry);
  }
  function article(person, entry) {
    return make('article', { class: 'paper', 'data-region': 'document', 'data-document-id': `${person.id}-${entry.id}`, 'data-document-kind': entry.kind, id: `document-${person.id}-${entry.id}` }, ...content(person, entry));
  }
  window.papers = { make, field, loadPatients, paper, article };
})();
