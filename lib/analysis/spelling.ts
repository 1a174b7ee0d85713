/** British and American ways of the same part of a word; either may stand in a note or in an index. */
const pairs: readonly (readonly [string, string])[] = [
  ['aemia', 'emia'], ['oedema', 'edema'], ['haem', 'hem'], ['oesoph', 'esoph'], ['tumour', 'tumor'], ['ischaem', 'ischem'], ['anaesth', 'anesth'], ['paed', 'ped'],
  ['rrhoea', 'rrhea'], ['pnoea', 'pnea'], ['gynaec', 'gynec'], ['caecum', 'cecum'], ['caecal', 'cecal'], ['caecostom', 'cecostom'], ['faec', 'fec'], ['coeliac', 'celiac'], ['foet', 'fet'], ['oestr', 'estr'],
  ['behaviour', 'behavior'], ['colour', 'color'], ['isation', 'ization'], ['ised', 'ized'], ['sulph', 'sulf'], ['fibre', 'fiber'], ['centre', 'center'], ['leucocyt', 'leukocyt'],
  ['aetiolog', 'etiolog'], ['paraesthesia', 'paresthesia'], ['aesthesia', 'esthesia'], ['orthopaed', 'orthoped'], ['haemorrh', 'hemorrh'], ['aneurysm', 'aneurism'], ['raemia', 'remia'], ['calcaemia', 'calcemia'], ['kalaemia', 'kalemia'], ['natraemia', 'natremia'], ['glycaemia', 'glycemia'],
];
const british = new RegExp(pairs.map(([uk]) => uk).sort((a, b) => b.length - a.length).join('|'), 'g');
const american = new RegExp(pairs.map(([, us]) => us).sort((a, b) => b.length - a.length).map((us) => (us.startsWith('e') ? `(?<![ao])${us}` : us)).join('|'), 'g');
const toAmerican = new Map(pairs.map(([uk, us]) => [uk, us]));
const toBritish = new Map([...pairs].reverse().map(([uk, us]) => [us, uk]));

const seen = new Map<string, readonly [us: string, uk: string]>();
/** A word (in lower case) in both spellings, the American first; the words of an index come again and again. */
export function spelled(word: string): readonly [us: string, uk: string] {
  const known = seen.get(word);
  if (known) return known;
  const made = [word.replace(british, (part) => toAmerican.get(part) ?? part), word.replace(american, (part) => toBritish.get(part) ?? part)] as const;
  seen.set(word, made);
  return made;
}
