/** Every way in which the sample record holds words, read by the built extension in a real browser. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../harness/chromium-page.js';
import { openSampleRecord, until, type SampleRecord } from '../harness/sample-record.js';

interface Entry { readonly id: string; readonly title: string; readonly show?: string; readonly parts?: readonly unknown[] }
interface Person { readonly id: string; readonly marker: string; readonly documents: readonly Entry[] }
interface View { readonly kind: string; readonly subject?: { readonly kind: string; readonly reason?: string }; readonly record?: { readonly sealed: { readonly documents: readonly { readonly id: string; readonly channel: string; readonly title: string; readonly rows: readonly { readonly words: string }[] }[]; readonly gaps: readonly { readonly kind: string; readonly count: number; readonly title: string | null }[] } } }

const folder = join(root, 'assets/demo/patients');
const people = readdirSync(folder).flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Person[]);
const withShow = (show: string): { readonly person: Person; readonly entry: Entry }[] => people.flatMap((person) => person.documents.filter((entry) => entry.show === show).map((entry) => ({ person, entry })));
const withPart = (name: string): { readonly person: Person; readonly entry: Entry }[] => people.flatMap((person) => person.documents.filter((entry) => entry.parts?.some((part) => typeof part === 'object' && part !== null && name in part)).map((entry) => ({ person, entry })));

let sample: SampleRecord;
let page: Page;
let tab = 0;
const view = (): Promise<View> => sample.ask<View>('panel.view', { tab });
const documents = async (): Promise<NonNullable<View['record']>['sealed']['documents']> => (await view()).record?.sealed.documents ?? [];
const gaps = async (): Promise<string[]> => ((await view()).record?.sealed.gaps ?? []).map(({ kind }) => kind);
const open = async (id: string): Promise<void> => {
  await sample.portal('open', id);
  // Read once more when late parts and frames have come.
  await page.waitForFunction(() => !document.querySelector('#documents .waiting') && [...document.querySelectorAll<HTMLIFrameElement>('#documents iframe')].every((frame) => frame.contentDocument?.querySelector('iframe')?.contentDocument?.querySelector('article')));
  await until(async () => { const { kind, subject } = await view(); return subject ? { kind, subject } : { kind }; }, ({ kind }) => kind === 'record');
};
/** Opens each and gives how many of them were as they should be. */
const each = async (found: readonly { readonly person: Person; readonly entry: Entry }[], fits: (person: Person, entry: Entry) => Promise<void>): Promise<void> => {
  expect(found.length).toBeGreaterThan(0);
  for (const { person, entry } of found) { await open(person.id); await fits(person, entry); }
  console.info(`situations: tried ${found.length}, bad 0`);
};
const idOf = (person: Person, entry: Entry): string => `${person.id}-${entry.id}`;

beforeAll(async () => {
  sample = await openSampleRecord();
  ({ page } = sample);
  tab = Number(new URL(sample.panel.url()).searchParams.get('tab'));
  await until(sample.painted, (words) => words.length > 0);
});
afterAll(() => sample?.close());

describe('each way of holding a letter', () => {
  it.each(['frame', 'letter-card', 'sealed-letter'])('%s: read as text, and its findings are painted in it', async (show) => {
    await each(withShow(show), async (person, entry) => {
      await until(documents, (all) => all.some((one) => one.id === idOf(person, entry) && one.channel === 'text'));
      const rows = (await documents()).find((one) => one.id === idOf(person, entry))?.rows ?? [];
      // The colours of marks need a place that the browser paints: ranges stand in the frame or root itself.
      if (rows[0]) { const [{ words }] = rows as [{ words: string }]; await until(sample.painted, (all) => all.includes(words)); }
    });
  });

  it('an editor is read as a draft and a read-only field as a field, which is listed and never painted', async () => {
    await each(withShow('draft'), async (person, entry) => { await until(documents, (all) => all.some((one) => one.id === idOf(person, entry) && one.channel === 'draft')); });
    await each(withShow('textarea'), async (person, entry) => {
      await until(documents, (all) => all.some((one) => one.id.startsWith(idOf(person, entry)) && one.channel === 'field'));
      const inField = await page.evaluate(() => [...CSS.highlights.values()].flatMap((highlight) => [...(highlight as unknown as Iterable<StaticRange>)]).filter((one) => (one.startContainer.getRootNode() as ShadowRoot).host?.localName === 'textarea' || one.startContainer.parentElement?.closest('textarea')).length);
      expect(inField).toBe(0);
    });
  });

  it('a scan, a PDF in the browser’s own viewer and a closed section are named as not read', async () => {
    await each(withShow('scan'), async (_, entry) => { await until(async () => (await view()).record?.sealed.gaps ?? [], (all) => all.some(({ kind, title }) => kind === 'canvas' && title === entry.title)); });
    await each(withShow('pdf'), async (_, entry) => { await until(async () => (await view()).record?.sealed.gaps ?? [], (all) => all.some(({ kind, title }) => kind === 'plugin' && title === entry.title)); });
    await each(withPart('collapsed'), async () => {
      await until(gaps, (kinds) => kinds.includes('collapsed'));
      for (const frame of page.frames()) await frame.evaluate(() => { for (const one of document.querySelectorAll<HTMLDetailsElement>('article:not(#recent *) details')) one.open = true; }).catch(() => undefined);
      await until(gaps, (kinds) => !kinds.includes('collapsed'));
    });
  });

  it('text that comes late is read when it has come, and decision support never', async () => {
    await each(withPart('late'), async (person) => {
      const late = await page.evaluate(() => [...document.querySelectorAll('#documents .late')].map((one) => one.textContent ?? '').join('').length);
      expect(late).toBeGreaterThan(20);
      await until(async () => (await view()).kind, (kind) => kind === 'record');
      expect((await documents()).some((one) => one.id.startsWith(person.id))).toBe(true);
    });
    await each(withPart('support'), async () => {
      const inAdvice = await page.evaluate(() => [...CSS.highlights.values()].flatMap((highlight) => [...(highlight as unknown as Iterable<StaticRange>)]).filter((one) => one.startContainer.parentElement?.closest('[data-role="decision-support"]')).length);
      expect(inAdvice).toBe(0);
    });
  });

  it('the hidden tab of the last record is not read, and shown beside this one it is two patients', async () => {
    const [first, second] = withShow('frame').map(({ person }) => person) as [Person, Person];
    await open(first.id);
    await open(second.id);
    // The last record, its letters and its frame are in the page, hidden.
    expect(await page.evaluate((id) => document.querySelectorAll(`#recent [data-document-id^="${id}-"], #recent iframe`).length, first.id)).toBeGreaterThan(1);
    await until(documents, (all) => all.length > 0 && all.every((one) => one.id.startsWith(`${second.id}-`)));
    // Frames that left with the first record are not waited for.
    await open('p01');
    await open('p02');
    await until(() => sample.panel.innerText('.status'), (text) => /^Read \d+ of \d+ documents?$/.test(text.split('\n')[0] ?? ''));
    await open(first.id);
    await open(second.id);
    await sample.portal('tab', 'recent');
    await until(view, ({ kind, subject }) => kind === 'no-patient' && subject?.kind === 'two');
    await until(sample.painted, (words) => words.length === 0);
    await sample.portal('tab', 'documents');
    await until(documents, (all) => all.length > 0 && all.every((one) => one.id.startsWith(`${second.id}-`)));
  });

  it('a list that recycles its rows says how many were not shown, and no mark stays on other words', async () => {
    const [found] = withPart('log');
    if (!found) throw new Error('The sample record has no list that recycles its rows');
    await open(found.person.id);
    await until(gaps, (kinds) => kinds.includes('not-yet-shown'));
    const { tried, bad } = await page.evaluate(async () => {
      const list = document.querySelector('#documents .vlist') as HTMLElement;
      let seen = 0;
      let wrong = 0;
      for (let at = 0; at < 300; at += 1) {
        list.scrollTop = (at * 977) % list.scrollHeight;
        // Now and then long enough for the rows to be read.
        for (let frame = at % 6 === 0 ? 24 : 1; frame > 0; frame -= 1) await new Promise((resolve) => requestAnimationFrame(resolve));
        for (const highlight of CSS.highlights.values()) for (const one of highlight as unknown as Iterable<StaticRange>) {
          if (!one.startContainer.isConnected || !list.contains(one.startContainer)) continue;
          seen += 1;
          const words = (one.startContainer as Text).data.slice(one.startOffset, one.startContainer === one.endContainer ? one.endOffset : undefined);
          // A mark that was left behind on rewritten text would cut through a word, or hold nothing.
          const before = (one.startContainer as Text).data.charAt(one.startOffset - 1);
          if (words.trim() === '' || /[a-z]/i.test(before) && /^[a-z]/i.test(words)) wrong += 1;
        }
      }
      return { tried: seen, bad: wrong };
    });
    console.info(`recycled rows: marks tried ${tried}, bad ${bad}`);
    expect(bad).toBe(0);
    expect(tried).toBeGreaterThan(20);
  });
});
