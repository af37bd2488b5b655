import { PortcullisError } from "../../errors.ts";
import type { People } from "../directory/person.ts";
import type { RulesActor } from "../rules/rules-service.ts";

/**
 * The name under which somebody acts on the tenant: administrators of Slack by their id, accounts of the machine as `cli:<name>` (whoever
 * has the settings could write into ZPA all the same: the command line is their ledger).
 * @throws PortcullisError `admins_only`, and what Slack says of the person
 */
export async function administratorName(people: Pick<People, "trusted" | "isAdmin">, by: RulesActor): Promise<string> {
  if ("osUser" in by) return `cli:${by.osUser}`;
  const { userId } = await people.trusted(by);
  if (!(await people.isAdmin(userId))) throw new PortcullisError("admins_only");
  return userId;
}
