import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shippedCurriculum } from '../../../assets/curriculum.js';
import { deviceKeys, isSigned } from '../../../lib/settings/index.js';
import { noProgress, type TraineeProgress, type TrainingDeck } from '../../../lib/model/trainee.js';
import { afterCard, afterCase, compareAnswer, deckFile, leaveDeck, nextDay, readCurriculum, readProgress, readSignedDeck, sessionOf, takeDeck, writtenDeck } from '../../../lib/training/index.js';

const read = readCurriculum(shippedCurriculum.rules, shippedCurriculum.cases);
if (!read.ok) throw new Error('faulty');
const { cases, rules } = read.value;
const knows = { rules: new Set<string>(rules.map(({ id }) => id)), specialties: new Set(['neurology', 'ophthalmology']) };
const start = Date.UTC(2026, 10, 2, 9);
const day = 86_400_000;
const deck = (...names: readonly string[]): TrainingDeck => ({ month: '2026-10', cards: names.map((rule) => ({ rule, specialties: ['neurology'], categories: ['ICD-10 G40'] })) }) as never;
const parts = new Map<string, unknown>();
const store = { read: (name: string) => Promise.resolve(parts.get(name)), write: (name: string, value: unknown) => { parts.set(name, value); return Promise.resolve(); } };
const signed = async (one: TrainingDeck): Promise<string> => { const { device, key, sign } = await deviceKeys(store); return deckFile({ deck: one, device, key, signature: await sign(writtenDeck(one)) }); };
/** As the page takes a file: read, and the signature looked at. */
async function came(text: string): Promise<string> {
  const found = readSignedDeck(text, knows);
  if (!found.ok) return found.failure.kind;
  const { deck: one, device, key, signature } = found.value;
  return await isSigned({ device, key, signature, text: writtenDeck(one) }) ? 'taken' : 'altered';
}

describe('a deck from an audit', () => {
  it('brings its rules as cards of tomorrow, and hastens what was there without rating it', () => {
    const [one] = cases;
    if (!one) throw new Error('no case');
    let progress: TraineeProgress = afterCase(noProgress, one, compareAnswer(one, { marks: [], diagnoses: [], procedures: [] }), null, start, 0);
    const held = progress.cards.find(({ item }) => item.startsWith('rule:'));
    if (!held) throw new Error('no card');
    progress = afterCard(progress, held.item, 4, null, start + 2 * day);
    const before = progress.cards.find(({ item }) => item === held.item);
    if (!before) throw new Error('gone');
    expect(before.due).toBeGreaterThan(start + 4 * day);
    const asked = deck(held.item.slice(5), 'laterality');
    const after = takeDeck(progress, asked, start + 2 * day, 0);
    const now = after.cards.find(({ item }) => item === held.item);
    expect(now).toEqual({ ...before, due: nextDay(start + 2 * day, 0) });
    expect(sessionOf(after.cards, start + 2 * day).map(({ item }) => item)).not.toContain('rule:laterality');
    expect(sessionOf(after.cards, start + 3 * day).map(({ item }) => item)).toContain('rule:laterality');
    // The same again is nothing new; what is kept is read back as it was.
    expect(takeDeck(after, asked, start + 3 * day, 0)).toBe(after);
    expect(readProgress(JSON.parse(JSON.stringify(after)))).toEqual(after);
  });

  it('goes again with what nobody has learned from, and leaves what she has, what another deck wants and what she got wrong since', () => {
    const two = takeDeck(takeDeck(noProgress, deck('laterality', 'specificity', 'status'), start, 0), deck('specificity', 'tobacco'), start + 1, 0);
    const [first] = two.decks;
    if (!first) throw new Error('no deck');
    const learned = afterCard(two, 'rule:status', 3, null, start + day);
    const left = leaveDeck(learned, first);
    expect(left.cards.map(({ item }) => item)).toEqual(['rule:specificity', 'rule:status', 'rule:tobacco']);
    expect(left.decks).toHaveLength(1);
    expect(leaveDeck(left, first)).toBe(left);
    const mistaken = { ...two, outcomes: [{ item: 'rule:laterality' as const, specialty: 'neurology' as never, right: false, at: start + 5 }] };
    expect(leaveDeck(mistaken, first).cards.map(({ item }) => item)).toContain('rule:laterality');
  });

  it('is what the record of a learner from before decks is read with', () => {
    const { decks: _, ...older } = noProgress;
    expect(readProgress(older)).toEqual(noProgress);
  });

  it('is taken as it was signed and refused for whatever else it is', async () => {
    const good = await signed(deck('laterality'));
    expect(await came(good)).toBe('taken');
    const data = JSON.parse(good) as Record<string, unknown>;
    const but = (part: object): string => JSON.stringify({ ...data, ...part });
    const other = deck('tobacco');
    expect(await Promise.all([
      came(''), came('{'), came('[]'), came('null'), came('"nodi-deck"'), came(but({ schema: 2 })), came(but({ kind: 'nodi-pack' })), came(but({ deck: other })), came(but({ signature: `${'A'.repeat(86)}` })), came(but({ device: '0'.repeat(16) })),
      came(but({ patient: 'X100012' })), came(await signed(deck('no-such-rule'))), came(await signed({ ...deck('laterality'), cards: [{ rule: 'laterality', specialties: ['cardiology'], categories: [] }] } as never)),
      came(await signed(deck('laterality', 'laterality'))), came(await signed({ ...deck('laterality'), cards: [] })), came(await signed({ ...deck('laterality'), month: '2026-10-09' } as never)),
      came(await signed({ ...deck('laterality'), cards: [{ rule: 'laterality', specialties: [], categories: ['ICD-10 G40 Mrs Jones'] }] } as never)), came(await signed({ ...deck('laterality'), coder: 'Jane' } as never).then((text) => text.replace('"month"', '"coder": "Jane", "month"'))),
    ])).toEqual(['not-a-deck', 'not-a-deck', 'not-a-deck', 'not-a-deck', 'not-a-deck', 'other-schema', 'not-a-deck', 'altered', 'altered', 'altered', 'not-a-deck', 'unknown-rule', 'unknown-rule', 'not-a-deck', 'not-a-deck', 'not-a-deck', 'not-a-deck', 'not-a-deck']);
    let tried = 0;
    const bad: string[] = [];
    await fc.assert(fc.asyncProperty(fc.nat({ max: good.length - 1 }), fc.constantFrom('x', '"', '{', '', '\u0000', '9', '‮'), async (at, letter) => {
      const text = `${good.slice(0, at)}${letter}${good.slice(at + 1)}`;
      tried += 1;
      // White space between words of JSON and a letter that is the same change nothing that was signed.
      const isSame = ((): boolean => { try { return JSON.stringify(JSON.parse(text)) === JSON.stringify(data); } catch { return false; } })();
      if (await came(text) === 'taken' && !isSame) bad.push(`${at} ${letter}`);
    }), { numRuns: 300 });
    console.info(`decks with one letter changed: tried ${tried}, taken ${bad.length}`);
    // The last letter of a signature holds four bits that say nothing.
    expect(bad.filter((one) => !good.slice(Number(one.split(' ')[0])).startsWith(String(data['signature']).slice(-1)))).toEqual([]);
    expect(tried).toBe(300);
  });
});
