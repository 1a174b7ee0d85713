import type { SentType } from '../model/sending.js';
import type { SharedStatement } from '../model/shared-statement.js';
import type { FhirNames } from './fhir-bundle.js';

interface Coding { readonly system: string; readonly code: string }
interface Concept { readonly coding: readonly Coding[] }
interface Identifier { readonly system: string; readonly value: string }
interface Extension { readonly url: string; readonly valueCode?: string; readonly valueInteger?: number; readonly valueDateTime?: string }
interface Common { readonly identifier: readonly [Identifier, ...Identifier[]]; readonly extension: readonly Extension[] }

/** The kinds of resource that findings and queries are told in. FHIR R4; only the parts that are used. */
export type SharedResource =
  | Common & { readonly resourceType: 'DetectedIssue'; readonly status: 'final' | 'entered-in-error'; readonly code: Concept; readonly identifiedDateTime: string; readonly implicated: readonly [{ readonly identifier: Identifier }] }
  | Common & { readonly resourceType: 'Task'; readonly status: 'draft' | 'requested' | 'completed' | 'entered-in-error'; readonly intent: 'order'; readonly businessStatus: Concept; readonly code: Concept; readonly authoredOn: string; readonly lastModified: string; readonly focus?: { readonly identifier: Identifier }; readonly restriction?: { readonly period: { readonly end: string } } }
  | Common & { readonly resourceType: 'Communication'; readonly status: 'preparation' | 'completed' | 'entered-in-error'; readonly topic: Concept; readonly about: readonly [{ readonly identifier: Identifier }] };

export interface SharedEntry {
  readonly resource: SharedResource;
  /** Made where its key is not there yet, or said anew of the one that has it. */
  readonly request: { readonly method: 'POST'; readonly url: SentType; readonly ifNoneExist: string } | { readonly method: 'PUT'; readonly url: string };
}

/** How entries are sent together: as one transaction, or one by one in a batch where a server knows no transactions. */
export type BundleKind = 'transaction' | 'batch';

export interface SharedBundle { readonly resourceType: 'Bundle'; readonly type: BundleKind; readonly entry: readonly SharedEntry[] }

/** A name of our own under the board's address. */
export const namesOf = (names: FhirNames) => (part: string): string => `${names.ours}${/^https?:/.test(names.ours) ? '/' : ':'}${part}`;

const iso = (at: number): string => new Date(at).toISOString();

/**
 * A finding is a DetectedIssue; a query a Task, with a Communication that names the template and the language in which it was written. Each is of one machine:
 * two coders on one note make two DetectedIssues, of which `said` names the one that a machine writes and `finding` what both are about. So no machine's undo
 * takes the place of another's word, and whoever counts on the server counts what is `final`, each `finding` once.
 */
function resourcesOf(one: SharedStatement, names: FhirNames): readonly SharedResource[] {
  const ours = namesOf(names);
  const code = (name: string, value: string): Extension => ({ url: ours(name), valueCode: value });
  const integer = (name: string, value: number): Extension => ({ url: ours(name), valueInteger: value });
  const concept = (...codes: readonly (readonly [string, string])[]): Concept => ({ coding: codes.filter(([, value]) => value !== '').map(([system, value]) => ({ system: ours(system), code: value })) });
  const said = [code('event', one.event), code('machine', one.machine), integer('sequence', one.sequence)];
  const episode: Identifier = { system: ours('episode'), value: one.episode };
  if (one.kind === 'finding') {
    return [{
      resourceType: 'DetectedIssue', identifier: [{ system: ours('said'), value: `${one.machine}.${one.key}` }, { system: ours('finding'), value: one.key }], status: one.stands ? 'final' : 'entered-in-error', code: concept(['category', one.category], ['rule', one.rule]),
      identifiedDateTime: iso(one.at), implicated: [{ identifier: episode }],
      extension: [...said, code('specialty', one.specialty), code('document-kind', one.documentKind), code('author-role', one.authorRole), code('site', one.site), code('team', one.team), integer('minutes', one.minutes)],
    }];
  }
  const query: Identifier = { system: ours('query'), value: one.key };
  return [{
    resourceType: 'Task', identifier: [query], status: !one.stands ? 'entered-in-error' : one.state === 'drafted' ? 'draft' : one.state === 'sent' ? 'requested' : 'completed', intent: 'order',
    businessStatus: concept(['query-state', one.state], ['query-outcome', one.outcome]), code: concept(['category', one.category], ['rule', one.rule]), authoredOn: iso(one.drafted), lastModified: iso(one.at),
    ...(one.episode === '' ? {} : { focus: { identifier: episode } }), ...(one.due === 0 ? {} : { restriction: { period: { end: iso(one.due) } } }),
    extension: [...said, code('specialty', one.specialty), code('template', one.template), code('language', one.language), integer('findings', one.findings)],
  }, {
    resourceType: 'Communication', identifier: [{ system: ours('query-words'), value: one.key }], status: !one.stands ? 'entered-in-error' : one.state === 'drafted' ? 'preparation' : 'completed',
    topic: concept(['template', one.template]), about: [{ identifier: query }], extension: [code('language', one.language)],
  }];
}

/** `create` makes what is not there yet and leaves what is; `say` makes it or says it anew. */
export type SayingMode = 'create' | 'say';

/** The entries of one statement. Each names its key, the first of its identifiers, so that one sent twice adds nothing. */
export function entriesOf(one: SharedStatement, mode: SayingMode, names: FhirNames): readonly SharedEntry[] {
  return resourcesOf(one, names).map((resource) => {
    const { resourceType, identifier: [{ system, value }] } = resource;
    const query = `identifier=${system}|${value}`;
    return { resource, request: mode === 'create' ? { method: 'POST', url: resourceType, ifNoneExist: query } : { method: 'PUT', url: `${resourceType}?${query}` } };
  });
}

/** Statements as a transaction of FHIR R4: for a server, or as a file for a shared folder. */
export function statementBundle(statements: readonly SharedStatement[], names: FhirNames): SharedBundle {
  return { resourceType: 'Bundle', type: 'transaction', entry: statements.flatMap((one) => entriesOf(one, 'create', names)) };
}
