import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';

// The polyfill refuses to load outside an extension; the wall itself needs nothing from it.
vi.mock('webextension-polyfill', () => ({ default: {} }));
const { answer, zoneOf } = await import('../../../lib/messaging/channel.js');
const { wall } = await import('../../../lib/messaging/protocol.js');

const page = { zone: 'page', tab: null, frame: 0 } as const;
const frame = { zone: 'frame', tab: 7, frame: 0 } as const;
const ours = 'chrome-extension://abc/';

describe('the wall between processes', () => {
  it('answers a good question from the zone that may ask it, and only that', async () => {
    const handlers = { 'panel.view': () => ({ kind: 'reading' as const }) };
    const good = { nodi: 1, name: 'panel.view', ask: { tab: 7 } };
    await expect(answer(handlers, good, page)).resolves.toEqual({ kind: 'reading' });
    expect(answer(handlers, good, frame)).toBeUndefined();
    expect(answer(handlers, good, null)).toBeUndefined();
    expect(answer(handlers, { ...good, ask: { tab: '7' } }, page)).toBeUndefined();
    expect(answer(handlers, { ...good, ask: { tab: 7, more: 1 } }, page)).toBeUndefined();
  });

  it('lets no shape through that it does not know', () => {
    let called = 0;
    const handlers = Object.fromEntries(Object.keys(wall).filter((name) => wall[name as keyof typeof wall].zone !== 'background' && !name.endsWith('settings')).map((name) => [name, () => { called += 1; return null as never; }]));
    let tried = 0;
    fc.assert(fc.property(fc.anything(), fc.constantFrom(...Object.keys(wall), '__proto__', 'constructor', 'toString'), (shape, name) => {
      if (shape === null) return;
      tried += 1;
      answer(handlers, { nodi: 1, name, ask: shape }, frame);
      answer(handlers, shape, page);
    }), { numRuns: 3000 });
    console.info(`hostile messages: tried ${tried}, let through ${called}`);
    expect(tried).toBeGreaterThan(2500);
    expect(called).toBe(0);
  });

  it('takes the browser’s word on the sender', () => {
    expect(zoneOf({ id: 'abc', url: `${ours}sidepanel.html` }, 'abc', ours)).toBe('page');
    expect(zoneOf({ id: 'abc', url: 'https://epr.example/', tab: { index: 0, highlighted: false, active: true, pinned: false, incognito: false } }, 'abc', ours)).toBe('frame');
    expect(zoneOf({ id: 'other', url: `${ours}sidepanel.html` }, 'abc', ours)).toBeNull();
    expect(zoneOf({ id: 'abc', url: 'https://epr.example/', documentLifecycle: 'cached' } as never, 'abc', ours)).toBeNull();
  });
});
