import { PortcullisError } from "../../errors.ts";
import type { People, Person, SlackDirectory } from "../directory/person.ts";
import type { SailPointIdentity } from "../sailpoint/approval.ts";
import { storable } from "./attributes.ts";

export interface PersonPorts {
  readonly people: Pick<People, "trusted">;
  readonly directory: Pick<SlackDirectory, "teamId" | "userIdsByEmail">;
}

type Named = Pick<SailPointIdentity, "email" | "type" | "name">;

/**
 * The email by which somebody of SailPoint's is looked for.
 * @throws PortcullisError `governed_person_unknown` for a group, a machine, or nobody
 */
export function addressOf(identity: Named): string {
  const address = identity.email?.trim().toLowerCase() ?? "";
  if (!address.includes("@") || (identity.type !== null && identity.type !== "IDENTITY"))
    throw new PortcullisError("governed_person_unknown", { params: paramsOf(identity) });
  return address;
}

const paramsOf = ({ name, email }: Named) => {
  const address = email?.trim().toLowerCase() ?? "";
  return { name: storable(name ?? address), email: storable(address) };
};

/**
 * The person in Slack whom SailPoint means: exactly one has the identity's email, and has it confirmed.
 * @throws PortcullisError as {@link addressOf}, `email_shared`, and whatever `people.trusted` refuses
 */
export const personBehind =
  ({ people, directory }: PersonPorts) =>
  async (identity: Named): Promise<Person> => {
    const address = addressOf(identity);
    const params = paramsOf(identity);
    const unknown = new PortcullisError("governed_person_unknown", { params });
    const [userId, ...others] = await directory.userIdsByEmail(address);
    if (userId === undefined) throw unknown;
    if (others.length > 0) throw new PortcullisError("email_shared", { params });
    const person = await people.trusted({ teamId: await directory.teamId(), userId });
    if (person.email !== address) throw unknown;
    return person;
  };
