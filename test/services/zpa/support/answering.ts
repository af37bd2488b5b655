import type { Transport } from "../../../../src/services/http-client/transport.ts";
import { clientOver, signedIn } from "./client-over.ts";

interface Sent {
  readonly method: string;
  /** Below the customer, with the query. */
  readonly path: string;
  readonly body: unknown;
}

/** A client whose every call below the customer is answered with this status and text; what was sent stands in `sent`. */
export function answering(status: number, text: string) {
  const sent: Sent[] = [];
  const transport: Transport = {
    send: async ({ method, url, body }) => {
      const [, path] = url.split("/customers/9/");
      if (path === undefined) return signedIn;
      sent.push({ method, path, body: body === undefined ? undefined : JSON.parse(body) });
      return { status, headers: {}, text };
    },
    close: async () => {},
  };
  return { zpa: clientOver(transport), sent };
}
