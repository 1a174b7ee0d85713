import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';

const hash = () => 'css-' + Math.random().toString(36).slice(2, 8);
const classes = { box: hash(), text: hash(), head: hash() };

function App() {
  const [at, setAt] = useState(0);
  const [draft, setDraft] = useState('Draft by the team. Zephyrosis reviewed, SOB noted.');
  const [, again] = useState(0);
  window.nodiPage.open = async (next) => {
    history.pushState({}, '', '?patient=' + next);
    flushSync(() => { setAt(next); setDraft(`Draft by the team. ${people[next].marker} reviewed, SOB noted.`); });
    await drawn();
  };
  window.nodiPage.render = () => flushSync(() => again((count) => count + 1));
  window.nodiPage.typed = () => draft;
  const one = people[at];
  return (
    <div className={classes.box}>
      <header data-testid="patient-banner"><b data-testid="patient-name">{one.name}</b> <span>NHS <span data-testid="nhs-number">{one.number}</span></span></header>
      <dl><dt>Specialty</dt><dd>{one.specialty}</dd><dt>Consultant</dt><dd>{one.consultant}</dd></dl>
      <aside role="complementary">Decoyitis: what to do</aside>
      {one.notes.map((note, index) => (
        <section key={index} className={classes.box}>
          <h3 data-testid="entry-date" className={classes.head}>{note.date}</h3>
          <p><span data-testid="entry-title">{note.title}</span> by <span data-testid="entry-author">{note.author}</span>, <span data-testid="entry-episode">{note.episode}</span></p>
          <div data-testid="entry-text" className={classes.text}>{note.text.split('\n').map((line, row) => <div key={row}>{line}</div>)}</div>
        </section>
      ))}
      <textarea data-testid="draft" value={draft} onChange={(event) => setDraft(event.target.value)} rows={4} cols={80} />
    </div>
  );
}

const root = createRoot(document.getElementById('root'));
flushSync(() => root.render(<App />));
drawn().then(() => window.begun());
