/** A coder behind the published contract, on loopback only: the batch coder of this repository, for boards to compare their own with and for the tests. */
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { openCoder, type Coder } from '../../entrypoints/batch/coder.js';
import type { ContractRequest } from '../../lib/coding/coders/index.js';
import { faultsOf } from './json-schema.js';

const contract = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../assets/contract/auto-coder.openapi.json'), 'utf8')) as { readonly components: { readonly schemas: { readonly Request: Record<string, unknown> } } };

export interface SeenRequest { readonly method: string; readonly path: string; readonly headers: IncomingMessage['headers']; readonly body: string }

export interface Served {
  /** Where requests are posted to. */
  readonly url: string;
  readonly bodies: string[];
  /** Everything that reached it, questions of the browser before the request too: method, path, headers, body. */
  readonly requests: SeenRequest[];
  readonly close: () => Promise<void>;
}

export async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** Lets an extension's page or worker ask and read the answer, as the contract has it; no web page. Without `Retry-After` among what is exposed the browser hides it. */
function allowExtension({ headers: { origin } }: IncomingMessage, answer: ServerResponse): void {
  if (origin === undefined || !/^(?:chrome|moz)-extension:\/\/[\w-]+$/.test(origin)) return;
  answer.setHeader('access-control-allow-origin', origin);
  answer.setHeader('access-control-allow-headers', 'content-type');
  answer.setHeader('access-control-expose-headers', 'retry-after');
  answer.setHeader('vary', 'origin');
}

/** Serves on a free port of 127.0.0.1; over TLS where a certificate is given. */
export async function serve(listener: (body: string) => RequestListener, tls?: { readonly key: string; readonly cert: string }): Promise<Served> {
  const bodies: string[] = [];
  const requests: SeenRequest[] = [];
  const hear: RequestListener = (incoming, answer) => {
    void bodyOf(incoming).then((body) => {
      const { method = '', url = '', headers } = incoming;
      requests.push({ method, path: url, headers, body });
      allowExtension(incoming, answer);
      if (method === 'OPTIONS') { answer.writeHead(204).end(); return; }
      bodies.push(body);
      listener(body)(incoming, answer);
    }, () => { answer.destroy(); });
  };
  const server = tls ? createTlsServer({ ...tls }, hear) : createServer(hear);
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  return { url: `http${tls ? 's' : ''}://127.0.0.1:${(server.address() as AddressInfo).port}/v1/suggestions`, bodies, requests, close: () => new Promise((done) => { server.closeAllConnections(); server.close(() => done()); }) };
}

/** The reply of the batch coder to a request of the contract, or what the request does wrong. */
export function replyOf(body: string, coder: Coder): { readonly status: 200 | 400; readonly body: string } {
  let request: ContractRequest;
  try {
    const data: unknown = JSON.parse(body);
    const faults = faultsOf(data, contract.components.schemas.Request, contract);
    if (faults.length > 0) return { status: 400, body: JSON.stringify({ faults }) };
    request = data as ContractRequest;
  } catch { return { status: 400, body: JSON.stringify({ faults: ['not JSON'] }) }; }
  const codes = coder.shelf.on({ day: request.classifications.day, ground: 'discharged' });
  const suggestions = request.documents.flatMap(({ id, text }) => coder.code(text, request.specialty, 'full', codes).coding.suggestions.filter(({ shown }) => shown).map(({ system, code, confidence, evidence }) => ({
    classification: system, code, confidence: Math.min(1, Math.max(0, confidence)), evidence: evidence.slice(0, 20).map(({ span }) => ({ document: id, start: span.start, end: span.end })),
  })));
  const once = [...new Map(suggestions.map((one) => [`${one.classification} ${one.code}`, one])).values()].slice(0, 50);
  return { status: 200, body: JSON.stringify({ schema: 1, nonce: request.nonce, model: 'Nodi batch coder', suggestions: once }) };
}

/** Starts the reference server. */
export function serveReference(coder: Coder = openCoder()): Promise<Served> {
  return serve((body) => (_incoming, answer) => {
    const reply = replyOf(body, coder);
    answer.writeHead(reply.status, { 'content-type': 'application/json' }).end(reply.body);
  });
}
