// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import type { Guess } from '../../../components/panel/guess.js';
import { LearnPart } from '../../../components/panel/learn-part.js';
import { createWords } from '../../../components/words.js';
import type { ClinicalCode } from '../../../lib/model/code.js';
import type { GuessResult } from '../../../lib/model/guess.js';
import type { RuleId } from '../../../lib/model/rulebook.js';
import type { TaughtRuleId } from '../../../lib/model/trainee.js';

afterEach(() => { act(() => { render(null, document.body); }); });

const nothing = (): void => undefined;
const result: GuessResult = {
  codes: [{ system: 'ICD-10', outcome: 'missed', given: null, offered: { code: 'H269' as ClinicalCode, label: { en: 'Cataract, unspecified' }, words: 'cataract aeddfed', language: 'cy', because: [], rule: 'cataract-type' as TaughtRuleId } }],
  marks: [{ outcome: 'missed', given: null, offered: { rule: 'BM029' as RuleId, verdict: 'avoid' }, words: 'likely', language: 'en' }, { outcome: 'extra', given: 'avoid', offered: null, words: 'TIA/CVA', language: 'mixed' }],
  counts: { right: 0, of: 2, extra: 1, items: [] }, specialty: 'unknown', cards: [],
};
function shown(locale: 'en-GB' | 'cy', guessFixed: boolean, told: boolean[] = []): HTMLElement {
  const guess: Guess = { draft: { of: 'a', marks: [], sought: '', verdict: 'avoid', diagnoses: '', procedures: '', sure: null, problem: null, result, kept: true }, change: nothing, mark: nothing, unmark: nothing, compare: nothing, show: nothing };
  act(() => { render(<LearnPart words={createWords(locale)} state="shown" guessFirst guessFixed={guessFixed} isBlind={false} guess={guess} specialties={[]} onLearning={() => Promise.resolve(null)} onGuessFirst={(on) => told.push(on)} onOpen={nothing} />, document.body); });
  return document.body;
}

describe('the comparison with a record', () => {
  it('says words of a note in the note’s own language, and in the page’s where nobody knows it', () => {
    for (const locale of ['en-GB', 'cy'] as const) {
      const spoken = [...shown(locale, false).querySelectorAll('.compared span')].flatMap((one) => (['cataract aeddfed', 'likely', 'TIA/CVA'].includes(one.textContent ?? '') ? [[one.textContent, one.getAttribute('lang')]] : []));
      expect(spoken).toEqual([['cataract aeddfed', 'cy'], ['likely', 'en-GB'], ['TIA/CVA', null]]);
    }
  });

  it('has no switch for guessing first where the board decides it, and says who does', () => {
    const box = (body: HTMLElement): HTMLInputElement | null => body.querySelector('.learnswitch input');
    expect(box(shown('en-GB', false))?.disabled).toBe(false);
    expect(document.body.textContent).not.toContain('Fixed by the health board');
    expect(box(shown('en-GB', true))?.disabled).toBe(true);
    expect(document.body.textContent).toContain('Fixed by the health board');
    expect(shown('cy', true).textContent).toContain('Pennwyd gan y bwrdd iechyd');
  });
});
