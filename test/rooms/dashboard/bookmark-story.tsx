import { render } from 'preact';
import { starterSheet } from '../../../assets/starter.js';
import { BookmarkPage } from '../../../components/dashboard/bookmark-page.jsx';
import { CliniciansView } from '../../../components/dashboard/clinicians-view.jsx';
import { createWords } from '../../../components/words.js';
import { cliniciansHtml } from '../../../entrypoints/dashboard/clinicians-html.js';
import type { Rule, RuleId } from '../../../lib/model/rulebook.js';
import { createRulebook } from '../../../lib/rulebook/index.js';

const words = createWords(document.documentElement.lang === 'cy' ? 'cy' : 'en-GB');
const made = createRulebook(starterSheet);
if (!made.ok) throw new Error('The shipped sheet does not pass its own check');
const { specialties, edition } = made.value;
const fill = (word: string, length: number): string => word.repeat(Math.ceil(length / word.length)).slice(0, length).trim();
/** Every text as long as an entry may have it. */
const longest = (rule: Rule): Rule => ({ ...rule, term: fill('llawfeddygaeth orthopedig ', 90), text: { en: { short: fill('neurosurgical ', 90), why: rule.text.en.why, instead: [fill('electroencephalography ', 600)] }, cy: { short: fill('niwrolawfeddygol ', 90), why: rule.text.cy.why, instead: [fill('electroenseffalograffeg ', 600)] } } });
const rules = document.body.dataset['rules'] === 'longest' ? made.value.rules.map(longest) : made.value.rules;
const day = '2026-11-12';
const app = document.getElementById('app');
let chosen: ReadonlyMap<string, readonly RuleId[]> = new Map();
function draw(): void {
  if (!app) return;
  render(
    <main class="main bookmark">
      <BookmarkPage rules={rules} specialties={specialties} edition={edition} day={day} told={null} chosen={chosen} onChoose={(specialty, ids) => { chosen = new Map(ids ? [...chosen, [specialty, ids]] : [...chosen].filter(([one]) => one !== specialty)); draw(); }} words={words} onPrint={() => undefined}
        onSaveView={() => {
          const { viewStyle, viewScript } = window as unknown as { readonly viewStyle: string; readonly viewScript: string };
          const place = document.createElement('div');
          render(<CliniciansView rules={rules} specialties={specialties} edition={edition} day={day} locale={words.locale} />, place);
          void cliniciansHtml([...place.childNodes], { locale: words.locale, title: words.say('view.title'), style: viewStyle, script: viewScript }).then((html) => { Object.assign(window, { saved: html }); });
        }} />
    </main>, app);
}
draw();
