import type { Page } from 'playwright-core';

/** One coder's counts, as another device would write them: rows and finished episodes of a pack. */
export interface InventedCoder { readonly finished: readonly (readonly [string, number])[]; readonly rows: readonly (readonly (string | number)[])[] }

/** A pack as other browsers would sign it, each part with a pair of keys of its own, made by the page's browser; by no code of the product. `after` changes a count of it once it is signed. */
export function signedPack(page: Page, coders: readonly InventedCoder[], after: 'left' | 'changed' = 'left'): Promise<string> {
  return page.evaluate(async ({ all, changed }) => {
    const written = (bytes: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
    const parts = await Promise.all(all.map(async ({ finished, rows }) => {
      const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
      const key = written(await crypto.subtle.exportKey('raw', pair.publicKey));
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key)));
      const part = { device: [...hash.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join(''), version: 9, finished, rows };
      return { part, key, signature: written(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, new TextEncoder().encode(JSON.stringify([1, part.device, part.version, finished, rows])))) };
    }));
    return JSON.stringify({ kind: 'nodi-pack', schema: 1, parts: changed ? parts.map((one) => ({ ...one, part: { ...one.part, rows: one.part.rows.map((row, first) => (first === 0 ? row.map((cell, at) => (at === 8 ? Number(cell) + 1 : cell)) : row)) } })) : parts });
  }, { all: coders, changed: after === 'changed' });
}
