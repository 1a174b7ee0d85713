import type { AdapterDefinition } from '../../model/adapter.js';

const field = (name: string): { readonly selector: string; readonly from: 'text' } => ({ selector: `[data-field="${name}"]`, from: 'text' });

/** The sample record that comes with Nodi. */
export const glanYDon: AdapterDefinition = {
  id: 'glan-y-don',
  version: 1,
  name: 'Glan-y-Don Clinical Portal (sample)',
  matches: ['http://127.0.0.1/*', 'http://localhost/*'],
  banner: { region: ['[data-region="patient-banner"]'], identifier: [field('nhs-number')], name: [field('name'), field('patient-name')] },
  episode: {
    number: [field('episode-number')], specialty: [field('specialty')], consultant: [field('consultant')],
    admitted: [field('admission'), field('admitted')], discharged: [field('discharge'), field('discharged')], patientClass: [field('patient-class')],
  },
  notes: [{
    region: '[data-region="document"]',
    kind: { attribute: 'data-document-kind', values: {
      'clinic-letter': 'clinic-letter', 'operation-note': 'operation-note', 'discharge-letter': 'discharge-letter', 'ward-round': 'ward-round',
      referral: 'referral', result: 'result', results: 'result', 'pre-assessment': 'pre-assessment',
    } },
    idAttribute: 'data-document-id',
    title: [field('document-title'), { selector: 'h2', from: 'text' }, { selector: 'h3', from: 'text' }],
    date: [{ selector: '[data-field="document-date"]', from: 'text' }],
    identifier: [field('document-nhs-number')],
  }],
  exclude: ['[data-role="decision-support"]', '[data-role="help"]', '[data-role="menu"]', 'nav'],
  shadowHosts: ['letter-card', 'sealed-letter'],
};
