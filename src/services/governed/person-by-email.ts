import { PortcullisError } from "../../errors.ts";
import type { People, Person, SlackDirectory } from "../directory/person.ts";
import type { SailPointIdentity } from "../sailpoint/approval.ts";
import { storable } from "./attributes.ts";

export interface PersonPorts {
  readonly people: Pick<People, "trusted">;
  readonly directory: Pick<SlackDirectory, "teamId" | "userIdsByEmail">;
}

/**
 * The person in Slack whom SailPoint means: exactly one has the identity's email, and has it confirmed.
 * @throws PortcullisError `governed_person_unknown`, `email_shared`, and whatever `people.trusted` refuses
 */
export const personBehind =
  ({ people, directory }: PersonPorts) =>
  async ({ email, type, name }: Pick<SailPointIdentity, "email" | "type" | "name">): Promise<Person> => {
    const address = email?.trim().toLowerCase() ?? "";
    const params = { name: storable(name ?? address), email: storable(address) };
    const unknown = new PortcullisError("governed_person_unknown", { params });
    if (!address.includes("@") || (type !== null && type !== "IDENTITY")) throw unknown;
    const [userId, ...others] = await directory.userIdsByEmail(address);
    if (userId === undefined) throw unknown;
    if (others.length > 0) throw new PortcullisError("email_shared", { params });
    const person = await people.trusted({ teamId: await directory.teamId(), userId });
    if (person.email !== address) throw unknown;
    return person;
  };
