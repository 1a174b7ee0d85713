/** A certificate that signs itself, made anew for each run: no key is ever kept. X.509 v3 (RFC 5280) in DER, as far as a test server needs it. */
import { generateKeyPairSync, sign } from 'node:crypto';

const part = (tag: number, ...inside: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(inside);
  const length = body.length < 0x80 ? [body.length] : body.length < 0x100 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const sequence = (...inside: readonly Uint8Array[]): Buffer => part(0x30, ...inside);
const ecdsaWithSha256 = sequence(part(0x06, Buffer.from('2a8648ce3d040302', 'hex')));
/** UTCTime: two figures of the year, to the second. */
const time = (at: number): Buffer => part(0x17, Buffer.from(`${new Date(at).toISOString().slice(2, 19).replace(/[-T:]/g, '')}Z`));

/** Key and certificate of a host for a day, as PEM. */
export function selfSigned(host: string): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const name = sequence(part(0x31, sequence(part(0x06, Buffer.from('550403', 'hex')), part(0x0c, Buffer.from(host)))));
  const alternative = sequence(part(0x06, Buffer.from('551d11', 'hex')), part(0x04, sequence(part(0x82, Buffer.from(host)))));
  const now = Date.now();
  const told = sequence(part(0xa0, part(0x02, Buffer.from([2]))), part(0x02, Buffer.from([1])), ecdsaWithSha256, name, sequence(time(now - 3_600_000), time(now + 86_400_000)), name, publicKey.export({ type: 'spki', format: 'der' }), part(0xa3, sequence(alternative)));
  const whole = sequence(told, ecdsaWithSha256, part(0x03, Buffer.from([0]), sign('sha256', told, privateKey)));
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: `-----BEGIN CERTIFICATE-----\n${(whole.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n` };
}
