import { episodeParts, type AdapterDefinition, type FieldSelector, type PickedPart } from '../../lib/model/adapter.js';

/** What has been pointed at so far. */
export type Picked = Readonly<Partial<Record<PickedPart, readonly FieldSelector[]>>>;

/** Parts without which nothing can be read. */
export const neededParts = ['banner', 'identifier', 'notes'] as const satisfies readonly PickedPart[];

/** Do the parts suffice to read by? */
export function isEnough(picked: Picked): boolean {
  return neededParts.every((part) => (picked[part]?.length ?? 0) > 0);
}

const selectorsOf = (fields: readonly FieldSelector[] | undefined): readonly string[] => (fields ?? []).flatMap((field) => ('selector' in field ? [field.selector] : []));

/** An id that may stand in the log: the host's letters, without figures that could be a number of somebody. */
export function idFrom(origin: string): string {
  const host = origin.replace(/^https?:\/\//, '').replace(/:\d+$/, '');
  const plain = host.toLowerCase().replace(/[^a-z]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60);
  return plain === '' ? 'taught-page' : plain;
}

/** The description that the parts come to. Where too little has been pointed at, the missing regions match nothing. */
export function draftOf(origin: string, name: string, version: number, picked: Picked): AdapterDefinition {
  const nowhere = 'nodi-nowhere';
  const fields = (part: PickedPart): readonly FieldSelector[] | undefined => (picked[part]?.length ? picked[part] : undefined);
  const optional = <Key extends string>(key: Key, value: readonly FieldSelector[] | undefined): { readonly [Name in Key]?: readonly FieldSelector[] } => (value ? { [key]: value } as { readonly [Name in Key]: readonly FieldSelector[] } : {});
  const regions = selectorsOf(picked.notes);
  return {
    id: idFrom(origin), version, name: name.trim() === '' ? origin : name.trim(),
    // A port is not part of a match pattern that a manifest would take.
    matches: [`${origin.replace(/:\d+$/, '')}/*`],
    banner: { region: selectorsOf(picked.banner).length > 0 ? selectorsOf(picked.banner) : [nowhere], identifier: fields('identifier') ?? [{ selector: nowhere, from: 'text' }], name: fields('name') ?? [] },
    episode: Object.assign({}, ...episodeParts.map((part) => (part === 'patientClass' ? {} : optional(part, fields(part))))) as AdapterDefinition['episode'],
    notes: (regions.length > 0 ? regions : [nowhere]).map((region) => ({ region, kind: 'other' as const, ...optional('title', fields('title')), ...optional('date', fields('date')), ...optional('author', fields('author')) })),
    exclude: selectorsOf(picked.exclude),
  };
}
