import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { defaultOpcs4Name } from '../model/encoder.js';
import { writtenCode, type ClinicalCode, type CodeSystem } from '../model/code.js';
import { placedCodes, type CodedRecord, type PlacedCode } from './coded-record.js';

/** By which names a receiving server knows the classifications and what is ours. */
export interface FhirNames {
  readonly systems: Readonly<Record<CodeSystem, string>>;
  /** Before the names of our own identifiers, tags and extensions: a URN, or an address without a slash at its end. They are names and need lead nowhere. */
  readonly ours: string;
}

/**
 * ICD-10 as HL7 and NHS Digital name it. The name of OPCS-4 is to be checked with the receiving board: no source was found that publishes it.
 * `ours` is the same in files and on every server, or what machines say would not meet.
 */
export const defaultFhirNames: FhirNames = {
  systems: { 'ICD-10': 'http://hl7.org/fhir/sid/icd-10', 'OPCS-4': defaultOpcs4Name },
  ours: 'urn:nodi:fhir',
};

/** The same with the board's own name of OPCS-4: files and a server must name it alike, or what they hold does not meet. */
export function namedFor(opcs4Name: string): FhirNames {
  return { ...defaultFhirNames, systems: { ...defaultFhirNames.systems, 'OPCS-4': opcs4Name } };
}

/** When and by what a bundle was made. Who coded is a role, never a name. */
export interface BundleMaker {
  /** Milliseconds since 1970 UTC. */
  readonly made: number;
  /** Version of Nodi, for example `0.1.0`. */
  readonly version: string;
}

interface Coding { readonly system: string; readonly code: string; readonly version?: string; readonly display?: string }
interface Concept { readonly coding: readonly [Coding] }
interface Identifier { readonly system: string; readonly value: string }
interface Extension { readonly url: string; readonly valueCode?: string; readonly valuePositiveInt?: number; readonly valueReference?: Reference; readonly extension?: readonly Extension[] }
interface Reference { readonly reference?: string; readonly identifier?: Identifier; readonly display?: string; readonly extension?: readonly Extension[] }
interface Meta { readonly tag: readonly Coding[] }

/** The four kinds of resource that a coded episode is told in. FHIR R4; only the parts that are used. */
export type FhirResource =
  | { readonly resourceType: 'Encounter'; readonly meta: Meta; readonly extension?: readonly Extension[]; readonly identifier: readonly Identifier[]; readonly status: 'finished'; readonly class: Coding; readonly diagnosis?: readonly { readonly condition: Reference; readonly use: Concept; readonly rank: number }[] }
  | { readonly resourceType: 'Condition'; readonly meta: Meta; readonly identifier: readonly Identifier[]; readonly verificationStatus: Concept; readonly category: readonly Concept[]; readonly code: Concept; readonly subject: Reference; readonly encounter: Reference }
  | { readonly resourceType: 'Procedure'; readonly meta: Meta; readonly identifier: readonly Identifier[]; readonly partOf?: readonly Reference[]; readonly status: 'completed'; readonly code: Concept; readonly subject: Reference; readonly encounter: Reference }
  | { readonly resourceType: 'Provenance'; readonly meta: Meta; readonly target: readonly Reference[]; readonly recorded: string; readonly agent: readonly { readonly type: Concept; readonly who: Reference }[] };

export interface FhirBundle {
  readonly resourceType: 'Bundle';
  readonly type: 'transaction';
  readonly entry: readonly { readonly fullUrl: string; readonly resource: FhirResource; readonly request: { readonly method: 'POST'; readonly url: string; readonly ifNoneExist: string } }[];
}

const hash = (...parts: readonly string[]): string => bytesToHex(sha256(utf8ToBytes(JSON.stringify(parts))));

/** A UUID of version 8 (RFC 9562) out of a hash: the same resource has the same name in every bundle. */
const uuidOf = (hex: string): string => `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;

/** FHIR carries WHO's spelling: the dot, and no X in the place of a fourth character that WHO does not have. */
const fhirCode = (code: ClinicalCode): string => (code.endsWith('X') ? code.slice(0, 3) : writtenCode(code));

/** Nobody is named: the receiver knows whom the episode is about by its own key. */
const masked: Reference = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }] };

/**
 * A coded episode as a transaction of FHIR R4; null where nothing is coded.
 *
 * Each entry is created only where its key is not there yet, so a bundle that is sent twice adds nothing. The key of the Encounter
 * is of the episode *and* of what it was coded to: a coding that was corrected is a new statement beside the old one, with the same episode
 * key, and the Provenance recorded last says which stands. `Encounter.diagnosis.rank` has the order of diagnoses, the extension
 * `procedure` that of procedures, for which R4 has no place. How far it is coded is a tag on every resource.
 */
export function fhirBundle({ coded, depth }: CodedRecord, maker: BundleMaker, names: FhirNames = defaultFhirNames): FhirBundle | null {
  const diagnoses = placedCodes(coded.diagnoses);
  const procedures = placedCodes(coded.procedures);
  if (diagnoses.length + procedures.length === 0) return null;
  const ours = (part: string): string => `${names.ours}${/^https?:/.test(names.ours) ? '/' : ':'}${part}`;

  const depthTag: Coding = { system: ours('coding-depth'), code: depth };
  const meta: Meta = { tag: [depthTag] };
  const keyOf = ({ unit, code, within }: PlacedCode): string => hash('code', coded.episode, unit.id, String(within), unit.system, code, unit.list, depth);
  const statement = hash('statement', coded.episode, coded.coded ?? '', depth, ...[...diagnoses, ...procedures].map(keyOf));
  const encounterKey = hash('encounter', statement);
  const codeId = (key: string): Identifier => ({ system: ours('code'), value: key });
  const concept = ({ unit, code }: PlacedCode): Concept => ({ coding: [{ system: names.systems[unit.system], version: unit.list, code: fhirCode(code) }] });
  const known = (system: string, code: string): Concept => ({ coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }] });
  const to = (key: string): Reference => ({ reference: uuidOf(key) });
  const entry = (key: string, resource: FhirResource, ifNoneExist: string): FhirBundle['entry'][number] => ({ fullUrl: uuidOf(key), resource, request: { method: 'POST', url: resource.resourceType, ifNoneExist } });
  const byIdentifier = ({ system, value }: Identifier): string => `identifier=${system}|${value}`;
  // The codes name their episode by its key, not by one statement about it.
  const episode: Identifier = { system: ours('episode'), value: coded.episode };
  const encounter: Reference = { identifier: episode };
  const coding: Identifier = { system: ours('coding'), value: encounterKey };

  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      ...diagnoses.map((one) => entry(keyOf(one), {
        resourceType: 'Condition', meta, identifier: [codeId(keyOf(one))],
        verificationStatus: known('condition-ver-status', 'confirmed'), category: [known('condition-category', 'encounter-diagnosis')],
        code: concept(one), subject: masked, encounter,
      }, byIdentifier(codeId(keyOf(one))))),
      ...procedures.map((one) => {
        // What is recorded with a procedure (its site, its side, its method) is part of it.
        const lead = one.within === 0 ? undefined : procedures.find(({ unit, within }) => unit === one.unit && within === 0);
        return entry(keyOf(one), {
          resourceType: 'Procedure', meta, identifier: [codeId(keyOf(one))], ...(lead ? { partOf: [to(keyOf(lead))] } : {}),
          status: 'completed', code: concept(one), subject: masked, encounter,
        }, byIdentifier(codeId(keyOf(one))));
      }),
      entry(encounterKey, {
        resourceType: 'Encounter', meta, identifier: [episode, coding],
        status: 'finished', class: { system: 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor', code: 'UNK' },
        ...(procedures.length === 0 ? {} : { extension: procedures.map((one) => ({ url: ours('procedure'), extension: [{ url: 'rank', valuePositiveInt: one.position }, { url: 'procedure', valueReference: to(keyOf(one)) }] })) }),
        ...(diagnoses.length === 0 ? {} : { diagnosis: diagnoses.map((one) => ({ condition: to(keyOf(one)), use: known('diagnosis-role', 'DD'), rank: one.position })) }),
      }, byIdentifier(coding)),
      // A Provenance has no identifier in R4, so it is found by a tag.
      entry(hash('provenance', statement), {
        resourceType: 'Provenance', meta: { tag: [depthTag, { system: ours('statement'), code: statement }] },
        target: [encounterKey, ...[...diagnoses, ...procedures].map(keyOf)].map(to),
        recorded: new Date(maker.made).toISOString(),
        agent: [
          { type: known('provenance-participant-type', 'author'), who: { display: 'Clinical coder' } },
          { type: known('provenance-participant-type', 'assembler'), who: { identifier: { system: ours('software'), value: maker.version }, display: `Nodi ${maker.version}` } },
        ],
      }, `_tag=${ours('statement')}|${statement}`),
    ],
  };
}
