/** Whose work Nodi is arranged for. It arranges what is shown and protects nothing: what may be read or kept is decided elsewhere. */
export const profiles = ['coder', 'auditor', 'clinical-lead', 'trainee', 'manager'] as const;
export type Profile = (typeof profiles)[number];
