import { type ErrorCode, type FormField, fromUnknown, PortcullisError } from "../../errors.ts";
import type { People, Person, SlackActor } from "./person.ts";

/** Whether a code says something about the person, and not that Slack could not be asked. */
export const isVerdictOnPerson = (code: ErrorCode): boolean =>
  code === "team_not_trusted" || code.startsWith("person_") || code.startsWith("email_");

/**
 * The trusted person whom a field of a form names; what speaks against them is said at that field.
 * @throws PortcullisError as `people.trusted`; with `field` where it is a verdict on the person
 */
export async function trustedAt(field: FormField, people: Pick<People, "trusted">, actor: SlackActor): Promise<Person> {
  try {
    return await people.trusted(actor);
  } catch (cause) {
    const { code, details } = fromUnknown(cause);
    throw isVerdictOnPerson(code) ? new PortcullisError(code, { ...details, field }, { cause }) : cause;
  }
}
