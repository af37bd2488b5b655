import { createHmac } from "node:crypto";

/** The headers with which Slack proves that a request is its own: `v0=` HMAC-SHA256 over `v0:<epoch seconds>:<raw body>`. */
export function signedHeaders(input: { signingSecret: string; epochSeconds: number; body: string }): Record<string, string> {
  const hash = createHmac("sha256", input.signingSecret).update(`v0:${input.epochSeconds}:${input.body}`).digest("hex");
  return { "x-slack-request-timestamp": String(input.epochSeconds), "x-slack-signature": `v0=${hash}` };
}
