import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CodedRecord } from '../../../lib/sync/coded-record.js';
import { defaultFhirNames, fhirBundle, type FhirBundle, type FhirResource } from '../../../lib/sync/fhir-bundle.js';
import { readCode } from '../../../lib/model/code.js';
import { startFhirEngine, type FhirEngine } from './fhir-engine.js';
import { anyRecord, cataract, unitOf } from './invented-episodes.js';

const maker = { made: Date.UTC(2026, 10, 27, 7, 5), version: '0.1.0' };
const made = (record: CodedRecord): FhirBundle => { const bundle = fhirBundle(record, maker); if (!bundle) throw new Error('nothing coded'); return bundle; };
type Of<Type extends FhirResource['resourceType']> = Extract<FhirResource, { readonly resourceType: Type }>;
const kindOf = <Type extends FhirResource['resourceType']>(bundle: FhirBundle, type: Type): readonly { readonly fullUrl: string; readonly resource: Of<Type> }[] => bundle.entry.flatMap(({ fullUrl, resource }) => (resource.resourceType === type ? [{ fullUrl, resource: resource as Of<Type> }] : []));
const isCoded = ({ coded }: CodedRecord): boolean => coded.diagnoses.length + coded.procedures.length > 0;

/** The codes of a classification in the order that the Encounter gives, by following its references. */
function orderTold(bundle: FhirBundle, type: 'Condition' | 'Procedure'): readonly (string | null)[] {
  const [encounter] = kindOf(bundle, 'Encounter');
  const ranked = type === 'Condition'
    ? (encounter?.resource.diagnosis ?? []).map(({ rank, condition }) => ({ rank, to: condition.reference }))
    : (encounter?.resource.extension ?? []).map(({ extension = [] }) => ({ rank: extension[0]?.valuePositiveInt ?? -1, to: extension[1]?.valueReference?.reference }));
  const at = new Map<string, string>(kindOf(bundle, type).map(({ fullUrl, resource }) => [fullUrl, resource.code.coding[0].code]));
  return [...ranked].sort((a, b) => a.rank - b.rank).map(({ to }) => readCode(at.get(to ?? '') ?? ''));
}

describe('a coded episode as FHIR', () => {
  let engine: FhirEngine;
  beforeAll(async () => { engine = await startFhirEngine(); });

  it('says each code by its classification and edition, confirmed, and whom it leaves unnamed', () => {
    const [first] = kindOf(made(cataract), 'Condition');
    expect(first?.resource).toEqual({
      resourceType: 'Condition', meta: { tag: [{ system: 'urn:nodi:fhir:coding-depth', code: 'full' }] },
      identifier: [{ system: 'urn:nodi:fhir:code', value: expect.stringMatching(/^[0-9a-f]{64}$/) }],
      verificationStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'confirmed' }] },
      category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-category', code: 'encounter-diagnosis' }] }],
      code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', version: 'icd-10-5th-edition', code: 'E11.3' }] },
      subject: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }] },
      encounter: { identifier: { system: 'urn:nodi:fhir:episode', value: cataract.coded.episode } },
    });
    expect(kindOf(made(cataract), 'Condition').map(({ resource }) => resource.code.coding[0].code)).toEqual(['E11.3', 'H28.0', 'I10']);
  });
  it('records a site and a side as part of their procedure, and the same side twice', () => {
    const procedures = kindOf(made(cataract), 'Procedure');
    expect(procedures.map(({ resource }) => [resource.code.coding[0].code, resource.partOf?.[0]?.reference])).toEqual([['C75.1', undefined], ['Z94.2', procedures[0]?.fullUrl], ['C71.2', undefined], ['Z94.2', procedures[2]?.fullUrl]]);
    expect(new Set(procedures.map(({ fullUrl }) => fullUrl)).size).toBe(4);
  });
  it('names software and a role in its provenance, and no person', () => {
    const [provenance] = kindOf(made(cataract), 'Provenance');
    expect(provenance?.resource.recorded).toBe('2026-11-27T07:05:00.000Z');
    expect(provenance?.resource.agent.map(({ who }) => who.display)).toEqual(['Clinical coder', 'Nodi 0.1.0']);
    expect(provenance?.resource.target).toHaveLength(8);
  });
  it('takes the names of the receiving board', () => {
    const bundle = fhirBundle(cataract, maker, { systems: { ...defaultFhirNames.systems, 'OPCS-4': 'https://board.example/opcs-4' }, ours: 'https://board.example/nodi' });
    expect(JSON.stringify(bundle)).not.toContain('fhir.hl7.org.uk');
    expect(bundle?.entry[0]?.request.ifNoneExist).toMatch(/^identifier=https:\/\/board\.example\/nodi\/code\|[0-9a-f]{64}$/);
    if (bundle) engine.validate(bundle);
  });
  it('is nothing where nothing is coded', () => {
    expect(fhirBundle({ ...cataract, coded: { ...cataract.coded, diagnoses: [], procedures: [] } }, maker)).toBeNull();
  });

  it('is valid FHIR R4 to an engine that is not ours, keeps order and loses nothing', () => {
    let tried = 0;
    fc.assert(fc.property(anyRecord.filter(isCoded), (record) => {
      const bundle = made(record);
      engine.validate(bundle);
      for (const { resource, request } of bundle.entry) { engine.validate(resource); expect(request.ifNoneExist).toMatch(/^(identifier|_tag)=[^|]+\|[0-9a-f]{64}$/); }
      expect(orderTold(bundle, 'Condition')).toEqual(record.coded.diagnoses.flatMap(({ codes }) => codes));
      expect(orderTold(bundle, 'Procedure')).toEqual(record.coded.procedures.flatMap(({ codes }) => codes));
      expect(bundle.entry.every(({ resource }) => resource.meta.tag[0]?.code === record.depth)).toBe(true);
      tried += 1;
    }), { numRuns: 60 });
    expect(() => engine.validate({ resourceType: 'Condition', code: 1 })).toThrow();
    console.info(`bundles validated: tried ${tried}, bad 0`);
    expect(tried).toBeGreaterThanOrEqual(50);
  });

  it('creates nothing twice when it is sent again', async () => {
    let sent = 0;
    const types = ['Encounter', 'Condition', 'Procedure', 'Provenance'] as const;
    // The engine takes its time: about 50 ms for each entry.
    const few = anyRecord.filter((record) => isCoded(record) && record.coded.diagnoses.length + record.coded.procedures.length < 6);
    for (const record of [cataract, ...fc.sample(few, { numRuns: 7, seed: 7 })]) {
      const server = await startFhirEngine();
      expect(new Set(await server.send(made(record)))).toEqual(new Set(['201']));
      const before = await Promise.all(types.map(server.count));
      // The acknowledgement was lost, and it is another day.
      expect(new Set(await server.send(fhirBundle(record, { made: maker.made + 86_400_000, version: '0.1.0' }) ?? {}))).toEqual(new Set(['200']));
      expect(await Promise.all(types.map(server.count))).toEqual(before);
      expect(before.reduce((sum, count) => sum + count, 0)).toBe(made(record).entry.length);
      sent += 1;
    }
    console.info(`bundles sent twice: tried ${sent}, bad 0`);
    expect(sent).toBe(8);
  });
  it('keeps a coding that was corrected beside the first, under the same episode', async () => {
    const server = await startFhirEngine();
    await server.send(made(cataract));
    const [first, ...rest] = cataract.coded.diagnoses;
    if (!first) throw new Error('no diagnosis');
    const statuses = await server.send(made({ ...cataract, coded: { ...cataract.coded, diagnoses: [...rest, first, unitOf('ICD-10', 'Z86.7')] } }));
    expect(statuses.filter((status) => status === '201')).toHaveLength(3);
    expect(await server.count('Condition')).toBe(4);
    const encounters = await server.all('Encounter') as readonly Of<'Encounter'>[];
    expect(encounters.map(({ identifier }) => identifier[0]?.value)).toEqual([cataract.coded.episode, cataract.coded.episode]);
    expect(encounters.every(({ diagnosis = [] }) => diagnosis.every(({ condition }) => condition.reference?.startsWith('Condition/')))).toBe(true);
  });
});
