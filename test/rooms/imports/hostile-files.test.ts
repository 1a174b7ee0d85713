/** Every import of the product is given damaged and hostile files: each is refused in words with its place, or taken without harm; none in silence, none by half. */
import 'fake-indexeddb/auto';
import { afterAll, describe, expect, it } from 'vitest';
import { starterSheet } from '../../../assets/starter.js';
import { boardFailureWords, tableFailureWords } from '../../../components/dashboard/sheet-file-words.js';
import { failureWords, faultWords } from '../../../components/dashboard/train-page.jsx';
import { faultWords as codeListWords } from '../../../components/options/code-lists.jsx';
import { exceptionWords } from '../../../components/options/exception-editor.jsx';
import { logImportWords } from '../../../components/options/log-section.jsx';
import { shippedAuditTable } from '../../../assets/audit-table.js';
import { createWords, type Words } from '../../../components/words.js';
import { importPack } from '../../../entrypoints/background/pack-import.js';
import { modelTold, packTold } from '../../../entrypoints/dashboard/learned.js';
import { packXlsx } from '../../../entrypoints/dashboard/pack-xlsx.js';
import { readSheetFile } from '../../../entrypoints/dashboard/read-sheet-file.js';
import { createCodeImports } from '../../../entrypoints/options/code-imports.js';
import { readCodedFile } from '../../../lib/audit/index.js';
import { checkAdapter } from '../../../lib/capture/adapters/check-adapter.js';
import { createCodeBook, textOfFile } from '../../../lib/codebook/index.js';
import { readLabelledFile, readModel, writeModel, type JudgeCode } from '../../../lib/learning/index.js';
import { episodeKey } from '../../../lib/log/index.js';
import { checkExceptions } from '../../../lib/model/exception-faults.js';
import { csvText } from '../../../lib/base/csv.js';
import type { SheetEdition } from '../../../lib/model/sheet.js';
import { checkPack, createRulebook, diffSheets, headRowOf, judgeBoardEdition, mapColumns, readSheetTable, readSignedEdition, sheetTable, shippedEdition, writtenEdition } from '../../../lib/rulebook/index.js';
import { createSettings, deviceKeys, isSigned } from '../../../lib/settings/index.js';
import { defaultFhirNames } from '../../../lib/sync/fhir-bundle.js';
import { readStatementBundle } from '../../../lib/sync/read-statement-bundle.js';
import { chanceFrom } from '../../harness/chance.js';
import { readSetting } from '../../../lib/settings/settings-shape.js';
import type { EditionId } from '../../../lib/model/rulebook.js';
import { codedFile } from '../../harness/coded-file.js';
import { hostileJson, hostileLines, type HostileFile } from '../../harness/hostile-files.js';
import { device } from '../log/invented-decisions.js';
import { adapter, codeTable, exceptionList, labelledBundle, labelledLines, labelledTable, memoryParts, model, policy, savedLog, sheetPack, signedPack, statements } from './sound-files.js';

const files = process.env['NODI_LONG'] ? 2000 : 200;
const both: readonly Words[] = [createWords('en-GB'), createWords('cy')];

/** What an import did with a file: told it in words in both languages, or took it; `harm` is what was wrong about that. */
type Outcome = { readonly kind: 'refused'; readonly said: readonly string[]; readonly harm?: string } | { readonly kind: 'taken'; readonly harm: string };
type Import = (file: HostileFile) => Outcome | Promise<Outcome>;

const refused = (of: (words: Words) => string, harm = ''): Outcome => ({ kind: 'refused', said: both.map(of), harm });
const taken = (harm = ''): Outcome => ({ kind: 'taken', harm });
/** As a page reads the text of a file. */
const textOf = ({ bytes }: HostileFile): string => new TextDecoder().decode(bytes);
const parsed = (text: string): unknown => { try { return JSON.parse(text); } catch { return undefined; } };
/** Codes, counts and hashes have no room for words: none of the planted ones is in what was taken. */
const wordsIn = (value: unknown): string => (/Gwenllian|943 476|HYPERLINK|polluted|\u0000/.test(JSON.stringify(value) ?? '') ? 'words of a file were taken' : '');

let [triedInAll, importsTried] = [0, 0];
async function trying(name: string, hostile: readonly HostileFile[], take: Import): Promise<void> {
  const bad: string[] = [];
  let [no, harmless] = [0, 0];
  for (const file of hostile) {
    let outcome: Outcome;
    try { outcome = await take(file); } catch (problem) { bad.push(`${file.name}: crashed, ${String(problem).slice(0, 160)}`); continue; }
    if (outcome.kind === 'refused') no += 1; else harmless += 1;
    if (outcome.kind === 'taken' && file.must === 'refused') bad.push(`${file.name}: taken in silence`);
    if (outcome.harm) bad.push(`${file.name}: ${outcome.harm}`);
    if (outcome.kind === 'refused' && (outcome.said.length !== 2 || outcome.said[0] === outcome.said[1] || outcome.said.some((words) => words.trim() === '' || /\{\{|undefined|NaN|\[object/.test(words.replaceAll('received undefined', ''))))) bad.push(`${file.name}: said ${JSON.stringify(outcome.said)}`);
    if (({} as { polluted?: unknown }).polluted !== undefined) { bad.push(`${file.name}: the prototype was changed`); break; }
  }
  console.info(`${name}: files tried ${hostile.length}, refused in words ${no}, taken without harm ${harmless}, bad ${bad.length}`);
  expect([...new Set(bad)].slice(0, 12)).toEqual([]);
  expect(hostile.length).toBeGreaterThanOrEqual(files);
  triedInAll += hostile.length;
  importsTried += 1;
}

describe('an import', () => {
  it('of a code table keeps a whole edition or nothing', async () => {
    const imports = createCodeImports();
    const book = createCodeBook({ name: 'nodi-codes' });
    const whole = codeTable();
    const before = new Map(whole.trimEnd().split('\n').map((line) => { const [code = '', title = ''] = line.split('\t'); return [code.replace('.', ''), title]; }));
    await trying('code tables', hostileLines(whole, 1, files), async ({ name, bytes }) => {
      const file = new File([bytes], `OPCS411 ${name}.txt`);
      const found = await imports.inspect([file], '2026-06-01');
      const [fault] = found.faults;
      const kept = fault ? null : await imports.keep(found.drafts, { onProgress: () => undefined, signal: new AbortController().signal });
      const lists = await book.lists();
      for (const { summary } of lists) await imports.remove(summary.name);
      if (!kept?.ok) { const failure = fault ?? (kept && !kept.ok ? kept.failure : null); return failure ? refused((words) => codeListWords(failure, words), lists.length > 0 ? 'half of it was kept' : '') : refused(() => ''); }
      const entries = lists[0]?.entries ?? [];
      const other = entries.filter(({ code, title }) => before.get(code) !== title);
      return taken(other.length > 2 ? `${other.length} codes are not as they were` : entries.some(({ title }) => /[\u0000-\u0008]/.test(title ?? '')) ? 'a title holds a NUL' : entries.length < before.size - 2 ? 'codes are missing' : '');
    });
    book.close();
  });

  it('of a learned pack takes what its coder signed or nothing', async () => {
    const sound = await signedPack();
    const { parts: [one] } = JSON.parse(sound) as { readonly parts: readonly [{ readonly part: object }] };
    await trying('learned packs', hostileJson(sound, 2, files), async (file) => {
      const store = memoryParts();
      const failure = await importPack(store, textOf(file), { trust: true, named: null });
      if (failure === null) { const held = store.held.get('packs') as { readonly parts: readonly { readonly part: object }[] }; return taken(held.parts.length > 1 || JSON.stringify(held.parts.map(({ part }) => part)) !== JSON.stringify(held.parts.length === 0 ? [] : [one.part]) ? 'what was taken is not what was signed' : wordsIn([...store.held])); }
      if (failure.kind === 'not-saved' || failure.kind === 'not-trusted') return refused(() => '', 'not said why');
      return refused((words) => { const { key, values } = packTold(failure); return words.say(key, values); }, store.held.has('packs') || store.held.has('trusted') ? 'half of it was kept' : '');
    });
  });

  it('of a trained model takes one that can be written again, or nothing', () => trying('models', [...hostileJson(model, 3, files), ...['9434765919', '12/03/1948'].map((word) => ({ name: `vocabulary with ${word}`, bytes: new TextEncoder().encode(model.replace(' infusion', ` infusion ${word}`)), must: 'refused' as const }))], (file) => {
    const data = parsed(textOf(file));
    const read = readModel(data);
    if (!read.ok) { const { failure } = read; return refused((words) => { const { key, values } = modelTold(failure); return words.say(key, values); }); }
    const again = JSON.stringify(writeModel(read.value));
    // What is kept is the file's data, so that nothing beside the model may be in it.
    return taken(!readModel(JSON.parse(again)).ok ? 'it cannot be written' : /Gwenllian/.test(JSON.stringify([...read.value.vocabulary, ...read.value.specialties.keys()])) ? 'a name is among its words' : '');
  }));

  const judge: JudgeCode = (_, code) => ({ kind: ['G35X', 'H269', 'E119', 'W190'].includes(code) ? 'valid' : 'unknown' });
  const textOf64 = (data: string): string | null => { try { return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(data, 'base64')); } catch { return null; } };
  const labelled: Import = ({ bytes }) => {
    const steps = readLabelledFile(textOfFile(bytes), { judge, textOf64 });
    for (let step = steps.next(); ; step = steps.next()) {
      if (!step.done) continue;
      if (!step.value.ok) { const { failure } = step.value; return refused((words) => failureWords(failure, words)); }
      const { episodes, bad, faults, format, read } = step.value.value;
      const said = faults.map(({ fault }) => both.map((words) => faultWords(fault, format, words)));
      const unsaid = faults.some(({ at }) => !(at > 0)) || said.some(([en = '', cy = '']) => en === '' || en === cy || /\{\{|undefined|NaN/.test(en + cy)) || /Gwenllian/.test(JSON.stringify(said));
      const harm = unsaid ? 'a fault without its row or its words, or with words of the file' : bad !== faults.length && bad <= 200 ? 'faults are not all told' : new Set(episodes.map(({ id }) => id)).size !== episodes.length ? 'one episode twice' : '';
      return episodes.length === 0 ? { kind: 'refused', said: said[0] ?? both.map(({ say }) => say('train.fail.too-few', { usable: 0, needed: 50 })), harm: read > 0 && bad === 0 && format !== 'fhir' ? 'nothing was told' : harm } : taken(harm);
    }
  };
  it('of coded episodes in lines of JSON names each row that is not taken', () => trying('labelled lines', hostileLines(labelledLines, 4, files), labelled));
  it('of coded episodes in a table names each row that is not taken', () => trying('labelled tables', hostileLines(labelledTable, 5, files), labelled));
  it('of coded episodes in a bundle names each entry that is not taken', () => trying('labelled bundles', hostileJson(labelledBundle, 6, files), labelled));

  it('of a saved log takes the whole of an unbroken chain or nothing', async () => {
    const sound = await savedLog();
    await trying('saved logs', hostileJson(sound, 7, files), async (file) => {
      const store = device().open();
      const answer = await store.imported(textOf(file));
      const rows = await store.read();
      const kept = rows.ok ? rows.value.length : -1;
      const stands = await store.check();
      store.close();
      if (answer.ok) return taken(stands.kind !== 'sound' || (kept !== 8 && kept !== 0) ? `it stands as ${stands.kind} with ${kept} rows` : wordsIn(rows));
      const { failure } = answer;
      if (!['not-a-log', 'other-schema', 'damaged', 'another-log'].includes(failure.kind)) return refused(() => '', `failed as ${failure.kind}`);
      return refused(({ say }) => logImportWords(failure as Parameters<typeof logImportWords>[0], say), kept !== 0 ? 'half of it was kept' : '');
    });
  });

  it('of what other machines say takes a whole bundle or nothing', () => {
    const sound = statements();
    const good = readStatementBundle(sound, defaultFhirNames);
    const known = new Set(good.ok ? good.value.map((one) => JSON.stringify(one)) : []);
    return trying('shared statements', hostileJson(sound, 8, files), (file) => {
      const read = readStatementBundle(textOf(file), defaultFhirNames);
      // No page of the product reads one yet; the place is in the failure.
      if (!read.ok) return { kind: 'refused', said: [`en ${JSON.stringify(read.failure)}`, `cy ${JSON.stringify(read.failure)}`], ...(read.failure.kind === 'bad-entry' && (read.failure.entry < 1 || read.failure.field === '') ? { harm: 'no place' } : {}) };
      return taken(read.value.filter((one) => !known.has(JSON.stringify(one))).length > 1 ? 'more than what was touched is changed' : new Set(read.value.map(({ key }) => key)).size !== read.value.length ? 'one statement twice' : wordsIn(read.value));
    });
  });

  it('of a pack of the sheet takes all of its rules or nothing', () => trying('packs of the sheet', hostileJson(sheetPack, 9, files), (file) => {
    const read = checkPack(parsed(textOf(file)), 'pack');
    if (!read.ok) return { kind: 'refused', said: ['en', 'cy'].map((locale) => `${locale} ${read.failure.problems.map(({ pack, rule, field, why }) => `${pack} ${rule ?? ''} ${field ?? ''} ${why}`).join('; ')}`) };
    return taken(checkPack(JSON.parse(JSON.stringify({ pack: 'again', rules: read.value })), 'again').ok ? /polluted/.test(JSON.stringify(read.value)) ? 'a field that no rule has' : '' : 'it cannot be read again');
  }));

  const shippedSheet = createRulebook(starterSheet);
  const began = shippedSheet.ok ? shippedEdition(shippedSheet.value) : null;
  /** As the sheet's page takes a table, its columns as they are guessed. What was not touched comes back as it was; what was is an entry that can be a rule, or waits as a draft. */
  const sheetTaken: Import = async ({ bytes }) => {
    if (!shippedSheet.ok || !began) throw new Error('the starter sheet is not sound');
    const rows = await readSheetFile(bytes);
    if (!rows.ok) { const { failure } = rows; return refused((words) => tableFailureWords(failure, words).join(' ')); }
    const head = headRowOf(rows.value);
    const read = readSheetTable(rows.value.slice(head + 1), mapColumns(rows.value[head]?.cells ?? [], rows.value.slice(head + 1)), { entries: began.entries, specialties: shippedSheet.value.specialties });
    if (!read.ok) { const { failure } = read; return refused((words) => tableFailureWords(failure, words).join(' ')); }
    const changes = diffSheets(began.entries.filter(({ id }) => read.value.entries.some((one) => one.id === id)), read.value.entries);
    const silent = changes.filter((change) => change.kind !== 'removed' && change.kind !== 'added' && (['en', 'cy'] as const).some((language) => change.parts.includes(language) && !['draft', 'missing'].includes(change.after.status[language].state)));
    return taken(changes.length > 2 ? `${changes.length} entries are not as they were` : silent.length > 0 ? 'words came in as reviewed' : /[\u0000-\u0008\u202e]|polluted|HYPERLINK|cmd\|/.test(JSON.stringify(read.value.entries)) ? 'what no person wrote is in an entry' : '');
  };
  it('of a sheet from a table takes it whole or nothing', () => trying('sheets from CSV', hostileLines(began ? csvText(sheetTable(began.entries.slice(0, 60))) : '', 13, files), sheetTaken));
  it('of a sheet from Excel takes it whole or nothing', async () => {
    const sound = new Uint8Array(await (await packXlsx(sheetTable(began?.entries.slice(0, 30) ?? []))).arrayBuffer());
    const chance = chanceFrom(14);
    const other = hostileLines('a\tb\n', 14, 19);
    const cut = Array.from({ length: files }, (_, at): HostileFile => {
      if (at % 2 === 0) return { name: `cut at ${at}`, bytes: sound.slice(0, Math.floor(chance() * (sound.length - 22))), must: 'refused' };
      const bytes = sound.slice();
      for (let hits = 0; hits < 6; hits += 1) bytes[Math.floor(chance() * bytes.length)] = Math.floor(chance() * 256);
      return { name: `six bytes changed ${at}`, bytes, must: 'harmless' };
    });
    await trying('sheets from Excel', [...other, ...cut], sheetTaken);
  });
  it('of a signed edition takes what was signed or nothing', async () => {
    const { device, key, sign } = await deviceKeys(memoryParts());
    const edition: SheetEdition = { number: 2, from: '2026-11-02', published: { by: 'A Lead', on: '2026-11-01' }, changes: { en: 'New.', cy: 'Newydd.' }, entries: began?.entries.slice(0, 20) ?? [] };
    await trying('signed editions', hostileJson(JSON.stringify({ kind: 'nodi-sheet', schema: 1, edition, device, key, signature: await sign(writtenEdition(edition)) }), 15, files), async (file) => {
      const read = readSignedEdition(parsed(textOf(file)));
      if (!read.ok) return refused(({ say }) => say('sheet.file.not-an-edition'));
      const judged = await judgeBoardEdition(read.value, { keys: [device], edition: null, rollBack: false }, [], isSigned);
      if (!judged.ok) { const { failure } = judged; return refused((words) => boardFailureWords(failure, read.value.edition.number, words)); }
      return taken(writtenEdition(judged.value.edition) === writtenEdition(edition) ? '' : 'it is not what was signed');
    });
  });

  it('of a list of exceptions takes all of its lines or nothing', () => trying('lists of exceptions', hostileJson(exceptionList, 10, files), (file) => {
    const read = checkExceptions(parsed(textOf(file)));
    if (!read.ok) return refused(({ say }) => read.failure.faults.map((fault) => exceptionWords(fault, say)).join(' '));
    return taken(!checkExceptions(JSON.parse(JSON.stringify(read.value))).ok ? 'it cannot be read again' : /polluted/.test(JSON.stringify(read.value)) ? 'a part that no list has' : '');
  }));

  it('of coded episodes for an audit refuses a file whole or names each row, and keeps no identifier', async () => {
    const sound = codedFile(40);
    const read = async (file: HostileFile): Promise<Outcome> => {
      const table = await readSheetFile(file.bytes);
      if (!table.ok) return refused(({ say }) => say('audit.file.unreadable'));
      const [head, ...lines] = table.value;
      const made = readCodedFile({ header: head?.cells ?? [], rows: lines, keyOf: (patient, episode) => episodeKey(new Uint8Array(32).fill(7), patient, episode), specialtyOf: () => 'unknown', edition: 'starter-1' as EditionId, persons: true });
      if (!made.ok) { const { kind, field } = made.failure; return refused(({ say }) => say(`audit.file.${kind}`, { column: say(`audit.field.${field}`) })); }
      const { episodes, refused: rows } = made.value;
      const given = lines.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')).length;
      const harm = /X1000\d\d/.test(JSON.stringify(episodes)) ? 'an identifier was kept' : episodes.length + rows.length === given ? wordsIn(episodes) : 'a row was passed over';
      const [first] = rows;
      return episodes.length === 0 && first ? refused(({ say }) => say('audit.file.row', { line: first.line, why: say(`audit.fault.${first.why}`) }), harm) : taken(harm);
    };
    await trying('coded episodes for audits', hostileLines(sound, 12, files), read);
  });

  it('of a table of audit keys takes the whole of it or nothing', () => trying('audit keys', hostileJson(JSON.stringify(shippedAuditTable), 13, files), (file) => {
    const read = readSetting('auditTable', parsed(textOf(file)), checkAdapter);
    return read === undefined || read === null ? refused(({ say }) => say('audit.keys.unreadable')) : taken('');
  }));

  it('of a description of a page takes the whole of it or nothing', () => trying('descriptions of pages', hostileJson(adapter, 11, files), (file) => {
    const read = checkAdapter(parsed(textOf(file)));
    if (!read.ok) { const reason = read.failure.faults.map(({ path, message }) => `${path}: ${message}`).join('; '); return refused(({ say }) => say('options.adapters.bad', { reason })); }
    return taken(checkAdapter(JSON.parse(JSON.stringify(read.value))).ok ? /polluted/.test(JSON.stringify(read.value)) ? 'a field that none has' : '' : 'it cannot be read again');
  }));

  it('of a policy holds what can be read, names the rest and allows nothing by it', async () => {
    const area = (held: Record<string, unknown>) => ({ get: () => Promise.resolve(held), set: () => Promise.resolve() });
    await trying('policies', hostileJson(policy, 12, files).map((file) => ({ ...file, must: 'harmless' as const })), async (file) => {
      const data = parsed(textOf(file));
      const given = typeof data === 'object' && data !== null && !Array.isArray(data) ? data as Record<string, unknown> : null;
      const managed = { get: () => (given ? Promise.resolve(given) : Promise.reject(new Error('corrupt'))) };
      const { settings, policyProblems, managed: fixed } = await createSettings({ local: area({}), session: area({}), managed, onChanged: { addListener: () => undefined, removeListener: () => undefined } }, checkAdapter).store.read();
      if (policyProblems.length > 0) return refused(({ say }) => say('options.policyProblems', { parts: policyProblems.join(', ') }), /polluted/.test(JSON.stringify(settings)) || settings.sites.some((site) => !/^https?:\/\//.test(site)) ? 'it allows what it does not say' : '');
      return taken(fixed.some((key) => given === null || !(key in given)) || /polluted/.test(JSON.stringify(settings)) ? 'it fixes what it does not name' : '');
    });
  });
});

afterAll(() => { console.info(`imports tried ${importsTried} of 17, hostile files ${triedInAll}`); expect([importsTried, triedInAll >= 17 * files]).toEqual([17, true]); });
