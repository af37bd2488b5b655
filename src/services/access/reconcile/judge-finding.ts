import type { Kysely, Transaction } from "kysely";
import { PortcullisError } from "../../../errors.ts";
import type { Database } from "../../../store/schema.ts";
import { approvalFromRow } from "../../approvals/approval-rows.ts";
import { appendToLedger } from "../../audit/ledger.ts";
import type { People } from "../../directory/person.ts";
import type { RulesActor } from "../../rules/rules-service.ts";
import { endAccess } from "../end-access.ts";
import { readGrant } from "../grant-rows.ts";
import type { ProvisionPorts } from "../provision-ports.ts";
import { isAdoptable } from "./adopt-change.ts";
import { type Finding, type Verdict, verdictsOn } from "./finding.ts";
import { lockFinding, readFinding, updateFinding } from "./finding-rows.ts";

export interface JudgeFinding {
  readonly findingId: string;
  /** Of the finding as it was seen: as the clicked message carried it, or as it stood at the command line. */
  readonly version: number;
  readonly by: RulesActor;
  readonly verdict: Verdict;
  readonly reason: string | null;
  /** Of a foreign one that is adopted: who answers for it. Whoever adopts it unless said otherwise. */
  readonly ownerUserId?: string | null;
}

/** An administrator, by the name that the ledger has for them. */
interface Admin {
  readonly name: string;
  /** As ZPA knows them; null for an account of the machine. */
  readonly zpaUser: string | null;
}

/** @throws PortcullisError `admins_only`, or what speaks against the person */
export async function adminOf(people: Pick<People, "trusted" | "isAdmin">, by: RulesActor): Promise<Admin> {
  // Whoever reaches the database's folder or its address could write into it all the same: the command line is their ledger.
  if ("osUser" in by) return { name: `cli:${by.osUser}`, zpaUser: null };
  const { userId, zpaUser } = await people.trusted(by);
  if (!(await people.isAdmin(userId))) throw new PortcullisError("admins_only");
  return { name: userId, zpaUser };
}

/**
 * Whether an administrator may open a form on a finding now.
 * @throws PortcullisError as the verdict itself would
 */
export const mayJudge =
  (ports: ProvisionPorts) =>
  async (command: Omit<JudgeFinding, "reason">): Promise<Finding> => {
    const admin = await adminOf(ports.people, command.by);
    const finding = await readFinding(ports.db, command.findingId);
    check(finding, command, { ...admin, isHolder: await holds(ports.db, finding, admin) }, ports.clock.now());
    return finding;
  };

/**
 * What an administrator decides about a finding. What needs ZPA is written down here, durably, and brought about by a job; what does
 * not is done. Nothing foreign is touched but by *revoke*, which deletes exactly what was looked at.
 *
 * @throws PortcullisError `admins_only`, `finding_unknown`, `finding_settled`, `finding_not_possible`, `finding_own`, `card_stale`,
 *   `comment_required` at its field, `access_not_open`
 */
export const judgeFinding =
  (ports: ProvisionPorts) =>
  async (command: JudgeFinding): Promise<Finding> => {
    const admin = await adminOf(ports.people, command.by);
    const reason = command.reason?.trim() || null;
    return ports.db.transaction().execute(async (trx) => {
      const finding = await lockFinding(trx, command.findingId);
      check(finding, command, { ...admin, isHolder: await holds(trx, finding, admin) }, ports.clock.now());
      if (reason === null && (command.verdict === "adopt" || command.verdict === "revoke"))
        throw new PortcullisError("comment_required", { field: "comment" });
      const owner = finding.kind === "FOREIGN" && command.verdict === "adopt" ? (command.ownerUserId ?? admin.name) : null;
      await apply(ports, trx, finding, { verdict: command.verdict, by: admin.name, reason, owner });
      await ports.jobs.enqueue(trx, "project-finding", { findingId: finding.id });
      return lockFinding(trx, finding.id);
    });
  };

function check(
  finding: Finding,
  { version, verdict }: Pick<JudgeFinding, "version" | "verdict">,
  admin: Admin & { readonly isHolder: boolean },
  now: Date,
): void {
  if (finding.closedAt !== null || finding.wanted !== null)
    throw new PortcullisError("finding_settled", { params: { status: finding.status } });
  if (version !== finding.version) throw new PortcullisError("finding_changed");
  const isPossible = verdictsOn(finding).includes(verdict) && (verdict !== "adopt" || isAdoptable(finding, now));
  if (!isPossible) throw new PortcullisError("finding_not_possible", { params: { verdict } });
  const { seen, intended } = finding.body;
  const concerned = [...(seen?.emailIds ?? []), ...(intended?.emailIds ?? [])].map((email) => email.toLowerCase());
  const isOwn = admin.isHolder || (admin.zpaUser !== null && concerned.includes(admin.zpaUser.toLowerCase()));
  if (isOwn && (verdict === "adopt" || verdict === "ignore")) throw new PortcullisError("finding_own");
}

/** Whether it is about access that the administrator asked for, or has: whoever could not widen it themselves does not adopt it wider. */
async function holds(db: Kysely<Database>, { grantId }: Finding, { name, zpaUser }: Admin): Promise<boolean> {
  if (grantId === null) return false;
  const { requestId } = await readGrant(db, grantId);
  const row = await db.selectFrom("approval").selectAll().where("request_id", "=", requestId).executeTakeFirst();
  if (row === undefined) return false;
  const { requesterUserId, beneficiaryUserId, interestedZpaUsers } = approvalFromRow(row);
  return name === requesterUserId || name === beneficiaryUserId || (zpaUser !== null && interestedZpaUsers.includes(zpaUser));
}

interface Judged {
  readonly verdict: Verdict;
  readonly by: string;
  readonly reason: string | null;
  readonly owner: string | null;
}

async function apply(ports: ProvisionPorts, trx: Transaction<Database>, finding: Finding, judged: Judged): Promise<void> {
  const now = ports.clock.now();
  const { verdict, by, reason, owner } = judged;
  const settled = { settledBy: by, reason, settledAt: now, failure: null };
  const requestId = finding.grantId === null ? null : (await readGrant(trx, finding.grantId)).requestId;
  await appendToLedger(trx, now, [
    {
      kind: `finding.${verdict}`,
      requestId,
      actor: by,
      subject: finding.id,
      before: {
        kind: finding.kind,
        status: finding.status,
        zpaId: finding.zpaId,
        seen: finding.body.seen,
        intended: finding.body.intended,
      },
      after: { reason, owner },
    },
  ]);
  if (verdict === "ignore") return updateFinding(trx, finding.id, { status: "IGNORED", ...settled });
  if (verdict === "adopt" && finding.kind === "FOREIGN") return updateFinding(trx, finding.id, { status: "ADOPTED", owner, ...settled });
  if (verdict === "revoke" && finding.kind !== "FOREIGN" && requestId !== null) {
    await updateFinding(trx, finding.id, { status: "REVOKED", closedAt: now, ...settled });
    await endAccess(trx, ports.jobs, requestId, { cause: "REVOKED", by, reason, at: now });
    return;
  }
  await updateFinding(trx, finding.id, { wanted: { verdict, by, reason }, failure: null });
  if (finding.kind === "LIST") await ports.jobs.enqueue(trx, "reconcile-tenant", { askedBy: null });
  else await ports.jobs.enqueue(trx, "carry-out-finding", { findingId: finding.id, round: 0 });
}
