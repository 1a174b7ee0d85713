/** British and American ways of the same part of a word; either may stand in a note or in an index. */
const pairs: readonly (readonly [string, string])[] = [
  ['aemia', 'emia'], ['oedema', 'edema'], ['haem', 'hem'], ['oesoph', 'esoph'], ['tumour', 'tumor'], ['ischaem', 'ischem'], ['anaesth', 'anesth'], ['paed', 'ped'],
  ['rrhoea', 'rrhea'], ['pnoea', 'pnea'], ['gynaec', 'gynec'], ['caecum', 'cecum'], ['faec', 'fec'], ['coeliac', 'celiac'], ['foet', 'fet'], ['oestr', 'estr'],
  ['behaviour', 'behavior'], ['colour', 'color'], ['isation', 'ization'], ['ised', 'ized'], ['sulph', 'sulf'], ['fibre', 'fiber'], ['centre', 'center'], ['leucocyt', 'leukocyt'],
  ['aetiolog', 'etiolog'], ['paraesthesia', 'paresthesia'], ['aesthesia', 'esthesia'], ['orthopaed', 'orthoped'], ['haemorrh', 'hemorrh'], ['aneurysm', 'aneurism'], ['raemia', 'remia'], ['calcaemia', 'calcemia'], ['kalaemia', 'kalemia'], ['natraemia', 'natremia'], ['glycaemia', 'glycemia'],
];
const british = new RegExp(pairs.map(([uk]) => uk).sort((a, b) => b.length - a.length).join('|'), 'g');
const american = new RegExp(`(?<![ao])(?:${pairs.map(([, us]) => us).sort((a, b) => b.length - a.length).join('|')})`, 'g');
const toAmerican = new Map(pairs.map(([uk, us]) => [uk, us]));
const toBritish = new Map([...pairs].reverse().map(([uk, us]) => [us, uk]));

const seen = new Map<string, readonly [us: string, uk: string]>();
/** A word in both spellings; the words of an index come again and again. */
function both(word: string): readonly [us: string, uk: string] {
  const known = seen.get(word);
  if (known) return known;
  const made = [word.replace(british, (part) => toAmerican.get(part) ?? part), word.replace(american, (part) => toBritish.get(part) ?? part)] as const;
  seen.set(word, made);
  return made;
}

/** A term in both spellings, the written one first. Lower-case words only: an abbreviation has one spelling. */
export function spellings(term: string): readonly string[] {
  const words = term.split(' ').map(both);
  const us = words.map(([one]) => one).join(' ');
  const uk = words.map(([, one]) => one).join(' ');
  if (us === term && uk === term) return [term];
  return [...new Set([term, us, uk])];
}

/** “fracture of neck of femur” also stands as “neck of femur fracture”: the head of a phrase turned round, where both sides are short. */
export function permuted(term: string): readonly string[] {
  const at = term.indexOf(' of ');
  if (at < 0) return [];
  const head = term.slice(0, at);
  const rest = term.slice(at + 4).replace(/^the /, '');
  if (head.split(' ').length > 3 || rest.split(' ').length > 3 || /[,(]|\b(?:and|or|in|with|due|by|to)\b/.test(term)) return [];
  return [`${rest} ${head}`, `${head} of the ${rest}`];
}
