/** Most bytes of a file that Nodi itself wrote and a person gives back: adapters and lists are small, packs cross to the background in one message, models grow with their words. */
export const largestChosen = { adapter: 1_000_000, exceptions: 1_000_000, auditKeys: 1_000_000, deck: 1_000_000, pack: 40_000_000, model: 200_000_000 } as const;

/** The text of a file that a person chose; null where it is larger than any of its kind, so that no page fills its memory with it. Rejects where the disk does not give it. */
export async function textOfChosen(file: File, kind: keyof typeof largestChosen): Promise<string | null> {
  return file.size > largestChosen[kind] ? null : file.text();
}
