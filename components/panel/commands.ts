import type { WordKey } from '../words.js';

export type PanelCommandId =
  | 'problem.next' | 'problem.previous' | 'row.down' | 'row.up' | 'row.show' | 'row.log' | 'row.logDetails' | 'row.dismiss' | 'row.mute' | 'row.copy' | 'row.why' | 'row.query' | 'row.fixes'
  | 'code.accept' | 'code.oneKey' | 'code.edit' | 'code.reject' | 'code.undo' | 'code.add' | 'unit.up' | 'unit.down' | 'unit.remove' | 'episode.finish' | 'audit.take' | 'tab.next' | 'tab.previous' | 'learn.open' | 'learn.page' | 'start.open'
  | 'palette.open' | 'codes.search' | 'keys.open' | 'filter.focus' | 'filter.clear' | 'filter.avoid' | 'filter.caution' | 'filter.use'
  | 'decision.undo' | 'decision.redo' | 'page.focus' | 'panel.toggle' | 'marks.toggle' | 'marks.label' | 'locale.switch' | 'muted.open' | 'unreadable.log' | 'record.fault' | 'record.query' | 'letters.open' | 'picker.open'
  | 'outlet.open' | 'outlet.copy' | 'outlet.type' | 'outlet.csv' | 'outlet.fhir'
  | 'record.read' | 'record.readAny' | 'keys.off' | 'keys.on' | 'options.open' | 'dashboard.open';

/** What is true of the panel when a command is asked for. */
export interface Situation {
  readonly record: boolean;
  readonly row: boolean;
  /** The codes are in front, with their words to walk. */
  readonly codes: boolean;
  /** A whole unit on offer has earned one key, and one key would accept it. */
  readonly earned: boolean;
  /** The episode is in front, with its units in their order. */
  readonly episode: boolean;
  /** Nothing stands against saying that the episode is coded. */
  readonly finishable: boolean;
  /** An audit waits for the codes that were given the record on screen. */
  readonly auditable: boolean;
  /** Row that is still open and may be logged (terms to use may not). */
  readonly loggable: boolean;
  /** Row that is logged already. */
  readonly logged: boolean;
  readonly dismissable: boolean;
  /** Row that clinicians may be asked about: one that speaks of a fault. */
  readonly askable: boolean;
  readonly copyable: boolean;
  readonly undoable: boolean;
  readonly redoable: boolean;
  readonly unreadable: boolean;
  readonly muted: boolean;
  readonly filtered: boolean;
  /** No adapter knows the page. */
  readonly untaught: boolean;
  /** The browser's PDF viewer shows a letter. */
  readonly letters: boolean;
  /** A page that Nodi may read is in front. */
  readonly page: boolean;
  readonly singleKeys: boolean;
  /** Commands that the person's profile does not have. */
  readonly without: readonly PanelCommandId[];
}

/** A command of the panel as data: its name in both languages, its key, where the key acts and when it makes sense. */
export interface PanelCommand {
  readonly id: PanelCommandId;
  /** Chord such as `Ctrl+Shift+Z`, `F8`, `L`; null where there is none. */
  readonly key: string | null;
  readonly words: WordKey;
  /** `list`: only while a row has the focus. `panel`: anywhere in the panel. `browser`: the browser itself hears it. */
  readonly where: 'list' | 'panel' | 'browser';
  readonly when: (situation: Situation) => boolean;
}

const always = (): boolean => true;
const onRow = (situation: Situation): boolean => situation.row;
const onRowOrCodes = (situation: Situation): boolean => situation.row || situation.codes;
const onCodes = (situation: Situation): boolean => situation.codes;
const onEpisode = (situation: Situation): boolean => situation.episode;
const onRecord = (situation: Situation): boolean => situation.record;

/** Every command of the panel, in the order of the palette. */
export const panelCommands: readonly PanelCommand[] = [
  { id: 'problem.next', key: 'F8', words: 'command.next', where: 'panel', when: onRowOrCodes },
  { id: 'problem.previous', key: 'Shift+F8', words: 'command.previous', where: 'panel', when: onRowOrCodes },
  { id: 'row.down', key: 'ArrowDown', words: 'command.down', where: 'list', when: onRow },
  { id: 'row.up', key: 'ArrowUp', words: 'command.up', where: 'list', when: onRow },
  { id: 'row.show', key: 'Space', words: 'command.show', where: 'list', when: onRow },
  { id: 'row.log', key: 'L', words: 'command.log', where: 'list', when: (situation) => situation.loggable || situation.logged },
  { id: 'row.logDetails', key: 'Alt+L', words: 'command.logDetails', where: 'panel', when: (situation) => situation.loggable },
  { id: 'row.dismiss', key: 'D', words: 'command.dismiss', where: 'list', when: (situation) => situation.dismissable },
  { id: 'row.mute', key: 'M', words: 'command.mute', where: 'list', when: onRow },
  { id: 'row.copy', key: 'C', words: 'command.copy', where: 'list', when: (situation) => situation.copyable },
  { id: 'row.why', key: 'W', words: 'command.why', where: 'list', when: onRow },
  { id: 'row.query', key: 'Q', words: 'command.query', where: 'list', when: (situation) => situation.askable },
  { id: 'row.fixes', key: 'Ctrl+.', words: 'command.fixes', where: 'panel', when: onRow },
  { id: 'code.accept', key: 'Enter', words: 'command.accept', where: 'list', when: onCodes },
  { id: 'code.oneKey', key: 'A', words: 'command.oneKey', where: 'list', when: (situation) => situation.codes && situation.earned },
  { id: 'code.edit', key: 'E', words: 'command.edit', where: 'list', when: onCodes },
  { id: 'code.reject', key: 'R', words: 'command.reject', where: 'list', when: onCodes },
  { id: 'code.undo', key: 'U', words: 'command.undoCode', where: 'list', when: onCodes },
  { id: 'code.add', key: 'Ctrl+Shift+A', words: 'command.addCode', where: 'panel', when: onRecord },
  { id: 'unit.up', key: 'Alt+ArrowUp', words: 'command.unitUp', where: 'list', when: onEpisode },
  { id: 'unit.down', key: 'Alt+ArrowDown', words: 'command.unitDown', where: 'list', when: onEpisode },
  { id: 'unit.remove', key: 'Delete', words: 'command.unitRemove', where: 'list', when: onEpisode },
  { id: 'episode.finish', key: 'Ctrl+Shift+Enter', words: 'command.finish', where: 'panel', when: (situation) => situation.finishable },
  { id: 'audit.take', key: null, words: 'auditing.take', where: 'panel', when: (situation) => situation.auditable },
  { id: 'tab.next', key: 'Ctrl+]', words: 'command.nextTab', where: 'panel', when: always },
  { id: 'tab.previous', key: 'Ctrl+[', words: 'command.previousTab', where: 'panel', when: always },
  { id: 'outlet.copy', key: 'Ctrl+Shift+C', words: 'outlet.copy', where: 'panel', when: onRecord },
  { id: 'outlet.type', key: 'Alt+Shift+C', words: 'outlet.type', where: 'panel', when: onRecord },
  { id: 'outlet.open', key: null, words: 'outlet.open', where: 'panel', when: onRecord },
  { id: 'outlet.csv', key: null, words: 'outlet.csv', where: 'panel', when: onRecord },
  { id: 'outlet.fhir', key: null, words: 'outlet.fhir', where: 'panel', when: onRecord },
  { id: 'palette.open', key: 'Ctrl+K', words: 'command.palette', where: 'panel', when: always },
  { id: 'codes.search', key: null, words: 'command.codes', where: 'panel', when: always },
  { id: 'keys.open', key: '?', words: 'command.keys', where: 'list', when: always },
  { id: 'filter.focus', key: '/', words: 'command.filter', where: 'list', when: onRecord },
  { id: 'filter.avoid', key: null, words: 'command.avoid', where: 'panel', when: onRecord },
  { id: 'filter.caution', key: null, words: 'command.caution', where: 'panel', when: onRecord },
  { id: 'filter.use', key: null, words: 'command.use', where: 'panel', when: onRecord },
  { id: 'filter.clear', key: null, words: 'command.clearFilter', where: 'panel', when: (situation) => situation.filtered },
  { id: 'decision.undo', key: 'Ctrl+Z', words: 'command.undo', where: 'panel', when: (situation) => situation.undoable },
  { id: 'decision.redo', key: 'Ctrl+Shift+Z', words: 'command.redo', where: 'panel', when: (situation) => situation.redoable },
  { id: 'page.focus', key: 'F6', words: 'command.page', where: 'panel', when: always },
  { id: 'panel.toggle', key: 'Alt+;', words: 'command.panel', where: 'browser', when: always },
  { id: 'marks.toggle', key: 'Alt+Shift+N', words: 'command.marks', where: 'browser', when: always },
  { id: 'marks.label', key: 'F', words: 'command.label', where: 'list', when: onRecord },
  { id: 'locale.switch', key: null, words: 'command.locale', where: 'panel', when: always },
  { id: 'muted.open', key: null, words: 'command.muted', where: 'panel', when: (situation) => situation.muted },
  { id: 'unreadable.log', key: null, words: 'command.unreadable', where: 'panel', when: (situation) => situation.unreadable },
  { id: 'record.query', key: null, words: 'command.queryRecord', where: 'panel', when: onRecord },
  { id: 'record.fault', key: 'Alt+Shift+L', words: 'command.fault', where: 'panel', when: onRecord },
  { id: 'letters.open', key: null, words: 'action.openLetters', where: 'panel', when: (situation) => situation.letters },
  { id: 'picker.open', key: null, words: 'command.picker', where: 'panel', when: (situation) => situation.page },
  { id: 'record.read', key: 'Ctrl+Enter', words: 'command.readAgain', where: 'panel', when: always },
  { id: 'record.readAny', key: null, words: 'command.readAnyPage', where: 'panel', when: (situation) => situation.untaught },
  { id: 'keys.off', key: null, words: 'command.singleKeysOff', where: 'panel', when: (situation) => situation.singleKeys },
  { id: 'keys.on', key: null, words: 'command.singleKeysOn', where: 'panel', when: (situation) => !situation.singleKeys },
  { id: 'learn.open', key: null, words: 'command.learn', where: 'panel', when: always },
  { id: 'learn.page', key: null, words: 'command.learnPage', where: 'panel', when: always },
  { id: 'start.open', key: null, words: 'command.start', where: 'panel', when: always },
  { id: 'dashboard.open', key: null, words: 'command.dashboard', where: 'panel', when: always },
  { id: 'options.open', key: null, words: 'command.options', where: 'panel', when: always },
];

/** The chord of a command: the person's own where they gave it another. */
export function keyOf(command: PanelCommand, keys: Readonly<Record<string, string>>): string | null {
  return keys[command.id] ?? command.key;
}

/** The parts of a keyboard event that a chord is compared with. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Is the chord one character without Ctrl or Alt? Such keys act only in a focused list and can be turned off (WCAG 2.1.4). */
export function isSingleCharacter(chord: string): boolean {
  return [...chord].length === 1;
}

/** Does the key press spell the chord? `Ctrl` is the command key on a Mac; a character that needs Shift (`?`) is compared by itself. */
export function spells(chord: string, press: KeyPress): boolean {
  const parts = chord === '+' ? ['+'] : chord.split('+');
  const name = parts[parts.length - 1] ?? '';
  const pressed = press.key === ' ' ? 'Space' : press.key;
  if (pressed.toLowerCase() !== name.toLowerCase()) return false;
  if ((press.ctrlKey || press.metaKey) !== parts.includes('Ctrl') || press.altKey !== parts.includes('Alt')) return false;
  return isSingleCharacter(chord) ? !press.shiftKey || !/\p{L}/u.test(chord) : press.shiftKey === parts.includes('Shift');
}

/** The chord that a key press spells, as `keyOf` gives it; null for a modifier alone. */
export function chordFrom(press: KeyPress): string | null {
  if (['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'Dead'].includes(press.key)) return null;
  const name = press.key === ' ' ? 'Space' : [...press.key].length === 1 ? press.key.toUpperCase() : press.key;
  const bare = !press.ctrlKey && !press.metaKey && !press.altKey && isSingleCharacter(name);
  // A bare character that needs Shift is itself: `?`, not Shift and something.
  return [...(press.ctrlKey || press.metaKey ? ['Ctrl'] : []), ...(press.altKey ? ['Alt'] : []), ...(press.shiftKey && !(bare && !/\p{L}/u.test(name)) ? ['Shift'] : []), name].join('+');
}

/** Does the command make sense here, and does the person's profile have it? */
export const isOffered = (command: PanelCommand, situation: Situation): boolean => !situation.without.includes(command.id) && command.when(situation);

/** The command that a key press in this place asks for, or null. Keys that the browser hears itself are never answered twice. */
export function commandFor(press: KeyPress, place: 'list' | 'panel' | 'text', situation: Situation, keys: Readonly<Record<string, string>>): PanelCommand | null {
  for (const command of panelCommands) {
    const chord = keyOf(command, keys);
    if (chord === null || command.where === 'browser' || !spells(chord, press) || !isOffered(command, situation)) continue;
    if (isSingleCharacter(chord) && (!situation.singleKeys || place !== 'list')) continue;
    if (command.where === 'list' && place !== 'list') continue;
    // A text field keeps its own undo.
    if (place === 'text' && (command.id === 'decision.undo' || command.id === 'decision.redo')) continue;
    return command;
  }
  return null;
}

const glyphs: Readonly<Record<string, string>> = { Shift: '⇧', Enter: '↵', ArrowDown: '↓', ArrowUp: '↑' };

/** A chord as it is shown on a key: `Ctrl ⇧ Z`. `space` is the word for the space bar in the language shown. */
export function showChord(chord: string, space: string): string {
  return chord.split('+').map((part) => (part === 'Space' ? space : glyphs[part] ?? part)).join(' ');
}
