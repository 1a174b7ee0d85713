/**
 * Does the same with each of these, some at a time. A browser that starts keeps an extension waiting for its policy for some seconds in which nothing is done: three that
 * start together wait once. Throws what first went wrong, after all that was begun has ended.
 */
export async function inLanes<Item>(items: readonly Item[], act: (item: Item) => Promise<void>, lanes = 3): Promise<void> {
  const waiting = [...items];
  const problems: unknown[] = [];
  const lane = async (): Promise<void> => {
    while (waiting.length > 0 && problems.length === 0) {
      const [item] = waiting.splice(0, 1) as [Item];
      await act(item).catch((problem: unknown) => { problems.push(problem); });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (problems.length > 0) throw problems[0];
}
