import { fromUnknown, PortcullisError } from "../../errors.ts";

/**
 * A write, and where its answer was lost a look at what stands: nobody is to hear "unknown" of what can be known.
 * @param look what was done, null where nothing shows that it was
 * @throws PortcullisError as the write; `zpa_timeout` when the look did not find it, or failed
 */
export async function orFound<Done>(write: () => Promise<Done>, look: () => Promise<Done | null>): Promise<Done> {
  try {
    return await write();
  } catch (thrown) {
    const error = fromUnknown(thrown);
    if (error.code !== "zpa_timeout") throw error;
    const found = await look().catch((cause: unknown) => {
      throw new PortcullisError(error.code, error.details, { cause: new AggregateError([error, cause], "lost, and not looked for") });
    });
    if (found === null) throw error;
    return found;
  }
}
