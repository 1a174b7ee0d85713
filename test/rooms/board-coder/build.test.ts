/** The default package holds nothing that sends; the connected one may send to the origins that it was built for and to no other. */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const origin = 'https://coder.example.wales.nhs.uk';
/** Words that only the code of a board's coder or server has: of the sender, the contract, the circuit, the panel; of the statement, the outbox, the credential, the alarm, the data page. */
const marks = ['/v1/suggestions', 'no-referrer', 'other-nonce', 'span-inverted', 'circuit-open', 'retry-after', '█', 'conditionalCreate', 'transaction-response', 'sending-credential', 'Bearer ', 'nodi-sending', 'sending-credential-help'];

function build(origins: string): { readonly policy: string; readonly scripts: string; readonly permissions: readonly string[] } {
  const done = spawnSync(process.execPath, ['node_modules/wxt/bin/wxt.mjs', 'build', '-b', 'chrome', '--mv3'], { cwd: root, encoding: 'utf8', env: { ...process.env, NODI_CODER_ORIGINS: origins, NODI_OUT: '.cache/build-test' } });
  if (done.status !== 0) throw new Error(done.stderr.slice(-2_000) || done.stdout.slice(-2_000));
  const folder = join(root, '.cache/build-test', 'chrome-mv3');
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { readonly permissions: readonly string[]; readonly content_security_policy: { readonly extension_pages: string } };
  const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js')).map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  rmSync(join(root, '.cache/build-test'), { recursive: true });
  return { policy: /connect-src [^;]*/.exec(manifest.content_security_policy.extension_pages)?.[0] ?? '', scripts, permissions: manifest.permissions };
}

describe('the package', () => {
  it('holds no code that asks a board’s coder or sends to its server unless it was built for one', () => {
    const plain = build('');
    expect(plain.policy).toBe("connect-src 'self'");
    // The words of the interface stand in every package, in both languages; nothing there sends.
    const held = (scripts: string): string[] => marks.filter((mark) => scripts.includes(mark) || scripts.includes(mark.replace('█', '\\u2588')));
    const connected = build(origin);
    expect(connected.policy).toBe(`connect-src 'self' ${origin}`);
    console.info(`marks ${marks.length}; in the default package ${held(plain.scripts).length}, in the connected one ${held(connected.scripts).length}`);
    expect(held(connected.scripts)).toEqual(marks);
    // What waits is sent by the browser's alarm, which a package that sends nothing does not ask for.
    expect(connected.permissions.filter((one) => !plain.permissions.includes(one))).toEqual(['alarms']);
    expect(held(plain.scripts).filter((mark) => !inWords(mark))).toEqual([]);
  });
  it('is not built for what is no https origin', () => {
    for (const bad of ['http://coder.example', 'https://user@coder.example', 'https://*.nhs.uk', 'https://coder.example;script-src']) expect(() => build(bad), bad).toThrow(/no https origin/);
  });
});

const catalogues = ['en-GB', 'cy'].map((name) => readFileSync(join(root, `assets/languages/${name}/messages.json`), 'utf8')).join('\n');
function inWords(mark: string): boolean { return catalogues.includes(mark); }
