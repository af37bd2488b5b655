import { z } from "zod";
import { parseJson } from "../http-client/json.ts";

const payload = z.object({ identity_id: z.string().min(1) });

/**
 * The identity that a token acts as, from the token's own payload ("Authentication": a personal access token carries its owner's identity). Nobody
 * verifies it here: SailPoint does, at each call; a wrong one could only make a decision fail.
 */
export function ownerIn(token: string): string | null {
  try {
    return payload.parse(parseJson(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"))).identity_id;
  } catch {
    return null; // no JWT, or one without an owner
  }
}
