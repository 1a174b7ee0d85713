/** The kinds of mark, in the order of the design: good things whisper, faults speak. */
export type MarkKind = 'use' | 'codable' | 'caution' | 'avoid' | 'conflict' | 'evidence' | 'current';

interface MarkLook { readonly letter: string; readonly priority: number; readonly light: string; readonly dark: string; readonly forced: string | null }

/** Literal colours on purpose: these rules live in somebody else's page, where our tokens do not exist (design/tokens.css). */
export const markLooks: Readonly<Record<MarkKind, MarkLook>> = {
  use: { letter: 'a', priority: 10, light: 'text-decoration: underline solid 1px #003420', dark: 'text-decoration: underline solid 1px #7af6e0', forced: null },
  codable: { letter: 'e', priority: 20, light: 'text-decoration: underline dotted 2px #1450a8; background-color: #1450a80f', dark: 'text-decoration: underline dotted 2px #8ebcff; background-color: #8ebcff14', forced: null },
  caution: { letter: 'b', priority: 30, light: 'text-decoration: underline dashed 2px #be7300; background-color: #be73001a', dark: 'text-decoration: underline dashed 2px #fbd083; background-color: #fbd0831a', forced: 'text-decoration: underline dashed 2px' },
  avoid: { letter: 'c', priority: 40, light: 'text-decoration: underline wavy 1.5px #8f0058; background-color: #8f005814', dark: 'text-decoration: underline wavy 1.5px #ff5a93; background-color: #ff5a931f', forced: 'text-decoration: underline wavy 2px' },
  conflict: { letter: 'f', priority: 50, light: 'text-decoration: underline double 1.5px #8f0058; background-color: #8f005814', dark: 'text-decoration: underline double 1.5px #ff5a93; background-color: #ff5a931f', forced: 'text-decoration: underline double 2px' },
  evidence: { letter: 'g', priority: 60, light: 'text-decoration: underline solid 3px #1450a8; background-color: #1450a833', dark: 'text-decoration: underline solid 3px #8ebcff; background-color: #8ebcff3d', forced: 'text-decoration: underline solid 3px' },
  current: { letter: 'd', priority: 70, light: 'text-decoration: underline solid 3px #15181c; background-color: #ffd75e; color: #15181c', dark: 'text-decoration: underline solid 3px #15181c; background-color: #ffd75e; color: #15181c', forced: 'text-decoration: overline solid 3px' },
};

/** The registered name of a kind on light or dark paper. It carries no meaning for a page that reads the registry. */
export function markName(prefix: string, kind: MarkKind, dark: boolean): string {
  return `${prefix}${markLooks[kind].letter}${dark ? 'y' : 'x'}`;
}

/**
 * All rules for one frame's prefix: light and dark sets, forced colours, and nothing in print.
 * Where highlights inherit (Chromium), a rule for the root reaches every element, shadow trees too, and costs the page nothing for each;
 * elsewhere (Firefox) it stands for every element.
 */
export function highlightCss(prefix: string, inherits: boolean): string {
  const at = inherits ? ':root::highlight' : '::highlight';
  const kinds = Object.keys(markLooks) as MarkKind[];
  const names = kinds.flatMap((kind) => [markName(prefix, kind, false), markName(prefix, kind, true)]);
  return [
    ...kinds.flatMap((kind) => [`${at}(${markName(prefix, kind, false)}){${markLooks[kind].light}}`, `${at}(${markName(prefix, kind, true)}){${markLooks[kind].dark}}`]),
    `@media (forced-colors: active){${kinds.flatMap((kind) => (markLooks[kind].forced ? [false, true].map((dark) => `${at}(${markName(prefix, kind, dark)}){${markLooks[kind].forced}}`) : [])).join('')}}`,
    `@media print{${names.map((name) => `${at}(${name})`).map((rule) => `${rule}{text-decoration:none;background-color:transparent;color:inherit}`).join('')}}`,
  ].join('\n');
}
