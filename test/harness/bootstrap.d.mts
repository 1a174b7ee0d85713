export function needChromium(): string;
export function findFirefox(options?: { readonly install?: boolean }): string | null;
export function findOffice(options?: { readonly install?: boolean }): string | null;
