export function serveDemo(options: { readonly root: string; readonly port?: number; readonly host?: string }): Promise<{ readonly url: string; readonly close: () => Promise<void> }>;
