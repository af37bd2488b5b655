import type { Metrics, ZpaCallKind, ZpaOutcome } from "../../metrics.ts";
import { type HttpAnswer, isNoAnswer, type Method, type NoAnswer, type Transport } from "../http-client/transport.ts";

/** Path of the management API; what goes elsewhere signs in. */
const API_PATH = "/mgmtconfig/";

/** Counts every exchange with ZPA, attempts that are repeated included. */
export const countedTransport = (transport: Transport, metrics: Pick<Metrics, "zpaCall">): Transport => ({
  send: async (call) => {
    const answer = await transport.send(call);
    metrics.zpaCall({ kind: kindOf(call), outcome: outcomeOf(answer) });
    return answer;
  },
  close: () => transport.close(),
});

function kindOf({ method, url }: { readonly method: Method; readonly url: string }): ZpaCallKind {
  if (!url.includes(API_PATH)) return "sign_in";
  return method === "GET" ? "read" : "write";
}

function outcomeOf(answer: HttpAnswer | NoAnswer): ZpaOutcome {
  if (isNoAnswer(answer)) return answer.kind;
  const { status } = answer;
  if (status >= 200 && status < 300) return "ok";
  if (status === 429) return "rate_limited";
  if (status === 401 || status === 403) return "not_permitted";
  return status >= 500 ? "failed" : "refused";
}
