import { describe, expect, it } from 'vitest';
import { chordFrom, panelCommands, type PanelCommand } from '../../../components/panel/commands.js';
import { clashOf, isRemappable, keyGroupOf, yieldsToRecord } from '../../../components/panel/key-clash.js';

const command = (id: PanelCommand['id']): PanelCommand => { const found = panelCommands.find((one) => one.id === id); if (!found) throw new Error(id); return found; };

describe('a key for a command', () => {
  it('is its own for every command that Nodi ships, and no browser’s', () => {
    let tried = 0;
    const bad: string[] = [];
    for (const one of panelCommands) {
      if (one.key === null || one.where === 'browser') continue;
      tried += 1;
      const clash = clashOf(one, one.key, {});
      if (clash) bad.push(`${one.id} ${one.key}: ${clash.kind}`);
    }
    console.info(`keys that ship: tried ${tried}, bad ${bad.length}`);
    expect(tried).toBeGreaterThan(15);
    expect(bad).toEqual([]);
  });

  it('is refused while another command has it, as the person set that one, and free once it moved away', () => {
    expect(clashOf(command('row.log'), 'D', {})).toMatchObject({ kind: 'command', command: { id: 'row.dismiss' } });
    expect(clashOf(command('row.log'), 'D', { 'row.dismiss': 'X' })).toBeNull();
    expect(clashOf(command('row.log'), 'X', { 'row.dismiss': 'X' })).toMatchObject({ kind: 'command', command: { id: 'row.dismiss' } });
    expect(clashOf(command('row.log'), 'L', {})).toBeNull();
  });

  it('is refused where the browser takes it, or where a bare one would be heard in the record', () => {
    const press = (key: string, held: Partial<Record<'ctrlKey' | 'altKey' | 'shiftKey', boolean>>): string => chordFrom({ key, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...held }) ?? '';
    for (const chord of [press('t', { ctrlKey: true }), press('w', { ctrlKey: true }), press('T', { ctrlKey: true, shiftKey: true }), press('F5', {}), press('Tab', { ctrlKey: true }), press('ArrowLeft', { altKey: true }), press('N', { altKey: true, shiftKey: true })]) expect(clashOf(command('row.log'), chord, {})).not.toBeNull();
    expect(clashOf(command('panel.toggle'), 'P', {})).toEqual({ kind: 'bare' });
    expect(clashOf(command('panel.toggle'), press('p', { altKey: true }), {})).toBeNull();
  });

  it('is changed here unless the browser hears it, and yields where the record uses it', () => {
    expect(panelCommands.filter((one) => !isRemappable(one)).map(({ id }) => id)).toEqual(['marks.toggle']);
    expect(yieldsToRecord(command('panel.toggle'), 'Alt+;', ['Alt+;'])).toBe(true);
    expect(yieldsToRecord(command('panel.toggle'), 'Alt+;', ['Alt+S'])).toBe(false);
    // Keys of the panel are never heard in the record.
    expect(yieldsToRecord(command('problem.next'), 'F8', ['F8'])).toBe(false);
    for (const one of panelCommands) expect(keyGroupOf(one)).toBeTruthy();
  });
});
