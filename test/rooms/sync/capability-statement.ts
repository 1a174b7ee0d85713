import { sentTypes } from '../../../lib/model/sending.js';

interface Statement {
  fhirVersion: string;
  format: string[];
  readonly resourceType: 'CapabilityStatement';
  readonly status: 'active';
  readonly kind: 'instance';
  readonly rest: [{ readonly mode: 'server'; interaction: { readonly code: string }[]; resource: { readonly type: string; readonly conditionalCreate: boolean; readonly conditionalUpdate: boolean }[] }];
}

/** What a server that can take everything says of itself. */
export function capabilityStatement(): Statement {
  return {
    resourceType: 'CapabilityStatement', status: 'active', kind: 'instance', fhirVersion: '4.0.1', format: ['application/fhir+json'],
    rest: [{ mode: 'server', interaction: [{ code: 'transaction' }, { code: 'batch' }], resource: [...sentTypes, 'MeasureReport'].map((type) => ({ type, conditionalCreate: true, conditionalUpdate: true })) }],
  };
}
