import { describe, expect, it } from 'vitest';
import { sentTypes, type ServerFault } from '../../../lib/model/sending.js';
import { readServerFit } from '../../../lib/sync/server-fit.js';
import { capabilityStatement } from './capability-statement.js';

const fit = (change: (statement: ReturnType<typeof capabilityStatement>) => unknown): ReturnType<typeof readServerFit> => { const statement = capabilityStatement(); return readServerFit(JSON.stringify(change(statement) ?? statement)); };
const faults = (change: Parameters<typeof fit>[0]): readonly ServerFault[] => { const read = fit(change); return read.isFit ? [] : read.faults; };

describe('what a server says that it can do', () => {
  it('is enough with FHIR R4, JSON, bundles and conditional creates and updates of the three kinds of resource', () => {
    expect(fit(() => undefined)).toEqual({ isFit: true, bundle: 'transaction', takesFigures: true });
    expect(fit((one) => { one.rest[0].interaction = [{ code: 'batch' }]; })).toEqual({ isFit: true, bundle: 'batch', takesFigures: true });
    // One that keeps no monthly figures, or could double them, is told everything else.
    expect(fit((one) => { one.rest[0].resource = one.rest[0].resource.filter(({ type }) => type !== 'MeasureReport'); })).toEqual({ isFit: true, bundle: 'transaction', takesFigures: false });
    expect(fit((one) => { for (const resource of one.rest[0].resource) if (resource.type === 'MeasureReport') Object.assign(resource, { conditionalUpdate: false }); })).toMatchObject({ isFit: true, takesFigures: false });
    expect(fit((one) => ({ ...one, fhirVersion: '4.0.0', format: ['xml', 'json'], software: { name: 'HAPI' }, rest: [{ mode: 'client' }, { ...one.rest[0], resource: [...one.rest[0].resource, { type: 'Patient' }] }] }))).toMatchObject({ isFit: true });
  });

  it('is refused with everything that it lacks, by name', () => {
    const cases: readonly (readonly [Parameters<typeof fit>[0], readonly ServerFault[]])[] = [
      [(one) => { one.fhirVersion = '5.0.0'; }, [{ kind: 'not-r4', version: '5.0.0' }]],
      [(one) => { one.fhirVersion = '3.0.2'; }, [{ kind: 'not-r4', version: '3.0.2' }]],
      [(one) => { one.fhirVersion = '<script>'; }, [{ kind: 'not-r4', version: '' }]],
      [(one) => { one.format = ['application/fhir+xml']; }, [{ kind: 'no-json' }]],
      [(one) => { one.rest[0].interaction = [{ code: 'history-system' }]; }, [{ kind: 'no-bundle' }]],
      [(one) => { one.rest[0].resource = one.rest[0].resource.filter(({ type }) => type !== 'Task'); }, [{ kind: 'no-resource', type: 'Task' }]],
      [(one) => { for (const resource of one.rest[0].resource) Object.assign(resource, { conditionalCreate: false }); }, sentTypes.map((type) => ({ kind: 'no-conditional-create', type }))],
      [(one) => { for (const resource of one.rest[0].resource) if (resource.type === 'DetectedIssue') Object.assign(resource, { conditionalUpdate: undefined }); }, [{ kind: 'no-conditional-update', type: 'DetectedIssue' }]],
      [(one) => ({ ...one, kind: 'requirements' }), [{ kind: 'no-statement' }]],
      [(one) => ({ ...one, rest: [{ ...one.rest[0], mode: 'client' }] }), [{ kind: 'no-statement' }]],
      [() => ({ resourceType: 'OperationOutcome', issue: [] }), [{ kind: 'no-statement' }]],
      [() => [], [{ kind: 'no-statement' }]],
      [(one) => ({ ...one, rest: 'all' }), [{ kind: 'no-statement' }]],
    ];
    for (const [change, expected] of cases) expect(faults(change)).toEqual(expected);
    expect(readServerFit('<!doctype html>')).toEqual({ isFit: false, faults: [{ kind: 'no-statement' }] });
    console.log(`servers that lack something: tried ${cases.length + 1}, taken for fit 0`);
  });
});
