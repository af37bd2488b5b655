import { PortcullisError } from "../../errors.ts";
import type { AccessRequest } from "../access/request.ts";
import type { Person, SlackActor } from "../directory/person.ts";
import { trustedAt } from "../directory/trusted-at.ts";
import { isOnCall } from "../policy/emergency.ts";
import { isGroupId } from "../policy/route.ts";
import type { EmergencyServices, GiveOnCall, OnCallStanding } from "./emergency.ts";
import type { EmergencyPorts } from "./emergency-ports.ts";
import { madeBefore, openEmergency, submissionKeyOf } from "./open-emergency.ts";
import { planEmergency } from "./plan-emergency.ts";

const HOUR_SECONDS = 60 * 60;

/**
 * Whether somebody is on call now, asked of Slack.
 * @throws PortcullisError `nobody_on_call`, `on_call_only`, whatever `people.trusted` refuses
 */
export const onCallStanding =
  ({ people, settings }: Pick<EmergencyPorts, "people" | "settings">) =>
  async (by: SlackActor): Promise<OnCallStanding> => {
    const person = await people.trusted(by);
    const { onCall, onCallMaxHours } = settings;
    if (onCall.length === 0) throw new PortcullisError("nobody_on_call");
    const groups = onCall.filter(isGroupId);
    const inGroups = groups.length === 0 ? [] : await people.groupsOf(person.userId, groups);
    if (!isOnCall(onCall, person.userId, inGroups)) throw new PortcullisError("on_call_only");
    return { person, mostSeconds: onCallMaxHours * HOUR_SECONDS };
  };

/**
 * Whoever is on call gives somebody else access at once, without a second approver: requests, their settled approvals, ledger events and
 * jobs in one transaction. Consoles that fall under different rules become requests of their own, all of them or none. The same
 * submission delivered twice gives once.
 *
 * @throws PortcullisError with `field` where a form can show it; nothing is written then
 */
export const giveOnCall = (ports: EmergencyPorts): EmergencyServices["give"] => {
  const standing = onCallStanding(ports);
  const plan = planEmergency(ports);
  return async (command: GiveOnCall): Promise<readonly AccessRequest[]> => {
    const { beneficiaryUserId, consoleIds, seconds, reason } = command;
    const { person: giver, mostSeconds } = await standing(command.by);
    const submissionKey = submissionKeyOf("ON_CALL", command.submissionKey, [giver.userId, beneficiaryUserId, consoleIds, seconds, reason]);
    const before = await madeBefore(ports, submissionKey);
    if (before !== null) return before;
    const beneficiary = await beneficiaryOf(ports, command, giver);
    if (seconds === null) throw new PortcullisError("duration_missing", { field: "duration" });
    const planned = await plan({ kind: "ON_CALL", giverUserId: giver.userId, consoleIds, seconds, mostSeconds, reason });
    const emergency = { plan: planned, requester: giver, beneficiary, actor: giver.userId, submissionKey };
    const { requests } = await ports.db.transaction().execute((trx) => openEmergency(ports, trx, emergency, ports.clock.now()));
    return requests;
  };
};

/** Never themselves, by whichever Slack account: breaking the glass is the only way to that. */
async function beneficiaryOf(
  { people, settings }: EmergencyPorts,
  { by, beneficiaryUserId: userId }: GiveOnCall,
  giver: Person,
): Promise<Person> {
  if (userId === null) throw new PortcullisError("beneficiary_missing", { field: "beneficiary" });
  const breakGlass = settings.breakGlass.has(giver.userId) ? "yes" : "";
  const own = new PortcullisError("grant_to_self", { field: "beneficiary", params: { breakGlass } });
  if (userId === giver.userId) throw own;
  const beneficiary = await trustedAt("beneficiary", people, { teamId: by.teamId, userId });
  if (beneficiary.zpaUser === giver.zpaUser) throw own;
  return beneficiary;
}
