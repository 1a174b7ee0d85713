import * as v from 'valibot';
import { sentTypes, type ServerFault } from '../model/sending.js';
import type { BundleKind } from './statement-bundle.js';

const resource = v.object({ type: v.string(), conditionalCreate: v.optional(v.boolean(), false), conditionalUpdate: v.optional(v.boolean(), false), interaction: v.optional(v.array(v.object({ code: v.string() })), []) });
const rest = v.object({ mode: v.string(), interaction: v.optional(v.array(v.object({ code: v.string() })), []), resource: v.optional(v.array(resource), []) });
const statement = v.object({ resourceType: v.literal('CapabilityStatement'), kind: v.optional(v.string()), fhirVersion: v.optional(v.string(), ''), format: v.optional(v.array(v.string()), []), rest: v.array(rest) });

/** What a server can do for us, by its own statement. */
export type ServerFit = { readonly isFit: true; readonly bundle: BundleKind; /** It keeps monthly figures, and changes them by their key. */ readonly takesFigures: boolean } | { readonly isFit: false; readonly faults: readonly [ServerFault, ...ServerFault[]] };

/**
 * Reads a CapabilityStatement (`/metadata`). Without conditional creates and updates a reply that was lost would count twice, so a server that does not say that it
 * has them is sent nothing; nor is one of another version than R4, whose DetectedIssue and Task have other fields.
 */
export function readServerFit(text: string): ServerFit {
  let data: unknown;
  try { data = JSON.parse(text); } catch { return { isFit: false, faults: [{ kind: 'no-statement' }] }; }
  const read = v.safeParse(statement, data);
  const server = read.success ? read.output.rest.find(({ mode }) => mode === 'server') : undefined;
  // A description of what software could do (`capability`, `requirements`) is no word of this server's.
  if (!read.success || !server || (read.output.kind !== undefined && read.output.kind !== 'instance')) return { isFit: false, faults: [{ kind: 'no-statement' }] };
  const { fhirVersion, format } = read.output;
  const has = (code: BundleKind): boolean => server.interaction.some((one) => one.code === code);
  const faults: ServerFault[] = [];
  if (!/^4\.0(?:\.\d+)?$/.test(fhirVersion)) faults.push({ kind: 'not-r4', version: /^[\w.-]{1,20}$/.test(fhirVersion) ? fhirVersion : '' });
  if (!format.some((one) => /^(?:json|application\/(?:fhir\+)?json)(?:\s*;|$)/i.test(one))) faults.push({ kind: 'no-json' });
  if (!has('transaction') && !has('batch')) faults.push({ kind: 'no-bundle' });
  for (const type of sentTypes) {
    const found = server.resource.find((one) => one.type === type);
    if (!found) { faults.push({ kind: 'no-resource', type }); continue; }
    if (!found.conditionalCreate) faults.push({ kind: 'no-conditional-create', type });
    if (!found.conditionalUpdate) faults.push({ kind: 'no-conditional-update', type });
  }
  const [first, ...others] = faults;
  return first ? { isFit: false, faults: [first, ...others] } : { isFit: true, bundle: has('transaction') ? 'transaction' : 'batch', takesFigures: server.resource.some(({ type, conditionalUpdate }) => type === 'MeasureReport' && conditionalUpdate) };
}
