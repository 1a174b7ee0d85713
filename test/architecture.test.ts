import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** The plan, executable: who may know whom. A change of the plan is a change of these tables, with its reason in the commit. */
const root = resolve(import.meta.dirname, '..');

const rooms = ['base', 'model', 'capture', 'overlay', 'analysis', 'rulebook', 'coding', 'codebook', 'review', 'log', 'reports', 'sync', 'learning', 'training', 'audit', 'settings', 'messaging'];
const pureRooms = ['analysis', 'base', 'model', 'rulebook', 'coding', 'review', 'reports', 'sync', 'learning', 'training', 'audit'];

/** Packages that a room may import. What is not listed is refused. */
const packages: Readonly<Record<string, readonly string[]>> = {
  base: [], model: [],
  rulebook: ['valibot'],
  capture: ['valibot', '@noble/hashes'],
  review: [],
  coding: ['valibot'],
  learning: ['valibot'],
  // When a card comes back is ts-fsrs's to say (product/libraries.md); cases are files, hostile until their shape is checked.
  training: ['valibot', 'ts-fsrs'],
  // Names of what is sent are hashes of what it says, so that nothing is created twice; what other machines wrote is hostile until its shape is checked.
  sync: ['@noble/hashes', 'valibot'],
  log: ['dexie', '@noble/hashes', 'valibot'],
  codebook: ['dexie'],
  settings: ['webextension-polyfill', 'valibot'],
  messaging: ['webextension-polyfill', 'valibot'],
};
const componentPackages = ['preact', '@tanstack/query-core', 'i18next', '@leeoniya/ufuzzy'];
const topLevel = ['assets', 'components', 'entrypoints', 'lib', 'test', 'package.json', 'package-lock.json', 'tsconfig.json', 'wxt.config.ts', 'README.md', 'LICENSE', 'node_modules'];

interface Arrow { readonly from: string; readonly to: string; readonly inside: boolean }

function sources(folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((name) => /\.(ts|tsx)$/.test(name) && statSync(join(root, name)).isFile());
  } catch { return []; }
}

/** Every import, export-from, dynamic import and import type of a file: a type is knowledge. */
function arrowsOf(file: string): Arrow[] {
  const tree = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.ESNext, true);
  const found: Arrow[] = [];
  const add = (text: string): void => {
    if (!text.startsWith('.')) { found.push({ from: file, to: text, inside: false }); return; }
    const target = relative(root, resolve(root, dirname(file), text)).split(sep).join('/');
    found.push({ from: file, to: target, inside: true });
  };
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) add(node.moduleSpecifier.text);
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) add(node.argument.literal.text);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && node.arguments[0] && ts.isStringLiteral(node.arguments[0])) add(node.arguments[0].text);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

const library = sources('lib');
const views = sources('components');
const entries = sources('entrypoints');
const arrows = [...library, ...views, ...entries].flatMap(arrowsOf);
const roomOf = (path: string): string => (path.startsWith('lib/') ? path.split('/')[1] ?? '' : path.split('/')[0] ?? '');
const packageOf = (name: string): string => name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/');

describe('the house', () => {
  it('is read at all', () => {
    console.info(`files ${library.length + views.length + entries.length}, imports ${arrows.length}`);
    expect(library.length).toBeGreaterThan(15);
    expect(arrows.length).toBeGreaterThan(30);
  });

  it('has no room that the plan does not name', () => {
    expect(readdirSync(join(root, 'lib')).filter((name) => !rooms.includes(name))).toEqual([]);
    expect(readdirSync(root).filter((name) => !name.startsWith('.') && !topLevel.includes(name))).toEqual([]);
  });

  it('lets a room under lib know only base, model and itself', () => {
    const wrong = arrows.filter((arrow) => arrow.inside && arrow.from.startsWith('lib/')).filter((arrow) => {
      const from = roomOf(arrow.from);
      const to = roomOf(arrow.to);
      if (!arrow.to.startsWith('lib/')) return true;
      if (from === to) return false;
      if (from === 'base') return true;
      if (from === 'model') return to !== 'base';
      return to !== 'base' && to !== 'model';
    });
    expect(wrong).toEqual([]);
  });

  it('lets components know only base, model, each other and their words', () => {
    const wrong = arrows.filter((arrow) => arrow.inside && arrow.from.startsWith('components/'))
      .filter((arrow) => !/^(components|lib\/base|lib\/model|assets\/languages|assets\/[\w-]+\.css)/.test(arrow.to));
    expect(wrong).toEqual([]);
  });

  it('lets nobody import an entrypoint, and no entrypoint another', () => {
    const wrong = arrows.filter((arrow) => arrow.inside && arrow.to.startsWith('entrypoints/'))
      .filter((arrow) => !arrow.from.startsWith('entrypoints/') || arrow.from.split('/')[1] !== arrow.to.split('/')[1]);
    expect(wrong).toEqual([]);
  });

  it('keeps outside packages in the rooms that need them', () => {
    const wrong = arrows.filter((arrow) => !arrow.inside).filter((arrow) => {
      const name = packageOf(arrow.to);
      if (arrow.from.startsWith('lib/')) return !(packages[roomOf(arrow.from)] ?? []).includes(name);
      if (arrow.from.startsWith('components/viewer/') && name === 'pdfjs-dist') return false;
      if (arrow.from.startsWith('components/')) return !componentPackages.includes(name);
      return false;
    });
    expect(wrong).toEqual([]);
  });

  it('keeps the log and sync out of reach of the page', () => {
    const seen = new Set<string>();
    const queue = entries.filter((file) => file.startsWith('entrypoints/epr.content'));
    while (queue.length > 0) {
      const file = queue.pop();
      if (file === undefined || seen.has(file)) continue;
      seen.add(file);
      for (const arrow of arrows) {
        if (arrow.from !== file || !arrow.inside) continue;
        const target = arrow.to.replace(/\.js$/, '');
        queue.push(...[...library, ...views, ...entries].filter((name) => name === `${target}.ts` || name === `${target}.tsx` || name === `${target}/index.ts`));
      }
    }
    expect([...seen].filter((file) => /^lib\/(log|sync)\//.test(file))).toEqual([]);
  });

  it('goes in no circles', () => {
    const files = [...library, ...views, ...entries];
    const next = new Map(files.map((file) => [file, arrows.filter((arrow) => arrow.from === file && arrow.inside)
      .flatMap((arrow) => { const target = arrow.to.replace(/\.js$/, ''); return files.filter((name) => name === `${target}.ts` || name === `${target}.tsx`); })]));
    const state = new Map<string, 'open' | 'done'>();
    const circles: string[] = [];
    const walk = (file: string, path: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') { circles.push([...path.slice(path.indexOf(file)), file].join(' → ')); return; }
      state.set(file, 'open');
      for (const target of next.get(file) ?? []) walk(target, [...path, file]);
      state.set(file, 'done');
    };
    for (const file of files) walk(file, []);
    expect(circles).toEqual([]);
  });

  it('keeps clock, chance and console out of the pure rooms', () => {
    const wrong = library.filter((file) => pureRooms.includes(roomOf(file)))
      .filter((file) => /\b(Date\.now|new Date\(\)|Math\.random|console\.|crypto\.randomUUID)/.test(readFileSync(join(root, file), 'utf8')));
    expect(wrong).toEqual([]);
  });

  it('names files by what they hold', () => {
    const wrong = [...library, ...views, ...entries].filter((file) => /(^|\/)(utils?|helpers?|manager|service|common)\b/.test(file) || !/^[a-z0-9.-]+$/.test(file.split('/').at(-1) ?? ''));
    expect(wrong).toEqual([]);
  });

  it('has every file of a shelf on its index', () => {
    for (const shelf of ['lib/capture/adapters', 'lib/analysis/quality', 'lib/coding/rules', 'lib/coding/coders', 'lib/reports']) {
      const files = sources(shelf).filter((file) => dirname(file) === shelf && !file.endsWith('index.ts'));
      if (files.length === 0) continue;
      const index = readFileSync(join(root, shelf, 'index.ts'), 'utf8');
      expect(files.filter((file) => !index.includes(`./${file.split('/').at(-1)?.replace(/\.tsx?$/, '.js')}`))).toEqual([]);
    }
  });
});
