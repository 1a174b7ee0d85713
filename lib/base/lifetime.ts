/** The part of `AbortSignal` that the pure rooms may know: everything that lives ends by it. */
export interface Lifetime {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void;
}
