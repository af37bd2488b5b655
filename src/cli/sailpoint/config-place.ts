import { InvalidArgumentError } from "commander";
import { z } from "zod";
import type { ConfigPlace } from "../../services/sailpoint/sailpoint-client.ts";

const scope = z.enum([
  "DOMAIN_OBJECT",
  "ACCOUNT",
  "ROLE",
  "ACCESS_PROFILE",
  "ENTITLEMENT",
  "APPROVAL_TYPE",
  "TENANT",
  "SOURCE",
  "APPLICATION",
]);

/**
 * Where a configuration counts in SailPoint, as it is typed.
 * @throws InvalidArgumentError
 * @example configPlace("APPROVAL_TYPE:ACCESS_REQUEST_APPROVAL") // { scope: "APPROVAL_TYPE", id: "ACCESS_REQUEST_APPROVAL" }
 */
export function configPlace(text: string): ConfigPlace {
  const colon = text.indexOf(":");
  const { success, data } = scope.safeParse(text.slice(0, colon));
  const id = text.slice(colon + 1);
  if (!success || id === "")
    throw new InvalidArgumentError(`a place is one of ${scope.options.join(", ")}, a colon and an id of SailPoint's.`);
  return { scope: data, id };
}
