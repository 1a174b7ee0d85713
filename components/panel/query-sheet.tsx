import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { EventId } from '../../lib/model/decision.js';
import { faultCategories, type FaultCategory } from '../../lib/model/fault.js';
import { queryLanguages, referenceOf, type Query, type QueryLanguage } from '../../lib/model/query.js';
import { queryText } from '../query-text.js';
import type { Words } from '../words.js';
import { Sheet } from './sheets.jsx';

export interface QuerySheetProps {
  readonly id: EventId;
  /** The term in hand and its category; null for a fault that a person names. */
  readonly about: { readonly category: FaultCategory; readonly term: string | null } | null;
  readonly words: Words;
  /** Questions that the log knows of. */
  readonly onQueries: () => Promise<readonly Query[]>;
  /** Is it about this episode? The panel knows, the sheet does not. */
  readonly isHere: (query: Query) => boolean;
  readonly specialty: string | null;
  readonly onDraft: (category: FaultCategory, language: QueryLanguage, text: string) => void;
  readonly onClose: () => void;
}

/** A question to the clinicians before it is copied: what it says, in which language, and how much this specialty is asked already. Enter copies it; a person sends it. */
export function QuerySheet({ id, about, words, onQueries, isHere, specialty, onDraft, onClose }: QuerySheetProps): JSX.Element {
  const { say } = words;
  const [category, setCategory] = useState<FaultCategory>(about?.category ?? 'no-definitive-diagnosis');
  const [language, setLanguage] = useState<QueryLanguage>('both');
  const [queries, setQueries] = useState<readonly Query[]>([]);
  useEffect(() => { let isOpen = true; void onQueries().then((found) => { if (isOpen) setQueries(found); }, () => undefined); return () => { isOpen = false; }; }, [id]);
  const text = queryText({ category, term: about?.term ?? null, shared: null, reference: referenceOf(id) }, language, words);
  const open = queries.filter(({ state }) => state === 'drafted' || state === 'sent');
  const here = open.filter(isHere).length;
  return (
    <Sheet label={say('query.title')} onClose={onClose}>
      <form class="pad query" onSubmit={(event) => { event.preventDefault(); onClose(); onDraft(category, language, text); }}>
        <h2>{say('query.title')}</h2>
        {about ? <p>{about.term === null ? say(`fault.${category}`) : say('query.aboutTerm', { term: about.term })}</p> : (
          <label class="outletchoice"><span>{say('query.category')}</span>
            <select class="find" value={category} onChange={(event) => { const chosen = faultCategories.find((one) => one === event.currentTarget.value); if (chosen) setCategory(chosen); }}>
              {faultCategories.map((one) => <option key={one} value={one} selected={one === category}>{say(`fault.${one}`)}</option>)}
            </select>
          </label>
        )}
        <label class="outletchoice"><span>{say('query.language')}</span>
          <select class="find" value={language} onChange={(event) => { const chosen = queryLanguages.find((one) => one === event.currentTarget.value); if (chosen) setLanguage(chosen); }}>
            {queryLanguages.map((one) => <option key={one} value={one} selected={one === language}>{say(`query.language.${one}`)}</option>)}
          </select>
        </label>
        <pre class="querytext" tabIndex={0} aria-label={say('query.text')} lang={language === 'both' ? words.locale : language}>{text}</pre>
        {here > 0 ? <p class="prompt">{say('query.here', { count: here })}</p> : null}
        <p class="small">{specialty === null ? say('query.burden', { count: open.length }) : say('query.burdenOf', { count: open.filter((query) => query.specialty === specialty).length })}</p>
        <p class="small">{say('query.never')}</p>
        <div class="acts">
          <button type="submit" class="btn go" data-first>{say('query.copy')} <kbd>↵</kbd></button>
          <button type="button" class="btn" onClick={onClose}>{say('action.close')} <kbd>Esc</kbd></button>
        </div>
      </form>
    </Sheet>
  );
}
