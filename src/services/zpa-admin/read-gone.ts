import { PortcullisError } from "../../errors.ts";

/** What still stands after a delete; null when ZPA says that it is gone. */
export async function readGone<Read>(read: () => Promise<Read>): Promise<Read | null> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof PortcullisError && cause.code === "zpa_not_found") return null;
    throw cause;
  }
}
