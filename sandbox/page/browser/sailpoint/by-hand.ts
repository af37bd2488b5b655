import { useWorkspace } from "../workspace.ts";

/** What the tenant says when it refuses, without the address that was asked; for people. */
function sentenceOf(error: unknown): string {
  const said =
    error instanceof Error ? (/"text":"([^"]+)"/.exec(error.message) ?? /"error":"([^"]+)"/.exec(error.message))?.[1] : undefined;
  return said === undefined ? "SailPoint would not have it." : `SailPoint would not have it: ${said}.`;
}

/** Does something in SailPoint itself, behind the bot's back, and says so where it is refused. @returns whether it was done */
export function useByHand(): (act: () => Promise<unknown>) => Promise<boolean> {
  const { say } = useWorkspace();
  return async (act) => {
    try {
      await act();
      return true;
    } catch (error) {
      say(sentenceOf(error));
      return false;
    }
  };
}
