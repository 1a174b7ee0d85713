import { fail, type Result } from '../../base/result.js';
import type { Lifetime } from '../../base/lifetime.js';
import type { CoderFailure } from '../../model/auto-coder.js';
import type { AutoCoder } from '../../model/ports.js';
import { checkReply, type RawReply } from './check-reply.js';
import { mostCharacters, writeRequest } from './contract.js';

/** What a remote coder stands on: the one sender, and chance for its nonces. */
export interface RemoteWires {
  /** Posts JSON to the coder's address; the entrypoint knows which. */
  readonly post: (body: string, signal: Lifetime) => Promise<Result<RawReply, CoderFailure>>;
  /** A fresh UUID for each request, so that an answer to another one is known as such. */
  readonly nonce: () => string;
}

/** A coder behind the published contract. It sends only what `writeRequest` writes, and gives only what `checkReply` leaves. */
export function createRemoteCoder({ post, nonce }: RemoteWires): AutoCoder {
  return {
    id: 'remote',
    async ask(question, signal) {
      const characters = question.documents.reduce((sum, { text }) => sum + text.length, 0);
      if (characters > mostCharacters) return fail({ kind: 'too-much-text', characters });
      const { 'ICD-10': icd, 'OPCS-4': opcs } = question.codes.systems;
      if (question.documents.every(({ text }) => text.trim() === '') || !(icd.ok || opcs.ok)) return fail({ kind: 'nothing-to-ask' });
      const request = writeRequest(question, nonce());
      const reply = await post(JSON.stringify(request), signal);
      if (signal.aborted) return fail({ kind: 'withdrawn' });
      return reply.ok ? checkReply(reply.value, request, question) : reply;
    },
  };
}
