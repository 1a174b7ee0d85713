import type { LearnedStore } from './learned-store.js';

/** This device, as it vouches for what it shares. */
export interface DeviceKeys {
  /** 16 hex digits made of the public key: nobody else can sign under the name. */
  readonly device: string;
  /** Raw P-256 point, base64url. */
  readonly key: string;
  /** ECDSA P-256 with SHA-256, base64url. */
  readonly sign: (text: string) => Promise<string>;
}

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signing = { name: 'ECDSA', hash: 'SHA-256' } as const;

const written = (bytes: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));

/** The device's own keys, made the first time; the private one cannot be taken out of the browser. */
export async function deviceKeys(store: Pick<LearnedStore, 'read' | 'write'>): Promise<DeviceKeys> {
  const kept = await store.read('keys') as CryptoKeyPair | undefined;
  const pair = kept ?? await crypto.subtle.generateKey(curve, false, ['sign', 'verify']);
  if (!kept) await store.write('keys', pair);
  const key = written(await crypto.subtle.exportKey('raw', pair.publicKey));
  return { device: await deviceOf(key), key, sign: async (text) => written(await crypto.subtle.sign(signing, pair.privateKey, new TextEncoder().encode(text))) };
}

/** The name of the device that a public key belongs to; of anything else a name that belongs to none. */
export async function deviceOf(key: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key)));
  return [...hash.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Was this text signed with that key, for that device? False for whatever is not a key or a signature. */
export async function isSigned({ device, key, signature, text }: { readonly device: string; readonly key: string; readonly signature: string; readonly text: string }): Promise<boolean> {
  try {
    if (device !== await deviceOf(key)) return false;
    return await crypto.subtle.verify(signing, await crypto.subtle.importKey('raw', bytesOf(key), curve, true, ['verify']), bytesOf(signature), new TextEncoder().encode(text));
  } catch { return false; }
}
