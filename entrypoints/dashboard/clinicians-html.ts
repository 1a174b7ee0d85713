import type { Locale } from '../../lib/model/language.js';

const base64 = (bytes: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(bytes)));

/**
 * One file that opens anywhere without a network: its own style and its own script, and a policy that lets nothing else run or be fetched. The script is
 * put in as words, never as a node: our own pages let no script be made of words.
 */
export async function cliniciansHtml(nodes: readonly Node[], { locale, title, style, script }: { readonly locale: Locale; readonly title: string; readonly style: string; readonly script: string }): Promise<string> {
  const file = document.implementation.createHTMLDocument(title);
  file.documentElement.lang = locale;
  const meta = (attributes: Readonly<Record<string, string>>): Element => { const made = file.createElement('meta'); for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value); return made; };
  const hash = base64(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(script)));
  const own = file.createElement('style');
  own.textContent = style;
  file.head.prepend(meta({ charset: 'utf-8' }), meta({ 'http-equiv': 'Content-Security-Policy', content: `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'` }), meta({ name: 'viewport', content: 'width=device-width, initial-scale=1' }));
  file.head.append(own);
  file.body.append(...nodes.map((node) => file.importNode(node, true)));
  const html = file.documentElement.outerHTML;
  const end = html.lastIndexOf('</body>');
  return `<!doctype html>\n${html.slice(0, end)}<script>${script}</script>${html.slice(end)}\n`;
}
