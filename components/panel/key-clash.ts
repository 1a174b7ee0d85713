import { isSingleCharacter, keyOf, panelCommands, type PanelCommand } from './commands.js';

/** The parts of the keyboard map, in order. */
export const keyGroups = ['row', 'code', 'note', 'filter', 'panel', 'more'] as const;
export type KeyGroup = (typeof keyGroups)[number];

const groupsOf: Readonly<Record<string, KeyGroup>> = {
  row: 'row', problem: 'note', page: 'note', marks: 'note', record: 'note', filter: 'filter', decision: 'row', code: 'code', codes: 'code', unit: 'code', episode: 'code',
  palette: 'panel', panel: 'panel', keys: 'panel', locale: 'panel', tab: 'panel',
};

/** Where a command stands in the map: by the first word of its name. */
export function keyGroupOf({ id }: Pick<PanelCommand, 'id'>): KeyGroup {
  return groupsOf[id.split('.')[0] ?? ''] ?? 'more';
}

/** Why a key cannot be given to a command. */
export type KeyClash =
  | { readonly kind: 'command'; readonly command: PanelCommand }
  /** The browser takes it before any page, or everybody uses it for what it is. */
  | { readonly kind: 'browser' }
  /** Heard in the record as well, where a bare character is the record's. */
  | { readonly kind: 'bare' };

// Chromium and Firefox keep the first line for themselves (Chromium: IsReservedCommandOrKey); reading, copying and finding one's way are nobody else's.
const browserKeys: ReadonlySet<string> = new Set([
  'Ctrl+N', 'Ctrl+T', 'Ctrl+W', 'Ctrl+Q', 'Ctrl+Shift+N', 'Ctrl+Shift+T', 'Ctrl+Shift+W', 'Ctrl+Shift+P', 'Ctrl+Shift+Q', 'Ctrl+Tab', 'Ctrl+Shift+Tab', 'Ctrl+PageUp', 'Ctrl+PageDown', 'Ctrl+F4', 'Alt+F4', 'F11',
  'F5', 'F12', 'Ctrl+R', 'Ctrl+Shift+R', 'Ctrl+L', 'Ctrl+A', 'Ctrl+C', 'Ctrl+V', 'Ctrl+X', 'Alt+ArrowLeft', 'Alt+ArrowRight', 'Alt+Home',
  // Nodi's own keys that the browser hears (wxt.config.ts); with Shift the character differs.
  'Alt+Shift+N', 'Alt+Shift+.', 'Alt+Shift+>', 'Alt+Shift+,', 'Alt+Shift+<',
]);

/** Keys of this command are heard while the record has the focus. */
const isHeardInRecord = ({ id }: PanelCommand): boolean => id === 'panel.toggle';

/** Can the person give this command another key here? What the browser itself hears is changed in the browser. */
export function isRemappable(command: PanelCommand): boolean {
  return command.where !== 'browser' || isHeardInRecord(command);
}

/** What stands against a key for a command, with the keys as the person has them; null where nothing does. */
export function clashOf(command: PanelCommand, chord: string, keys: Readonly<Record<string, string>>): KeyClash | null {
  const taken = panelCommands.find((other) => other.id !== command.id && keyOf(other, keys) === chord);
  if (taken) return { kind: 'command', command: taken };
  if (browserKeys.has(chord)) return { kind: 'browser' };
  if (isHeardInRecord(command) && isSingleCharacter(chord)) return { kind: 'bare' };
  return null;
}

/** Does the record itself use the key of this command? Then the record has it. `recordKeys` are chords as `chordFrom` gives them. */
export function yieldsToRecord(command: PanelCommand, chord: string | null, recordKeys: readonly string[]): boolean {
  return chord !== null && command.where === 'browser' && recordKeys.includes(chord);
}
