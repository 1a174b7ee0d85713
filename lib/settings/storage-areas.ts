/** One area of extension storage, as far as it is used here. Shaped after the browser's own. */
export interface StorageArea {
  get(keys?: null | string | string[]): Promise<Record<string, unknown>>;
}

export interface WritableArea extends StorageArea {
  set(items: Record<string, unknown>): Promise<void>;
}

type ChangeListener = (changes: Record<string, unknown>, area: string) => void;

/** `browser.storage` as the polyfill gives it; a test passes its own. */
export interface StorageAreas {
  readonly local: WritableArea;
  /** Memory that outlives the worker and ends with the browser. */
  readonly session?: WritableArea;
  /** What a health board's policy sets; read-only. */
  readonly managed?: StorageArea;
  readonly onChanged: { addListener(listener: ChangeListener): void; removeListener(listener: ChangeListener): void };
}
